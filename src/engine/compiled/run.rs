//! One step of a pass, on this thread's part of it.

#![allow(unsafe_code, reason = "steps hand raw memory to kernels")]

mod pointwise;

use super::copy::{read, write};
use super::geometry::Geometry;
use super::kernels::direct::{Direct, Split};
use super::kernels::dot::Dot;
use super::kernels::pool::{Blur, MeanAll, Pool};
use super::kernels::tile::{Span, Steps};
use super::kernels::winograd::Winograd;
use super::kernels::{Kernels, Memory};
use super::method::Method;
use super::plan::{Kind, Op, Plan};
use super::prepare::Prepared;
use super::simd::BLOCK;
use super::team::{Barrier, Part};
use crate::engine::{Mode, Tensor, plain};
use crate::network::layer::Conv2d;
use crate::network::{Layer, Network, Shapes, Stage};

/// A pass: what its steps share.
pub(super) struct Pass<'a> {
    pub(super) network: &'a Network,
    pub(super) shapes: &'a Shapes,
    pub(super) plan: &'a Plan,
    pub(super) kernels: &'static Kernels,
    /// Blocks of output channels that a tile of theirs holds.
    pub(super) tile_blocks: usize,
    /// Packed, of all steps.
    pub(super) weights: &'a [f32],
    /// Where each value lies.
    pub(super) values: &'a [Memory],
    /// Images × channels × rows × pixels.
    pub(super) input: &'a [f32],
    /// Whether the input is preprocessed already.
    pub(super) prepared: bool,
}

impl Pass<'_> {
    fn at(&self, value: usize) -> Geometry {
        self.plan.values[value].at
    }

    /// The residual, and how it lies; the output stands for one that is not there.
    fn residual(&self, op: &Op) -> (Memory, Geometry) {
        op.residual
            .map_or((Memory::NONE, self.at(op.output)), |value| {
                (self.values[value], self.at(value))
            })
    }

    /// Runs this thread's part of a step. `scratch` is the step's own memory.
    ///
    /// # Safety
    /// The plan gave every value a place of its own for as long as it is needed, of the length that its geometry has, and
    /// `kernels` are for this processor. All threads call this for the same step, and meet at a barrier before the next.
    pub(super) unsafe fn step(
        &self,
        op: &Op,
        prepared: &Prepared,
        scratch: [Memory; 2],
        part: Part,
        barrier: &Barrier,
    ) {
        let y = self.values[op.output];
        let y_at = self.at(op.output);
        // SAFETY: the caller's promise; the border is no thread's pixels.
        unsafe { clear_border(y, &y_at, part) };
        // SAFETY: the caller's promise; each job says where its values lie, as the plan does.
        unsafe {
            match &op.kind {
                Kind::Input(each) => self.bring_input(each, y, &y_at, part),
                Kind::Conv { .. } | Kind::Dot { .. } => {
                    self.multiply(op, prepared, scratch, part, barrier);
                }
                Kind::MaxPool | Kind::MeanPool | Kind::MeanAll | Kind::Blur => {
                    self.pool(op, prepared, part);
                }
                Kind::ImageNorm => self.image_norm(op, prepared, part),
                // A plain kernel is not made for threads: the first runs it, and the others wait.
                Kind::Plain if part.index == 0 => self.plain(op, prepared),
                Kind::Plain => {}
                _ => self.pointwise(op, prepared, part),
            }
        }
    }

    /// The first operand, and how it lies.
    fn operand(&self, op: &Op) -> (Memory, Geometry) {
        op.inputs
            .first()
            .map_or((Memory::NONE, self.at(op.output)), |&value| {
                (self.values[value], self.at(value))
            })
    }

    /// A convolution as it is written. Where its sums shall be short, each part of them is added to what those before it gave.
    unsafe fn direct(&self, op: &Op, conv: &Conv2d, prepared: &Prepared, part: Part) {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let ((x, x_at), (residual, r_at)) = (self.operand(op), self.residual(op));
        let planar = x_at.lanes == 1;
        let mut job = Direct {
            x,
            y,
            residual,
            weights: &self.weights[prepared.weights.clone()],
            bias: &prepared.bias,
            taps: &prepared.taps,
            planar,
            filters: &prepared.filters,
            spans: &prepared.spans,
            steps: Steps {
                x_row: conv.window.stride[0] as usize * x_at.row(),
                x_pixel: conv.window.stride[1] as usize * x_at.lanes,
                y_row: y_at.row(),
                y_block: y_at.block(),
                r_row: r_at.row(),
                r_block: r_at.block(),
                relu: op.relu,
            },
            images: y_at.images,
            x_image: x_at.image(),
            y_image: y_at.image(),
            r_image: r_at.image(),
            split: prepared.split.unwrap_or(Split::Pixels),
        };
        let at_once = prepared.taps_at_once.max(1);
        if prepared.taps.len() <= at_once {
            // SAFETY: as for `step`.
            unsafe { (self.kernels.direct)(&job, part) };
            return;
        }
        let no_bias = vec![0.0; prepared.bias.len()];
        let in_place: Vec<Span> = prepared
            .spans
            .iter()
            .map(|span| Span { r: span.y, ..*span })
            .collect();
        let mut filters = prepared.filters.clone();
        for (turn, taps) in prepared.taps.chunks(at_once).enumerate() {
            job.taps = taps;
            job.steps.relu = op.relu && (turn + 1) * at_once >= prepared.taps.len();
            if turn > 0 {
                job.bias = &no_bias;
                job.residual = y;
                job.spans = &in_place;
                (job.steps.r_row, job.steps.r_block) = (y_at.row(), y_at.block());
                job.r_image = y_at.image();
                for (own, first) in filters.iter_mut().zip(&prepared.filters) {
                    let blocks = if own.wide { self.tile_blocks } else { 1 };
                    let depth = if planar { 1 } else { BLOCK };
                    own.weights = first.weights + turn * at_once * depth * blocks * BLOCK;
                }
            }
            let job = Direct {
                filters: &filters,
                ..job
            };
            // SAFETY: as for `step`; a thread has the same tiles in each turn, and each number is in one of them.
            unsafe { (self.kernels.direct)(&job, part) };
        }
    }

    /// Convolutions and linear layers.
    unsafe fn multiply(
        &self,
        op: &Op,
        prepared: &Prepared,
        scratch: [Memory; 2],
        part: Part,
        barrier: &Barrier,
    ) {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let ((x, x_at), (residual, r_at)) = (self.operand(op), self.residual(op));
        let kernels = self.kernels;
        // SAFETY: as for `step`.
        unsafe {
            match (&op.kind, &self.network[op.layers[0]].layer) {
                (
                    Kind::Conv {
                        method: Method::Direct { .. },
                        ..
                    },
                    Layer::Conv2d(conv),
                ) => self.direct(op, conv, prepared, part),
                (
                    Kind::Conv {
                        method: Method::Winograd(side),
                        ..
                    },
                    Layer::Conv2d(conv),
                ) => (kernels.winograd)(
                    &Winograd {
                        x,
                        y,
                        residual,
                        x_at,
                        y_at,
                        r_at,
                        padding: conv.window.padding[0] as usize,
                        side: *side,
                        weights: &self.weights[prepared.weights.clone()],
                        bias: &prepared.bias,
                        filters: &prepared.filters,
                        relu: op.relu,
                        split: prepared.split.unwrap_or(Split::Pixels),
                        strip: prepared.strip,
                        spans: [&prepared.spans, &prepared.last_spans],
                        taps: &prepared.taps,
                        inputs: scratch[0],
                        products: scratch[1],
                    },
                    part,
                    barrier,
                ),
                (Kind::Dot { .. }, _) => (kernels.dot)(
                    &Dot {
                        x,
                        y,
                        weights: &self.weights[prepared.weights.clone()],
                        bias: &prepared.bias,
                        inputs: x_at.blocks() * BLOCK,
                        relu: op.relu,
                        x_at,
                        y_at,
                    },
                    part,
                ),
                _ => {}
            }
        }
    }

    /// Pools.
    unsafe fn pool(&self, op: &Op, prepared: &Prepared, part: Part) {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let (x, x_at) = self.operand(op);
        let kernels = self.kernels;
        let layer = &self.network[op.layers[0]].layer;
        // SAFETY: as for `step`.
        unsafe {
            match (&op.kind, layer) {
                (Kind::MaxPool | Kind::MeanPool, _) => {
                    if let Some(job) = pool(layer, [x, y], [x_at, y_at]) {
                        let kernel = if matches!(op.kind, Kind::MaxPool) {
                            kernels.max_pool
                        } else {
                            kernels.mean_pool
                        };
                        kernel(&job, part);
                    }
                }
                (Kind::MeanAll, _) => (kernels.mean_all)(&MeanAll { x, y, x_at, y_at }, part),
                (Kind::Blur, Layer::BlurPool2d { kernel, stride }) => {
                    let window = crate::network::infer::blur_window(*kernel, *stride);
                    (kernels.blur)(
                        &Blur {
                            x,
                            y,
                            x_at,
                            y_at,
                            stride: *stride as usize,
                            weights: &prepared.bias,
                            padding: window.padding[0] as usize,
                        },
                        part,
                    );
                }
                _ => {}
            }
        }
    }

    /// This thread's rows of the input.
    unsafe fn bring_input(&self, each: &[[f32; 2]], y: Memory, at: &Geometry, part: Part) {
        for row in part.of(at.images * at.blocks() * at.height) {
            let (block, row) = (row / at.height, row % at.height);
            let (image, block) = (block / at.blocks(), block % at.blocks());
            for lane in 0..at.lanes {
                let channel = block * at.lanes + lane;
                let start = image * at.image() + block * at.block() + at.at(row, 0) + lane;
                for x in 0..at.width {
                    let value = if channel < at.channels {
                        let value = self.input
                            [((image * at.channels + channel) * at.height + row) * at.width + x];
                        let [scale, shift] = if self.prepared {
                            [1.0, 0.0]
                        } else {
                            each[channel]
                        };
                        value * scale + shift
                    } else {
                        0.0
                    };
                    // SAFETY: within the value's geometry, and in this thread's rows.
                    unsafe { *y.at(start + x * at.lanes) = value };
                }
            }
        }
    }

    /// The plain kernel of a step's layer, on copies.
    unsafe fn plain(&self, op: &Op, prepared: &Prepared) {
        let id = op.layers[0];
        let operands: Vec<Tensor> = self
            .network
            .inputs(id)
            .into_iter()
            .zip(&op.inputs)
            // SAFETY: the other threads wait; the values are written.
            .map(|(operand, &value)| unsafe {
                read(self.values[value], &self.at(value), self.shapes[operand])
            })
            .collect();
        let operands: Vec<&Tensor> = operands.iter().collect();
        let node = &self.network[id];
        let is_done_already = self.prepared && node.scope.stage == Stage::Preprocess;
        if let Some(weights) = &prepared.plain {
            let outcome = (!is_done_already)
                .then(|| plain::run(&node.layer, weights, &operands, Mode::Inference).output);
            let output = outcome.as_ref().unwrap_or(operands[0]);
            // SAFETY: as above.
            unsafe { write(output, self.values[op.output], &self.at(op.output)) };
        }
    }
}

/// Zeros around each map of a value; the threads take images and blocks in turn.
unsafe fn clear_border(y: Memory, at: &Geometry, part: Part) {
    if at.border == 0 {
        return;
    }
    let side = at.border * at.lanes;
    for block in part.of(at.images * at.blocks()) {
        let start = block * at.block();
        let edge = at.border * at.row();
        // SAFETY: within the value's geometry, and no pixel of its map.
        unsafe {
            std::ptr::write_bytes(y.at(start), 0, edge);
            std::ptr::write_bytes(y.at(start + at.block() - edge), 0, edge);
            for row in 0..at.height {
                let start = start + edge + row * at.row();
                std::ptr::write_bytes(y.at(start), 0, side);
                std::ptr::write_bytes(y.at(start + at.row() - side), 0, side);
            }
        }
    }
}

fn pool(layer: &Layer, [x, y]: [Memory; 2], [x_at, y_at]: [Geometry; 2]) -> Option<Pool> {
    let window = layer.window()?;
    let both = |pair: [u64; 2]| pair.map(|n| n as usize);
    Some(Pool {
        x,
        y,
        x_at,
        y_at,
        kernel: both(window.kernel),
        stride: both(window.stride),
        padding: both(window.padding),
        dilation: both(window.dilation),
        count_padding: matches!(
            layer,
            Layer::AvgPool2d {
                count_include_pad: true,
                ..
            }
        ),
    })
}
