//! `run --train --bn PATH`: the laboratory of one batch normalisation.

use super::args::RunArgs;
use super::output::{Failure, Output};
use crate::engine::WeightsChoice;
use crate::engine::bn_lab::{BnLab, Start, moments};
use crate::lower::Model;
use crate::report::grid::{Grid, Side};

/// Batch sizes whose distance from the running statistics is shown.
const SIZES: [usize; 4] = [1, 4, 16, 64];
/// Bars of a histogram.
const BARS: usize = 12;

#[allow(clippy::too_many_lines, reason = "one page, from top to bottom")]
pub(super) fn laboratory(
    args: &RunArgs,
    model: &Model,
    weights: &WeightsChoice,
    path: &str,
) -> Result<Output, Failure> {
    let failed = |error: crate::engine::LabError| Failure::failed(error.to_string());
    let lab = BnLab::new(model, weights, path).map_err(failed)?;
    let size = args.shape.batch as usize;
    let input = lab.input(size, 0).map_err(failed)?;
    let stored = lab.start(Start::Stored);
    let one = lab.channel(&input, args.channel, &stored).map_err(failed)?;
    let settings = lab.settings();
    let x = one.x.first().copied().unwrap_or_default();
    let first = |values: &[f32]| values.first().copied().unwrap_or_default();
    let mut text = format!(
        "{}  batch of {size}, channel {} of {}\n\n\
         μ = {:.6}, σ² = {:.6} (over n), {:.6} (over n − 1), n = {}, ε = {}, γ = {:.6}, β = {:.6}\n\n\
         x̂ = (x − μ) / √(σ² + ε) = ({x:.6} − {:.6}) / √({:.6} + {}) = {:.6}\n\
         y = γ·x̂ + β = {:.6}·{:.6} + {:.6} = {:.6}\n\
         inference, by the running μ = {:.6} and σ² = {:.6}: y = {:.6}\n\n",
        lab.path(),
        args.channel,
        settings.features,
        one.mean,
        one.variance_biased,
        one.variance_unbiased,
        one.x.len(),
        settings.eps,
        one.gamma,
        one.beta,
        one.mean,
        one.variance_biased,
        settings.eps,
        first(&one.normalized),
        one.gamma,
        first(&one.normalized),
        one.beta,
        first(&one.training),
        one.running_mean,
        one.running_variance,
        first(&one.inference),
    );
    let mut grid = Grid::new([
        ("values", Side::Left),
        ("mean", Side::Right),
        ("variance", Side::Right),
        ("skewness", Side::Right),
        ("kurtosis", Side::Right),
        ("histogram", Side::Left),
    ]);
    for (name, values) in [
        ("x", &one.x),
        ("x̂", &one.normalized),
        ("y, training", &one.training),
        ("y, inference", &one.inference),
    ] {
        let of = moments(values);
        grid.row(vec![
            name.to_owned(),
            format!("{:.4}", of.mean),
            format!("{:.4}", of.variance),
            format!("{:.4}", of.skewness),
            format!("{:.4}", of.kurtosis),
            histogram(values),
        ]);
    }
    text += &grid.text(None, false);
    text += &format!(
        "\nrunning statistics of the channel, new = {}·old + {}·batch (Keras calls {} its momentum):\n",
        1.0 - settings.momentum,
        settings.momentum,
        1.0 - settings.momentum
    );
    let mut grid = Grid::new(
        [
            "batch",
            "μ",
            "σ² over n − 1",
            "from 0: mean",
            "from 1: var",
            "stored: mean",
            "stored: var",
        ]
        .map(|title| (title, Side::Right)),
    );
    let fresh = lab.walk(size, args.batches, Start::Fresh).map_err(failed)?;
    let mut kept = stored;
    for (number, step) in (1..).zip(&fresh) {
        kept = lab.moved(&kept, &step.batch);
        let at = args.channel;
        let numbers = [
            step.batch.mean[at],
            step.batch.variance_unbiased[at],
            step.running.mean[at],
            step.running.variance[at],
            kept.mean[at],
            kept.variance[at],
        ];
        let mut row = vec![number.to_string()];
        row.extend(numbers.map(|number| format!("{number:.6}")));
        grid.row(row);
    }
    text += &grid.text(None, false);
    text += "\nhow far batches lie from the stored statistics, over all channels:\n";
    let mut grid = Grid::new(
        [
            "pictures",
            "batches",
            "|μ − μ run| / σ run",
            "|σ² / σ² run − 1|",
        ]
        .map(|title| (title, Side::Right)),
    );
    for size in SIZES {
        let of = lab.distance(size).map_err(failed)?;
        grid.row(vec![
            size.to_string(),
            of.batches.to_string(),
            format!("{:.4}", of.mean),
            format!("{:.4}", of.variance),
        ]);
    }
    text += &grid.text(None, false);
    Ok(Output::data(text))
}

/// How many values lie in each step from the least to the largest, as bars.
fn histogram(values: &[f32]) -> String {
    let (least, most) = values
        .iter()
        .fold((f32::MAX, f32::MIN), |(least, most), &x| {
            (least.min(x), most.max(x))
        });
    let mut bars = [0_usize; BARS];
    for &x in values {
        let share = if most > least {
            (x - least) / (most - least)
        } else {
            0.0
        };
        bars[((share * BARS as f32) as usize).min(BARS - 1)] += 1;
    }
    let highest = bars.iter().copied().max().unwrap_or(1).max(1);
    let eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    bars.iter()
        .map(|&bar| eighths[(bar * 8).div_ceil(highest)])
        .collect()
}
