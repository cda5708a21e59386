//! Direct convolution: every output is the sum over its window.

use std::borrow::Cow;

use super::Memory;
use super::checked::{Job, OutOfReach, same, within};
use super::simd::{BLOCK, Simd};
use super::team::Part;
use super::tile::{Ahead, SHAPES, Span, Steps, shaped};

/// One or two blocks of output channels, which a tile sums together.
#[derive(Debug, Clone, Copy)]
pub struct Filters {
    /// Number of the first block.
    pub block: usize,
    /// Whether it has as many blocks as a tile holds, rather than a single one.
    pub wide: bool,
    /// Offset from the input's start to the first block of its group.
    pub x: usize,
    /// Offset of its weights from the start of all weights.
    pub weights: usize,
}

/// Division of the work among threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// By pixels: each thread reads all the weights.
    Pixels,
    /// By output channels: each thread reads the whole input.
    Channels,
}

/// Job of a direct convolution.
#[derive(Clone)]
pub struct Direct<'a> {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Map that is added to the sum; may be empty.
    pub residual: Memory,
    /// Packed weights.
    pub weights: &'a [f32],
    /// One number for each channel of the output's blocks.
    pub bias: Cow<'a, [f32]>,
    /// Offsets of an output's taps, from its first tap.
    pub taps: &'a [usize],
    /// Numbers that a tap reads side by side: one of a planar input, a block, or a block's pairs of bf16 numbers.
    pub depth: usize,
    /// Blocks of output channels, in the order of the work.
    pub filters: Cow<'a, [Filters]>,
    /// Tiles of one image.
    pub spans: Cow<'a, [Span]>,
    /// Strides in memory.
    pub steps: Steps,
    /// Number of images.
    pub images: usize,
    /// Distances from an image to the next, in input, output and residual.
    pub x_image: usize,
    /// Distance from an image of the output to the next.
    pub y_image: usize,
    /// Distance from an image of the residual to the next.
    pub r_image: usize,
    /// Division among threads.
    pub split: Split,
    /// Bytes of weights that stay in the cache while all pixels pass by: filters are taken in groups of that size.
    pub resident: usize,
}

impl Job for Direct<'_> {
    fn check(&self, tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        let depth = self.depth;
        let most = |numbers: &mut dyn Iterator<Item = usize>| numbers.max();
        let Some(reach) = most(&mut self.taps.iter().map(|tap| tap + depth)) else {
            return same("the taps of a convolution", 1, 0);
        };
        // The furthest reach of any filter and any tile: each filter meets each tile.
        let (mut x, mut block) = (0, 0);
        for own in self.filters.iter() {
            let blocks = if own.wide { tile_blocks } else { 1 };
            let weights = self.taps.len() * depth * blocks * BLOCK;
            within(
                "a convolution's weights",
                own.weights + weights,
                self.weights.len(),
            )?;
            x = x.max(own.x);
            block = block.max(own.block + blocks);
        }
        within("a convolution's bias", block * BLOCK, self.bias.len())?;
        let steps = &self.steps;
        let last = block.saturating_sub(1);
        let mut reached = [0; 3];
        for span in self.spans.iter() {
            let [rows, pixels] = SHAPES[usize::from(span.shape)].map(|n| n - 1);
            let row = (pixels + 1) * BLOCK;
            let ends = [
                span.x as usize + rows * steps.x_row + pixels * steps.x_pixel + x + reach,
                span.y as usize + rows * steps.y_row + last * steps.y_block + row,
                span.r as usize + rows * steps.r_row + last * steps.r_block + row,
            ];
            for (reached, end) in reached.iter_mut().zip(ends) {
                *reached = end.max(*reached);
            }
        }
        let image = |each: usize| self.images.saturating_sub(1) * each;
        let [x, y, r] = reached;
        within(
            "a convolution's input",
            image(self.x_image) + x,
            self.x.len(),
        )?;
        within(
            "a convolution's output",
            image(self.y_image) + y,
            self.y.len(),
        )?;
        // A tile that reaches beyond its image would read another's numbers, which no total length reveals.
        within("an image of a convolution's input", x, self.x_image)?;
        within("an image of a convolution's output", y, self.y_image)?;
        if self.residual.is_none() {
            return Ok(());
        }
        within(
            "a convolution's sum",
            image(self.r_image) + r,
            self.residual.len(),
        )?;
        within("an image of a convolution's sum", r, self.r_image)
    }
}

/// Bytes of weights that stay in the cache while all pixels pass by, where its size is not known.
pub const RESIDENT: usize = 512 << 10;

/// Computes this thread's part.
#[inline(always)]
pub(crate) unsafe fn direct<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &Direct<'_>,
    part: Part,
) {
    // A step that is known at compile time needs no register; one of these nearly always fits.
    match (job.depth, job.steps.x_pixel) {
        (1, 2) => tiles::<S, WIDE, NARROW, 1, 2>(job, part),
        (1, _) => tiles::<S, WIDE, NARROW, 1, 0>(job, part),
        (_, 16) => tiles::<S, WIDE, NARROW, BLOCK, 16>(job, part),
        (_, 32) => tiles::<S, WIDE, NARROW, BLOCK, 32>(job, part),
        (..) => tiles::<S, WIDE, NARROW, BLOCK, 0>(job, part),
    }
}

/// Computes this thread's part, with `DEPTH` numbers per tap, which must be the job's.
#[inline(always)]
pub(crate) unsafe fn tiles<
    S: Simd,
    const WIDE: usize,
    const NARROW: usize,
    const DEPTH: usize,
    const PIXEL: usize,
>(
    job: &Direct<'_>,
    part: Part,
) {
    assert!(job.depth == DEPTH, "taps of {} numbers", job.depth);
    let all = job.images * job.spans.len();
    let (filters, places) = match job.split {
        Split::Pixels => (0..job.filters.len(), part.of(all)),
        Split::Channels => (part.of(job.filters.len()), 0..all),
    };
    let bytes = job.taps.len() * DEPTH * BLOCK * S::TILE_BLOCKS * 4;
    let group = (job.resident / bytes.max(1)).max(1);
    // Filters that read other channels pass over the pixels on their own: each new block is a separate stream from memory.
    let together = job.filters[filters].chunk_by(|a, b| a.x == b.x);
    for filters in together.flat_map(|same| same.chunks(group)) {
        for place in places.clone() {
            let (image, span) = (place / job.spans.len(), &job.spans[place % job.spans.len()]);
            let x = job.x.at(image * job.x_image + span.x as usize);
            let y = job.y.at(image * job.y_image + span.y as usize);
            for own in filters {
                let residual = if job.residual.is_none() {
                    std::ptr::null()
                } else {
                    job.residual
                        .at(image * job.r_image + span.r as usize + own.block * job.steps.r_block)
                        .cast_const()
                };
                let x = x.add(own.x).cast_const();
                let y = y.add(own.block * job.steps.y_block);
                let weights = job.weights.as_ptr().add(own.weights);
                let bias = job.bias.as_ptr().add(own.block * BLOCK);
                let vectors = if own.wide { WIDE } else { NARROW };
                let ahead = Ahead::own(weights, vectors * S::LANES);
                if own.wide {
                    shaped::<S, WIDE, DEPTH, PIXEL>(
                        span.shape, x, job.taps, weights, bias, residual, y, &job.steps, ahead,
                    );
                } else {
                    shaped::<S, NARROW, DEPTH, PIXEL>(
                        span.shape, x, job.taps, weights, bias, residual, y, &job.steps, ahead,
                    );
                }
            }
        }
    }
}
