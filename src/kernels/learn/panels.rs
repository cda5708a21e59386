//! Products that both methods of a convolution are made of, summed in registers.

use super::super::simd::{BLOCK, Simd};

/// Writes, or adds to, `P` pixels of `V` vectors of channels: sums over taps and `depth` channels of the input at each.
#[inline(always)]
unsafe fn panel<S: Simd, const V: usize, const P: usize, const STEP: usize>(
    x: *const f32,
    x_step: usize,
    taps: &[usize],
    depth: usize,
    w: *const f32,
    y: *mut f32,
    y_step: usize,
    y_block: usize,
    add: bool,
) {
    let x_step = if STEP == 0 { x_step } else { STEP };
    let at = |v: usize| v * S::LANES / BLOCK * y_block + v * S::LANES % BLOCK;
    let mut sums = [[S::splat(0.0); P]; V];
    if add {
        for v in 0..V {
            for p in 0..P {
                sums[v][p] = S::load(y.add(at(v) + p * y_step));
            }
        }
    }
    let mut w = w;
    for &tap in taps {
        let x = x.add(tap);
        for d in 0..depth {
            let mut own = [S::splat(0.0); V];
            for v in 0..V {
                own[v] = S::load(w.add(v * S::LANES));
            }
            w = w.add(V * S::LANES);
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
            S::store(y.add(at(v) + p * y_step), sums[v][p]);
        }
    }
}

/// A run of [`panel`]s over `count` pixels.
#[inline(always)]
pub(super) unsafe fn line<S: Simd, const V: usize, const STEP: usize>(
    x: *const f32,
    x_step: usize,
    taps: &[usize],
    depth: usize,
    w: *const f32,
    y: *mut f32,
    y_step: usize,
    y_block: usize,
    add: bool,
    count: usize,
) {
    let mut done = 0;
    macro_rules! panels {
        ($($size:literal),*) => {$(
            while count - done >= $size {
                panel::<S, V, $size, STEP>(
                    x.add(done * x_step), x_step, taps, depth, w, y.add(done * y_step), y_step, y_block, add,
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

/// [`line`] for a step that the compiler knows, if it is a usual one.
#[inline(always)]
pub(super) unsafe fn stepped<S: Simd, const V: usize>(
    x: *const f32,
    x_step: usize,
    taps: &[usize],
    depth: usize,
    w: *const f32,
    y: *mut f32,
    y_step: usize,
    y_block: usize,
    add: bool,
    count: usize,
) {
    if x_step == BLOCK {
        line::<S, V, BLOCK>(x, x_step, taps, depth, w, y, y_step, y_block, add, count);
    } else {
        line::<S, V, 0>(x, x_step, taps, depth, w, y, y_step, y_block, add, count);
    }
}

/// Adds to `C` × `V` vectors the products of `C` inputs and the gradient, summed over `rows` × `count` pixels.
#[inline(always)]
unsafe fn outer<S: Simd, const C: usize, const V: usize>(
    x: *const f32,
    [x_row, x_step]: [usize; 2],
    g: *const f32,
    [g_row, g_block]: [usize; 2],
    [rows, count]: [usize; 2],
    sum: *mut f32,
    sum_row: usize,
) {
    let at = |v: usize| v * S::LANES / BLOCK * g_block + v * S::LANES % BLOCK;
    let mut sums = [[S::splat(0.0); V]; C];
    for c in 0..C {
        for v in 0..V {
            sums[c][v] = S::load(sum.add(c * sum_row + v * S::LANES));
        }
    }
    for row in 0..rows {
        let (mut x, mut g) = (x.add(row * x_row), g.add(row * g_row));
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
pub(super) unsafe fn outers<S: Simd, const V: usize>(
    depth: usize,
    x: *const f32,
    x_at: [usize; 2],
    g: *const f32,
    g_at: [usize; 2],
    size: [usize; 2],
    sum: *mut f32,
    sum_row: usize,
) {
    let mut done = 0;
    macro_rules! parts {
        ($($size:literal),*) => {$(
            while depth - done >= $size {
                outer::<S, $size, V>(x.add(done), x_at, g, g_at, size, sum.add(done * sum_row), sum_row);
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
