//! A tile of a convolution's output: some pixels of one or two blocks of channels, summed in registers.

use super::simd::{BLOCK, Simd};

/// Tile shapes: rows, and pixels per row. A processor has registers for some of them ([`Simd::TILES`]).
pub const SHAPES: [[usize; 2]; 8] = [
    [1, 14],
    [2, 7],
    [1, 8],
    [1, 7],
    [1, 6],
    [1, 4],
    [1, 2],
    [1, 1],
];

/// Place of a tile in input and output, relative to the starts of their images.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// Offset from the input's start to the first tap of the first pixel.
    pub x: u32,
    /// Offset from the output's start to the first pixel.
    pub y: u32,
    /// Offset from the residual's start to the first pixel.
    pub r: u32,
    /// Index into [`SHAPES`].
    pub shape: u8,
}

/// Strides in memory, shared by all tiles of a convolution.
#[derive(Debug, Clone, Copy)]
pub struct Steps {
    /// Input distance between the first taps of two consecutive output rows.
    pub x_row: usize,
    /// Input distance between the first taps of two consecutive output pixels.
    pub x_pixel: usize,
    /// Distances between rows, and between blocks, of the output.
    pub y_row: usize,
    /// Distance from a block of the output to the next.
    pub y_block: usize,
    /// Distances between rows, and between blocks, of the residual.
    pub r_row: usize,
    /// Distance from a block of the residual to the next.
    pub r_block: usize,
    /// Whether a ReLU is applied to the sum.
    pub relu: bool,
}

/// Prefetch distance of weights that a tile brings for itself, in numbers.
pub(crate) const DISTANCE: usize = 4096;

/// Weights that tiles bring into the second-level cache, from memory, where each is read once for many pixels.
#[derive(Clone, Copy)]
pub(crate) struct Ahead {
    from: *const f32,
    /// Numbers from a channel's first to the next channel's.
    step: usize,
    /// Numbers between the lines of a channel.
    line: usize,
}

impl Ahead {
    /// The tile's own weights, `width` for each channel.
    #[inline(always)]
    pub(crate) fn own(weights: *const f32, width: usize) -> Self {
        Self {
            from: weights.wrapping_add(DISTANCE),
            step: width,
            line: BLOCK,
        }
    }

    /// The share of `len` weights at `next` that each of so many tiles brings, of so many channels; the first tile's. If tiles
    /// brought only their own weights, the first one would wait for all of them, and memory would rest during the others.
    #[inline(always)]
    pub(crate) fn share(next: *const f32, len: usize, tiles: usize, channels: usize) -> Self {
        let step = len.div_ceil((tiles * channels).max(1));
        Self {
            from: next,
            step,
            line: if step > BLOCK { BLOCK } else { 0 },
        }
    }

    /// As much, so many numbers further.
    #[inline(always)]
    pub(crate) fn further(self, numbers: usize) -> Self {
        Self {
            from: self.from.wrapping_add(numbers),
            ..self
        }
    }

    /// The next tile's share, of so many channels.
    #[inline(always)]
    pub(crate) fn next(self, channels: usize) -> Self {
        self.further(channels * self.step)
    }
}

/// Sums a tile and writes it: `VECTORS` vectors of output channels for `ROWS` × `PIXELS` pixels, over `taps`, each of `DEPTH`
/// numbers side by side in the input; then adds bias and residual, and applies the ReLU. A `PIXEL` of 0 means
/// `steps.x_pixel`.
///
/// `weights` holds taps × `DEPTH` × output channels, one after the other.
#[inline(always)]
pub(crate) unsafe fn tile<
    S: Simd,
    const VECTORS: usize,
    const ROWS: usize,
    const PIXELS: usize,
    const DEPTH: usize,
    const PIXEL: usize,
>(
    x: *const f32,
    taps: &[usize],
    weights: *const f32,
    bias: *const f32,
    residual: *const f32,
    y: *mut f32,
    steps: &Steps,
    ahead: Ahead,
) {
    let x_pixel = if PIXEL == 0 { steps.x_pixel } else { PIXEL };
    let x_row = steps.x_row;
    let mut sums = [[[S::splat(0.0); PIXELS]; ROWS]; VECTORS];
    if !bias.is_null() {
        for (v, sums) in sums.iter_mut().enumerate() {
            *sums = [[S::load(bias.add(v * S::LANES)); PIXELS]; ROWS];
        }
    }
    if !residual.is_null() {
        // The residual is needed after the sum: by then it is in the cache.
        for v in 0..VECTORS {
            let from = residual.add(v * S::LANES / BLOCK * steps.r_block + v * S::LANES % BLOCK);
            for row in 0..ROWS {
                for pixel in 0..PIXELS {
                    S::prefetch(from.add(row * steps.r_row + pixel * BLOCK));
                }
            }
        }
    }
    let (mut weights, mut due) = (weights, ahead.from);
    for &tap in taps {
        let x = x.add(tap);
        for channel in 0..DEPTH {
            for line in 0..(VECTORS * S::LANES).div_ceil(BLOCK) {
                S::prefetch_far(due.wrapping_add(line * ahead.line));
            }
            due = due.wrapping_add(ahead.step);
            let mut w = [S::splat(0.0); VECTORS];
            for (v, w) in w.iter_mut().enumerate() {
                *w = S::load(weights.add(v * S::LANES));
            }
            weights = weights.add(VECTORS * S::LANES);
            for row in 0..ROWS {
                for pixel in 0..PIXELS {
                    let x = S::splat(*x.add(row * x_row + pixel * x_pixel + channel));
                    for v in 0..VECTORS {
                        sums[v][row][pixel] = S::fma(w[v], x, sums[v][row][pixel]);
                    }
                }
            }
        }
    }
    // Short loops of one kind each: a long one would not be unrolled, and its sums would live in memory all the while.
    if !residual.is_null() {
        for v in 0..VECTORS {
            let from = residual.add(v * S::LANES / BLOCK * steps.r_block + v * S::LANES % BLOCK);
            for row in 0..ROWS {
                for pixel in 0..PIXELS {
                    let value = S::load(from.add(row * steps.r_row + pixel * BLOCK));
                    sums[v][row][pixel] = S::add(sums[v][row][pixel], value);
                }
            }
        }
    }
    if steps.relu {
        let zero = S::splat(0.0);
        for sums in &mut sums {
            for row in 0..ROWS {
                for pixel in 0..PIXELS {
                    sums[row][pixel] = S::max(zero, sums[row][pixel]);
                }
            }
        }
    }
    for (v, sums) in sums.iter().enumerate() {
        let to = y.add(v * S::LANES / BLOCK * steps.y_block + v * S::LANES % BLOCK);
        for row in 0..ROWS {
            for pixel in 0..PIXELS {
                S::store(to.add(row * steps.y_row + pixel * BLOCK), sums[row][pixel]);
            }
        }
    }
}

/// Computes the tile of `shape`, one of those that the processor has registers for.
#[inline(always)]
pub(crate) unsafe fn shaped<
    S: Simd,
    const VECTORS: usize,
    const DEPTH: usize,
    const PIXEL: usize,
>(
    shape: u8,
    x: *const f32,
    taps: &[usize],
    weights: *const f32,
    bias: *const f32,
    residual: *const f32,
    y: *mut f32,
    steps: &Steps,
    ahead: Ahead,
) {
    // The first four need more registers than a processor of 16 has, and are not compiled for it.
    let many = S::LANES == 16;
    match shape {
        0 if many => {
            tile::<S, VECTORS, 1, 14, DEPTH, PIXEL>(
                x, taps, weights, bias, residual, y, steps, ahead,
            );
        }
        1 if many => {
            tile::<S, VECTORS, 2, 7, DEPTH, PIXEL>(
                x, taps, weights, bias, residual, y, steps, ahead,
            );
        }
        2 if many => {
            tile::<S, VECTORS, 1, 8, DEPTH, PIXEL>(
                x, taps, weights, bias, residual, y, steps, ahead,
            );
        }
        3 if many => {
            tile::<S, VECTORS, 1, 7, DEPTH, PIXEL>(
                x, taps, weights, bias, residual, y, steps, ahead,
            );
        }
        4 if !many => {
            tile::<S, VECTORS, 1, 6, DEPTH, PIXEL>(
                x, taps, weights, bias, residual, y, steps, ahead,
            );
        }
        5 => tile::<S, VECTORS, 1, 4, DEPTH, PIXEL>(
            x, taps, weights, bias, residual, y, steps, ahead,
        ),
        6 => tile::<S, VECTORS, 1, 2, DEPTH, PIXEL>(
            x, taps, weights, bias, residual, y, steps, ahead,
        ),
        _ => tile::<S, VECTORS, 1, 1, DEPTH, PIXEL>(
            x, taps, weights, bias, residual, y, steps, ahead,
        ),
    }
}
