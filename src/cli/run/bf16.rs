//! The cost of bf16: a pass in bf16 beside one in f32, layer by layer.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::show::{Apart, Bf16};
use super::{RunArgs, Seen, Way, classes, pass};
use crate::cli::engine::Numbers;
use crate::cli::output::Failure;
use crate::engine::budget;
use crate::engine::{Input, Mode, Tensor};
use crate::lower::Model;
use crate::network::LayerId;
use crate::weights::WeightSource;

/// Reference for a pass in bf16: the same in f32.
#[derive(Debug, Default)]
pub(super) struct Reference {
    values: BTreeMap<LayerId, Tensor>,
}

impl Reference {
    /// Runs the pass in f32, if its layers are to be compared.
    pub(super) fn run(
        args: &RunArgs,
        model: &Model,
        source: &dyn WeightSource,
        input: &Input,
        way: Way,
    ) -> Result<Option<Self>, Failure> {
        if args.engine.precision != Some(Numbers::Bf16) || !args.layers {
            return Ok(None);
        }
        let everything = budget::Way::Everything(Mode::Inference);
        crate::cli::engine::admitted(model, args.shape.batch, everything)?;
        let mut reference = Self::default();
        let mut way = way;
        way.engine.precision = Some(Numbers::F32);
        pass(model, source, input.clone(), way, &mut |id, value| {
            reference.values.insert(id, value.clone());
            ControlFlow::Continue(())
        })?;
        Ok(Some(reference))
    }

    /// Difference of a layer's output from its own.
    pub(super) fn apart(&self, id: LayerId, value: &Tensor) -> Option<Apart> {
        let own = self.values.get(&id)?;
        let count = own.len().max(1) as f64;
        let squares: f64 = own.iter().map(|x| f64::from(*x).powi(2)).sum();
        let apart = own.iter().zip(value).map(|(a, b)| f64::from(a - b));
        let sum: f64 = apart.clone().map(|x| x * x).sum();
        let most = apart.map(f64::abs).fold(0.0, f64::max);
        let rms = (squares / count).sqrt();
        // An output of zeros in both has no error.
        let relative = |error: f64| if error == 0.0 { 0.0 } else { error / rms };
        Some(Apart {
            rms: relative((sum / count).sqrt()),
            max: relative(most),
        })
    }
}

/// Facts of the pass that `seen` has recorded; `None` for a pass in f32.
pub(super) fn facts(args: &RunArgs, seen: &Seen<'_>) -> Option<Bf16> {
    let way = args.engine.options(1, false).bf16?;
    let value = seen
        .reference
        .as_ref()
        .and_then(|reference| reference.values.get(&seen.target));
    Some(Bf16 {
        products: way.name(),
        way,
        top_in_f32: value.map(|value| {
            let guesses = seen.guesses(seen.target, value);
            classes(seen.model, &guesses)
        }),
    })
}
