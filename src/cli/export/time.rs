//! `export --color-by time`: the fraction of a pass's time that each layer takes.

use std::sync::Arc;

use crate::cli::bench::{median, ms};
use crate::cli::output::Failure;
use crate::engine::budget::{Way, admit};
use crate::engine::compiled::LayerSource;
use crate::engine::{Compiled, InputChoice, Options};
use crate::export::style::Paint;
use crate::network::Table;
use crate::report::Subject;
use crate::weights::{Synthetic, WeightSource};

/// Number of passes before the timed ones, and of the timed ones.
const WARMUP: usize = 2;
const RUNS: usize = 5;

/// Times passes of the compiled engine with synthetic weights, whose values do not affect the time. A fused step, such as a
/// convolution with its batch norm and ReLU, counts for its first layer.
///
/// # Errors
/// The network is too large for a pass.
pub(super) fn time(subject: &Subject) -> Result<Paint, Failure> {
    let options = Options {
        batch: subject.batch as usize,
        ..Options::default()
    };
    admit(&subject.model.network, options.batch, Way::Compiled).map_err(Failure::failed)?;
    let input = InputChoice::Synthetic(0)
        .open(&subject.model, options.batch)
        .map_err(Failure::failed)?;
    let weights: &dyn WeightSource = &Synthetic { seed: 0 };
    let network = Arc::new(subject.model.network.clone());
    let mut compiled =
        Compiled::new(network, &weights as &dyn LayerSource, options).map_err(Failure::failed)?;
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); compiled.steps().count()];
    for run in 0..WARMUP + RUNS {
        compiled.run(&input).map_err(Failure::failed)?;
        if run >= WARMUP {
            for (times, (_, time)) in times.iter_mut().zip(compiled.steps()) {
                times.push(ms(time));
            }
        }
    }
    let mut of_layers = vec![0.0; subject.model.network.len()];
    for (times, (step, _)) in times.iter().zip(compiled.steps()) {
        if let Some(first) = step.layers.first() {
            of_layers[first.index()] += median(times);
        }
    }
    Ok(Paint::Measured(
        crate::message!("label-time"),
        Table::from(of_layers),
    ))
}
