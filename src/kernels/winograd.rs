//! 3×3 convolution with fewer multiplications (Winograd 1980; Lavin and Gray 2015, arXiv:1509.09308).
//!
//! A tile of `M` × `M` outputs, `M` = 2 or 4, is computed from `T` × `T` inputs, `T` = `M` + 2. Input and output are
//! transformed, and in between one multiplication for each of the `T`² places replaces the 9 · `M`² of the direct method:
//! 2.25 times fewer for `M` = 2, 4 times fewer for `M` = 4.
//!
//! A transform evaluates a polynomial at points: 0, ±1 and infinity for `M` = 2; 0, ±√½, ±√2 and infinity for `M` = 4. The
//! latter contain their own reciprocals, so no place has much larger numbers than another: the output's error is a third of
//! that with the usual ±1 and ±2. (For points chosen for accuracy see Barabasz et al. 2020, arXiv:1803.10986.)

use super::Memory;
use super::checked::{Job, OutOfReach, alike, same, whole, within};
use super::direct::{Filters, Split};
use super::geometry::Geometry;
use super::sides::{input_side, output_side};
use super::simd::{BLOCK, Simd};
use super::team::{Barrier, Part};
use super::tile::{Ahead, DISTANCE, SHAPES, Span, Steps, shaped};

/// Job of a Winograd convolution.
pub struct Winograd<'a> {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Map that is added to the sum; may be empty.
    pub residual: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
    /// Layout of the residual.
    pub r_at: Geometry,
    /// Virtual zeros on each side of the input.
    pub padding: usize,
    /// Outputs along a side of a tile: 2 or 4.
    pub side: usize,
    /// Weights in the order filters × places of a tile × input channels × output channels of the filter.
    pub weights: &'a [f32],
    /// Bias, one number per output channel.
    pub bias: &'a [f32],
    /// Blocks of output channels, in the order of the work.
    pub filters: &'a [Filters],
    /// Whether a ReLU is applied at the end.
    pub relu: bool,
    /// Division among threads.
    pub split: Split,
    /// Tiles that are transformed together.
    pub strip: usize,
    /// Spans of the products' tiles, for a strip and for the last one.
    pub spans: [&'a [Span]; 2],
    /// Offsets from one input block's places to the next one's, for the blocks that an output reads.
    pub taps: &'a [usize],
    /// Transformed inputs, per thread or shared by all, and products, per thread.
    pub inputs: Memory,
    /// Scratch memory for products.
    pub products: Memory,
}

impl Winograd<'_> {
    fn places(&self) -> usize {
        (self.side + 2) * (self.side + 2)
    }

    /// Tiles per row and per column.
    fn tiles(&self) -> [usize; 2] {
        [self.y_at.width, self.y_at.height].map(|n| n.div_ceil(self.side))
    }

    fn all_tiles(&self) -> usize {
        let [across, down] = self.tiles();
        across * down * self.y_at.images
    }

    /// Length of the transformed inputs of a strip, in numbers.
    pub fn inputs_len(side: usize, blocks: usize, strip: usize) -> usize {
        (side + 2) * (side + 2) * blocks * strip * BLOCK
    }

    /// Length of the products of a strip, in numbers, for as many blocks as a tile holds.
    pub fn products_len(side: usize, tile_blocks: usize, strip: usize) -> usize {
        (side + 2) * (side + 2) * tile_blocks * strip * BLOCK
    }
}

impl Job for Winograd<'_> {
    fn check(&self, tile_blocks: usize, threads: usize) -> Result<(), OutOfReach> {
        whole("a convolution's input", self.x, &self.x_at)?;
        whole("a convolution's output", self.y, &self.y_at)?;
        let (x, y) = (&self.x_at, &self.y_at);
        same("a convolution's images", x.images, y.images)?;
        same(
            "a convolution's rows",
            x.height + 2 * self.padding,
            y.height + 2,
        )?;
        same(
            "a convolution's pixels",
            x.width + 2 * self.padding,
            y.width + 2,
        )?;
        if !self.residual.is_none() {
            whole("a convolution's sum", self.residual, &self.r_at)?;
            alike("a convolution's sum", &self.r_at, y)?;
        }
        within("a strip's tiles", 1, self.strip)?;
        let row = self.strip * BLOCK;
        let inputs = Self::inputs_len(self.side, x.blocks(), self.strip);
        let products = Self::products_len(self.side, tile_blocks, self.strip);
        let sharing = match self.split {
            Split::Pixels => threads,
            Split::Channels => 1,
        };
        within("transformed inputs", sharing * inputs, self.inputs.len())?;
        within("products", threads * products, self.products.len())?;
        let reach = self.taps.iter().max().map_or(0, |tap| tap + BLOCK);
        let mut first = 0;
        for own in self.filters {
            let blocks = if own.wide { tile_blocks } else { 1 };
            within(
                "a convolution's bias",
                (own.block + blocks) * BLOCK,
                self.bias.len(),
            )?;
            within("a convolution's blocks", own.block + blocks, y.blocks())?;
            let weights = self.places() * self.taps.len() * BLOCK * blocks * BLOCK;
            within(
                "a convolution's weights",
                own.weights + weights,
                self.weights.len(),
            )?;
            first = first.max(own.x);
        }
        for span in self.spans.into_iter().flatten() {
            let pixels = SHAPES[usize::from(span.shape)][1] - 1;
            let last = (self.places() - 1) * row + span.x as usize + pixels * BLOCK;
            within("a strip's inputs", first + last + reach, inputs)?;
            within(
                "a strip's products",
                span.y as usize + (pixels + 1) * BLOCK,
                row,
            )?;
        }
        Ok(())
    }
}

/// Computes this thread's part.
#[inline(always)]
pub(crate) unsafe fn winograd<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &Winograd<'_>,
    part: Part,
    barrier: &Barrier,
) {
    if job.side == 4 {
        sized::<S, WIDE, NARROW, 6>(job, part, barrier);
    } else {
        sized::<S, WIDE, NARROW, 4>(job, part, barrier);
    }
}

#[inline(always)]
unsafe fn sized<S: Simd, const WIDE: usize, const NARROW: usize, const T: usize>(
    job: &Winograd<'_>,
    part: Part,
    barrier: &Barrier,
) {
    let all = job.all_tiles();
    let blocks = job.x_at.blocks();
    let products = job
        .products
        .at(part.index * Winograd::products_len(job.side, S::TILE_BLOCKS, job.strip));
    match job.split {
        Split::Pixels => {
            let inputs = job
                .inputs
                .at(part.index * Winograd::inputs_len(job.side, blocks, job.strip));
            for strip in part.of(all.div_ceil(job.strip)) {
                let first = strip * job.strip;
                let count = job.strip.min(all - first);
                transform_inputs::<S, T>(job, inputs, first, count, 0..blocks);
                for own in job.filters {
                    multiply::<S, WIDE, NARROW>(job, own, inputs, products, count);
                    transform_outputs::<S, T>(job, own, products, first, count);
                }
            }
        }
        Split::Channels => {
            let inputs = job.inputs.at(0);
            for first in (0..all).step_by(job.strip) {
                let count = job.strip.min(all - first);
                if first > 0 {
                    barrier.wait();
                }
                transform_inputs::<S, T>(job, inputs, first, count, part.of(blocks));
                barrier.wait();
                for own in &job.filters[part.of(job.filters.len())] {
                    multiply::<S, WIDE, NARROW>(job, own, inputs, products, count);
                    transform_outputs::<S, T>(job, own, products, first, count);
                }
            }
        }
    }
}

/// Multiplies, for each place of a tile, a matrix of tiles × input channels by one of input × output channels.
#[inline(always)]
unsafe fn multiply<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &Winograd<'_>,
    own: &Filters,
    inputs: *const f32,
    products: *mut f32,
    count: usize,
) {
    let row = job.strip * BLOCK;
    let blocks = if own.wide { S::TILE_BLOCKS } else { 1 };
    let steps = Steps {
        x_row: 0,
        x_pixel: BLOCK,
        y_row: 0,
        y_block: row,
        r_row: 0,
        r_block: 0,
        relu: false,
    };
    let spans = job.spans[usize::from(count < job.strip)];
    let depth = job.taps.len() * BLOCK;
    let none = std::ptr::null();
    let len = depth * blocks * BLOCK;
    let first = job.weights.as_ptr().add(own.weights);
    // Of many channels, the weights of the next place are out of a tile's own reach.
    let is_shared = len > DISTANCE;
    let all = if is_shared {
        Ahead::share(first.wrapping_add(len), len, spans.len(), depth)
    } else {
        Ahead::own(first, blocks * BLOCK)
    };
    for place in 0..job.places() {
        let weights = first.add(place * len);
        let x = inputs.add(place * row);
        let y = products.add(place * blocks * row);
        let mut ahead = all.further(place * len);
        for span in spans {
            let x = x.add(own.x + span.x as usize);
            let y = y.add(span.y as usize);
            if own.wide {
                shaped::<S, WIDE, BLOCK, BLOCK>(
                    span.shape, x, job.taps, weights, none, none, y, &steps, ahead,
                );
            } else {
                shaped::<S, NARROW, BLOCK, BLOCK>(
                    span.shape, x, job.taps, weights, none, none, y, &steps, ahead,
                );
            }
            if is_shared {
                ahead = ahead.next(depth);
            }
        }
    }
}

/// Image, row and column of a tile.
#[inline(always)]
fn place(job: &Winograd<'_>, tile: usize) -> [usize; 3] {
    let [across, down] = job.tiles();
    [tile / (across * down), tile / across % down, tile % across]
}

/// Transforms the inputs of a strip into blocks × places × tiles.
#[inline(always)]
unsafe fn transform_inputs<S: Simd, const T: usize>(
    job: &Winograd<'_>,
    inputs: *mut f32,
    first: usize,
    count: usize,
    blocks: std::ops::Range<usize>,
) {
    let at = job.x_at;
    let row = job.strip * BLOCK;
    for block in blocks {
        for tile in 0..count {
            let [image, down, across] = place(job, first + tile);
            // First row and column of the tile's input, counted from those of the padding.
            let (y, x) = (down * job.side, across * job.side);
            let base = job
                .x
                .at(image * at.image() + block * at.block() + at.at(0, 0))
                .cast_const();
            let inside = y >= job.padding
                && x >= job.padding
                && y + T <= at.height + job.padding
                && x + T <= at.width + job.padding;
            let to = inputs.add(block * T * T * row + tile * BLOCK);
            let mut lane = 0;
            while lane < BLOCK {
                let zero = S::splat(0.0);
                let mut rows = [[zero; T]; T];
                for c in 0..T {
                    let mut column = [zero; T];
                    if inside {
                        let from = base.add(
                            (y - job.padding) * at.row() + (x + c - job.padding) * BLOCK + lane,
                        );
                        for (r, value) in column.iter_mut().enumerate() {
                            *value = S::load(from.add(r * at.row()));
                        }
                    } else {
                        for (r, value) in column.iter_mut().enumerate() {
                            let (y, x) = (y + r, x + c);
                            if y >= job.padding
                                && y < at.height + job.padding
                                && x >= job.padding
                                && x < at.width + job.padding
                            {
                                *value = S::load(base.add(
                                    (y - job.padding) * at.row() + (x - job.padding) * BLOCK + lane,
                                ));
                            }
                        }
                    }
                    let column = input_side::<S, T>(column);
                    for r in 0..T {
                        rows[r][c] = column[r];
                    }
                }
                for (r, row_values) in rows.into_iter().enumerate() {
                    for (c, value) in input_side::<S, T>(row_values).into_iter().enumerate() {
                        S::store(to.add((r * T + c) * row + lane), value);
                    }
                }
                lane += S::LANES;
            }
        }
    }
}

/// Transforms products of places × blocks × tiles into outputs.
#[inline(always)]
unsafe fn transform_outputs<S: Simd, const T: usize>(
    job: &Winograd<'_>,
    own: &Filters,
    products: *const f32,
    first: usize,
    count: usize,
) {
    let side = T - 2;
    let (at, r_at) = (job.y_at, job.r_at);
    let row = job.strip * BLOCK;
    let blocks = if own.wide { S::TILE_BLOCKS } else { 1 };
    let zero = S::splat(0.0);
    for own_block in 0..blocks {
        let block = own.block + own_block;
        for tile in 0..count {
            let [image, down, across] = place(job, first + tile);
            let (y, x) = (down * side, across * side);
            let (height, width) = (side.min(at.height - y), side.min(at.width - x));
            let to = job
                .y
                .at(image * at.image() + block * at.block() + at.at(y, x));
            let residual = if job.residual.is_none() {
                std::ptr::null()
            } else {
                job.residual
                    .at(image * r_at.image() + block * r_at.block() + r_at.at(y, x))
                    .cast_const()
            };
            let from = products.add(own_block * row + tile * BLOCK);
            let mut lane = 0;
            while lane < BLOCK {
                let bias = S::load(job.bias.as_ptr().add(block * BLOCK + lane));
                let mut rows = [[zero; T]; 4];
                for c in 0..T {
                    let mut column = [zero; T];
                    for (r, value) in column.iter_mut().enumerate() {
                        *value = S::load(from.add((r * T + c) * blocks * row + lane));
                    }
                    let column = output_side::<S, T>(column);
                    for r in 0..side {
                        rows[r][c] = column[r];
                    }
                }
                for r in 0..side {
                    let values = output_side::<S, T>(rows[r]);
                    if r < height {
                        for c in 0..side {
                            if c < width {
                                let mut value = S::add(values[c], bias);
                                if !residual.is_null() {
                                    value = S::add(
                                        value,
                                        S::load(residual.add(r * r_at.row() + c * BLOCK + lane)),
                                    );
                                }
                                if job.relu {
                                    value = S::max(zero, value);
                                }
                                S::store(to.add(r * at.row() + c * BLOCK + lane), value);
                            }
                        }
                    }
                }
                lane += S::LANES;
            }
        }
    }
}
