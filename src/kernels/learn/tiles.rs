//! A 3×3 convolution with stride 1 by transformed tiles, forward and back.

use super::super::sides::{M, T, gradient_side, input_side, kernel_side, output_side, spread_side};
use super::super::simd::{BLOCK, Simd};
use super::panels::{Factors, Pair, Products, lines, outers, take, tiles};
use super::plan::{Back, Forward, PLACES, Plan};

/// Reads of the padding.
static ZEROS: [f32; BLOCK] = [0.0; BLOCK];

/// A tile's input, or gradient, `SIDE` × `SIDE` pixels from row `top` and column `left`, which may be outside the map.
#[inline(always)]
unsafe fn gather<S: Simd, const SIDE: usize>(
    base: *const f32,
    [top, left]: [isize; 2],
    [height, width]: [usize; 2],
    lane: usize,
) -> [[S::V; SIDE]; SIDE] {
    let mut tile = [[S::splat(0.0); SIDE]; SIDE];
    let inside =
        top >= 0 && left >= 0 && top as usize + SIDE <= height && left as usize + SIDE <= width;
    if inside {
        let from = base.add((top as usize * width + left as usize) * BLOCK + lane);
        for r in 0..SIDE {
            for c in 0..SIDE {
                tile[r][c] = S::load(from.add((r * width + c) * BLOCK));
            }
        }
        return tile;
    }
    let zeros = ZEROS.as_ptr();
    for r in 0..SIDE {
        let y = top + r.cast_signed();
        let in_row = y >= 0 && y < height.cast_signed();
        for c in 0..SIDE {
            let x = left + c.cast_signed();
            let is_in = in_row && x >= 0 && x < width.cast_signed();
            let from = if is_in {
                let pixel = y * width.cast_signed() + x;
                base.wrapping_offset(pixel * BLOCK.cast_signed() + lane.cast_signed())
            } else {
                zeros
            };
            tile[r][c] = S::load(from);
        }
    }
    tile
}

/// Tiles of a group of images that are transformed together.
#[derive(Clone, Copy)]
struct Strip {
    first: usize,
    count: usize,
    /// Distance between two blocks of it.
    row: usize,
}

/// Image of the group, row and column of a tile.
#[inline(always)]
fn place(conv: &Plan, tile: usize) -> [usize; 3] {
    let [down, across] = conv.tiles();
    [tile / (across * down), tile / across % down, tile % across]
}

/// Transforms maps into places × blocks × tiles: inputs by [`input_side`], gradients by [`gradient_side`].
#[inline(always)]
unsafe fn transform<S: Simd, const IS_GRADIENT: bool>(
    conv: &Plan,
    maps: *const f32,
    blocks: usize,
    strip: Strip,
    to: *mut f32,
) {
    let [height, width] = conv.input_size();
    let (plane, row) = (height * width * BLOCK, strip.row);
    for tile in 0..strip.count {
        let [image, down, across] = place(conv, strip.first + tile);
        for block in 0..blocks {
            let base = maps.add((image * blocks + block) * plane);
            let to = to.add(block * row + tile * BLOCK);
            let mut lane = 0;
            while lane < BLOCK {
                let mut half = [[S::splat(0.0); T]; T];
                let [top, left] = [down, across].map(|number| (number * M).cast_signed());
                if IS_GRADIENT {
                    let tile = gather::<S, M>(base, [top, left], [height, width], lane);
                    for c in 0..M {
                        let column =
                            gradient_side::<S>([tile[0][c], tile[1][c], tile[2][c], tile[3][c]]);
                        for r in 0..T {
                            half[r][c] = column[r];
                        }
                    }
                } else {
                    let tile = gather::<S, T>(base, [top - 1, left - 1], [height, width], lane);
                    for c in 0..T {
                        let column = input_side::<S, T>([
                            tile[0][c], tile[1][c], tile[2][c], tile[3][c], tile[4][c], tile[5][c],
                        ]);
                        for r in 0..T {
                            half[r][c] = column[r];
                        }
                    }
                }
                for r in 0..T {
                    let values = if IS_GRADIENT {
                        gradient_side::<S>([half[r][0], half[r][1], half[r][2], half[r][3]])
                    } else {
                        input_side::<S, T>(half[r])
                    };
                    for c in 0..T {
                        S::store(to.add((r * T + c) * blocks * row + lane), values[c]);
                    }
                }
                lane += S::LANES;
            }
        }
    }
}

/// Multiplies, for each place of a tile, tiles × channels by the weights.
#[inline(always)]
unsafe fn products<S: Simd, const WIDE: usize, const NARROW: usize>(
    [from, to]: [usize; 2],
    depth: usize,
    weights: *const f32,
    strip: Strip,
    taps: &[usize],
    x: *const f32,
    y: *mut f32,
) {
    let row = strip.row;
    let mut weights = weights;
    for (block, blocks) in tiles(to, S::TILE_BLOCKS) {
        for place in 0..PLACES {
            let of = Factors {
                x: x.add(place * from * row),
                step: BLOCK,
                taps,
                depth,
                weights,
            };
            let to = Products {
                y: y.add((place * to + block) * row),
                step: BLOCK,
                block: row,
                adds: false,
            };
            lines::<S, WIDE, NARROW>(blocks, of, to, strip.count);
            weights = weights.add(taps.len() * depth * blocks * BLOCK);
        }
    }
}

/// Runs a convolution forward; `strip` tiles at once, of `group` images.
#[inline(always)]
pub(super) unsafe fn forward<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &mut Forward<'_>,
    [strip, group]: [usize; 2],
) {
    let conv = job.plan;
    let (xb, yb) = (conv.input_blocks(), conv.output_blocks());
    let inputs = job.scratch.as_mut_ptr();
    let outputs = inputs.add(PLACES * xb * conv.strip_row());
    let mut image = 0;
    while image < job.images {
        let images = group.min(job.images - image);
        let all = images * conv.tiles_of_image();
        let x = job.x.as_ptr().add(image * conv.input_len());
        let y = job.y.as_mut_ptr().add(image * conv.output_len());
        let mut first = 0;
        while first < all {
            let own = Strip {
                first,
                count: strip.min(all - first),
                row: conv.strip_row(),
            };
            transform::<S, false>(conv, x, xb, own, inputs);
            products::<S, WIDE, NARROW>(
                [xb, yb],
                conv.input_depth(),
                job.weights.as_ptr(),
                own,
                &conv.taps,
                inputs,
                outputs,
            );
            finish::<S>(conv, outputs, own, y);
            first += own.count;
        }
        image += images;
    }
}

/// Column `c` of a transformed tile whose places lie `step` apart.
#[inline(always)]
unsafe fn column<S: Simd>(from: *const f32, step: usize, c: usize) -> [S::V; T] {
    let mut column = [S::splat(0.0); T];
    for r in 0..T {
        column[r] = S::load(from.add((r * T + c) * step));
    }
    column
}

/// Transforms products into outputs.
#[inline(always)]
unsafe fn finish<S: Simd>(conv: &Plan, products: *const f32, strip: Strip, y: *mut f32) {
    let [height, width] = conv.input_size();
    let (plane, row, blocks) = (height * width * BLOCK, strip.row, conv.output_blocks());
    for tile in 0..strip.count {
        let [image, down, across] = place(conv, strip.first + tile);
        let (top, left) = (down * M, across * M);
        let (rows, columns) = (M.min(height - top), M.min(width - left));
        for block in 0..blocks {
            let from = products.add(block * row + tile * BLOCK);
            let to = y.add((image * blocks + block) * plane + (top * width + left) * BLOCK);
            let mut lane = 0;
            while lane < BLOCK {
                let mut half = [[S::splat(0.0); T]; M];
                for c in 0..T {
                    let column = output_side::<S, T>(column::<S>(from.add(lane), blocks * row, c));
                    for r in 0..M {
                        half[r][c] = column[r];
                    }
                }
                if rows == M && columns == M {
                    for r in 0..M {
                        let values = output_side::<S, T>(half[r]);
                        for c in 0..M {
                            S::store(to.add((r * width + c) * BLOCK + lane), values[c]);
                        }
                    }
                } else {
                    for r in 0..M {
                        let values = output_side::<S, T>(half[r]);
                        if r < rows {
                            for c in 0..M {
                                if c < columns {
                                    S::store(to.add((r * width + c) * BLOCK + lane), values[c]);
                                }
                            }
                        }
                    }
                }
                lane += S::LANES;
            }
        }
    }
}

/// Runs a convolution back.
#[inline(always)]
pub(super) unsafe fn back<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &mut Back<'_>,
    [strip, group]: [usize; 2],
) {
    let conv = job.plan;
    let (xb, yb) = (conv.input_blocks(), conv.output_blocks());
    let row = conv.strip_row();
    let inputs = job.scratch.as_mut_ptr();
    let gradients = inputs.add(PLACES * xb * row);
    let spread = gradients.add(PLACES * yb * row);
    let sums = spread.add(group * conv.spread_len());
    let sum_row = yb * BLOCK;
    let sum_place = conv.sum_place();
    std::ptr::write_bytes(sums, 0, PLACES * sum_place);
    let mut image = 0;
    while image < job.images {
        let images = group.min(job.images - image);
        let all = images * conv.tiles_of_image();
        let x = job.x.as_ptr().add(image * conv.input_len());
        let g = job.gradient.as_ptr().add(image * conv.output_len());
        if job.of_input.is_some() {
            std::ptr::write_bytes(spread, 0, images * conv.spread_len());
        }
        let mut first = 0;
        while first < all {
            let own = Strip {
                first,
                count: strip.min(all - first),
                row: conv.strip_row(),
            };
            transform::<S, false>(conv, x, xb, own, inputs);
            transform::<S, true>(conv, g, yb, own, gradients);
            for place in 0..PLACES {
                for from in 0..xb {
                    let x = inputs.add((place * xb + from) * row);
                    for (to, blocks) in tiles(yb, S::TILE_BLOCKS) {
                        let of = Pair {
                            x,
                            x_at: [0, BLOCK],
                            g: gradients.add((place * yb + to) * row),
                            g_at: [0, row],
                            size: [1, own.count],
                        };
                        let sum = sums.add(place * sum_place + from * BLOCK * sum_row + to * BLOCK);
                        let size = [conv.input_depth(), blocks];
                        outers::<S, WIDE, NARROW>(size, of, sum, sum_row);
                    }
                }
            }
            if job.of_input.is_some() {
                products::<S, WIDE, NARROW>(
                    [yb, xb],
                    conv.output_depth(),
                    job.weights.as_ptr(),
                    own,
                    &conv.taps_back,
                    gradients,
                    inputs,
                );
                scatter::<S>(conv, inputs, own, spread);
            }
            first += own.count;
        }
        if let Some((of_input, adds)) = &mut job.of_input {
            let to = of_input.as_mut_ptr().add(image * conv.input_len());
            let [height, width] = conv.input_size();
            let [down, across] = conv.tiles();
            let wide = across * M + 2;
            let plane = (down * M + 2) * wide * BLOCK;
            for block in 0..images * xb {
                let from = spread.add(block * plane + (wide + 1) * BLOCK);
                let to = to.add(block * height * width * BLOCK);
                take::<S>(from, wide * BLOCK, to, [height, width], *adds);
            }
        }
        image += images;
    }
    weights_back::<S>(conv, sums, job.of_weights.as_mut_ptr());
}

/// Adds each tile's share to the gradient by the inputs that it read.
#[inline(always)]
unsafe fn scatter<S: Simd>(conv: &Plan, products: *const f32, strip: Strip, spread: *mut f32) {
    let [tiles_down, tiles_across] = conv.tiles();
    let wide = tiles_across * M + 2;
    let plane = (tiles_down * M + 2) * wide * BLOCK;
    let (row, blocks) = (strip.row, conv.input_blocks());
    for tile in 0..strip.count {
        let [image, down, across] = place(conv, strip.first + tile);
        for block in 0..blocks {
            let from = products.add(block * row + tile * BLOCK);
            let to =
                spread.add((image * blocks + block) * plane + (down * wide + across) * M * BLOCK);
            let mut lane = 0;
            while lane < BLOCK {
                let mut half = [[S::splat(0.0); T]; T];
                for c in 0..T {
                    let column = spread_side::<S>(column::<S>(from.add(lane), blocks * row, c));
                    for r in 0..T {
                        half[r][c] = column[r];
                    }
                }
                for r in 0..T {
                    let values = spread_side::<S>(half[r]);
                    for c in 0..T {
                        let to = to.add((r * wide + c) * BLOCK + lane);
                        S::store(to, S::add(S::load(to), values[c]));
                    }
                }
                lane += S::LANES;
            }
        }
    }
}

/// Transforms sums of places × input × output channels into the gradient of the weights.
#[inline(always)]
unsafe fn weights_back<S: Simd>(conv: &Plan, sums: *const f32, to: *mut f32) {
    let window = conv.input_depth_all() * conv.output_blocks() * BLOCK;
    let mut at = 0;
    while at < window {
        let mut half = [[S::splat(0.0); T]; 3];
        for c in 0..T {
            let column = kernel_side::<S>(column::<S>(sums.add(at), conv.sum_place(), c));
            for k in 0..3 {
                half[k][c] = column[k];
            }
        }
        for k in 0..3 {
            let values = kernel_side::<S>(half[k]);
            for j in 0..3 {
                S::store(to.add((3 * k + j) * window + at), values[j]);
            }
        }
        at += S::LANES;
    }
}
