//! Steps that sum: convolutions, linear layers and pools.

use std::borrow::Cow;

use super::Pass;
use super::task::{Action, Checker};
use crate::engine::compiled::method::Method;
use crate::engine::compiled::plan::{Kind, Op};
use crate::engine::compiled::prepare::{Form, Prepared};
use crate::kernels::Memory;
use crate::kernels::bf16::Narrow;
use crate::kernels::checked::{Checked, OutOfReach};
use crate::kernels::direct::{Direct, Split};
use crate::kernels::dot::Dot;
use crate::kernels::geometry::Geometry;
use crate::kernels::pool::{Blur, MeanAll, Pool};
use crate::kernels::simd::BLOCK;
use crate::kernels::tile::{Span, Steps};
use crate::kernels::winograd::Winograd;
use crate::network::layer::Conv2d;
use crate::network::{self, Conv, Layer};

impl Pass<'_> {
    /// Job that rounds what a step reads into its own memory, if it multiplies bf16 numbers.
    pub(super) fn narrow(
        &self,
        op: &Op,
        prepared: &Prepared,
        scratch: [Memory; 2],
        to: Checker,
    ) -> Result<Option<Checked<Narrow>>, OutOfReach> {
        if prepared.form == Form::Whole {
            return Ok(None);
        }
        let (x, at) = self.operand(op);
        let job = Narrow {
            x,
            y: scratch[0],
            len: at.len(),
            pairs: prepared.form == Form::Pairs,
        };
        to.check(job).map(Some)
    }

    /// Jobs of a direct convolution. If its sums must be short, each part is added to the result of the parts before it.
    fn direct<'a>(
        &'a self,
        op: &Op,
        conv: &Conv2d,
        (prepared, x): (&'a Prepared, Memory),
        to: Checker,
    ) -> Result<Vec<Checked<Direct<'a>>>, OutOfReach> {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let ((_, x_at), (residual, r_at)) = (self.operand(op), self.residual(op));
        let size = prepared.form.size();
        let depth = x_at.lanes / size;
        let whole = Direct {
            x,
            y,
            residual,
            weights: &self.weights[prepared.weights.clone()],
            bias: Cow::Borrowed(&prepared.bias),
            taps: &prepared.taps,
            depth,
            filters: Cow::Borrowed(&prepared.filters),
            spans: Cow::Borrowed(&prepared.spans),
            steps: Steps {
                x_row: conv.window.stride[0] as usize * x_at.row() / size,
                x_pixel: conv.window.stride[1] as usize * depth,
                y_row: y_at.row(),
                y_block: y_at.block(),
                r_row: r_at.row(),
                r_block: r_at.block(),
                relu: op.relu,
            },
            images: y_at.images,
            x_image: x_at.image() / size,
            y_image: y_at.image(),
            r_image: r_at.image(),
            split: prepared.split.unwrap_or(Split::Pixels),
            resident: prepared.resident,
        };
        let at_once = prepared.taps_at_once.max(1);
        if prepared.taps.len() <= at_once {
            return Ok(vec![to.check(whole)?]);
        }
        let in_place: Vec<Span> = prepared
            .spans
            .iter()
            .map(|span| Span { r: span.y, ..*span })
            .collect();
        let mut turns = Vec::new();
        for (turn, taps) in prepared.taps.chunks(at_once).enumerate() {
            let mut job = whole.clone();
            job.taps = taps;
            job.steps.relu = op.relu && (turn + 1) * at_once >= prepared.taps.len();
            if turn > 0 {
                job.bias = Cow::Owned(vec![0.0; prepared.bias.len()]);
                job.residual = y;
                job.spans = Cow::Owned(in_place.clone());
                (job.steps.r_row, job.steps.r_block) = (y_at.row(), y_at.block());
                job.r_image = y_at.image();
                for own in job.filters.to_mut() {
                    let blocks = if own.wide { self.tile_blocks } else { 1 };
                    own.weights += turn * at_once * depth * blocks * BLOCK;
                }
            }
            turns.push(to.check(job)?);
        }
        Ok(turns)
    }

    /// Job of a convolution or linear layer.
    pub(super) fn multiply<'a>(
        &'a self,
        op: &Op,
        prepared: &'a Prepared,
        scratch: [Memory; 2],
        to: Checker,
    ) -> Result<Action<'a>, OutOfReach> {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let ((x, x_at), (residual, r_at)) = (self.operand(op), self.residual(op));
        // A rounded input lies in the step's own memory.
        let x = match prepared.form {
            Form::Whole => x,
            Form::Rounded | Form::Pairs => scratch[0],
        };
        let weights = &self.weights[prepared.weights.clone()];
        Ok(match (&op.kind, &self.network[op.layers[0]].layer) {
            (
                Kind::Conv {
                    method: Method::Direct { .. },
                    ..
                },
                Layer::Conv(Conv::Spatial(conv)),
            ) => Action::Direct(self.direct(op, conv, (prepared, x), to)?),
            (
                Kind::Conv {
                    method: Method::Winograd(side),
                    ..
                },
                Layer::Conv(Conv::Spatial(conv)),
            ) => Action::Winograd(to.check(Winograd {
                x,
                y,
                residual,
                x_at,
                y_at,
                r_at,
                padding: conv.window.padding[0] as usize,
                side: *side,
                weights,
                bias: &prepared.bias,
                filters: &prepared.filters,
                relu: op.relu,
                split: prepared.split.unwrap_or(Split::Pixels),
                strip: prepared.strip,
                spans: [&prepared.spans, &prepared.last_spans],
                taps: &prepared.taps,
                inputs: scratch[0],
                products: scratch[1],
            })?),
            _ => Action::Dot(to.check(Dot {
                x,
                y,
                weights,
                bias: &prepared.bias,
                inputs: x_at.blocks() * BLOCK,
                relu: op.relu,
                x_at,
                y_at,
            })?),
        })
    }

    /// Job of a pool.
    pub(super) fn pool<'a>(
        &'a self,
        op: &Op,
        prepared: &'a Prepared,
        to: Checker,
    ) -> Result<Action<'a>, OutOfReach> {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let (x, x_at) = self.operand(op);
        let layer = &self.network[op.layers[0]].layer;
        if let Layer::Pool(network::Pool::Blur { kernel, stride }) = layer {
            let window = crate::network::infer::blur_window(*kernel, *stride);
            return Ok(Action::Blur(to.check(Blur {
                x,
                y,
                x_at,
                y_at,
                stride: *stride as usize,
                weights: &prepared.bias,
                padding: window.padding[0] as usize,
            })?));
        }
        Ok(match pool(layer, [x, y], [x_at, y_at]) {
            Some(job) if matches!(op.kind, Kind::MaxPool) => Action::MaxPool(to.check(job)?),
            Some(job) => Action::MeanPool(to.check(job)?),
            None => Action::MeanAll(to.check(MeanAll { x, y, x_at, y_at })?),
        })
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
            Layer::Pool(network::Pool::Average {
                count_include_pad: true,
                ..
            })
        ),
    })
}
