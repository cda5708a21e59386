//! What training does to each number of a map, on slices that are checked before any kernel trusts them.
//!
//! Maps are in blocks of 16 channels: images × blocks × pixels × 16.

#![allow(
    unsafe_code,
    reason = "kernels of the processor's own instructions, on slices whose lengths are asserted"
)]

use super::super::isa::Isa;
use super::super::kernels::table;
use super::super::simd::BLOCK;

/// Number, mean, and squared distances from the mean of some values.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::engine) struct Moments {
    pub(in crate::engine) count: f64,
    pub(in crate::engine) mean: f64,
    pub(in crate::engine) squares: f64,
}

impl Moments {
    /// Together with those of other values (Chan et al. 1979).
    pub(in crate::engine) fn add(&mut self, other: Self) {
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
pub(in crate::engine) struct Sums {
    /// Sum of the gradient.
    pub(in crate::engine) all: f64,
    /// Sum of its products with the input's distance from the mean.
    pub(in crate::engine) along: f64,
}

/// `y = (x − mean) · scale + shift + other`, and zero where that is negative.
pub(in crate::engine) struct Apply<'a> {
    pub(in crate::engine) x: &'a [f32],
    pub(in crate::engine) y: &'a mut [f32],
    /// Mean, scale and shift of each channel.
    pub(in crate::engine) scaled: Option<[&'a [f32]; 3]>,
    pub(in crate::engine) other: Option<&'a [f32]>,
    pub(in crate::engine) relu: bool,
    pub(in crate::engine) blocks: usize,
    pub(in crate::engine) pixels: usize,
}

/// `to = scale · gradient + shift + slope · (x − mean)`
pub(in crate::engine) struct Through<'a> {
    pub(in crate::engine) x: &'a [f32],
    pub(in crate::engine) gradient: &'a [f32],
    pub(in crate::engine) to: &'a mut [f32],
    /// Mean, scale, shift and slope of each channel.
    pub(in crate::engine) coefficients: [&'a [f32]; 4],
    pub(in crate::engine) blocks: usize,
    pub(in crate::engine) pixels: usize,
}

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
    pub(in crate::engine) fn sums(
        self,
        gradient: &[f32],
        x: &[f32],
        mean: &[f32],
        [blocks, pixels]: [usize; 2],
        to: &mut [Sums],
    ) {
        whole(x.len(), blocks, pixels);
        assert_eq!(gradient.len(), x.len());
        assert!(to.len() == blocks * BLOCK && mean.len() == to.len());
        // SAFETY: as in `moments`.
        unsafe { (table(self.0).learn_sums)(gradient, x, mean, blocks, pixels, to) }
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
