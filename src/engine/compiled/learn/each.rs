//! Element-wise operations of training, on slices that are checked before any kernel trusts them.
//!
//! Maps are in blocks of 16 channels: images × blocks × pixels × 16.

#![allow(
    unsafe_code,
    reason = "kernels of the processor's own instructions, on slices whose lengths are asserted"
)]

use crate::kernels::isa::Isa;
pub(in crate::engine) use crate::kernels::learn::each::{Apply, Moments, Summing, Sums, Through};
use crate::kernels::simd::BLOCK;
use crate::kernels::table;

/// The functions for one kind of processor.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Each(Isa);

/// Asserts that maps are whole images of so many blocks and pixels.
fn whole(len: usize, blocks: usize, pixels: usize) {
    let image = blocks * pixels * BLOCK;
    assert!(image > 0 && len.is_multiple_of(image), "{len} of {image}");
}

impl Each {
    /// # Panics
    /// The processor lacks the instructions.
    pub(in crate::engine) fn new(isa: Isa) -> Self {
        assert!(isa.is_available(), "{isa} is not on this processor");
        Self(isa)
    }

    /// Moments of each channel.
    pub(in crate::engine) fn moments(
        self,
        x: &[f32],
        blocks: usize,
        pixels: usize,
        to: &mut [Moments],
    ) {
        whole(x.len(), blocks, pixels);
        assert_eq!(to.len(), blocks * BLOCK);
        // SAFETY: the processor has the instructions, as `new` saw, and the lengths were asserted.
        unsafe { (table(self.0).learn_moments)(x, blocks, pixels, to) }
    }

    pub(in crate::engine) fn apply(self, mut job: Apply<'_>) {
        whole(job.x.len(), job.blocks, job.pixels);
        assert_eq!(job.y.len(), job.x.len());
        assert!(job.other.is_none_or(|other| other.len() == job.x.len()));
        let channels = job.blocks * BLOCK;
        assert!(job.scaled.iter().flatten().all(|own| own.len() == channels));
        // SAFETY: as in `moments`.
        unsafe { (table(self.0).learn_apply)(&mut job) }
    }

    /// Sets gradients to zero where the output of a ReLU is.
    pub(in crate::engine) fn cut(self, gradient: &mut [f32], output: &[f32]) {
        assert!(gradient.len() == output.len() && output.len().is_multiple_of(BLOCK));
        // SAFETY: as in `moments`.
        unsafe { (table(self.0).learn_cut)(gradient, output) }
    }

    /// Adds one map to another.
    pub(in crate::engine) fn add(self, to: &mut [f32], from: &[f32]) {
        assert!(to.len() == from.len() && to.len().is_multiple_of(BLOCK));
        // SAFETY: as in `moments`.
        unsafe { (table(self.0).learn_add)(to, from) }
    }

    /// Sums of each channel's gradient.
    pub(in crate::engine) fn sums(self, mut job: Summing<'_>) {
        whole(job.x.len(), job.blocks, job.pixels);
        assert_eq!(job.gradient.len(), job.x.len());
        assert!(job.output.is_none_or(|output| output.len() == job.x.len()));
        assert!(job.to.len() == job.blocks * BLOCK && job.mean.len() == job.to.len());
        // SAFETY: as in `moments`.
        unsafe { (table(self.0).learn_sums)(&mut job) }
    }

    pub(in crate::engine) fn through(self, mut job: Through<'_>) {
        whole(job.x.len(), job.blocks, job.pixels);
        assert!(job.gradient.len() == job.x.len() && job.to.len() == job.x.len());
        let channels = job.blocks * BLOCK;
        assert!(job.coefficients.iter().all(|own| own.len() == channels));
        // SAFETY: as in `moments`.
        unsafe { (table(self.0).learn_through)(&mut job) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCKS: usize = 2;

    /// Moments of a map whose pixel `number` of an image has `value(number)` plus its channel, on one kind of kernels.
    fn moments(
        isa: Isa,
        [images, pixels]: [usize; 2],
        value: impl Fn(usize) -> f32,
    ) -> Vec<Moments> {
        let mut x = Vec::new();
        for _ in 0..images {
            for block in 0..BLOCKS {
                for pixel in 0..pixels {
                    x.extend((0..BLOCK).map(|lane| value(pixel) + (block * BLOCK + lane) as f32));
                }
            }
        }
        let mut to = vec![Moments::default(); BLOCKS * BLOCK];
        Each::new(isa).moments(&x, BLOCKS, pixels, &mut to);
        to
    }

    #[test]
    fn moments_are_those_of_double_precision_wherever_the_mean_lies() {
        let wave = |pixel: usize| (pixel as f32 * 0.7).sin();
        let far_first = |pixel: usize| if pixel < 16 { 3000.0 } else { wave(pixel) };
        let far = |pixel: usize| 3000.0 + wave(pixel);
        let values: [&dyn Fn(usize) -> f32; 3] = [&wave, &far_first, &far];
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            for (number, value) in values.into_iter().enumerate() {
                for size in [[1, 784], [3, 49], [5, 1500]] {
                    for (channel, found) in moments(isa, size, value).into_iter().enumerate() {
                        let each: Vec<f64> = (0..size[1])
                            .map(|pixel| f64::from(value(pixel) + channel as f32))
                            .collect();
                        let mean = each.iter().sum::<f64>() / each.len() as f64;
                        let squares: f64 = each.iter().map(|x| (x - mean).powi(2)).sum();
                        let squares = squares * size[0] as f64;
                        let place = format!("{isa}, values {number}, {size:?}, channel {channel}");
                        assert_eq!(found.count as usize, size[0] * size[1], "{place}");
                        let apart = (found.mean - mean).abs() / (squares / found.count).sqrt();
                        assert!(
                            apart < 1e-6,
                            "{place}: the mean is {apart:e} deviations away"
                        );
                        let apart = (found.squares / squares - 1.0).abs();
                        assert!(apart < 1e-5, "{place}: the squares are {apart:e} away");
                    }
                }
            }
        }
    }

    #[test]
    fn the_mean_of_equal_values_is_that_value() {
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            for own in moments(isa, [2, 49], |_| 0.1) {
                assert!(own.squares.abs() <= 0.0, "{isa}: {}", own.squares);
            }
        }
    }
}
