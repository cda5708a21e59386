//! A pass forward to one layer, and back from there: gradients of values other than the loss.

use std::collections::BTreeMap;

use ndarray::{Array4, ArrayD};

use super::{Backward, keep};
use crate::engine::budget::room;
use crate::engine::gradient::batch::{Direction, Observer, Options};
use crate::engine::gradient::{GradientError, memory};
use crate::engine::kernels::Real;
use crate::engine::{EngineError, LayerWeights};
use crate::network::{LayerId, Table};
use crate::text::format::dims;

/// The layer that a pass goes forward to, and those whose gradients are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a> {
    /// The layer whose output is derived.
    pub of: LayerId,
    /// Layers by whose outputs it is derived.
    pub by: &'a [LayerId],
}

/// Results of a [`Probe`].
#[derive(Debug, Clone)]
pub struct Probed<T> {
    /// Output of the derived layer.
    pub output: ArrayD<T>,
    /// Output of each wanted layer, and its gradient; none for a layer that the derived one does not depend on.
    pub by: BTreeMap<LayerId, (ArrayD<T>, ArrayD<T>)>,
}

impl Backward {
    /// The layer whose output is the input of the network after preprocessing.
    pub const fn input(&self) -> Option<LayerId> {
        self.source
    }

    /// Refuses an input that does not fit the network.
    pub(super) fn refuse_input<T>(
        &self,
        input: &Array4<T>,
        is_prepared: bool,
    ) -> Result<(), GradientError> {
        let (_, channels, height, width) = input.dim();
        let found = dims([channels, height, width]);
        // Layers that resize or crop do not run on a preprocessed image.
        let reads = if is_prepared {
            self.source
        } else {
            self.network.ids().next()
        };
        let expected = reads.and_then(|id| self.shapes[id]);
        let expected = expected.map_or_else(String::new, |shape| shape.to_string());
        if expected == found {
            Ok(())
        } else {
            Err(EngineError::Input { expected, found }.into())
        }
    }

    /// Runs `input` forward to a layer and back from it. `gradient` makes the gradient of its output from the output: ones for
    /// the values of interest, and zeros elsewhere.
    ///
    /// # Errors
    /// The input is of another size or takes too much memory, or the observer ended it.
    ///
    /// # Panics
    /// Never: the layer is among those that run.
    pub fn probe<T: Real>(
        &self,
        weights: &Table<LayerWeights<T>>,
        (input, is_prepared): (&Array4<T>, bool),
        probe: Probe<'_>,
        gradient: impl FnOnce(&ArrayD<T>) -> ArrayD<T>,
        observer: &mut Observer<'_>,
    ) -> Result<Probed<T>, GradientError> {
        self.refuse_input(input, is_prepared)?;
        let images = input.dim().0;
        let tracked = self.tracked_by(probe.by);
        let mut reads = keep::kept(&self.network, |id| tracked[id] && !self.prepares[id]);
        let kept = memory::kept::<T>(&self.network, &self.shapes, &reads, images);
        room(memory::taken::<T>(
            &self.network,
            &self.shapes,
            kept,
            images,
        ))?;
        self.refuse_one_value(images)?;
        for &id in probe.by.iter().chain([&probe.of]) {
            reads[id] = true;
        }
        let mut values =
            self.values_to(weights, (input, is_prepared), probe.of, &reads, observer)?;
        let output = values[probe.of.index()].clone();
        let output = output.expect("the layer is among those that ran");
        let mut gradients: Vec<Option<ArrayD<T>>> = vec![None; self.network.len()];
        gradients[probe.of.index()] = Some(gradient(&output));
        let mut by = BTreeMap::new();
        for id in self.network.ids_at(0..probe.of.index() + 1).rev() {
            let Some(gradient) = gradients[id.index()].take().filter(|_| tracked[id]) else {
                values[id.index()] = None;
                continue;
            };
            if probe.by.contains(&id)
                && let Some(value) = &values[id.index()]
            {
                by.insert(id, (value.clone(), gradient.clone()));
            }
            let operands = self.network.inputs(id);
            if self.prepares[id] || !operands.iter().any(|&operand| tracked[operand]) {
                continue;
            }
            let derived = self.back(
                id,
                &weights[id],
                &values,
                true,
                gradient,
                Options::default(),
            );
            for (operand, own) in operands.into_iter().zip(derived.operands) {
                match &mut gradients[operand.index()] {
                    _ if !tracked[operand] => {}
                    Some(sum) => sum.zip_mut_with(&own, |sum, &own| *sum += own),
                    none => *none = Some(own),
                }
            }
            values[id.index()] = None;
            if observer(Direction::Backward, id).is_break() {
                return Err(GradientError::Stopped);
            }
        }
        Ok(Probed { output, by })
    }

    /// Whether each layer's output depends on one of these.
    fn tracked_by(&self, by: &[LayerId]) -> Table<bool> {
        let mut tracked = Table::new(&self.network, |id| by.contains(&id));
        for id in self.network.ids() {
            tracked[id] |= self.network.inputs(id).iter().any(|&input| tracked[input]);
        }
        tracked
    }

    /// Outputs that `reads` wants, of the layers that `last` depends on.
    fn values_to<T: Real>(
        &self,
        weights: &Table<LayerWeights<T>>,
        (input, is_prepared): (&Array4<T>, bool),
        last: LayerId,
        reads: &Table<bool>,
        observer: &mut Observer<'_>,
    ) -> Result<Vec<Option<ArrayD<T>>>, GradientError> {
        let mut needed = Table::new(&self.network, |id| id == last);
        for id in self.network.ids_at(0..last.index() + 1).rev() {
            if needed[id] {
                for input in self.network.inputs(id) {
                    needed[input] = true;
                }
            }
        }
        let input = input.clone().into_dyn();
        let mut values: Vec<Option<ArrayD<T>>> = vec![None; self.network.len()];
        for id in self.network.ids_at(0..last.index() + 1) {
            if !needed[id] {
                continue;
            }
            let inputs = self.network.inputs(id);
            let mut operands: Vec<&ArrayD<T>> = inputs
                .iter()
                .filter_map(|input| values[input.index()].as_ref())
                .collect();
            if inputs.is_empty() {
                operands.push(&input);
            }
            let output = if self.prepares[id] && is_prepared {
                operands[0].clone()
            } else {
                self.layer(id, &weights[id], &operands, Options::default())
                    .output
            };
            values[id.index()] = Some(output);
            for input in inputs {
                let mut users = self.network.users(input).into_iter();
                let last_use = users.rfind(|&user| user <= last && needed[user]);
                if last_use == Some(id) && !reads[input] {
                    values[input.index()] = None;
                }
            }
            if observer(Direction::Forward, id).is_break() {
                return Err(GradientError::Stopped);
            }
        }
        Ok(values)
    }
}
