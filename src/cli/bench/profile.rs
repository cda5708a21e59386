//! Profile of a pass: the time of each step, compared with the machine's ceilings.

use serde::Serialize;

use super::median;
use crate::engine::Compiled;
use crate::engine::compiled::Choice;
use crate::engine::levels::Levels;
use crate::engine::roofline::{Ceiling, Machine};
use crate::network::ParameterKind;
use crate::report::Subject;
use crate::report::format::percent;
use crate::report::grid::{Grid, Side};
use crate::text::Language;

/// Step of the pass.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    /// Path of the first layer.
    path: String,
    /// Operations that are fused into the step.
    op: String,
    how: String,
    ms: f64,
    gflops_per_second: f64,
    /// Fraction of the pass's time.
    share: f64,
    /// Fraction of the processor's peak; above 1 if fewer multiplications are done than the layer is counted with.
    of_peak: f64,
    /// Bytes that must be moved: weights, inputs and outputs.
    bytes: u128,
    flops_per_byte: f64,
    /// Throughput that the machine's ceilings allow at this number of FLOPs per byte.
    bound_gflops_per_second: f64,
    /// Minimum time that the ceilings allow, as a fraction of the time taken.
    of_bound: f64,
    /// Ceiling that limits it: `arithmetic` or `memory`.
    bound: &'static str,
    /// Time that the method's own work takes at least, by the measured rates of tiles, caches and memory.
    predicted_ms: f64,
    /// Limit of that: `arithmetic`, `l2`, `l3` or `memory`.
    limit: &'static str,
    /// Choice of a convolution's method.
    #[serde(skip_serializing_if = "Option::is_none")]
    choice: Option<Chosen>,
}

/// Choice among the ways to compute a convolution.
#[derive(Debug, Serialize)]
struct Chosen {
    /// Way that was taken.
    way: String,
    /// Reason: `constants`, `rates`, `timed`, or `only` if there is no other way.
    by: &'static str,
    /// Predicted time of each way in ms, the fastest first.
    predicted: Vec<Predicted>,
}

#[derive(Debug, Serialize)]
struct Predicted {
    way: String,
    ms: f64,
    /// Outputs along a side of a transformed tile; none if the way is direct.
    #[serde(skip)]
    side: Option<usize>,
}

impl Chosen {
    fn of(choice: &Choice) -> Self {
        let predicted = choice.predicted.iter().map(|(way, seconds)| Predicted {
            way: way.name(),
            ms: seconds * 1e3,
            side: way.side,
        });
        Self {
            way: choice.taken.name(),
            by: choice.reason.name(),
            predicted: predicted.collect(),
        }
    }

    /// Reason, and the fastest of each method with its predicted time.
    fn text(&self, language: Language) -> String {
        let reason = match self.by {
            "timed" => "bench-choice-timed",
            "rates" => "bench-choice-rates",
            "constants" => "bench-choice-constants",
            _ => return String::new(),
        };
        let mut seen = Vec::new();
        let mut text = language.word(reason).to_owned();
        for own in &self.predicted {
            if !seen.contains(&own.side) {
                seen.push(own.side);
                text += &format!(" {} {:.3}", own.way, own.ms);
            }
        }
        text
    }
}

/// Steps of a pass, with the median of their times over all runs.
pub(super) fn steps(
    subject: &Subject,
    compiled: &Compiled,
    times: &[Vec<f64>],
    (machine, levels): (&Machine, &Levels),
) -> Vec<Step> {
    let all = compiled.bytes().iter().sum::<usize>() as u64;
    let network = compiled.network();
    let total: f64 = times.iter().map(|times| median(times)).sum();
    let batch = compiled.options().batch as u128;
    compiled
        .steps()
        .zip(times)
        .map(|((step, _), times)| {
            let macs: u128 = step
                .layers
                .iter()
                .map(|&id| subject.analysis.macs[id].0)
                .sum();
            let ops: Vec<&str> = step
                .layers
                .iter()
                .map(|&id| network[id].layer.op())
                .collect();
            let ms = median(times);
            let flops = (2 * macs * batch) as f64;
            let bytes = bytes(subject, &step.layers, batch);
            let rate = flops / ms / 1e6;
            let intensity = flops / bytes.max(1) as f64;
            let (least, ceiling) = machine.least(flops, bytes as f64);
            let (predicted, limit) = levels.predicted(step.work, all, compiled.threads());
            Step {
                path: step
                    .layers
                    .first()
                    .map_or_else(String::new, |&id| network[id].path.to_string()),
                op: ops.join(" + "),
                how: step.how,
                ms,
                gflops_per_second: rate,
                share: ms / total,
                of_peak: rate * 1e9 / machine.flops,
                bytes,
                flops_per_byte: intensity,
                bound_gflops_per_second: machine.bound(intensity) / 1e9,
                of_bound: least * 1e3 / ms,
                bound: ceiling.name(),
                predicted_ms: predicted * 1e3,
                limit: limit.name(),
                choice: step.choice.as_ref().map(Chosen::of),
            }
        })
        .collect()
}

/// Minimum number of bytes that a step must move: weights once, inputs from other steps, and the output; four per number.
fn bytes(subject: &Subject, layers: &[crate::network::LayerId], batch: u128) -> u128 {
    let network = &subject.model.network;
    let value = |id| subject.analysis.shapes[id].map_or(0, |shape| batch * shape.elements());
    let mut numbers = layers.last().map_or(0, |&last| value(last));
    for &id in layers {
        let outside = network.inputs(id).into_iter();
        numbers += outside
            .filter(|input| !layers.contains(input))
            .map(value)
            .sum::<u128>();
        let parameters = network[id].layer.parameters().into_iter();
        numbers += parameters
            .filter(|parameter| parameter.kind != ParameterKind::Counter)
            .map(|parameter| parameter.elements())
            .sum::<u128>();
        if network.inputs(id).is_empty() {
            // The picture itself is an input too.
            numbers += value(id);
        }
    }
    4 * numbers
}

/// Text of a limit.
fn limit(name: &str) -> &'static str {
    match name {
        "l2" => "bench-limit-l2",
        "l3" => "bench-limit-l3",
        "memory" => "bench-bound-memory",
        _ => "bench-bound-arithmetic",
    }
}

/// One row per step, after its network where there are several.
pub(super) fn grid<'a>(
    passes: impl Iterator<Item = (&'a str, &'a [Step])> + Clone,
    language: Language,
) -> Grid {
    let right = |id| (language.word(id), Side::Right);
    let left = |id| (language.word(id), Side::Left);
    let several = passes.clone().count() > 1;
    let columns = [
        left("column-layer"),
        left("column-op"),
        left("bench-how"),
        right("bench-ms"),
        right("bench-share"),
        right("bench-gflops"),
        right("bench-of-peak"),
        right("bench-intensity"),
        right("bench-bound"),
        right("bench-of-bound"),
        left("bench-bound-by"),
        right("bench-predicted"),
        left("bench-limit"),
        left("bench-choice"),
    ];
    let mut grid = Grid::new(
        several
            .then(|| left("bench-model"))
            .into_iter()
            .chain(columns),
    );
    for (model, steps) in passes {
        for step in steps {
            let bound = language.word(if step.bound == Ceiling::Memory.name() {
                "bench-bound-memory"
            } else {
                "bench-bound-arithmetic"
            });
            let row = [
                step.path.clone(),
                step.op.clone(),
                step.how.clone(),
                format!("{:.3}", step.ms),
                percent(step.share),
                format!("{:.1}", step.gflops_per_second),
                format!("{:.2}", step.of_peak),
                format!("{:.1}", step.flops_per_byte),
                format!("{:.1}", step.bound_gflops_per_second),
                format!("{:.2}", step.of_bound),
                bound.to_owned(),
                format!("{:.3}", step.predicted_ms),
                language.word(limit(step.limit)).to_owned(),
                step.choice
                    .as_ref()
                    .map_or_else(String::new, |choice| choice.text(language)),
            ];
            grid.row(several.then(|| model.to_owned()).into_iter().chain(row));
        }
    }
    grid
}
