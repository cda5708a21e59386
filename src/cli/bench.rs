//! `bench`: the time of the compiled pass, as a whole and step by step.

mod profile;

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use clap::Args as ClapArgs;
use serde::Serialize;

use super::engine::{EngineArgs, admitted, said};
use super::fit::{WeightsFrom, fitting, unchosen, undone, weights_from};
use super::flags::{Format, Shape, named, spoken, whole};
use super::machine;
use super::output::{Failure, Output, width};
use super::progress::Progress;
use super::subject::sound;
use crate::analysis::Rule;
use crate::engine::budget::Way;
use crate::engine::compiled::LayerSource;
use crate::engine::roofline::Machine;
use crate::engine::tune::tune;
use crate::engine::{Compiled, Input, InputChoice, Isa, Options, Products, WeightsChoice};
use crate::message;
use crate::network::Network;
use crate::report::grid::{Grid, Side};
use crate::sorting::Sorting;
use crate::text::{Language, Message};
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
    #[arg(required = true, value_name = "NAME", value_parser = named())]
    names: Vec<String>,
    #[command(flatten)]
    shape: Shape,
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[arg(long, value_name = "NAME")]
    entry: Option<String>,
    #[command(flatten)]
    engine: EngineArgs,
    #[arg(long, value_name = "N", default_value_t = 2)]
    warmup: usize,
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = whole::<u16>(1, u16::MAX.into()))]
    runs: u16,
    #[arg(long)]
    layers: bool,
    #[arg(long)]
    tune: bool,
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
    /// Way to multiply bf16 numbers: `instruction` or `halves`.
    #[serde(skip_serializing_if = "Option::is_none")]
    bf16: Option<&'static str>,
    #[serde(skip)]
    products: Option<Products>,
    weights: String,
    weights_from: Option<WeightsFrom>,
    /// The changes that make the weights fit and a file that could not be used, for people.
    #[serde(skip)]
    undone: String,
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
    if args.tune && args.engine.options(1, false).isa == Isa::Portable {
        return Err(Failure::usage(message!("bench-tune-portable")));
    }
    let passes: Result<Vec<Bench>, Failure> =
        args.names.iter().map(|name| one(name, args)).collect();
    let passes = passes?;
    let undone: String = passes.iter().map(|pass| pass.undone.as_str()).collect();
    let mut output = match args.format {
        Format::Json if passes.len() == 1 => Output::json(&passes[0]),
        Format::Json => Output::json(&passes),
        Format::Text => Output::data(text(&passes, spoken())),
        Format::Csv => {
            let english = Language::ENGLISH;
            let rows = profiles(&passes, english).unwrap_or_else(|| grid(&passes, english));
            Output::data(rows.csv())
        }
        Format::Markdown => {
            let english = Language::ENGLISH;
            let rows = profiles(&passes, english).unwrap_or_else(|| grid(&passes, english));
            Output::data(rows.markdown())
        }
    };
    output.stderr = undone + &output.stderr;
    Ok(output)
}

fn one(name: &str, args: &BenchArgs) -> Result<Bench, Failure> {
    let subject = sound(name, args.shape, Rule::default())?;
    let model = &subject.model;
    let weights = match &args.weights {
        Some(text) => WeightsChoice::parse_in(text, model)
            .and_then(|choice| choice.with_entry(args.entry.as_deref()))
            .map_err(unchosen)?,
        None => WeightsChoice::default_for(model),
    };
    let source = fitting(model, &weights)?;
    let mut options = args.engine.options(args.shape.batch, false);
    admitted(model, args.shape.batch, Way::Compiled)?;
    let input = InputChoice::Synthetic(0)
        .open(model, options.batch)
        .map_err(Failure::failed)?;
    let layers: &dyn WeightSource = source.as_ref();
    let network = Arc::new(model.network.clone());
    // Rates are measured before the pass, which chooses by them.
    let mut measured = if args.layers || args.tune {
        machine::measured(options.isa)
    } else {
        None
    };
    let mut notes = Vec::new();
    if let Some(machine) = &mut measured {
        notes.extend(machine.note.take());
        if args.tune {
            let weights = &layers as &dyn LayerSource;
            notes.push(tuned(&network, weights, options, &input, machine)?);
        }
        if options.isa != Isa::Portable {
            // Once per network of the command: as long as the process lives.
            options.known = Some(Box::leak(Box::new(machine.known.clone())));
        }
    }
    let mut compiled =
        Compiled::new(network, &layers as &dyn LayerSource, options).map_err(Failure::failed)?;
    let mut ready_ms = 0.0;
    let mut times_ms = Vec::new();
    let mut of_steps: Vec<Vec<f64>> = vec![Vec::new(); compiled.steps().count()];
    for pass in 0..args.warmup.saturating_add(usize::from(args.runs)) {
        let began = Instant::now();
        compiled.run(&input).map_err(Failure::failed)?;
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
    // The peak of the pass, unless the measurement of the machine before it, or of its convolutions, took memory too.
    let is_own = measured
        .as_ref()
        .is_none_or(|machine| !machine.is_new && !args.tune);
    let peak_rss_mib = peak_memory().filter(|_| is_own);
    let machine = Machine::measure(options.isa, compiled.threads())
        .ok_or_else(|| Failure::failed(message!("engine-no-instructions")))?;
    let layers = measured.filter(|_| args.layers).map(|own| {
        steps(
            &subject,
            &compiled,
            &of_steps,
            (&machine, &own.known.levels),
        )
    });
    let notes: String = notes.iter().map(|note| spoken().say(note) + "\n").collect();
    Ok(Bench {
        model: model.spec.name.clone(),
        batch: args.shape.batch,
        threads: compiled.threads(),
        kernel: options.isa.name(),
        bf16: options.bf16.map(Products::name),
        products: options.bf16,
        weights: weights.to_string(),
        weights_from: weights_from(&weights, source.as_ref()),
        undone: undone(source.as_ref()) + &notes,
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

/// Times the candidates of each distinct convolution, races the fastest against the constants, and keeps what wins: the outcome,
/// for people.
fn tuned(
    network: &Arc<Network>,
    weights: &dyn LayerSource,
    options: Options,
    input: &Input,
    machine: &mut machine::Machine,
) -> Result<Message, Failure> {
    let known = Box::leak(Box::new(machine.known.clone()));
    let options = Options {
        known: Some(known),
        ..options
    };
    let mut progress = None;
    let mut step = |_: usize, all: usize| {
        progress
            .get_or_insert_with(|| Progress::of(all, "progress-tuning"))
            .step();
    };
    let tuned = tune(network, weights, options, input, &mut step).map_err(Failure::failed)?;
    // What did not win, does not stay from an earlier race either.
    machine.known.passes.remove(&tuned.pass);
    let has_won = tuned.won.is_some();
    machine
        .known
        .passes
        .extend(tuned.won.map(|ways| (tuned.pass, ways)));
    if let Err(note) = machine::keep(options.isa, &machine.known) {
        return Ok(note);
    }
    let count = tuned.convolutions;
    let Some([constant, other]) = tuned.ms.map(|ms| ms.map(|ms| format!("{ms:.2}"))) else {
        return Ok(message!("bench-tuned-alike", count = count));
    };
    Ok(if has_won {
        message!(
            "bench-tuned",
            count = count,
            constant = constant,
            other = other
        )
    } else {
        message!(
            "bench-tuned-lost",
            count = count,
            constant = constant,
            other = other
        )
    })
}

pub(super) fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.order_by(f64::total_cmp);
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

/// One row per network.
fn grid(passes: &[Bench], language: Language) -> Grid {
    let right = |id| (language.word(id), Side::Right);
    let left = |id| (language.word(id), Side::Left);
    let two = |number: f64| format!("{number:.2}");
    let mut grid = Grid::new([
        left("bench-model"),
        right("label-batch"),
        right("bench-threads"),
        left("bench-kernel"),
        right("bench-median"),
        right("bench-min"),
        right("bench-gflops"),
        right("bench-of-peak"),
        right("bench-ready"),
        right("bench-memory"),
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

/// One row per step, if they were asked for.
fn profiles(passes: &[Bench], language: Language) -> Option<Grid> {
    let each = passes.iter().filter_map(|pass| {
        let steps = pass.layers.as_deref()?;
        Some((pass.model.as_str(), steps))
    });
    each.clone().next()?;
    Some(profile::grid(each, language))
}

fn text(passes: &[Bench], language: Language) -> String {
    let steps = profiles(passes, language).map(|grid| grid.text(width(), true) + "\n");
    let mut text = steps.unwrap_or_default() + &grid(passes, language).text(width(), true);
    for pass in passes {
        let summary = message!(
            "bench-summary",
            model = &pass.model,
            passes = pass.times_ms.len(),
            batch = pass.batch,
            threads = pass.threads,
            kernels = pass.kernel,
            weights = &pass.weights,
            median = format!("{:.2}", pass.median_ms),
            rate = format!("{:.1}", pass.gflops_per_second)
        );
        let ready = format!("{:.0}", pass.ready_ms);
        let ready = match pass.peak_rss_mib {
            Some(mib) => message!("bench-first", ready = ready, memory = format!("{mib:.0}")),
            None => message!("bench-first-alone", ready = ready),
        };
        let peak = format!("{:.0}", pass.peak_gflops_per_second);
        let mut lines = vec![summary, ready, message!("bench-peak", rate = peak)];
        lines.extend(pass.products.map(said));
        if let Some(rate) = pass.memory_gb_per_second {
            lines.push(message!("bench-bandwidth", rate = format!("{rate:.1}")));
        }
        text.push('\n');
        for line in &lines {
            text += &format!(" {}\n", language.say(line));
        }
    }
    text
}
