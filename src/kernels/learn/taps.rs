//! A convolution as the sum over its window's taps, forward and back.

use super::super::simd::{BLOCK, Simd};
use super::panels::{Factors, Pair, Products, lines, outers, take, tiles};
use super::plan::{Back, Forward, Plan};

/// Runs a convolution forward.
#[inline(always)]
pub(super) unsafe fn forward<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &mut Forward<'_>,
) {
    let conv = job.plan;
    let padded = job.scratch.as_mut_ptr();
    for image in 0..job.images {
        pad(conv, job.x.as_ptr().add(image * conv.input_len()), padded);
        let y = job.y.as_mut_ptr().add(image * conv.output_len());
        direct::<S, WIDE, NARROW>(conv, padded, job.weights.as_ptr(), y);
    }
}

/// Copies an image into one with zeros around it.
#[inline(always)]
unsafe fn pad(conv: &Plan, x: *const f32, padded: *mut f32) {
    let [height, width] = conv.input_size();
    let [padded_height, padded_width] = conv.padded;
    let [top, left] = conv.padding;
    for block in 0..conv.input_blocks() {
        let x = x.add(block * height * width * BLOCK);
        let padded = padded.add(block * padded_height * padded_width * BLOCK);
        std::ptr::write_bytes(padded, 0, padded_height * padded_width * BLOCK);
        for row in 0..height.min(padded_height - top) {
            let to = padded.add(((row + top) * padded_width + left) * BLOCK);
            let count = width.min(padded_width - left) * BLOCK;
            std::ptr::copy_nonoverlapping(x.add(row * width * BLOCK), to, count);
        }
    }
}

/// One image, all taps at once.
#[inline(always)]
unsafe fn direct<S: Simd, const WIDE: usize, const NARROW: usize>(
    conv: &Plan,
    padded: *const f32,
    weights: *const f32,
    y: *mut f32,
) {
    let [height, width] = conv.output_size();
    let plane = height * width * BLOCK;
    let (depth, to) = (conv.input_depth(), conv.output_blocks());
    let x_step = conv.stride[1] * BLOCK;
    let mut weights = weights;
    for (block, blocks) in tiles(to, S::TILE_BLOCKS) {
        let each = depth * blocks * BLOCK;
        for row in 0..height {
            let own = conv.reach(row);
            let of = Factors {
                x: padded.add(row * conv.stride[0] * conv.padded[1] * BLOCK),
                step: x_step,
                weights: weights.add(own.start * each),
                taps: &conv.taps[own],
                depth,
            };
            let to = Products {
                y: y.add(block * plane + row * width * BLOCK),
                step: BLOCK,
                block: plane,
                adds: false,
            };
            lines::<S, WIDE, NARROW>(blocks, of, to, width);
        }
        weights = weights.add(conv.taps.len() * each);
    }
}

/// Runs a convolution back.
#[inline(always)]
pub(super) unsafe fn back<S: Simd, const WIDE: usize, const NARROW: usize>(job: &mut Back<'_>) {
    let conv = job.plan;
    let (xb, yb) = (conv.input_blocks(), conv.output_blocks());
    let [height, width] = conv.output_size();
    let plane = height * width * BLOCK;
    let [padded_height, padded_width] = conv.padded;
    let padded_len = padded_height * padded_width * BLOCK;
    let padded = job.scratch.as_mut_ptr();
    let spread = padded.add(xb * padded_len);
    let sum_row = yb * BLOCK;
    let sum_tap = xb * BLOCK * sum_row;
    let sums = job.of_weights.as_mut_ptr();
    std::ptr::write_bytes(sums, 0, conv.windows() * sum_tap);
    let (x_row, x_step) = (
        conv.stride[0] * padded_width * BLOCK,
        conv.stride[1] * BLOCK,
    );
    for image in 0..job.images {
        let g = job.gradient.as_ptr().add(image * conv.output_len());
        pad(conv, job.x.as_ptr().add(image * conv.input_len()), padded);
        for (tap, &offset) in conv.taps.iter().enumerate() {
            // Taps are windows × blocks.
            let (window, from) = (tap / xb, tap % xb);
            let x = padded.add(offset).cast_const();
            for (to, blocks) in tiles(yb, S::TILE_BLOCKS) {
                let of = Pair {
                    x,
                    x_at: [x_row, x_step],
                    g: g.add(to * plane),
                    g_at: [width * BLOCK, plane],
                    size: [height, width],
                };
                let sum = sums.add(window * sum_tap + from * BLOCK * sum_row + to * BLOCK);
                let size = [conv.input_depth(), blocks];
                outers::<S, WIDE, NARROW>(size, of, sum, sum_row);
            }
        }
        let Some((of_input, adds)) = &mut job.of_input else {
            continue;
        };
        std::ptr::write_bytes(spread, 0, xb * padded_len);
        let mut weights = job.weights.as_ptr();
        for (block, blocks) in tiles(xb, S::TILE_BLOCKS) {
            for window in 0..conv.windows() {
                // The offset of the window's first block.
                let to = spread.add(conv.taps[window * xb] + block * padded_len);
                for row in 0..height {
                    let of = Factors {
                        x: g.add(row * width * BLOCK),
                        step: BLOCK,
                        taps: &conv.taps_back,
                        depth: conv.output_depth(),
                        weights,
                    };
                    let to = Products {
                        y: to.add(row * x_row),
                        step: x_step,
                        block: padded_len,
                        adds: true,
                    };
                    lines::<S, WIDE, NARROW>(blocks, of, to, width);
                }
                weights = weights.add(yb * conv.output_depth() * blocks * BLOCK);
            }
        }
        let [rows, columns] = conv.input_size();
        let [top, left] = conv.padding;
        let into = of_input.as_mut_ptr().add(image * conv.input_len());
        let seen = [
            rows.min(padded_height - top),
            columns.min(padded_width - left),
        ];
        for block in 0..xb {
            let into = into.add(block * rows * columns * BLOCK);
            let from = spread.add(block * padded_len + (top * padded_width + left) * BLOCK);
            if seen == [rows, columns] {
                take::<S>(from, padded_width * BLOCK, into, seen, *adds);
                continue;
            }
            // Rows or columns that no window reaches.
            for row in 0..rows {
                for at in 0..columns * BLOCK {
                    let is_seen = row < seen[0] && at < seen[1] * BLOCK;
                    let value = if is_seen {
                        *from.add(row * padded_width * BLOCK + at)
                    } else {
                        0.0
                    };
                    let into = into.add(row * columns * BLOCK + at);
                    *into = if *adds { *into + value } else { value };
                }
            }
        }
    }
}
