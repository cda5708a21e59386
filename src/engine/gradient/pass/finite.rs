//! The layer at which a pass stops to be finite.

use ndarray::ArrayD;

use super::super::batch::{Batch, Options};
use super::Backward;
use crate::engine::LayerWeights;
use crate::engine::kernels::Real;
use crate::network::{LayerId, Table};

impl Backward {
    /// The first layer whose output is not finite on a batch; `None` where all are.
    pub fn first_not_finite<T: Real>(
        &self,
        weights: &Table<LayerWeights<T>>,
        batch: Batch<'_, T>,
        options: Options,
    ) -> Option<LayerId> {
        let mut values: Vec<ArrayD<T>> = Vec::with_capacity(self.network.len());
        let input = batch.input.clone().into_dyn();
        for id in self.network.ids() {
            let inputs = self.network.inputs(id);
            let mut operands: Vec<&ArrayD<T>> =
                inputs.iter().map(|input| &values[input.index()]).collect();
            if operands.is_empty() {
                operands.push(&input);
            }
            let output = if self.prepares[id] && batch.is_prepared {
                operands[0].clone()
            } else {
                self.layer(id, &weights[id], &operands, options).output
            };
            let is_finite = output.iter().all(|&x| {
                let x: f64 = x.into();
                x.is_finite()
            });
            if !is_finite {
                return Some(id);
            }
            values.push(output);
        }
        None
    }
}
