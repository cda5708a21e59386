//! Transforms of [`winograd`](super::winograd) along one side of a tile, and their transposes, which training needs.

use std::f32::consts::{FRAC_1_SQRT_2, SQRT_2};

use super::simd::Simd;

/// Inputs along a side of the larger tile.
pub(crate) const T: usize = 6;

/// Outputs along a side of the larger tile.
pub(crate) const M: usize = 4;

/// Kernels transformed along one side: G.
pub const KERNEL_SIDE: [[f32; 3]; T] = {
    const A: f32 = FRAC_1_SQRT_2;
    const B: f32 = SQRT_2;
    [
        [1.0, 0.0, 0.0],
        [A / -1.5, -1.0 / 3.0, A / -3.0],
        [A / -1.5, 1.0 / 3.0, A / -3.0],
        [B / 6.0, 1.0 / 3.0, B / 3.0],
        [B / 6.0, -1.0 / 3.0, B / 3.0],
        [0.0, 0.0, 1.0],
    ]
};

/// Multiplies a column (or row) of inputs by Bᵀ.
#[inline(always)]
pub(crate) unsafe fn input_side<S: Simd, const T: usize>(d: [S::V; T]) -> [S::V; T] {
    let mut out = d;
    if T == 4 {
        out[0] = S::sub(d[0], d[2]);
        out[1] = S::add(d[1], d[2]);
        out[2] = S::sub(d[2], d[1]);
        out[3] = S::sub(d[1], d[3]);
        return out;
    }
    let times = |a, factor, b| S::fma(a, S::splat(factor), b);
    // `% T` never changes an index for a side of 6; for a side of 4, which does not reach this code, it keeps the index in
    // bounds.
    let (d4, d5) = (d[4 % T], d[5 % T]);
    out[0] = times(d[2], -2.5, S::add(d[0], d4));
    let (even, odd) = (times(d[2], -2.0, d4), times(d[1], -2.0, d[3]));
    out[1] = times(odd, FRAC_1_SQRT_2, even);
    out[2] = times(odd, -FRAC_1_SQRT_2, even);
    let (even, odd) = (times(d[2], -0.5, d4), times(d[1], -0.5, d[3]));
    out[3] = times(odd, SQRT_2, even);
    out[4 % T] = times(odd, -SQRT_2, even);
    out[5 % T] = times(d[3], -2.5, S::add(d[1], d5));
    out
}

/// Multiplies a column (or row) of products by Aᵀ; a side of 2 uses the first two of the four results.
#[inline(always)]
pub(crate) unsafe fn output_side<S: Simd, const T: usize>(d: [S::V; T]) -> [S::V; 4] {
    let zero = S::splat(0.0);
    if T == 4 {
        return [
            S::add(d[0], S::add(d[1], d[2])),
            S::sub(S::sub(d[1], d[2]), d[3]),
            zero,
            zero,
        ];
    }
    let times = |a, factor, b| S::fma(a, S::splat(factor), b);
    let (d4, d5) = (d[4 % T], d[5 % T]);
    let (even, odd) = (S::add(d[1], d[2]), S::sub(d[1], d[2]));
    let (even_2, odd_2) = (S::add(d[3], d4), S::sub(d[3], d4));
    // The weights are already multiplied by their points, which saves a division here.
    [
        times(even, SQRT_2, times(even_2, FRAC_1_SQRT_2, d[0])),
        S::add(odd, odd_2),
        times(even, FRAC_1_SQRT_2, S::mul(even_2, S::splat(SQRT_2))),
        times(odd, 0.5, times(odd_2, 2.0, d5)),
    ]
}

/// Multiplies a column of gradients by A: the transpose of [`output_side`].
#[inline(always)]
pub(crate) unsafe fn gradient_side<S: Simd>(g: [S::V; M]) -> [S::V; T] {
    let times = |a, factor, b| S::fma(a, S::splat(factor), b);
    let even = times(g[0], SQRT_2, S::mul(g[2], S::splat(FRAC_1_SQRT_2)));
    let odd = times(g[3], 0.5, g[1]);
    let even_2 = times(g[0], FRAC_1_SQRT_2, S::mul(g[2], S::splat(SQRT_2)));
    let odd_2 = times(g[3], 2.0, g[1]);
    [
        g[0],
        S::add(even, odd),
        S::sub(even, odd),
        S::add(even_2, odd_2),
        S::sub(even_2, odd_2),
        g[3],
    ]
}

/// Multiplies a column of products by B: the transpose of [`input_side`].
#[inline(always)]
pub(crate) unsafe fn spread_side<S: Simd>(m: [S::V; T]) -> [S::V; T] {
    let times = |a, factor, b| S::fma(a, S::splat(factor), b);
    let (even, odd) = (S::add(m[1], m[2]), S::sub(m[1], m[2]));
    let (even_2, odd_2) = (S::add(m[3], m[4]), S::sub(m[3], m[4]));
    [
        m[0],
        times(odd, -SQRT_2, times(odd_2, -FRAC_1_SQRT_2, m[5])),
        times(
            m[0],
            -2.5,
            times(even, -2.0, S::mul(even_2, S::splat(-0.5))),
        ),
        times(
            m[5],
            -2.5,
            times(odd, FRAC_1_SQRT_2, S::mul(odd_2, S::splat(SQRT_2))),
        ),
        S::add(m[0], S::add(even, even_2)),
        m[5],
    ]
}

/// Multiplies a column of sums by Gᵀ: the transpose of [`KERNEL_SIDE`].
#[inline(always)]
pub(crate) unsafe fn kernel_side<S: Simd>(m: [S::V; T]) -> [S::V; 3] {
    let times = |a, factor, b| S::fma(a, S::splat(factor), b);
    let (even, odd) = (S::add(m[1], m[2]), S::sub(m[1], m[2]));
    let (even_2, odd_2) = (S::add(m[3], m[4]), S::sub(m[3], m[4]));
    [
        times(
            even,
            FRAC_1_SQRT_2 / -1.5,
            times(even_2, SQRT_2 / 6.0, m[0]),
        ),
        S::mul(S::sub(odd_2, odd), S::splat(1.0 / 3.0)),
        times(
            even,
            FRAC_1_SQRT_2 / -3.0,
            times(even_2, SQRT_2 / 3.0, m[5]),
        ),
    ]
}
