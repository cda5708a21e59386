//! A piece of a batch: its values, its gradients, and what operations do to them.

use std::ops::Range;

use ndarray::{ArrayD, Slice};

use super::super::batch::Batch;
use super::super::layer::Seen;
use super::layout::{BLOCK, Layout};
use super::norm::{Around, Coefficients, few_moments, few_sums, few_through};
use super::plan::{NormOp, Op, Plan};
use crate::engine::compiled::learn::Packed;
use crate::engine::compiled::learn::each::{Apply, Moments, Summing, Sums, Through};
use crate::engine::{Mode, plain};
use crate::kernels::order;
use crate::network::Shape;

/// Results of an operation that a piece shares with the others.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// Moments of what a normalisation reads.
    pub(super) moments: Vec<Moments>,
    /// Sums of a normalisation's gradient.
    pub(super) sums: Vec<Sums>,
    /// Gradient by a convolution's weights, in the kernels' order.
    pub(super) weights: Vec<f32>,
    /// Gradients by other tensors.
    pub(super) tensors: Vec<ArrayD<f32>>,
}

/// A piece of a batch. Its memory stays from step to step.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) images: Range<usize>,
    pub(super) values: Vec<Vec<f32>>,
    pub(super) gradients: Vec<Option<Vec<f32>>>,
    spare: Vec<Vec<f32>>,
}

impl Piece {
    /// Makes room for these images.
    pub(super) fn prepare(&mut self, plan: &Plan, images: Range<usize>) {
        self.values.resize(plan.values.len(), Vec::new());
        let left: Vec<_> = self.gradients.drain(..).flatten().collect();
        self.spare.extend(left);
        self.gradients.resize(plan.values.len(), None);
        for (value, layout) in self.values.iter_mut().zip(&plan.values) {
            value.resize(images.len() * layout.len(), 0.0);
        }
        self.images = images;
    }

    /// Memory of `len` numbers, whatever they are.
    fn take(&mut self, len: usize) -> Vec<f32> {
        let fits = |own: &Vec<f32>| own.capacity() >= len;
        let found = (0..self.spare.len())
            .filter(|&place| fits(&self.spare[place]))
            .min_by_key(|&place| self.spare[place].capacity());
        let mut memory = found.map_or_else(Vec::new, |place| self.spare.swap_remove(place));
        memory.resize(len, 0.0);
        memory
    }

    /// Adds `gradient` to that of a value.
    fn give(&mut self, around: Around<'_>, value: usize, gradient: Vec<f32>) {
        if !around.plan.values[value].is_tracked {
            self.spare.push(gradient);
            return;
        }
        match &mut self.gradients[value] {
            Some(sum) => {
                around.each.add(sum, &gradient);
                self.spare.push(gradient);
            }
            none => *none = Some(gradient),
        }
    }

    /// Sets the gradient of the output.
    pub(super) fn begin(&mut self, plan: &Plan, gradient: &ArrayD<f32>) {
        let layout = plan.values[plan.output()];
        let mut memory = self.take(self.images.len() * layout.len());
        to_blocks(gradient, layout, &mut memory);
        self.gradients[plan.output()] = Some(memory);
    }

    /// The output, images × classes.
    pub(super) fn output(&self, plan: &Plan) -> ArrayD<f32> {
        let layout = plan.values[plan.output()];
        from_blocks(&self.values[plan.output()], layout)
    }

    /// Runs an operation forward.
    pub(super) fn forward(
        &mut self,
        around: Around<'_>,
        op: &Op,
        batch: Batch<'_, f32>,
        packed: &Packed,
        coefficients: &Coefficients,
        scratch: &mut Vec<f32>,
    ) {
        let (to, plan) = (op.to(), around.plan);
        let mut output = std::mem::take(&mut self.values[to]);
        match op {
            Op::Input { layers, .. } => {
                let own = Slice::from(self.images.clone());
                let mut value = batch
                    .input
                    .slice_axis(ndarray::Axis(0), own)
                    .to_owned()
                    .into_dyn();
                let prepares = if batch.is_prepared { &[] } else { &layers[..] };
                for &id in prepares {
                    let layer = &around.network[id].layer;
                    value =
                        plain::run(layer, &around.weights[id], &[&value], Mode::Inference).output;
                }
                to_blocks(&value, plan.values[to], &mut output);
            }
            Op::Conv { conv, from, .. } => {
                conv.forward(packed, &self.values[*from], &mut output, scratch);
            }
            Op::Norm(norm) => around.each.apply(Apply {
                x: &self.values[norm.from],
                y: &mut output,
                scaled: Some([&coefficients.mean, &coefficients.scale, &coefficients.shift]),
                other: norm.other.map(|other| &self.values[other][..]),
                relu: norm.relu,
                blocks: plan.values[to].blocks,
                pixels: plan.values[to].pixels,
            }),
            Op::Add { from, relu, .. } => around.each.apply(Apply {
                x: &self.values[from[0]],
                y: &mut output,
                scaled: None,
                other: Some(&self.values[from[1]]),
                relu: *relu,
                blocks: plan.values[to].blocks,
                pixels: plan.values[to].pixels,
            }),
            Op::Relu { from, .. } => around.each.apply(Apply {
                x: &self.values[*from],
                y: &mut output,
                scaled: None,
                other: None,
                relu: true,
                blocks: plan.values[to].blocks,
                pixels: plan.values[to].pixels,
            }),
            Op::Pad { pad, from, .. } => pad.forward(&self.values[*from], &mut output),
            Op::Plain { layer, from, .. } => {
                let operands = self.operands(plan, from);
                let operands: Vec<&ArrayD<f32>> = operands.iter().collect();
                let own = &around.network[*layer].layer;
                let of = plain::run(own, &around.weights[*layer], &operands, Mode::Inference);
                to_blocks(&of.output, plan.values[to], &mut output);
            }
        }
        self.values[to] = output;
    }

    fn operands(&self, plan: &Plan, from: &[usize]) -> Vec<ArrayD<f32>> {
        let each = from.iter();
        each.map(|&value| from_blocks(&self.values[value], plan.values[value]))
            .collect()
    }

    /// Moments of a value.
    pub(super) fn moments(&self, around: Around<'_>, value: usize, to: &mut Vec<Moments>) {
        let layout = around.plan.values[value];
        to.resize(layout.blocks * BLOCK, Moments::default());
        let own = &self.values[value];
        if around.is_few(layout) {
            few_moments(own, layout, to);
        } else {
            around.each.moments(own, layout.blocks, layout.pixels, to);
        }
    }

    /// Takes the ReLU back, and sums the gradient up.
    pub(super) fn sums(
        &mut self,
        around: Around<'_>,
        norm: &NormOp,
        coefficients: &Coefficients,
        to: &mut Vec<Sums>,
    ) {
        let layout = around.plan.values[norm.from];
        let Some(gradient) = &mut self.gradients[norm.to] else {
            return;
        };
        to.resize(layout.blocks * BLOCK, Sums::default());
        let (x, output) = (&self.values[norm.from], &self.values[norm.to]);
        if around.is_few(layout) {
            if norm.relu {
                around.each.cut(gradient, output);
            }
            few_sums(gradient, x, coefficients, layout, to);
        } else {
            around.each.sums(Summing {
                gradient,
                output: norm.relu.then_some(output),
                x,
                mean: &coefficients.mean,
                blocks: layout.blocks,
                pixels: layout.pixels,
                to,
            });
        }
    }

    /// The gradient by what a normalisation reads.
    pub(super) fn through(
        &mut self,
        around: Around<'_>,
        norm: &NormOp,
        coefficients: &Coefficients,
    ) {
        let Some(gradient) = self.gradients[norm.to].take() else {
            return;
        };
        let layout = around.plan.values[norm.from];
        if layout.is_tracked {
            let mut to = self.take(gradient.len());
            let x = &self.values[norm.from];
            if around.is_few(layout) {
                few_through(&gradient, x, coefficients, layout, &mut to);
            } else {
                around.each.through(Through {
                    x,
                    gradient: &gradient,
                    to: &mut to,
                    coefficients: [
                        &coefficients.mean,
                        &coefficients.scale,
                        &coefficients.shift,
                        &coefficients.slope,
                    ],
                    blocks: layout.blocks,
                    pixels: layout.pixels,
                });
            }
            self.give(around, norm.from, to);
        }
        match norm.other {
            Some(other) => self.give(around, other, gradient),
            None => self.spare.push(gradient),
        }
    }

    /// Runs an operation back, other than a normalisation by the batch's statistics.
    pub(super) fn back(
        &mut self,
        around: Around<'_>,
        op: &Op,
        packed: &Packed,
        coefficients: &Coefficients,
        told: &mut Told,
        scratch: &mut Vec<f32>,
    ) {
        let plan = around.plan;
        match op {
            Op::Input { .. } => {}
            Op::Norm(norm) => {
                self.sums(around, norm, coefficients, &mut told.sums);
                self.through(around, norm, coefficients);
            }
            Op::Conv { conv, from, to, .. } => {
                let Some(gradient) = self.gradients[*to].take() else {
                    return;
                };
                told.weights.resize(conv.gradient_len(), 0.0);
                let of_weights = &mut told.weights;
                let is_tracked = plan.values[*from].is_tracked;
                let (mut memory, adds) = match self.gradients[*from].take() {
                    Some(memory) => (memory, true),
                    None if is_tracked => (self.take(self.values[*from].len()), false),
                    None => (Vec::new(), false),
                };
                let of_input = is_tracked.then_some((&mut memory[..], adds));
                let x = &self.values[*from];
                conv.back(packed, x, &gradient, of_input, of_weights, scratch);
                if is_tracked {
                    self.gradients[*from] = Some(memory);
                }
                self.spare.push(gradient);
            }
            Op::Add { from, to, relu } => {
                let Some(mut gradient) = self.gradients[*to].take() else {
                    return;
                };
                if *relu {
                    around.each.cut(&mut gradient, &self.values[*to]);
                }
                let mut copy = self.take(gradient.len());
                copy.copy_from_slice(&gradient);
                self.give(around, from[0], copy);
                self.give(around, from[1], gradient);
            }
            Op::Relu { from, to } => {
                let Some(mut gradient) = self.gradients[*to].take() else {
                    return;
                };
                around.each.cut(&mut gradient, &self.values[*to]);
                self.give(around, *from, gradient);
            }
            Op::Pad { pad, from, to } => {
                let Some(gradient) = self.gradients[*to].take() else {
                    return;
                };
                if plan.values[*from].is_tracked {
                    let mut memory = self.take(self.values[*from].len());
                    pad.back(&gradient, &mut memory);
                    self.give(around, *from, memory);
                }
                self.spare.push(gradient);
            }
            Op::Plain { layer, from, to } => {
                let Some(gradient) = self.gradients[*to].take() else {
                    return;
                };
                let operands = self.operands(plan, from);
                let kept: Vec<Option<&ArrayD<f32>>> = operands.iter().map(Some).collect();
                let shapes: Vec<Shape> = from.iter().map(|&v| plan.values[v].shape).collect();
                let output = from_blocks(&self.values[*to], plan.values[*to]);
                let seen = Seen {
                    layer: &around.network[*layer].layer,
                    weights: &around.weights[*layer],
                    operands: &kept,
                    shapes: &shapes,
                    output: Some(&output),
                    mode: Mode::Inference,
                    wants_operands: from.iter().any(|&value| plan.values[value].is_tracked),
                };
                let derived = seen.back(from_blocks(&gradient, plan.values[*to]));
                self.spare.push(gradient);
                for (&value, own) in from.iter().zip(&derived.operands) {
                    let layout = plan.values[value];
                    if layout.is_tracked {
                        let mut memory = self.take(self.images.len() * layout.len());
                        to_blocks(own, layout, &mut memory);
                        self.give(around, value, memory);
                    }
                }
                told.tensors = derived.tensors;
            }
        }
    }
}

/// Brings a tensor of images × channels × pixels into blocks.
fn to_blocks(from: &ArrayD<f32>, layout: Layout, to: &mut [f32]) {
    let from = from.as_standard_layout();
    let values = from.as_slice().unwrap_or_default();
    order::to_blocks(values, layout.shape.channels() as usize, layout.pixels, to);
}

/// Brings blocks into a tensor of images × channels × pixels, or × features.
fn from_blocks(from: &[f32], layout: Layout) -> ArrayD<f32> {
    let values = order::from_blocks(from, layout.shape.channels() as usize, layout.pixels);
    let mut shape = vec![from.len() / layout.len()];
    shape.extend(layout.shape.dims().into_iter().map(|n| n as usize));
    ArrayD::from_shape_vec(shape, values).expect("as many numbers as the shape has")
}
