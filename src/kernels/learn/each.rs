//! Batch normalisation, addition and ReLU of training, on maps in blocks of 16 channels without a border.
//!
//! Rounded to f32 within an image, and summed up in f64 over images.

use super::super::simd::{BLOCK, Simd};

/// Number, mean, and squared distances from the mean of some values.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    /// Number of values.
    pub count: f64,
    /// Mean of the values.
    pub mean: f64,
    /// Sum of squared distances from the mean.
    pub squares: f64,
}

impl Moments {
    /// Together with those of other values (Chan et al. 1979).
    pub fn add(&mut self, other: Self) {
        let count = self.count + other.count;
        if other.count == 0.0 {
            return;
        }
        let apart = other.mean - self.mean;
        self.mean += apart * other.count / count;
        self.squares += other.squares + apart * apart * self.count * other.count / count;
        self.count = count;
    }
}

/// Sums of a channel's gradient.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    /// Sum of the gradient.
    pub all: f64,
    /// Sum of its products with the input's distance from the mean.
    pub along: f64,
}

/// `y = (x − mean) · scale + shift + other`, and zero where that is negative.
pub struct Apply<'a> {
    /// Input.
    pub x: &'a [f32],
    /// Output.
    pub y: &'a mut [f32],
    /// Mean, scale and shift of each channel.
    pub scaled: Option<[&'a [f32]; 3]>,
    /// Map that is added before the ReLU.
    pub other: Option<&'a [f32]>,
    /// Whether a ReLU is applied at the end.
    pub relu: bool,
    /// Number of blocks of channels.
    pub blocks: usize,
    /// Number of pixels of a map.
    pub pixels: usize,
}

/// Sums of the gradient, and of its products with the input's distance from the mean, for each channel.
pub struct Summing<'a> {
    /// Gradient with respect to the output; set to zero where a ReLU was.
    pub gradient: &'a mut [f32],
    /// Output of the ReLU at the end, if there is one.
    pub output: Option<&'a [f32]>,
    /// Input.
    pub x: &'a [f32],
    /// Mean of each channel.
    pub mean: &'a [f32],
    /// Number of blocks of channels.
    pub blocks: usize,
    /// Number of pixels of a map.
    pub pixels: usize,
    /// Sums of each channel.
    pub to: &'a mut [Sums],
}

/// `to = scale · gradient + shift + slope · (x − mean)`
pub struct Through<'a> {
    /// Input.
    pub x: &'a [f32],
    /// Gradient with respect to the output.
    pub gradient: &'a [f32],
    /// Gradient with respect to the input.
    pub to: &'a mut [f32],
    /// Mean, scale, shift and slope of each channel.
    pub coefficients: [&'a [f32]; 4],
    /// Number of blocks of channels.
    pub blocks: usize,
    /// Number of pixels of a map.
    pub pixels: usize,
}

/// Values that are summed in f32 before their sum is added to an f64.
const TOGETHER: usize = 1024;

/// Pixels whose mean is a guess of the mean of all.
const NEAR: usize = 16;

/// A vector for each part of a block, which a processor of short vectors needs several of.
const PARTS: usize = 4;

/// Images that are summed in f32 together.
#[inline(always)]
fn together(pixels: usize) -> usize {
    (TOGETHER / pixels.max(1)).max(1)
}

/// Sums of the distances from `pivot`, and of their squares, over the pixels of one block in `count` images.
#[inline(always)]
unsafe fn distances<S: Simd>(
    x: *const f32,
    [count, image, pixels]: [usize; 3],
    lane: usize,
    pivot: S::V,
) -> [S::V; 2] {
    let (mut rests, mut squares) = ([S::splat(0.0); PARTS], [S::splat(0.0); PARTS]);
    for number in 0..count {
        let first = x.add(number * image + lane);
        let mut pixel = 0;
        while pixel < pixels {
            let count = if pixel + PARTS <= pixels { PARTS } else { 1 };
            for part in 0..PARTS {
                if part < count {
                    let own = S::sub(S::load(first.add((pixel + part) * BLOCK)), pivot);
                    rests[part] = S::add(rests[part], own);
                    squares[part] = S::fma(own, own, squares[part]);
                }
            }
            pixel += count;
        }
    }
    [total::<S>(rests), total::<S>(squares)]
}

/// The sum of sums in flight.
#[inline(always)]
unsafe fn total<S: Simd>(sums: [S::V; PARTS]) -> S::V {
    S::add(S::add(sums[0], sums[1]), S::add(sums[2], sums[3]))
}

/// Mean and squared distances from it of each channel.
#[inline(always)]
pub(crate) unsafe fn moments<S: Simd>(x: &[f32], blocks: usize, pixels: usize, to: &mut [Moments]) {
    let image = blocks * pixels * BLOCK;
    let images = x.len() / image;
    for block in 0..blocks {
        let to = &mut to[block * BLOCK..][..BLOCK];
        to.fill(Moments::default());
        let mut first = 0;
        while first < images {
            let count = together(pixels).min(images - first);
            let x = x.as_ptr().add(first * image + block * pixels * BLOCK);
            let values = (count * pixels) as f32;
            let mut pivots = [0.0_f32; BLOCK];
            let (mut rests, mut squares) = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
            let mut lane = 0;
            while lane < BLOCK {
                // Distances from the mean of the first values, which is most often near that of all.
                let near = pixels.min(NEAR);
                let [all, _] = distances::<S>(x, [1, image, near], lane, S::splat(0.0));
                let mut pivot = S::mul(all, S::splat(1.0 / near as f32));
                for is_last in [false, true] {
                    let [rest, square] = distances::<S>(x, [count, image, pixels], lane, pivot);
                    S::store(pivots.as_mut_ptr().add(lane), pivot);
                    S::store(rests.as_mut_ptr().add(lane), rest);
                    S::store(squares.as_mut_ptr().add(lane), square);
                    let own = lane..lane + S::LANES;
                    let mut each = rests[own.clone()].iter().zip(&squares[own]);
                    // Of squares that are mostly the pivot's distance, too little would be left.
                    if is_last || each.all(|(rest, all)| rest * rest <= 0.75 * all * values) {
                        break;
                    }
                    pivot = S::add(pivot, S::mul(rest, S::splat(1.0 / values)));
                }
                lane += S::LANES;
            }
            let count_of_values = f64::from(values);
            for (lane, own) in to.iter_mut().enumerate() {
                let rest = f64::from(rests[lane]) / count_of_values;
                let squares = f64::from(squares[lane]) - rest * rest * count_of_values;
                own.add(Moments {
                    count: count_of_values,
                    mean: f64::from(pivots[lane]) + rest,
                    squares: squares.max(0.0),
                });
            }
            first += count;
        }
    }
}

/// Scales, shifts, adds, and cuts off.
#[inline(always)]
pub(crate) unsafe fn apply<S: Simd>(job: &mut Apply<'_>) {
    let run = job.pixels * BLOCK;
    let zero = S::splat(0.0);
    let (x, y) = (job.x.as_ptr(), job.y.as_mut_ptr());
    let other = job.other.map_or(std::ptr::null(), <[f32]>::as_ptr);
    for (number, first) in (0..job.x.len()).step_by(run).enumerate() {
        let at = number % job.blocks * BLOCK;
        let mut lane = 0;
        while lane < BLOCK {
            let coefficient = |of: Option<&[f32]>, none: f32| match of {
                Some(all) => S::load(all.as_ptr().add(at + lane)),
                None => S::splat(none),
            };
            let [mean, scale, shift] = match job.scaled {
                Some(own) => own.map(|own| coefficient(Some(own), 0.0)),
                None => [zero, S::splat(1.0), zero],
            };
            let mut pixel = first + lane;
            while pixel < first + run {
                let value = S::sub(S::load(x.add(pixel)), mean);
                let mut value = S::fma(value, scale, shift);
                if !other.is_null() {
                    value = S::add(value, S::load(other.add(pixel)));
                }
                if job.relu {
                    value = S::max(zero, value);
                }
                S::store(y.add(pixel), value);
                pixel += BLOCK;
            }
            lane += S::LANES;
        }
    }
}

/// Sets gradients to zero where the output of a ReLU is.
#[inline(always)]
pub(crate) unsafe fn cut<S: Simd>(gradient: &mut [f32], output: &[f32]) {
    for at in (0..output.len()).step_by(S::LANES) {
        let g = S::load(gradient.as_ptr().add(at));
        let kept = S::positive(g, S::load(output.as_ptr().add(at)));
        S::store(gradient.as_mut_ptr().add(at), kept);
    }
}

/// Adds one map to another.
#[inline(always)]
pub(crate) unsafe fn add<S: Simd>(to: &mut [f32], from: &[f32]) {
    for at in (0..from.len()).step_by(S::LANES) {
        let sum = S::add(S::load(to.as_ptr().add(at)), S::load(from.as_ptr().add(at)));
        S::store(to.as_mut_ptr().add(at), sum);
    }
}

/// Sums up a gradient, and takes a ReLU back on the way.
#[inline(always)]
pub(crate) unsafe fn sums<S: Simd>(job: &mut Summing<'_>) {
    if job.output.is_some() {
        sum_up::<S, true>(job);
    } else {
        sum_up::<S, false>(job);
    }
}

#[inline(always)]
unsafe fn sum_up<S: Simd, const RELU: bool>(job: &mut Summing<'_>) {
    let (blocks, pixels) = (job.blocks, job.pixels);
    let image = blocks * pixels * BLOCK;
    let images = job.x.len() / image;
    let output = job.output.map_or(std::ptr::null(), <[f32]>::as_ptr);
    for block in 0..blocks {
        let to = &mut job.to[block * BLOCK..][..BLOCK];
        to.fill(Sums::default());
        let mut first = 0;
        while first < images {
            let count = together(pixels).min(images - first);
            let start = first * image + block * pixels * BLOCK;
            let x = job.x.as_ptr().add(start);
            let g = job.gradient.as_mut_ptr().add(start);
            let output = output.wrapping_add(start);
            let (mut all, mut along) = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
            let mut lane = 0;
            while lane < BLOCK {
                let mean = S::load(job.mean.as_ptr().add(block * BLOCK + lane));
                let (mut sums, mut products) = ([S::splat(0.0); PARTS], [S::splat(0.0); PARTS]);
                for number in 0..count {
                    let start = number * image + lane;
                    let mut pixel = 0;
                    while pixel < pixels {
                        let count = if pixel + PARTS <= pixels { PARTS } else { 1 };
                        for part in 0..PARTS {
                            if part < count {
                                let at = start + (pixel + part) * BLOCK;
                                let mut own = S::load(g.add(at));
                                if RELU {
                                    own = S::positive(own, S::load(output.add(at)));
                                    S::store(g.add(at), own);
                                }
                                sums[part] = S::add(sums[part], own);
                                let distance = S::sub(S::load(x.add(at)), mean);
                                products[part] = S::fma(own, distance, products[part]);
                            }
                        }
                        pixel += count;
                    }
                }
                S::store(all.as_mut_ptr().add(lane), total::<S>(sums));
                S::store(along.as_mut_ptr().add(lane), total::<S>(products));
                lane += S::LANES;
            }
            for (own, (all, along)) in to.iter_mut().zip(all.into_iter().zip(along)) {
                own.all += f64::from(all);
                own.along += f64::from(along);
            }
            first += count;
        }
    }
}

/// The gradient by the input of a normalisation: `scale · g + shift + slope · (x − mean)`.
#[inline(always)]
pub(crate) unsafe fn through<S: Simd>(job: &mut Through<'_>) {
    let run = job.pixels * BLOCK;
    let (x, g, to) = (job.x.as_ptr(), job.gradient.as_ptr(), job.to.as_mut_ptr());
    for (number, first) in (0..job.x.len()).step_by(run).enumerate() {
        let at = number % job.blocks * BLOCK;
        let mut lane = 0;
        while lane < BLOCK {
            let [mean, scale, shift, slope] = job
                .coefficients
                .map(|all| S::load(all.as_ptr().add(at + lane)));
            let mut pixel = first + lane;
            while pixel < first + run {
                let distance = S::sub(S::load(x.add(pixel)), mean);
                let value = S::fma(slope, distance, S::fma(scale, S::load(g.add(pixel)), shift));
                S::store(to.add(pixel), value);
                pixel += BLOCK;
            }
            lane += S::LANES;
        }
    }
}
