//! Convolutions for training: a batch forward, and its gradients by the input and by the weights.
//!
//! Maps are in blocks of 16 channels without a border. A 3×3 convolution with stride 1 is done with fewer multiplications
//! ([`winograd`](super::winograd), `M` = 4), forward and back: the gradient by the input is the transpose of the forward
//! pass, and that by the weights is a product of the transformed input and the transformed gradient, so both share the
//! latter. Every other convolution is done tap by tap.
//!
//! A kernel does all the work of one piece of a batch, in one order: its numbers do not depend on threads.

use super::super::learn::{Conv, Method};
use super::super::simd::{BLOCK, Simd};
use super::sides::{M, T, gradient_side, input_side, kernel_side, output_side, spread_side};

/// Places of a transformed tile.
pub(in super::super) const PLACES: usize = 36;

/// Reads of the padding.
static ZEROS: [f32; BLOCK] = [0.0; BLOCK];

/// Slices of a forward convolution, whose lengths [`Conv`] has compared with its sizes.
pub(in super::super) struct Forward<'a> {
    pub(in super::super) conv: &'a Conv,
    pub(in super::super) weights: &'a [f32],
    pub(in super::super) x: &'a [f32],
    pub(in super::super) y: &'a mut [f32],
    pub(in super::super) scratch: &'a mut [f32],
    pub(in super::super) images: usize,
}

/// Slices of a backward convolution, whose lengths [`Conv`] has compared with its sizes.
pub(in super::super) struct Back<'a> {
    pub(in super::super) conv: &'a Conv,
    /// Weights with input and output channels exchanged.
    pub(in super::super) weights: &'a [f32],
    pub(in super::super) x: &'a [f32],
    pub(in super::super) gradient: &'a [f32],
    /// Gradient by the input, and whether it is added to what is there.
    pub(in super::super) of_input: Option<(&'a mut [f32], bool)>,
    /// Gradient by the weights, taps × input channels × output channels.
    pub(in super::super) of_weights: &'a mut [f32],
    pub(in super::super) scratch: &'a mut [f32],
    pub(in super::super) images: usize,
}

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
unsafe fn line<S: Simd, const V: usize, const STEP: usize>(
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
unsafe fn stepped<S: Simd, const V: usize>(
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
unsafe fn outers<S: Simd, const V: usize>(
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
        let y = top + r as isize;
        let in_row = y >= 0 && y < height as isize;
        for c in 0..SIDE {
            let x = left + c as isize;
            let is_in = in_row && x >= 0 && x < width as isize;
            let from = if is_in {
                base.wrapping_offset((y * width as isize + x) * BLOCK as isize + lane as isize)
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
fn place(conv: &Conv, tile: usize) -> [usize; 3] {
    let [down, across] = conv.tiles();
    [tile / (across * down), tile / across % down, tile % across]
}

/// Transforms maps into places × blocks × tiles: inputs by [`input_side`], gradients by [`gradient_side`].
#[inline(always)]
unsafe fn transform<S: Simd, const IS_GRADIENT: bool>(
    conv: &Conv,
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
                let (top, left) = ((down * M) as isize, (across * M) as isize);
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
    let mut block = 0;
    while block < to {
        let is_wide = to - block >= S::TILE_BLOCKS;
        let blocks = if is_wide { S::TILE_BLOCKS } else { 1 };
        for place in 0..PLACES {
            let x = x.add(place * from * row);
            let y = y.add((place * to + block) * row);
            if is_wide {
                line::<S, WIDE, BLOCK>(
                    x,
                    BLOCK,
                    taps,
                    depth,
                    weights,
                    y,
                    BLOCK,
                    row,
                    false,
                    strip.count,
                );
            } else {
                line::<S, NARROW, BLOCK>(
                    x,
                    BLOCK,
                    taps,
                    depth,
                    weights,
                    y,
                    BLOCK,
                    row,
                    false,
                    strip.count,
                );
            }
            weights = weights.add(taps.len() * depth * blocks * BLOCK);
        }
        block += blocks;
    }
}

/// Runs a convolution forward.
#[inline(always)]
pub(super) unsafe fn forward<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &mut Forward<'_>,
) {
    let conv = job.conv;
    match conv.method {
        Method::Tiles { strip, group } => {
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
        Method::Taps => {
            let padded = job.scratch.as_mut_ptr();
            for image in 0..job.images {
                pad(conv, job.x.as_ptr().add(image * conv.input_len()), padded);
                let y = job.y.as_mut_ptr().add(image * conv.output_len());
                direct::<S, WIDE, NARROW>(conv, padded, job.weights.as_ptr(), y);
            }
        }
    }
}

/// Transforms products into outputs.
#[inline(always)]
unsafe fn finish<S: Simd>(conv: &Conv, products: *const f32, strip: Strip, y: *mut f32) {
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
                    let mut column = [S::splat(0.0); T];
                    for r in 0..T {
                        column[r] = S::load(from.add((r * T + c) * blocks * row + lane));
                    }
                    let column = output_side::<S, T>(column);
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

/// Copies an image into one with zeros around it.
#[inline(always)]
unsafe fn pad(conv: &Conv, x: *const f32, padded: *mut f32) {
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
    conv: &Conv,
    padded: *const f32,
    weights: *const f32,
    y: *mut f32,
) {
    let [height, width] = conv.output_size();
    let plane = height * width * BLOCK;
    let (depth, to) = (conv.input_depth(), conv.output_blocks());
    let x_step = conv.stride[1] * BLOCK;
    let mut weights = weights;
    let mut block = 0;
    while block < to {
        let is_wide = to - block >= S::TILE_BLOCKS;
        let blocks = if is_wide { S::TILE_BLOCKS } else { 1 };
        let each = depth * blocks * BLOCK;
        for row in 0..height {
            let own = conv.reach(row);
            let x = padded.add(row * conv.stride[0] * conv.padded[1] * BLOCK);
            let y = y.add(block * plane + row * width * BLOCK);
            let weights = weights.add(own.start * each);
            let taps = &conv.taps[own];
            if is_wide {
                stepped::<S, WIDE>(
                    x, x_step, taps, depth, weights, y, BLOCK, plane, false, width,
                );
            } else {
                stepped::<S, NARROW>(
                    x, x_step, taps, depth, weights, y, BLOCK, plane, false, width,
                );
            }
        }
        weights = weights.add(conv.taps.len() * each);
        block += blocks;
    }
}

/// Runs a convolution back.
#[inline(always)]
pub(super) unsafe fn back<S: Simd, const WIDE: usize, const NARROW: usize>(job: &mut Back<'_>) {
    match job.conv.method {
        Method::Tiles { strip, group } => back_tiles::<S, WIDE, NARROW>(job, strip, group),
        Method::Taps => back_taps::<S, WIDE, NARROW>(job),
    }
}

#[inline(always)]
unsafe fn back_tiles<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &mut Back<'_>,
    strip: usize,
    group: usize,
) {
    let conv = job.conv;
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
                    let mut to = 0;
                    while to < yb {
                        let g = gradients.add((place * yb + to) * row);
                        let sum = sums.add(place * sum_place + from * BLOCK * sum_row + to * BLOCK);
                        let (x_at, g_at, size) = ([0, BLOCK], [0, row], [1, own.count]);
                        if yb - to >= S::TILE_BLOCKS {
                            outers::<S, WIDE>(
                                conv.input_depth(),
                                x,
                                x_at,
                                g,
                                g_at,
                                size,
                                sum,
                                sum_row,
                            );
                            to += S::TILE_BLOCKS;
                        } else {
                            outers::<S, NARROW>(
                                conv.input_depth(),
                                x,
                                x_at,
                                g,
                                g_at,
                                size,
                                sum,
                                sum_row,
                            );
                            to += 1;
                        }
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
unsafe fn scatter<S: Simd>(conv: &Conv, products: *const f32, strip: Strip, spread: *mut f32) {
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
                    let mut column = [S::splat(0.0); T];
                    for r in 0..T {
                        column[r] = S::load(from.add((r * T + c) * blocks * row + lane));
                    }
                    let column = spread_side::<S>(column);
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

/// Copies, or adds, rows of a plane that has more pixels in a row.
#[inline(always)]
unsafe fn take<S: Simd>(
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

/// Transforms sums of places × input × output channels into the gradient of the weights.
#[inline(always)]
unsafe fn weights_back<S: Simd>(conv: &Conv, sums: *const f32, to: *mut f32) {
    let window = conv.input_depth_all() * conv.output_blocks() * BLOCK;
    let mut at = 0;
    while at < window {
        let mut half = [[S::splat(0.0); T]; 3];
        for c in 0..T {
            let mut column = [S::splat(0.0); T];
            for r in 0..T {
                column[r] = S::load(sums.add((r * T + c) * conv.sum_place() + at));
            }
            let column = kernel_side::<S>(column);
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

#[inline(always)]
unsafe fn back_taps<S: Simd, const WIDE: usize, const NARROW: usize>(job: &mut Back<'_>) {
    let conv = job.conv;
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
            let mut to = 0;
            while to < yb {
                let g = g.add(to * plane);
                let sum = sums.add(window * sum_tap + from * BLOCK * sum_row + to * BLOCK);
                let (x_at, g_at, size) = ([x_row, x_step], [width * BLOCK, plane], [height, width]);
                if yb - to >= S::TILE_BLOCKS {
                    outers::<S, WIDE>(conv.input_depth(), x, x_at, g, g_at, size, sum, sum_row);
                    to += S::TILE_BLOCKS;
                } else {
                    outers::<S, NARROW>(conv.input_depth(), x, x_at, g, g_at, size, sum, sum_row);
                    to += 1;
                }
            }
        }
        let Some((of_input, adds)) = &mut job.of_input else {
            continue;
        };
        std::ptr::write_bytes(spread, 0, xb * padded_len);
        let mut weights = job.weights.as_ptr();
        let mut block = 0;
        while block < xb {
            let is_wide = xb - block >= S::TILE_BLOCKS;
            let blocks = if is_wide { S::TILE_BLOCKS } else { 1 };
            for window in 0..conv.windows() {
                // The offset of the window's first block.
                let to = spread.add(conv.taps[window * xb] + block * padded_len);
                for row in 0..height {
                    let g = g.add(row * width * BLOCK);
                    let to = to.add(row * x_row);
                    let (taps, depth) = (&conv.taps_back[..], conv.output_depth());
                    if is_wide {
                        line::<S, WIDE, BLOCK>(
                            g, BLOCK, taps, depth, weights, to, x_step, padded_len, true, width,
                        );
                    } else {
                        line::<S, NARROW, BLOCK>(
                            g, BLOCK, taps, depth, weights, to, x_step, padded_len, true, width,
                        );
                    }
                }
                weights = weights.add(yb * conv.output_depth() * blocks * BLOCK);
            }
            block += blocks;
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
