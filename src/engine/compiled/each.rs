//! Element-wise functions beyond a comparison: activations and layers of one number, in double precision, with the
//! definitions of the plain kernels.

#![allow(
    unsafe_code,
    reason = "raw memory is shared by threads that write different parts of it"
)]
#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "nearly every line reads or writes through a pointer"
)]

use crate::kernels::Memory;
use crate::kernels::checked::{Checked, Job, OutOfReach, alike, whole, within};
use crate::kernels::geometry::Geometry;
use crate::kernels::simd::BLOCK;
use crate::kernels::team::Part;
use crate::network::Activation;
use crate::network::layer::Scalar;

/// Function that is applied to each number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Function {
    Activation(Activation),
    Scalar(Scalar),
}

/// Job that applies one function to every number of a map.
pub(super) struct Each<'a> {
    pub(super) x: Memory,
    pub(super) y: Memory,
    pub(super) x_at: Geometry,
    pub(super) y_at: Geometry,
    pub(super) function: Function,
    /// Learned parameters of the layer: one number, or one per channel; none if the function has only fixed settings.
    pub(super) numbers: &'a [f32],
}

impl Job for Each<'_> {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a layer's input", self.x, &self.x_at)?;
        whole("a layer's output", self.y, &self.y_at)?;
        alike("a layer's map", &self.x_at, &self.y_at)?;
        let wanted = match (self.function, self.numbers.len()) {
            (Function::Scalar(scalar), _) => usize::from(scalar.is_learned()),
            (Function::Activation(Activation::Prelu { .. }), 0 | 1) => 1,
            (Function::Activation(Activation::Prelu { .. }), _) => self.y_at.channels,
            (Function::Activation(_), _) => 0,
        };
        within("a layer's numbers", wanted, self.numbers.len())
    }
}

/// Computes this thread's part.
pub(super) unsafe fn each(job: &Checked<Each<'_>>, part: Part) {
    let job = job.on(part.of);
    let (from_at, to_at) = (job.x_at, job.y_at);
    for row in part.of(to_at.images * to_at.blocks() * to_at.height) {
        let (block, y) = (row / to_at.height, row % to_at.height);
        let len = to_at.width * BLOCK;
        let from = job
            .x
            .run(block * from_at.block() + from_at.at(y, 0), len)
            .cast_const();
        let to = job.y.run(block * to_at.block() + to_at.at(y, 0), len);
        let first = block % to_at.blocks() * BLOCK;
        for lane in 0..BLOCK {
            let channel = first + lane;
            // OutOfReach the last channel, the numbers that others read as zeros stay zeros.
            if channel >= to_at.channels {
                for x in 0..to_at.width {
                    *to.add(x * BLOCK + lane) = 0.0;
                }
                continue;
            }
            let last = job.numbers.len().saturating_sub(1);
            let number = job.numbers.get(channel.min(last)).copied().map(f64::from);
            for x in 0..to_at.width {
                let value = f64::from(*from.add(x * BLOCK + lane));
                let value = match (job.function, number) {
                    (Function::Activation(own), Some(slope)) => own.with_slope(slope).value(value),
                    (Function::Activation(own), None) => own.value(value),
                    (Function::Scalar(Scalar::Times { factor }), _) => value * factor,
                    (Function::Scalar(own), number) => own.value(value, number.unwrap_or(f64::NAN)),
                };
                *to.add(x * BLOCK + lane) = value as f32;
            }
        }
    }
}
