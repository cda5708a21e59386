//! Normalisations over a single image.

use super::Memory;
use super::checked::{Job, OutOfReach, alike, whole, within};
use super::geometry::Geometry;
use super::simd::{BLOCK, Simd};
use super::team::Part;

/// Formula for a number and the statistics of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// `(x − mean) / √(var + eps) · gamma + beta`
    Group,
    /// `x · sigmoid(third · x) / √(var + eps) · gamma + beta`
    Evo,
    /// `max(x / √(mean of x² + eps) · gamma + beta, third)`
    Response,
}

/// Job of a normalisation.
pub struct ImageNorm<'a> {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
    /// Formula of the statistics.
    pub formula: Formula,
    /// Channels per group.
    pub members: usize,
    /// Number that keeps a division from zero.
    pub eps: f64,
    /// Parameters of each channel of the blocks: gamma, beta, and the formula's third.
    pub each: [&'a [f32]; 3],
    /// Whether a ReLU is applied at the end.
    pub relu: bool,
}

impl Job for ImageNorm<'_> {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a normalisation's input", self.x, &self.x_at)?;
        whole("a normalisation's output", self.y, &self.y_at)?;
        alike("a normalisation's map", &self.x_at, &self.y_at)?;
        let channels = self.y_at.blocks() * BLOCK;
        let [scale, shift, third] = self.each.map(<[f32]>::len);
        within("a normalisation's scale", channels, scale)?;
        within("a normalisation's shift", channels, shift)?;
        if self.formula != Formula::Group {
            within("a normalisation's third", channels, third)?;
        }
        within("a group of a normalisation", 1, self.members)
    }
}

/// Number of blocks in the smallest run that begins and ends with a group.
fn unit(members: usize) -> usize {
    let (mut a, mut b) = (members, BLOCK);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    members / a
}

/// Computes this thread's part: images, and runs of blocks that hold whole groups.
#[inline(always)]
pub(crate) unsafe fn image_norm<S: Simd>(job: &ImageNorm<'_>, part: Part) {
    let blocks = job.y_at.blocks();
    let unit = unit(job.members);
    let units = blocks.div_ceil(unit);
    let count = (job.members * job.y_at.pixels()) as f64;
    for piece in part.of(job.y_at.images * units) {
        let image = piece / units;
        let first = piece % units * unit;
        let blocks = first..blocks.min(first + unit);
        let start = first * BLOCK;
        let mut sums = vec![0.0_f64; blocks.len() * BLOCK];
        let mut means = vec![0.0_f32; sums.len()];
        if job.formula != Formula::Response {
            // Distances from a value of the group: the mean of equal values is that value, to the last digit.
            pivots(job, image, start, &mut means);
            for ((block, sums), pivots) in blocks
                .clone()
                .zip(sums.chunks_exact_mut(BLOCK))
                .zip(means.chunks_exact(BLOCK))
            {
                totals::<S, false>(job, image, block, pivots, sums);
            }
            by_group(job, start, &mut sums);
            for (mean, sum) in means.iter_mut().zip(&sums) {
                *mean = (f64::from(*mean) + sum / count) as f32;
            }
        }
        // In a second pass: the squares of a map far from zero would hide its variation.
        for ((block, sums), means) in blocks
            .clone()
            .zip(sums.chunks_exact_mut(BLOCK))
            .zip(means.chunks_exact(BLOCK))
        {
            totals::<S, true>(job, image, block, means, sums);
        }
        by_group(job, start, &mut sums);
        for (index, block) in blocks.enumerate() {
            let mut scale = [0.0_f32; BLOCK];
            for (lane, scale) in scale.iter_mut().enumerate() {
                // The channels that fill up the last block have no variance, and their zeros must stay zeros.
                if block * BLOCK + lane >= job.y_at.channels {
                    continue;
                }
                let factor = 1.0 / (sums[index * BLOCK + lane] / count + job.eps).sqrt();
                *scale = job.each[0][block * BLOCK + lane] * factor as f32;
            }
            let means = &means[index * BLOCK..][..BLOCK];
            match job.formula {
                Formula::Evo => gated(job, image, block, &scale),
                _ => scaled::<S>(job, image, block, &scale, means),
            }
        }
    }
}

/// Gives each channel the first value of its group's first channel; `start` is the first channel.
unsafe fn pivots(job: &ImageNorm<'_>, image: usize, start: usize, pivots: &mut [f32]) {
    let at = job.x_at;
    let real = pivots.len().min(job.y_at.channels - start);
    for (index, group) in pivots[..real].chunks_mut(job.members).enumerate() {
        let channel = start + index * job.members;
        let block = image * at.image() + channel / BLOCK * at.block();
        let pixel = job.x.run(block + at.at(0, 0), BLOCK).cast_const();
        group.fill(pixel.add(channel % BLOCK).read());
    }
}

/// The sum over a map of each channel of a block: of the distances from `pivots`, or of their squares.
#[inline(always)]
unsafe fn totals<S: Simd, const SQUARES: bool>(
    job: &ImageNorm<'_>,
    image: usize,
    block: usize,
    pivots: &[f32],
    sums: &mut [f64],
) {
    let at = job.x_at;
    sums.fill(0.0);
    for y in 0..at.height {
        let from = job
            .x
            .run(
                image * at.image() + block * at.block() + at.at(y, 0),
                at.width * BLOCK,
            )
            .cast_const();
        let mut lane = 0;
        while lane < BLOCK {
            let pivot = S::load(pivots.as_ptr().add(lane));
            // Four sums: a single one would wait for its own result.
            let mut row = [S::splat(0.0); 4];
            let mut x = 0;
            while x + 4 <= at.width {
                for (turn, sum) in row.iter_mut().enumerate() {
                    *sum = with::<S, SQUARES>(from.add((x + turn) * BLOCK + lane), pivot, *sum);
                }
                x += 4;
            }
            while x < at.width {
                row[0] = with::<S, SQUARES>(from.add(x * BLOCK + lane), pivot, row[0]);
                x += 1;
            }
            let mut lanes = [0.0_f32; BLOCK];
            let halves = [S::add(row[0], row[1]), S::add(row[2], row[3])];
            S::store(lanes.as_mut_ptr(), S::add(halves[0], halves[1]));
            for (sum, value) in sums[lane..].iter_mut().zip(&lanes[..S::LANES]) {
                *sum += f64::from(*value);
            }
            lane += S::LANES;
        }
    }
}

/// A sum with the distance of the value at `from` from the pivot, or with its square.
#[inline(always)]
unsafe fn with<S: Simd, const SQUARES: bool>(from: *const f32, pivot: S::V, sum: S::V) -> S::V {
    let apart = S::sub(S::load(from), pivot);
    if SQUARES {
        S::fma(apart, apart, sum)
    } else {
        S::add(sum, apart)
    }
}

/// Replaces each channel's sum with the sum over its group; `start` is the first channel.
fn by_group(job: &ImageNorm<'_>, start: usize, sums: &mut [f64]) {
    let real = sums.len().min(job.y_at.channels - start);
    for group in sums[..real].chunks_mut(job.members) {
        let sum: f64 = group.iter().sum();
        group.fill(sum);
    }
}

#[inline(always)]
unsafe fn scaled<S: Simd>(
    job: &ImageNorm<'_>,
    image: usize,
    block: usize,
    scale: &[f32; BLOCK],
    means: &[f32],
) {
    let (from_at, to_at) = (job.x_at, job.y_at);
    let mut lane = 0;
    while lane < BLOCK {
        let load = |values: &[f32]| S::load(values.as_ptr().add(lane));
        let channel = block * BLOCK;
        let (scale, mean) = (load(scale), load(means));
        let shift = load(&job.each[1][channel..]);
        let least = if job.relu {
            S::splat(0.0)
        } else if job.formula == Formula::Response {
            load(&job.each[2][channel..])
        } else {
            S::splat(f32::NEG_INFINITY)
        };
        for y in 0..to_at.height {
            let from = job
                .x
                .at(image * from_at.image() + block * from_at.block() + from_at.at(y, 0) + lane)
                .cast_const();
            let to = job
                .y
                .at(image * to_at.image() + block * to_at.block() + to_at.at(y, 0) + lane);
            for x in 0..to_at.width {
                let apart = S::sub(S::load(from.add(x * BLOCK)), mean);
                S::store(
                    to.add(x * BLOCK),
                    S::max_or_nan(least, S::fma(apart, scale, shift)),
                );
            }
        }
        lane += S::LANES;
    }
}

#[inline(always)]
unsafe fn gated(job: &ImageNorm<'_>, image: usize, block: usize, scale: &[f32; BLOCK]) {
    let (from_at, to_at) = (job.x_at, job.y_at);
    let channel = block * BLOCK;
    let load = |values: &[f32]| values[channel..].as_ptr().cast::<[f32; BLOCK]>().read();
    let (shift, slope, scale) = (load(job.each[1]), load(job.each[2]), *scale);
    for y in 0..to_at.height {
        let from = job
            .x
            .run(
                image * from_at.image() + block * from_at.block() + from_at.at(y, 0),
                from_at.width * BLOCK,
            )
            .cast_const();
        let to = job.y.run(
            image * to_at.image() + block * to_at.block() + to_at.at(y, 0),
            to_at.width * BLOCK,
        );
        for x in 0..to_at.width {
            // Arrays, which the compiler turns into this processor's vectors.
            let values = from.add(x * BLOCK).cast::<[f32; BLOCK]>().read();
            let mut out = [0.0_f32; BLOCK];
            for lane in 0..BLOCK {
                let value = values[lane];
                let gate = 1.0 / (1.0 + exp(-value * slope[lane]));
                out[lane] = value * gate * scale[lane] + shift[lane];
            }
            to.add(x * BLOCK).cast::<[f32; BLOCK]>().write(out);
        }
    }
}

/// `e^x` with a relative error of at most 2e-7, without a branch or a call: 2 to the nearest integer, times a polynomial for
/// the rest.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Adding 1.5 · 2²³ leaves the nearest integer in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    // ln 2 in two parts; the first times any exponent that occurs is exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let x = x.clamp(-87.0, 88.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let power = rounded - ROUND;
    let rest = (x - power * LN_2[0]) - power * LN_2[1];
    // Taylor's series; |rest| is below 0.35.
    let terms = [
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ];
    let mut sum = 1.0 / 5040.0;
    for term in terms {
        sum = sum * rest + term;
    }
    let exponent = rounded
        .to_bits()
        .wrapping_sub(ROUND.to_bits())
        .wrapping_add(127);
    sum * f32::from_bits(exponent << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_exp() {
        for i in -8700..8800 {
            let x = i as f32 / 100.0;
            let right = f64::from(x).exp();
            let apart = (f64::from(exp(x)) - right).abs() / right;
            assert!(apart < 3e-7, "e^{x} is {apart:e} away");
        }
        assert!(exp(-1e9) < 1e-37);
        assert!(exp(1e9).is_finite());
    }

    #[test]
    fn a_unit_has_whole_groups() {
        assert_eq!([1, 2, 16, 24, 64].map(unit), [1, 1, 1, 3, 4]);
    }
}
