//! The way forward and the way back through a network.

mod finite;
mod probe;

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array2, ArrayD, Axis, Ix2, Slice, concatenate};

pub use probe::{Probe, Probed};

use super::batch::{Batch, Direction, Observer, Options};
use super::dropout::dropped;
use super::layer::{Derived, Seen, refusal};
use super::shift::Shift;
use super::{GradientError, Gradients, keep, learned, memory, shift};
use crate::engine::budget::room;
use crate::engine::kernels::backward::conv::ALONE;
use crate::engine::kernels::backward::loss::cross_entropy;
use crate::engine::kernels::{BatchStatistics, Real};
use crate::engine::pass::{EngineError, Mode};
use crate::engine::{LayerWeights, plain};
use crate::kernels::team::share;
use crate::message;
use crate::network::{
    Conv, Layer, LayerId, Network, Norm, Reshape, Shape, Shapes, Stage, Table, check,
};

/// Pieces of a batch that are convolved at once, at most.
const PIECES: usize = 8;

/// A backward pass that any number of batches can go through.
#[derive(Debug, Clone)]
pub struct Backward {
    network: Arc<Network>,
    shapes: Shapes,
    mode: Mode,
    /// Layers that pass the input on: the input itself and the preprocessing layers.
    prepares: Table<bool>,
    /// The layer whose output is the input that gradients are of.
    source: Option<LayerId>,
    /// Whether a layer's own tensors are to learn.
    learns: Table<bool>,
    /// The last layer that reads each value.
    last_use: Vec<usize>,
}

impl Backward {
    /// A pass through `network` by whose gradients all of its tensors learn.
    ///
    /// # Errors
    /// The network breaks a rule, outputs a map, or has a layer without a derivative.
    pub fn new(network: Arc<Network>, mode: Mode) -> Result<Self, GradientError> {
        let (shapes, faults) = check::judge(&network);
        if let Some(fault) = faults.first() {
            let path = fault.layer.map(|id| network[id].path.to_string());
            let reason = fault.message.clone();
            return Err(EngineError::Illegal { path, reason }.into());
        }
        let prepares = Table::new(&network, |id| {
            let node = &network[id];
            matches!(node.layer, Layer::Input { .. }) || node.scope.stage == Stage::Preprocess
        });
        for (id, node) in network.nodes() {
            if !prepares[id]
                && let Some(message) = refusal(&node.layer, &node.path.to_string())
            {
                return Err(message.into());
            }
        }
        if let Some(sink) = network.sink()
            && let Some(Shape::Map { .. }) = shapes[sink]
        {
            let layer = network[sink].path.to_string();
            return Err(message!("gradient-needs-classes", layer = layer).into());
        }
        let last_use = network.last_uses();
        Ok(Self {
            source: network.ids().rfind(|&id| prepares[id]),
            learns: Table::new(&network, |id| {
                learned(&network[id].layer.parameters()).next().is_some()
            }),
            shapes,
            mode,
            prepares,
            last_use,
            network,
        })
    }

    /// The same, by which only the layers learn that `learns` says.
    #[must_use]
    pub fn learning(mut self, learns: impl Fn(LayerId) -> bool) -> Self {
        for id in self.network.ids() {
            self.learns[id] &= learns(id);
        }
        self
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The network, to be shared.
    pub fn shared(&self) -> &Arc<Network> {
        &self.network
    }

    /// Whether a layer's tensors are to learn.
    pub fn is_learning(&self, id: LayerId) -> bool {
        self.learns[id]
    }

    /// Whether any layer is to learn.
    pub fn learns(&self) -> bool {
        self.learns.iter().any(|&learns| learns)
    }

    /// Shape of a layer's output.
    pub fn shape(&self, id: LayerId) -> Option<Shape> {
        self.shapes[id]
    }

    /// Whether a layer is the input or prepares it.
    pub(super) fn is_preparing(&self, id: LayerId) -> bool {
        self.prepares[id]
    }

    /// The layer whose output is the input that gradients are of.
    pub(super) fn source(&self) -> Option<LayerId> {
        self.source
    }

    /// Whether the gradient of each layer's output is needed for the layers that learn.
    pub(super) fn tracked_for_learning(&self) -> Table<bool> {
        self.tracked(Options {
            wants_input: false,
            ..Options::default()
        })
    }

    /// Statistics that a layer normalises by: a frozen one uses its running statistics.
    pub(super) fn mode(&self, id: LayerId) -> Mode {
        let is_norm = matches!(self.network[id].layer, Layer::Norm(_));
        if is_norm && !self.learns[id] {
            Mode::Inference
        } else {
            self.mode
        }
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        let sink = self.network.sink().and_then(|sink| self.shapes[sink]);
        sink.map_or(0, |shape| shape.channels() as usize)
    }

    /// Bytes that are kept from the way forward for the way back, for a batch of so many images in numbers of type `T`.
    pub fn kept<T>(&self, batch: usize, options: Options) -> u128 {
        let kept = self.reads(options);
        memory::kept::<T>(&self.network, &self.shapes, &kept, batch)
    }

    /// Bytes that a pass takes in all.
    pub fn takes<T>(&self, batch: usize, options: Options) -> u128 {
        let kept = self.kept::<T>(batch, options);
        memory::taken::<T>(&self.network, &self.shapes, kept, batch)
    }

    /// Refuses a batch that takes too much memory, or that batch normalisation cannot learn from.
    ///
    /// # Errors
    /// It would take too much, or a channel has one value.
    pub fn admit<T>(&self, batch: usize, options: Options) -> Result<(), GradientError> {
        room(self.takes::<T>(batch, options))?;
        self.refuse_one_value(batch)
    }

    /// Refuses a batch of which batch normalisation would see one value of a channel.
    pub(super) fn refuse_one_value(&self, batch: usize) -> Result<(), GradientError> {
        let values = |id: LayerId| {
            let shape = self.shapes[id];
            shape.map_or(0, |shape| {
                batch as u128 * shape.elements() / u128::from(shape.channels())
            })
        };
        let lonely = self.network.nodes().find(|(id, node)| {
            let is_batch = matches!(node.layer, Layer::Norm(Norm::Batch(_)));
            is_batch && self.mode(*id) == Mode::Training && values(*id) <= 1
        });
        match lonely {
            Some((_, node)) => Err(EngineError::OneValue(node.path.to_string()).into()),
            None => Ok(()),
        }
    }

    /// Output elements of a layer for one image.
    fn elements(&self, id: LayerId) -> u128 {
        self.shapes[id].map_or(0, Shape::elements)
    }

    /// Whether the gradient of each layer's output is needed.
    fn tracked(&self, options: Options) -> Table<bool> {
        let mut tracked = Table::new(&self.network, |_| false);
        for id in self.network.ids() {
            tracked[id] = if self.prepares[id] {
                options.wants_input && self.source == Some(id)
            } else {
                let inputs = self.network.inputs(id);
                self.learns[id] || inputs.iter().any(|&input| tracked[input])
            };
        }
        tracked
    }

    fn reads(&self, options: Options) -> Table<bool> {
        let tracked = self.tracked(options);
        keep::kept(&self.network, |id| tracked[id] && !self.prepares[id])
    }

    /// Runs a batch forward, and back from its loss.
    ///
    /// # Errors
    /// The batch is of another size or takes too much memory, a label is no class, or the observer ended it.
    pub fn run<T: Real>(
        &self,
        weights: &Table<LayerWeights<T>>,
        batch: Batch<'_, T>,
        options: Options,
        observer: &mut Observer<'_>,
    ) -> Result<Gradients<T>, GradientError> {
        self.refuse(&batch)?;
        self.admit::<T>(batch.labels.len(), options)?;
        let tracked = self.tracked(options);
        let reads = self.reads(options);
        let forward = self.forward(weights, &batch, options, &reads, observer)?;
        let logits = forward.logits;
        let (loss, gradient) = cross_entropy(logits.view(), batch.labels, options.smoothing);
        let mut values = forward.values;
        let kept = values.iter().flatten().map(|value| value.len() as u128);
        let kept = kept.sum::<u128>() * std::mem::size_of::<T>() as u128;
        let mut gradients: Vec<Option<ArrayD<T>>> = vec![None; self.network.len()];
        let mut layers = Table::new(&self.network, |_| Vec::new());
        if let Some(last) = gradients.last_mut() {
            *last = Some(gradient.into_dyn());
        }
        let mut input = None;
        let shifts = self.shifts_without_effect();
        for id in self.network.ids().rev() {
            let own = gradients[id.index()].take();
            let Some(gradient) = own.filter(|_| tracked[id]) else {
                values[id.index()] = None;
                continue;
            };
            if self.prepares[id] {
                input = Some(gradient);
                continue;
            }
            let operands = self.network.inputs(id);
            let wants_operands = operands.iter().any(|&operand| tracked[operand]);
            let derived = self.back(id, &weights[id], &values, wants_operands, gradient, options);
            if self.learns[id] {
                layers[id] = derived.tensors;
                self.clear_idle_bias(id, shifts[id], &mut layers[id]);
            }
            for (operand, own) in operands.into_iter().zip(derived.operands) {
                if !tracked[operand] {
                    continue;
                }
                match &mut gradients[operand.index()] {
                    Some(sum) => sum.zip_mut_with(&own, |sum, &own| *sum += own),
                    none => *none = Some(own),
                }
            }
            values[id.index()] = None;
            if observer(Direction::Backward, id).is_break() {
                return Err(GradientError::Stopped);
            }
        }
        Ok(Gradients {
            loss,
            logits,
            input,
            layers,
            statistics: forward.statistics,
            kept,
        })
    }

    /// The shifts of each layer's output that have no effect on the loss.
    pub(super) fn shifts_without_effect(&self) -> Table<Shift> {
        shift::without_effect(&self.network, &self.shapes, |id| self.mode(id))
    }

    /// Sets the gradient of a bias without effect to what it is: computed, it is a sum of what rounding leaves.
    pub(super) fn clear_idle_bias<T: Real>(
        &self,
        id: LayerId,
        shift: Shift,
        tensors: &mut [ArrayD<T>],
    ) {
        let place = shift::idle_bias(&self.network[id].layer, shift, self.shapes[id]);
        if let Some(gradient) = place.and_then(|place| tensors.get_mut(place)) {
            gradient.fill(T::rounded(0.0));
        }
    }

    /// Runs only the forward pass of a batch: its mean loss, and the network's output.
    ///
    /// # Errors
    /// The batch is of another size or takes too much memory, or a label is no class.
    pub fn loss<T: Real>(
        &self,
        weights: &Table<LayerWeights<T>>,
        batch: Batch<'_, T>,
        options: Options,
    ) -> Result<(f64, Array2<T>), GradientError> {
        self.refuse(&batch)?;
        self.admit::<T>(batch.labels.len(), options)?;
        let nothing = Table::new(&self.network, |_| false);
        let mut observer = |_, _| ControlFlow::Continue(());
        let forward = self.forward(weights, &batch, options, &nothing, &mut observer)?;
        let (loss, _) = cross_entropy(forward.logits.view(), batch.labels, options.smoothing);
        Ok((loss, forward.logits))
    }

    /// Refuses a batch that does not fit the network.
    pub(super) fn refuse<T>(&self, batch: &Batch<'_, T>) -> Result<(), GradientError> {
        self.refuse_input(batch.input, batch.is_prepared)?;
        let images = batch.input.dim().0;
        if images != batch.labels.len() || images == 0 {
            return Err(message!(
                "gradient-labels-count",
                labels = batch.labels.len(),
                images = images
            )
            .into());
        }
        let classes = self.classes();
        match batch.labels.iter().find(|&&label| label >= classes) {
            Some(&label) => Err(message!(
                "gradient-label-beyond",
                label = label,
                classes = classes,
                last = classes.saturating_sub(1)
            )
            .into()),
            None => Ok(()),
        }
    }

    /// Runs a batch forward; `reads` says which values stay.
    fn forward<T: Real>(
        &self,
        weights: &Table<LayerWeights<T>>,
        batch: &Batch<'_, T>,
        options: Options,
        reads: &Table<bool>,
        observer: &mut Observer<'_>,
    ) -> Result<Forward<T>, GradientError> {
        let input = batch.input.clone().into_dyn();
        let mut values: Vec<Option<ArrayD<T>>> = vec![None; self.network.len()];
        let mut statistics = Vec::new();
        let mut logits = None;
        for id in self.network.ids() {
            let inputs = self.network.inputs(id);
            let operands: Vec<&ArrayD<T>> = if inputs.is_empty() {
                vec![&input]
            } else {
                let operands = inputs
                    .iter()
                    .filter_map(|input| values[input.index()].as_ref());
                operands.collect()
            };
            let outcome = if self.prepares[id] && batch.is_prepared {
                handed_on(operands[0].clone())
            } else {
                self.layer(id, &weights[id], &operands, options)
            };
            if let Some(own) = outcome.statistics {
                statistics.push((id, own));
            }
            for input in inputs {
                if self.last_use[input.index()] == id.index() && !reads[input] {
                    values[input.index()] = None;
                }
            }
            let is_last = self.network.sink() == Some(id);
            if is_last {
                let vectors = outcome.output.view().into_dimensionality::<Ix2>();
                logits = vectors.ok().map(|all| all.to_owned());
            }
            values[id.index()] = (!is_last || reads[id]).then_some(outcome.output);
            if observer(Direction::Forward, id).is_break() {
                return Err(GradientError::Stopped);
            }
        }
        Ok(Forward {
            values,
            logits: logits.expect("the last layer outputs a vector, as was checked"),
            statistics,
        })
    }

    /// One layer forward.
    fn layer<T: Real>(
        &self,
        id: LayerId,
        weights: &LayerWeights<T>,
        operands: &[&ArrayD<T>],
        options: Options,
    ) -> plain::Outcome<T> {
        let layer = &self.network[id].layer;
        match (layer, options.dropout) {
            (Layer::Reshape(Reshape::Dropout { p }), Some(seed)) if self.mode == Mode::Training => {
                handed_on(dropped(operands[0].clone(), *p, seed, id))
            }
            (Layer::Conv(conv @ Conv::Spatial(_)), _) => {
                let images = operands[0].shape()[0];
                let size = images.div_ceil(PIECES).max(1);
                let firsts: Vec<usize> = (0..images).step_by(size).collect();
                let piece = |&first: &usize| {
                    let own = Slice::from(first..(first + size).min(images));
                    let part = operands[0].slice_axis(Axis(0), own).to_owned();
                    plain::run(layer, weights, &[&part], self.mode(id)).output
                };
                let products = conv.seen() * self.elements(id) * images as u128;
                if products < ALONE as u128 {
                    return plain::run(layer, weights, operands, self.mode(id));
                }
                let parts = share(&firsts, piece);
                let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
                handed_on(concatenate(Axis(0), &views).expect("pieces of one batch"))
            }
            _ => plain::run(layer, weights, operands, self.mode(id)),
        }
    }

    /// One layer back.
    fn back<T: Real>(
        &self,
        id: LayerId,
        weights: &LayerWeights<T>,
        values: &[Option<ArrayD<T>>],
        wants_operands: bool,
        gradient: ArrayD<T>,
        options: Options,
    ) -> Derived<T> {
        let layer = &self.network[id].layer;
        if let (Layer::Reshape(Reshape::Dropout { p }), Some(seed), Mode::Training) =
            (layer, options.dropout, self.mode)
        {
            return Derived {
                operands: vec![dropped(gradient, *p, seed, id)],
                tensors: Vec::new(),
            };
        }
        let inputs = self.network.inputs(id);
        let operands: Vec<Option<&ArrayD<T>>> = inputs
            .iter()
            .map(|input| values[input.index()].as_ref())
            .collect();
        let shapes: Vec<Shape> = inputs
            .iter()
            .filter_map(|&input| self.shapes[input])
            .collect();
        let seen = Seen {
            layer,
            weights,
            operands: &operands,
            shapes: &shapes,
            output: values[id.index()].as_ref(),
            mode: self.mode(id),
            wants_operands,
        };
        seen.back(gradient)
    }
}

/// Results of the way forward.
struct Forward<T> {
    values: Vec<Option<ArrayD<T>>>,
    logits: Array2<T>,
    statistics: Vec<(LayerId, BatchStatistics)>,
}

const fn handed_on<T>(output: ArrayD<T>) -> plain::Outcome<T> {
    plain::Outcome {
        output,
        statistics: None,
    }
}
