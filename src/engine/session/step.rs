//! One layer of a pass, on the kernels of the session.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use ndarray::ArrayD;

use super::{Edit, Session, edit, needed};
use crate::engine::budget::room;
use crate::engine::compiled::{Layers, Value};
use crate::engine::kernels::{Real, norm};
use crate::engine::pass::EngineError;
use crate::engine::{Isa, LayerWeights, Precision, Tensor, plain};
use crate::network::{Layer, LayerId, Norm, Stage};

impl Session {
    /// The same pass, with the fast kernels from here on: convolutions, linear layers, batch normalisations, pools, gates and
    /// sums run on them, layer by layer and with nothing fused; sensitive layers stay with the plain kernels. Values differ
    /// from those of a plain pass by at most 2e-5 of their rms, and are still explained within [the same
    /// tolerance](crate::engine::Explanation).
    ///
    /// A pass in double precision stays plain, and so does one without memory for a second form of its values.
    #[must_use]
    pub fn with_kernels(mut self, isa: Isa, threads: usize) -> Self {
        let images = self.input.shape()[0];
        let has_room = room(2 * needed(&self.network, self.keep, self.precision, images)).is_ok();
        if self.precision == Precision::Single && has_room {
            let network = Arc::clone(&self.network);
            self.layers = Layers::new(network, images, isa, threads).map(Arc::new);
        }
        self
    }

    /// The same pass, not begun, in a given precision, to measure rounding.
    ///
    /// # Errors
    /// The pass would take too much memory.
    pub fn in_precision(mut self, precision: Precision) -> Result<Self, EngineError> {
        let images = self.input.shape()[0];
        room(needed(&self.network, self.keep, precision, images))?;
        self.rewind();
        self.precision = precision;
        Ok(self)
    }

    /// Instruction set of the fast kernels; `None` if the pass steps with the plain ones.
    pub fn kernels(&self) -> Option<Isa> {
        match self.precision {
            Precision::Single => self.layers.as_ref().map(|layers| layers.isa()),
            Precision::Double => None,
        }
    }

    /// Runs the next layer and returns it; `None` at the end.
    pub fn step(&mut self) -> Option<LayerId> {
        let id = self.next()?;
        let began = Instant::now();
        match self.precision {
            Precision::Single => {
                let value = self.fast(id).unwrap_or_else(|| {
                    let operand = |id: LayerId| self.value(id);
                    let outcome = self.compute(id, &operand, &self.input, self.weights.of(id));
                    outcome.output.into()
                });
                self.values[id.index()] = Some(Arc::new(value));
            }
            Precision::Double => {
                let input = self.input.mapv(f64::from);
                let weights = self.weights.of(id).widened();
                let operand = |id: LayerId| self.exact[id.index()].as_deref();
                let outcome = self.compute(id, &operand, &input, &weights);
                let rounded: Tensor = outcome.output.mapv(|x| x as f32);
                self.values[id.index()] = Some(Arc::new(rounded.into()));
                self.exact[id.index()] = Some(Arc::new(outcome.output));
                if let Some(statistics) = outcome.statistics {
                    self.move_running(id, &statistics);
                }
            }
        }
        self.times[id.index()] = began.elapsed();
        self.cursor += 1;
        if self.keep == super::Keep::Needed {
            for input in self.network.inputs(id) {
                if self.last_use[input.index()] == id.index() {
                    self.values[input.index()] = None;
                    self.exact[input.index()] = None;
                }
            }
        }
        Some(id)
    }

    /// Runs one layer on the fast kernels; `None` if the plain kernels must run it, or its operands are edited.
    fn fast(&self, id: LayerId) -> Option<Value> {
        let layers = self.layers.as_ref()?;
        let reads_zeros = |edit: &Edit| matches!(edit, Edit::Silence { add, .. } if *add == id);
        if self.passes_through(id) || self.edits.iter().any(reads_zeros) {
            return None;
        }
        let operands: Option<Vec<&Value>> = self
            .network
            .inputs(id)
            .into_iter()
            .map(|input| self.values[input.index()].as_deref())
            .collect();
        let value = layers.run(id, self.weights.of(id), &operands?)?;
        if !self.edits.iter().any(|edit| edit.changes_output_of(id)) {
            return Some(value);
        }
        let mut output = value.into_tensor();
        self.change(id, &mut output);
        Some(output.into())
    }

    /// Runs one layer on its operands; `input` replaces them for the layer that has none.
    fn compute<'a, T: Real>(
        &'a self,
        id: LayerId,
        operand: &dyn Fn(LayerId) -> Option<&'a ArrayD<T>>,
        input: &ArrayD<T>,
        weights: &LayerWeights<T>,
    ) -> plain::Outcome<T> {
        let node = &self.network[id];
        let inputs = self.network.inputs(id);
        let mut operands: Vec<Cow<'_, ArrayD<T>>> = if inputs.is_empty() {
            vec![Cow::Borrowed(input)]
        } else {
            inputs
                .into_iter()
                .filter_map(operand)
                .map(Cow::Borrowed)
                .collect()
        };
        edit::silence(&self.edits, id, &mut operands);
        let operands: Vec<&ArrayD<T>> = operands.iter().map(AsRef::as_ref).collect();
        let mut outcome = if self.passes_through(id) {
            plain::Outcome {
                output: operands[0].clone(),
                statistics: None,
            }
        } else {
            plain::run(&node.layer, weights, &operands, self.mode)
        };
        self.change(id, &mut outcome.output);
        outcome
    }

    /// Applies the pass's edits to a layer's output.
    fn change<T: Real>(&self, id: LayerId, output: &mut ArrayD<T>) {
        edit::preprocessing::reverse(&self.edits, id, output);
        edit::mute(&self.edits, id, output);
    }

    /// Whether a layer outputs its input unchanged.
    pub(in super::super) fn passes_through(&self, id: LayerId) -> bool {
        let is_done_already = self.prepared && self.network[id].scope.stage == Stage::Preprocess;
        is_done_already || self.edits.contains(&Edit::Bypass { layer: id })
    }

    /// Updates the running statistics of a batch normalisation with the batch's.
    fn move_running(&mut self, id: LayerId, batch: &norm::BatchStatistics) {
        if let (Layer::Norm(Norm::Batch(settings)), LayerWeights::Norm { mean, var, .. }) =
            (&self.network[id].layer, self.weights.of(id))
        {
            let (mut mean, mut var) = (mean.clone(), var.clone());
            norm::update_running(&mut mean, &batch.mean, settings.momentum as f32);
            norm::update_running(&mut var, &batch.variance_unbiased, settings.momentum as f32);
            self.running.insert(id, (mean, var));
        }
    }
}
