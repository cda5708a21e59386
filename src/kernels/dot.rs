//! Linear layers, and 1×1 convolutions of a single pixel: a matrix times a vector.

use super::Memory;
use super::checked::{Job, OutOfReach, same, whole, within};
use super::geometry::Geometry;
use super::simd::{BLOCK, Simd};
use super::team::Part;

/// A matrix times a vector for each image.
pub struct Dot<'a> {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Rows of `inputs` numbers, one row per output.
    pub weights: &'a [f32],
    /// One number per output.
    pub bias: &'a [f32],
    /// Numbers per row; a multiple of a block.
    pub inputs: usize,
    /// Whether a ReLU is applied at the end.
    pub relu: bool,
    /// Layout of a map of one pixel, which may have a border.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
}

impl Job for Dot<'_> {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a linear layer's input", self.x, &self.x_at)?;
        whole("a linear layer's output", self.y, &self.y_at)?;
        same(
            "a linear layer's images",
            self.x_at.images,
            self.y_at.images,
        )?;
        same(
            "the pixels of what a linear layer reads",
            1,
            self.x_at.pixels(),
        )?;
        same(
            "the pixels of what a linear layer writes",
            1,
            self.y_at.pixels(),
        )?;
        let rows = self.bias.len();
        same("a linear layer's rows", rows, self.y_at.blocks() * BLOCK)?;
        same(
            "a linear layer's inputs",
            self.inputs,
            self.x_at.blocks() * BLOCK,
        )?;
        within(
            "a linear layer's weights",
            rows * self.inputs,
            self.weights.len(),
        )
    }
}

/// Offset from a map's start to a channel of its only pixel.
#[inline(always)]
fn place(at: &Geometry, image: usize, channel: usize) -> usize {
    image * at.image() + channel / BLOCK * at.block() + at.at(0, 0) + channel % BLOCK
}

/// Computes this thread's part: some of the outputs.
#[inline(always)]
pub(crate) unsafe fn dot<S: Simd>(job: &Dot<'_>, part: Part) {
    let rows = part.of(job.bias.len());
    let mut row = rows.start;
    while row + 4 <= rows.end {
        some::<S, 4>(job, row);
        row += 4;
    }
    while row < rows.end {
        some::<S, 1>(job, row);
        row += 1;
    }
}

/// Computes `ROWS` outputs of every image: the rows are read from memory once, and stay in the cache for the next image.
#[inline(always)]
unsafe fn some<S: Simd, const ROWS: usize>(job: &Dot<'_>, first: usize) {
    for image in 0..job.x_at.images {
        // Two sums per row: a single one would wait for its own result.
        let mut sums = [[S::splat(0.0); 2]; ROWS];
        let mut at = 0;
        while at < job.inputs {
            for half in 0..2 {
                let at = at + half * S::LANES;
                if at < job.inputs {
                    let x = S::load(job.x.at(place(&job.x_at, image, at)));
                    for (row, sums) in sums.iter_mut().enumerate() {
                        let w = S::load(job.weights.as_ptr().add((first + row) * job.inputs + at));
                        sums[half] = S::fma(w, x, sums[half]);
                    }
                }
            }
            at += 2 * S::LANES;
        }
        for (row, [a, b]) in sums.into_iter().enumerate() {
            let mut lanes = [0.0_f32; 16];
            S::store(lanes.as_mut_ptr(), S::add(a, b));
            let mut sum = job.bias[first + row] + lanes[..S::LANES].iter().sum::<f32>();
            // A NaN stays a NaN.
            if job.relu && sum < 0.0 {
                sum = 0.0;
            }
            *job.y.at(place(&job.y_at, image, first + row)) = sum;
        }
    }
}

/// Runs `rounds` rounds of independent multiply-adds; returns their FLOPs, and a number that keeps the compiler from removing
/// them.
#[inline(always)]
pub(crate) unsafe fn peak<S: Simd>(rounds: u64) -> (u64, f32) {
    let (a, b) = (S::splat(0.999_999), S::splat(1e-9));
    let mut sums = [S::splat(1.0); 12];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = S::fma(*sum, a, b);
        }
    }
    let mut total = S::splat(0.0);
    for sum in sums {
        total = S::add(total, sum);
    }
    let mut lanes = [0.0_f32; 16];
    S::store(lanes.as_mut_ptr(), total);
    (rounds * 12 * S::LANES as u64 * 2, lanes.iter().sum())
}
