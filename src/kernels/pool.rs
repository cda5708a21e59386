//! Pools: the maximum or the mean of each window.

use super::Memory;
use super::checked::{Job, OutOfReach, like_channels, whole, within};
use super::geometry::Geometry;
use super::simd::{BLOCK, Simd};
use super::team::Part;

/// Job of a pool. The part of a window beyond the map is ignored.
pub struct Pool {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
    /// Kernel sizes along height and width.
    pub kernel: [usize; 2],
    /// Distance between windows.
    pub stride: [usize; 2],
    /// Padding before the first row and column.
    pub padding: [usize; 2],
    /// Distance between taps of a window.
    pub dilation: [usize; 2],
    /// Whether a mean counts the zeros of the padding.
    pub count_padding: bool,
}

impl Job for Pool {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a pool's input", self.x, &self.x_at)?;
        whole("a pool's output", self.y, &self.y_at)?;
        like_channels("a pool's map", &self.x_at, &self.y_at)?;
        let (x, y) = (
            [self.x_at.height, self.x_at.width],
            [self.y_at.height, self.y_at.width],
        );
        for axis in 0..2 {
            // A window is cut to the map; it must begin in the map or in the padding before it.
            let last = y[axis].saturating_sub(1) * self.stride[axis];
            within(
                "a pool's last window",
                last,
                x[axis] + 2 * self.padding[axis],
            )?;
            within("a pool's dilation", 1, self.dilation[axis])?;
        }
        Ok(())
    }
}

/// Range of the taps, along one axis, that lie inside the map for the output at `at`: the first, and one past the last.
#[inline(always)]
fn inside(job: &Pool, axis: usize, at: usize, size: usize) -> [usize; 2] {
    let start = at * job.stride[axis];
    let first = job.padding[axis]
        .saturating_sub(start)
        .div_ceil(job.dilation[axis]);
    let last = (size + job.padding[axis])
        .saturating_sub(start)
        .div_ceil(job.dilation[axis]);
    [first, last.min(job.kernel[axis])]
}

/// Offset of a tap from the start of its block.
#[inline(always)]
fn tap(job: &Pool, [y, x]: [usize; 2], [row, column]: [usize; 2]) -> usize {
    let place = |axis: usize, at: usize, tap: usize| {
        at * job.stride[axis] + tap * job.dilation[axis] - job.padding[axis]
    };
    job.x_at.at(place(0, y, row), place(1, x, column))
}

/// Rule by which the values of a window become one.
trait Reduce {
    /// Result for a window without taps.
    const EMPTY: f32;

    /// Takes one more value.
    unsafe fn take<S: Simd>(so_far: S::V, value: S::V) -> S::V;

    /// Factor of the result, for the output at `[y, x]` whose window has `taps` in the map.
    fn share(job: &Pool, at: [usize; 2], taps: usize) -> f32;
}

struct Most;

impl Reduce for Most {
    const EMPTY: f32 = f32::NEG_INFINITY;

    #[inline(always)]
    unsafe fn take<S: Simd>(so_far: S::V, value: S::V) -> S::V {
        S::max_or_nan(so_far, value)
    }

    fn share(_job: &Pool, _at: [usize; 2], _taps: usize) -> f32 {
        1.0
    }
}

struct Mean;

impl Reduce for Mean {
    const EMPTY: f32 = 0.0;

    #[inline(always)]
    unsafe fn take<S: Simd>(so_far: S::V, value: S::V) -> S::V {
        S::add(so_far, value)
    }

    fn share(job: &Pool, at: [usize; 2], taps: usize) -> f32 {
        let size = [job.x_at.height, job.x_at.width];
        let count = if job.count_padding {
            (0..2)
                .map(|axis| counted(job, axis, at[axis], size[axis]))
                .product()
        } else {
            taps
        };
        // A window wholly in the padding has the sum 0, whatever the divisor.
        1.0 / count.max(1) as f32
    }
}

/// Pixels of a window along one axis, padding included: a window still ends at the end of the padding.
fn counted(job: &Pool, axis: usize, at: usize, size: usize) -> usize {
    job.kernel[axis].min(size + 2 * job.padding[axis] - at * job.stride[axis])
}

/// Computes this thread's part of a pool.
#[inline(always)]
unsafe fn pool<S: Simd, R: Reduce>(job: &Pool, part: Part) {
    for row in part.of(job.x_at.images * job.x_at.blocks() * job.y_at.height) {
        let (block, y) = (row / job.y_at.height, row % job.y_at.height);
        let rows = inside(job, 0, y, job.x_at.height);
        let from = job
            .x
            .run(block * job.x_at.block(), job.x_at.block())
            .cast_const();
        for x in 0..job.y_at.width {
            let columns = inside(job, 1, x, job.x_at.width);
            let to = job.y.at(block * job.y_at.block() + job.y_at.at(y, x));
            let taps = rows[1].saturating_sub(rows[0]) * columns[1].saturating_sub(columns[0]);
            let share = S::splat(R::share(job, [y, x], taps));
            let mut lane = 0;
            while lane < BLOCK {
                let mut result = S::splat(R::EMPTY);
                for row in rows[0]..rows[1] {
                    for column in columns[0]..columns[1] {
                        let tap = tap(job, [y, x], [row, column]);
                        result = R::take::<S>(result, S::load(from.add(tap + lane)));
                    }
                }
                S::store(to.add(lane), S::mul(result, share));
                lane += S::LANES;
            }
        }
    }
}

/// Computes this thread's part of `torch.nn.MaxPool2d`.
#[inline(always)]
pub(crate) unsafe fn max_pool<S: Simd>(job: &Pool, part: Part) {
    pool::<S, Most>(job, part);
}

/// Computes this thread's part of `torch.nn.AvgPool2d`.
#[inline(always)]
pub(crate) unsafe fn mean_pool<S: Simd>(job: &Pool, part: Part) {
    pool::<S, Mean>(job, part);
}

/// Mean of each channel.
pub struct MeanAll {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
}

impl Job for MeanAll {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a mean's input", self.x, &self.x_at)?;
        whole("a mean's output", self.y, &self.y_at)?;
        like_channels("a mean's map", &self.x_at, &self.y_at)
    }
}

/// Computes this thread's part of `torch.nn.AdaptiveAvgPool2d(1)`.
#[inline(always)]
pub(crate) unsafe fn mean_all<S: Simd>(job: &MeanAll, part: Part) {
    let at = job.x_at;
    let share = S::splat(1.0 / at.pixels() as f32);
    for block in part.of(at.images * at.blocks()) {
        let mut lane = 0;
        while lane < BLOCK {
            // A sum per row, then the sum of those: long sums of similar numbers lose digits.
            let mut sum = S::splat(0.0);
            for y in 0..at.height {
                let from = job
                    .x
                    .at(block * at.block() + at.at(y, 0) + lane)
                    .cast_const();
                let mut row = S::splat(0.0);
                for x in 0..at.width {
                    row = S::add(row, S::load(from.add(x * BLOCK)));
                }
                sum = S::add(sum, row);
            }
            let to = job
                .y
                .at(block * job.y_at.block() + job.y_at.at(0, 0) + lane);
            S::store(to, S::mul(sum, share));
            lane += S::LANES;
        }
    }
}

/// A binomial kernel over each channel, with the map mirrored at its borders.
pub struct Blur<'a> {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
    /// Distance between windows.
    pub stride: usize,
    /// Weights along one axis; their sum is 1.
    pub weights: &'a [f32],
    /// Pixels that the first window reads before the map.
    pub padding: usize,
}

impl Job for Blur<'_> {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a blur's input", self.x, &self.x_at)?;
        whole("a blur's output", self.y, &self.y_at)?;
        like_channels("a blur's map", &self.x_at, &self.y_at)?;
        let (x, y) = (
            [self.x_at.height, self.x_at.width],
            [self.y_at.height, self.y_at.width],
        );
        for axis in 0..2 {
            // A mirrored border is smaller than the map, at both ends.
            within("a blur's border", self.padding + 1, x[axis])?;
            let last = y[axis].saturating_sub(1) * self.stride + self.weights.len();
            within("a blur's last window", last, x[axis] + 2 * self.padding)?;
        }
        Ok(())
    }
}

/// Computes this thread's part of timm's `BlurPool2d`.
#[inline(always)]
pub(crate) unsafe fn blur<S: Simd>(job: &Blur<'_>, part: Part) {
    let (from_at, to_at) = (job.x_at, job.y_at);
    let mirrored = |at: usize, size: usize| {
        if at < job.padding {
            job.padding - at
        } else if at - job.padding < size {
            at - job.padding
        } else {
            2 * (size - 1) - (at - job.padding)
        }
    };
    for row in part.of(from_at.images * from_at.blocks() * to_at.height) {
        let (block, y) = (row / to_at.height, row % to_at.height);
        let from = job
            .x
            .run(block * from_at.block(), from_at.block())
            .cast_const();
        for x in 0..to_at.width {
            let to = job.y.at(block * to_at.block() + to_at.at(y, x));
            let mut lane = 0;
            while lane < BLOCK {
                let mut sum = S::splat(0.0);
                for (i, &down) in job.weights.iter().enumerate() {
                    let y = mirrored(y * job.stride + i, from_at.height);
                    for (j, &across) in job.weights.iter().enumerate() {
                        let x = mirrored(x * job.stride + j, from_at.width);
                        let value = S::load(from.add(from_at.at(y, x) + lane));
                        sum = S::fma(value, S::splat(down * across), sum);
                    }
                }
                S::store(to.add(lane), sum);
                lane += S::LANES;
            }
        }
    }
}
