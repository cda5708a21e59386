//! `bench`: the time of the compiled pass, as a whole and step by step.

mod profile;

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use clap::Args as ClapArgs;
use serde::Serialize;

use super::engine::{EngineArgs, admitted};
use super::fit::fitting;
use super::flags::{Format, Shape, named};
use super::output::{Failure, Output, width};
use super::subject::sound;
use crate::analysis::Rule;
use crate::engine::budget::Way;
use crate::engine::compiled::LayerSource;
use crate::engine::roofline::Machine;
use crate::engine::{Compiled, InputChoice, WeightsChoice};
use crate::report::grid::{Grid, Side};
use crate::weights::WeightSource;
use profile::{Step, steps};

/// Start of the process, as near as it can be determined.
static BEGAN: OnceLock<Instant> = OnceLock::new();

/// Records the current time as the start of the process.
pub(super) fn begin() {
    BEGAN.get_or_init(Instant::now);
}

#[derive(Debug, ClapArgs)]
pub(super) struct BenchArgs {
    /// Networks or spec files
    #[arg(required = true, value_name = "NAME", value_parser = named())]
    names: Vec<String>,
    #[command(flatten)]
    shape: Shape,
    /// shipped, synthetic:SEED or a checkpoint: .safetensors, .pth or .pt
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[command(flatten)]
    engine: EngineArgs,
    /// Passes before the first that is timed
    #[arg(long, value_name = "N", default_value_t = 2)]
    warmup: usize,
    /// Passes that are timed
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// A row for each step of a pass: time, share, GFLOP/s, and how near it comes to the machine's ceilings (roofline)
    #[arg(long)]
    layers: bool,
    /// Form of the output
    #[arg(long, default_value = "text")]
    format: Format,
}

/// JSON of `bench`.
#[derive(Debug, Serialize)]
struct Bench {
    model: String,
    batch: u64,
    threads: usize,
    kernel: &'static str,
    weights: String,
    times_ms: Vec<f64>,
    median_ms: f64,
    min_ms: f64,
    /// Time from the start of the process to the first output.
    ready_ms: f64,
    /// Peak memory of the process so far, if the system reports it.
    peak_rss_mib: Option<f64>,
    flops: u128,
    gflops_per_second: f64,
    /// Throughput of the processor in a loop of multiply-adds only, on all threads.
    peak_gflops_per_second: f64,
    /// Bandwidth of memory in a triad over arrays larger than the caches, on all threads; only with `layers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    memory_gb_per_second: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Step>>,
}

pub(super) fn bench(args: &BenchArgs) -> Result<Output, Failure> {
    let passes: Result<Vec<Bench>, Failure> =
        args.names.iter().map(|name| one(name, args)).collect();
    let passes = passes?;
    Ok(match args.format {
        Format::Json if passes.len() == 1 => Output::json(&passes[0]),
        Format::Json => Output::json(&passes),
        Format::Text => Output::data(text(&passes)),
        Format::Csv => Output::data(profiles(&passes).unwrap_or_else(|| grid(&passes)).csv()),
        Format::Markdown => Output::data(
            profiles(&passes)
                .unwrap_or_else(|| grid(&passes))
                .markdown(),
        ),
    })
}

fn one(name: &str, args: &BenchArgs) -> Result<Bench, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::failed(error.to_string());
    let subject = sound(name, args.shape, Rule::default())?;
    let model = &subject.model;
    let weights = match &args.weights {
        Some(text) => {
            WeightsChoice::parse(text).map_err(|error| Failure::usage(error.to_string()))?
        }
        None => WeightsChoice::default_for(model),
    };
    let source = fitting(model, &weights)?;
    let options = args.engine.options(args.shape.batch, false);
    admitted(model, args.shape.batch, Way::Compiled)?;
    let input = InputChoice::Synthetic(0)
        .open(model, options.batch)
        .map_err(|error| failed(&error))?;
    let layers: &dyn WeightSource = source.as_ref();
    let network = Arc::new(model.network.clone());
    let mut compiled = Compiled::new(network, &layers as &dyn LayerSource, options)
        .map_err(|error| failed(&error))?;
    let mut ready_ms = 0.0;
    let mut times_ms = Vec::new();
    let mut of_steps: Vec<Vec<f64>> = vec![Vec::new(); compiled.steps().count()];
    for pass in 0..args.warmup.saturating_add(usize::from(args.runs)) {
        let began = Instant::now();
        compiled.run(&input).map_err(|error| failed(&error))?;
        let time = ms(began.elapsed());
        if pass == 0 {
            ready_ms = BEGAN.get().map_or(0.0, |began| ms(began.elapsed()));
        }
        if pass < args.warmup {
            continue;
        }
        times_ms.push(time);
        for (times, (_, time)) in of_steps.iter_mut().zip(compiled.steps()) {
            times.push(ms(time));
        }
    }
    let median_ms = median(&times_ms);
    let flops = subject.flops();
    // This is read before the machine is measured, which takes memory too.
    let peak_rss_mib = peak_memory();
    let machine = Machine::measure(options.isa, compiled.threads())
        .ok_or_else(|| Failure::failed("this processor lacks the instructions"))?;
    let layers = args
        .layers
        .then(|| steps(&subject, &compiled, &of_steps, &machine));
    Ok(Bench {
        model: model.spec.name.clone(),
        batch: args.shape.batch,
        threads: compiled.threads(),
        kernel: options.isa.name(),
        weights: weights.to_string(),
        min_ms: times_ms.iter().copied().fold(f64::INFINITY, f64::min),
        median_ms,
        times_ms,
        ready_ms,
        peak_rss_mib,
        flops,
        gflops_per_second: flops as f64 / median_ms / 1e6,
        peak_gflops_per_second: machine.flops / 1e9,
        memory_gb_per_second: args.layers.then_some(machine.bytes / 1e9),
        layers,
    })
}

pub(super) fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// Peak memory of the process so far, in MiB.
fn peak_memory() -> Option<f64> {
    let status = crate::spec::open::text("/proc/self/status".as_ref(), 1 << 20).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// Table with one row per network.
fn grid(passes: &[Bench]) -> Grid {
    let right = |title| (title, Side::Right);
    let left = |title| (title, Side::Left);
    let two = |number: f64| format!("{number:.2}");
    let mut grid = Grid::new([
        left("model"),
        right("batch"),
        right("threads"),
        left("kernel"),
        right("median ms"),
        right("min ms"),
        right("GFLOP/s"),
        right("of peak"),
        right("ready ms"),
        right("peak MiB"),
    ]);
    for pass in passes {
        grid.row(vec![
            pass.model.clone(),
            pass.batch.to_string(),
            pass.threads.to_string(),
            pass.kernel.to_owned(),
            two(pass.median_ms),
            two(pass.min_ms),
            format!("{:.1}", pass.gflops_per_second),
            two(pass.gflops_per_second / pass.peak_gflops_per_second),
            format!("{:.0}", pass.ready_ms),
            pass.peak_rss_mib
                .map_or_else(String::new, |mib| format!("{mib:.0}")),
        ]);
    }
    grid
}

/// Table with one row per step, if it was asked for.
fn profiles(passes: &[Bench]) -> Option<Grid> {
    let each = passes.iter().filter_map(|pass| {
        let steps = pass.layers.as_deref()?;
        Some((pass.model.as_str(), steps))
    });
    each.clone().next()?;
    Some(profile::grid(each))
}

fn text(passes: &[Bench]) -> String {
    let steps = profiles(passes).map(|grid| grid.text(width(), true) + "\n");
    let mut text = steps.unwrap_or_default() + &grid(passes).text(width(), true);
    for pass in passes {
        text += &format!(
            "\n {}: {} passes of batch {} on {} threads with {} kernels, weights {}; median {:.2} ms, {:.1} GFLOP/s of 2 × MACs by rule \
             conv+fc;\n the first output {:.0} ms after the process began{}. The processor's peak is {:.0} GFLOP/s, measured with \
             multiply-adds alone{}.\n",
            pass.model,
            pass.times_ms.len(),
            pass.batch,
            pass.threads,
            pass.kernel,
            pass.weights,
            pass.median_ms,
            pass.gflops_per_second,
            pass.ready_ms,
            pass.peak_rss_mib
                .map_or_else(String::new, |mib| format!(", at most {mib:.0} MiB of memory")),
            pass.peak_gflops_per_second,
            pass.memory_gb_per_second.map_or_else(String::new, |rate| format!(
                ",\n memory gives {rate:.1} GB/s, measured with a = b + s·c over large arrays; the bound is the lower of peak and \
                 FLOP/byte × memory"
            )),
        );
    }
    text
}
