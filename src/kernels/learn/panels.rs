//! Products that both methods of a convolution are made of, summed in registers.

use super::super::simd::{BLOCK, Simd};

/// Factors of products: weights, and the pixels `step` apart of which `depth` channels are read at each tap.
#[derive(Clone, Copy)]
pub(super) struct Factors<'a> {
    pub(super) x: *const f32,
    pub(super) step: usize,
    pub(super) taps: &'a [usize],
    pub(super) depth: usize,
    pub(super) weights: *const f32,
}

/// Place of products: pixels `step` apart, in blocks `block` apart; `adds` keeps what is there.
#[derive(Clone, Copy)]
pub(super) struct Products {
    pub(super) y: *mut f32,
    pub(super) step: usize,
    pub(super) block: usize,
    pub(super) adds: bool,
}

/// Tiles of blocks, each with its first block and its number of blocks: `wide` of them while so many are left, then one.
#[inline(always)]
pub(super) fn tiles(blocks: usize, wide: usize) -> impl Iterator<Item = (usize, usize)> {
    let many = blocks / wide;
    let wide_ones = (0..many).map(move |tile| (tile * wide, wide));
    wide_ones.chain((many * wide..blocks).map(|block| (block, 1)))
}

/// Writes, or adds to, `P` pixels of `V` vectors of channels: sums over taps and channels of the input at each.
#[inline(always)]
unsafe fn panel<S: Simd, const V: usize, const P: usize, const STEP: usize>(
    of: Factors<'_>,
    to: Products,
) {
    let x_step = if STEP == 0 { of.step } else { STEP };
    let at = |v: usize| v * S::LANES / BLOCK * to.block + v * S::LANES % BLOCK;
    let mut sums = [[S::splat(0.0); P]; V];
    if to.adds {
        for v in 0..V {
            for p in 0..P {
                sums[v][p] = S::load(to.y.add(at(v) + p * to.step));
            }
        }
    }
    let mut weights = of.weights;
    for &tap in of.taps {
        let x = of.x.add(tap);
        for d in 0..of.depth {
            let mut own = [S::splat(0.0); V];
            for v in 0..V {
                own[v] = S::load(weights.add(v * S::LANES));
            }
            weights = weights.add(V * S::LANES);
            for p in 0..P {
                let value = S::splat(*x.add(p * x_step + d));
                for v in 0..V {
                    sums[v][p] = S::fma(own[v], value, sums[v][p]);
                }
            }
        }
    }
    for v in 0..V {
        for p in 0..P {
            S::store(to.y.add(at(v) + p * to.step), sums[v][p]);
        }
    }
}

/// A run of [`panel`]s over `count` pixels.
#[inline(always)]
unsafe fn line<S: Simd, const V: usize, const STEP: usize>(
    of: Factors<'_>,
    to: Products,
    count: usize,
) {
    let mut done = 0;
    macro_rules! panels {
        ($($size:literal),*) => {$(
            while count - done >= $size {
                panel::<S, V, $size, STEP>(
                    Factors { x: of.x.add(done * of.step), ..of },
                    Products { y: to.y.add(done * to.step), ..to },
                );
                done += $size;
            }
        )*};
    }
    if S::LANES == 16 {
        panels!(14, 7);
    } else {
        panels!(6);
    }
    panels!(4, 2, 1);
}

/// Products of `count` pixels and the weights of a tile of `blocks`, for a step that the compiler knows if it is a usual one.
#[inline(always)]
pub(super) unsafe fn lines<S: Simd, const WIDE: usize, const NARROW: usize>(
    blocks: usize,
    of: Factors<'_>,
    to: Products,
    count: usize,
) {
    match (blocks == 1, of.step == BLOCK) {
        (false, true) => line::<S, WIDE, BLOCK>(of, to, count),
        (false, false) => line::<S, WIDE, 0>(of, to, count),
        (true, true) => line::<S, NARROW, BLOCK>(of, to, count),
        (true, false) => line::<S, NARROW, 0>(of, to, count),
    }
}

/// Factors of an outer product, summed over `size` = rows × pixels: inputs with the distances of their rows and pixels, and
/// gradients with the distances of their rows and blocks.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) x: *const f32,
    pub(super) x_at: [usize; 2],
    pub(super) g: *const f32,
    pub(super) g_at: [usize; 2],
    pub(super) size: [usize; 2],
}

/// Adds to `C` × `V` vectors, in rows `sum_row` apart, the products of `C` inputs and the gradient.
#[inline(always)]
unsafe fn outer<S: Simd, const C: usize, const V: usize>(of: Pair, sum: *mut f32, sum_row: usize) {
    let ([x_row, x_step], [g_row, g_block], [rows, count]) = (of.x_at, of.g_at, of.size);
    let at = |v: usize| v * S::LANES / BLOCK * g_block + v * S::LANES % BLOCK;
    let mut sums = [[S::splat(0.0); V]; C];
    for c in 0..C {
        for v in 0..V {
            sums[c][v] = S::load(sum.add(c * sum_row + v * S::LANES));
        }
    }
    for row in 0..rows {
        let (mut x, mut g) = (of.x.add(row * x_row), of.g.add(row * g_row));
        for _ in 0..count {
            let mut own = [S::splat(0.0); V];
            for v in 0..V {
                own[v] = S::load(g.add(at(v)));
            }
            for c in 0..C {
                let value = S::splat(*x.add(c));
                for v in 0..V {
                    sums[c][v] = S::fma(own[v], value, sums[c][v]);
                }
            }
            x = x.wrapping_add(x_step);
            g = g.wrapping_add(BLOCK);
        }
    }
    for c in 0..C {
        for v in 0..V {
            S::store(sum.add(c * sum_row + v * S::LANES), sums[c][v]);
        }
    }
}

/// [`outer`] for `depth` inputs.
#[inline(always)]
unsafe fn outers_of<S: Simd, const V: usize>(
    depth: usize,
    of: Pair,
    sum: *mut f32,
    sum_row: usize,
) {
    let mut done = 0;
    macro_rules! parts {
        ($($size:literal),*) => {$(
            while depth - done >= $size {
                let of = Pair { x: of.x.add(done), ..of };
                outer::<S, $size, V>(of, sum.add(done * sum_row), sum_row);
                done += $size;
            }
        )*};
    }
    if S::LANES == 16 {
        if V == 1 {
            parts!(16);
        }
        parts!(8);
    }
    parts!(4, 1);
}

/// Adds the products of `depth` inputs and the gradients of a tile of `blocks`.
#[inline(always)]
pub(super) unsafe fn outers<S: Simd, const WIDE: usize, const NARROW: usize>(
    [depth, blocks]: [usize; 2],
    of: Pair,
    sum: *mut f32,
    sum_row: usize,
) {
    if blocks == 1 {
        outers_of::<S, NARROW>(depth, of, sum, sum_row);
    } else {
        outers_of::<S, WIDE>(depth, of, sum, sum_row);
    }
}

/// Copies, or adds, rows of a plane that has more pixels in a row.
#[inline(always)]
pub(super) unsafe fn take<S: Simd>(
    from: *const f32,
    from_row: usize,
    to: *mut f32,
    [height, width]: [usize; 2],
    adds: bool,
) {
    for row in 0..height {
        let (from, to) = (from.add(row * from_row), to.add(row * width * BLOCK));
        let mut at = 0;
        while at < width * BLOCK {
            let mut value = S::load(from.add(at));
            if adds {
                value = S::add(value, S::load(to.add(at)));
            }
            S::store(to.add(at), value);
            at += S::LANES;
        }
    }
}
