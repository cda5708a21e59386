//! Kernels on raw memory, written once on generic vectors and compiled for each kind of processor.
//!
//! They know nothing of networks: a job says where its numbers lie and how to compute. A kernel takes a job only after
//! [`Checked`] has compared everything it reads and writes with the lengths of its maps, in release builds too. Each kernel
//! is `unsafe` because it trusts the pointers of its job, and because it may only run on a processor that has its features;
//! the plan guarantees both, and `tests/compiled.rs` compares every kernel with the plain ones.

#![allow(
    unsafe_code,
    reason = "raw memory is shared by threads that write different parts of it"
)]
#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "nearly every line reads or writes through a pointer"
)]
#![allow(
    clippy::inline_always,
    reason = "a kernel must be compiled with its caller's processor features"
)]
#![allow(
    clippy::needless_range_loop,
    reason = "an index stands for places in several arrays and in memory"
)]
#![allow(clippy::missing_safety_doc, reason = "said once above")]
#![allow(
    clippy::too_many_arguments,
    reason = "registers, not a bundle in memory"
)]

pub mod bf16;
pub mod checked;
pub mod direct;
pub mod dot;
pub mod geometry;
pub mod isa;
pub mod learn;
pub mod measure;
pub mod norm;
pub mod order;
pub mod pack;
pub mod pointwise;
pub mod pool;
pub mod sides;
pub mod simd;
pub mod team;
pub mod tile;
pub mod winograd;

use bf16::{Halves, Narrow};
use checked::{Checked, OutOfReach};
use direct::Direct;
use dot::Dot;
use isa::Isa;
use learn::each::{Apply, Moments, Summing, Through};
use norm::ImageNorm;
use pointwise::{Affine, Combine, RadixSum, WeightedSum};
use pool::{Blur, MeanAll, Pool};
use simd::BLOCK;
use simd::portable::Portable;
use team::{Barrier, Part};
use winograd::Winograd;

/// A map in memory, as a start address that threads may share.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    start: *mut f32,
    /// Length in numbers, against which every job is checked.
    len: usize,
}

// SAFETY: threads that share a map write different numbers of it, or wait at a barrier between writing and reading.
unsafe impl Send for Memory {}
// SAFETY: as above.
unsafe impl Sync for Memory {}

impl Memory {
    /// No map.
    pub const NONE: Self = Self {
        start: std::ptr::null_mut(),
        len: 0,
    };

    /// Map of `len` numbers from `start`.
    pub fn new(start: *mut f32, len: usize) -> Self {
        Self { start, len }
    }

    /// Part of the map: `len` numbers from `place` on.
    ///
    /// # Errors
    /// The map has fewer.
    pub fn part(self, place: usize, len: usize) -> Result<Self, OutOfReach> {
        checked::within("a value's place", place.saturating_add(len), self.len)?;
        Ok(Self::new(self.start.wrapping_add(place), len))
    }

    /// Length in numbers.
    #[allow(clippy::len_without_is_empty, reason = "`is_none` is what callers ask")]
    pub fn len(self) -> usize {
        self.len
    }

    /// Whether there is no map.
    #[inline(always)]
    pub fn is_none(self) -> bool {
        self.start.is_null()
    }

    /// Pointer to one number of the map.
    #[inline(always)]
    pub unsafe fn at(self, offset: usize) -> *mut f32 {
        debug_assert!(offset < self.len, "{offset} of {}", self.len);
        self.start.add(offset)
    }

    /// Pointer to `len` consecutive numbers, all of which must lie in the map.
    #[inline(always)]
    pub unsafe fn run(self, offset: usize, len: usize) -> *mut f32 {
        debug_assert!(offset + len <= self.len, "{offset} + {len} of {}", self.len);
        self.start.add(offset)
    }
}

/// Kernels of a channel by their weights, one side of the transform, and where places are written, with their distance and width.
type Transform = unsafe fn(&[[f32; 2 * BLOCK]; 9], &[[f32; 3]], &mut [f32], [usize; 2]);

/// The kernels for one kind of processor.
pub struct Kernels {
    /// Convolution by the direct method.
    pub direct: unsafe fn(&Checked<Direct<'_>>, Part),
    /// Convolution on pairs of bf16 numbers, by their halves.
    pub pairs: unsafe fn(&Checked<Direct<'_>>, Part),
    /// Rounding of a map to bf16 numbers.
    pub narrow: unsafe fn(&Checked<Narrow>, Part),
    /// Convolution by Winograd's method.
    pub winograd: unsafe fn(&Checked<Winograd<'_>>, Part, &Barrier),
    /// Linear layer.
    pub dot: unsafe fn(&Checked<Dot<'_>>, Part),
    /// Largest number of each window.
    pub max_pool: unsafe fn(&Checked<Pool>, Part),
    /// Mean of each window.
    pub mean_pool: unsafe fn(&Checked<Pool>, Part),
    /// Mean of each map.
    pub mean_all: unsafe fn(&Checked<MeanAll>, Part),
    /// Blur of an anti-aliased pool.
    pub blur: unsafe fn(&Checked<Blur<'_>>, Part),
    /// Scale and shift by channel.
    pub affine: unsafe fn(&Checked<Affine<'_>>, Part),
    /// Addition of a shortcut, and gates.
    pub combine: unsafe fn(&Checked<Combine>, Part),
    /// Normalisation over one image.
    pub image_norm: unsafe fn(&Checked<ImageNorm<'_>>, Part),
    /// Sum of the groups of a split attention.
    pub radix_sum: unsafe fn(&Checked<RadixSum>, Part),
    /// Weighted sum of those groups.
    pub weighted_sum: unsafe fn(&Checked<WeightedSum>, Part),
    /// Convolution of training, forward.
    pub learn_forward: unsafe fn(&mut learn::plan::Forward<'_>),
    /// Convolution of training, back.
    pub learn_back: unsafe fn(&mut learn::plan::Back<'_>),
    /// Mean and squares of a map by channel.
    pub learn_moments: unsafe fn(&[f32], usize, usize, &mut [Moments]),
    /// Normalisation of training, forward.
    pub learn_apply: unsafe fn(&mut Apply<'_>),
    /// Gradient of a ReLU.
    pub learn_cut: unsafe fn(&mut [f32], &[f32]),
    /// Sum of two gradients.
    pub learn_add: unsafe fn(&mut [f32], &[f32]),
    /// Sums that the gradient of a normalisation needs.
    pub learn_sums: unsafe fn(&mut Summing<'_>),
    /// Normalisation of training, back.
    pub learn_through: unsafe fn(&mut Through<'_>),
    /// Reads numbers and nothing else, and returns their sum.
    pub read: unsafe fn(&[f32]) -> f32,
    /// Transform of a channel's kernels for Winograd's method.
    pub transform: Transform,
    /// Runs a loop of multiply-adds and nothing else, and returns its FLOPs: the processor's peak.
    pub peak: unsafe fn(u64) -> (u64, f32),
}

/// Table of the kernels for one kind of processor, each compiled with its features.
macro_rules! table {
    ($name:ident, $simd:ty, $wide:literal, $narrow:literal, $($feature:literal)?) => {
        static $name: Kernels = {
            $(#[target_feature(enable = $feature)])?
            unsafe fn direct(job: &Checked<Direct<'_>>, part: Part) {
                direct::direct::<$simd, $wide, $narrow>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn pairs(job: &Checked<Direct<'_>>, part: Part) {
                bf16::direct::<Halves<$simd>, $wide, $narrow>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn narrow(job: &Checked<Narrow>, part: Part) {
                bf16::narrow(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn winograd(job: &Checked<Winograd<'_>>, part: Part, barrier: &Barrier) {
                winograd::winograd::<$simd, $wide, $narrow>(job.on(part.of), part, barrier);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn dot(job: &Checked<Dot<'_>>, part: Part) {
                dot::dot::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn max_pool(job: &Checked<Pool>, part: Part) {
                pool::max_pool::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn mean_pool(job: &Checked<Pool>, part: Part) {
                pool::mean_pool::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn mean_all(job: &Checked<MeanAll>, part: Part) {
                pool::mean_all::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn blur(job: &Checked<Blur<'_>>, part: Part) {
                pool::blur::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn affine(job: &Checked<Affine<'_>>, part: Part) {
                pointwise::affine::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn combine(job: &Checked<Combine>, part: Part) {
                pointwise::combine::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn image_norm(job: &Checked<ImageNorm<'_>>, part: Part) {
                norm::image_norm::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn radix_sum(job: &Checked<RadixSum>, part: Part) {
                pointwise::radix_sum::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn weighted_sum(job: &Checked<WeightedSum>, part: Part) {
                pointwise::weighted_sum::<$simd>(job.on(part.of), part);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_forward(job: &mut learn::plan::Forward<'_>) {
                learn::forward::<$simd, $wide, $narrow>(job);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_back(job: &mut learn::plan::Back<'_>) {
                learn::back::<$simd, $wide, $narrow>(job);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_moments(x: &[f32], blocks: usize, pixels: usize, to: &mut [Moments]) {
                learn::each::moments::<$simd>(x, blocks, pixels, to);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_apply(job: &mut Apply<'_>) {
                learn::each::apply::<$simd>(job);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_cut(gradient: &mut [f32], output: &[f32]) {
                learn::each::cut::<$simd>(gradient, output);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_add(to: &mut [f32], from: &[f32]) {
                learn::each::add::<$simd>(to, from);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_sums(job: &mut Summing<'_>) {
                learn::each::sums::<$simd>(job);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn learn_through(job: &mut Through<'_>) {
                learn::each::through::<$simd>(job);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn read(numbers: &[f32]) -> f32 {
                measure::read::<$simd>(numbers)
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn transform(
                kernels: &[[f32; 2 * BLOCK]; 9],
                sides: &[[f32; 3]],
                out: &mut [f32],
                places: [usize; 2],
            ) {
                pack::transform::<$simd>(kernels, sides, out, places);
            }
            $(#[target_feature(enable = $feature)])?
            unsafe fn peak(rounds: u64) -> (u64, f32) {
                dot::peak::<$simd>(rounds)
            }
            Kernels {
                direct,
                pairs,
                narrow,
                winograd,
                dot,
                max_pool,
                mean_pool,
                mean_all,
                blur,
                affine,
                combine,
                image_norm,
                radix_sum,
                weighted_sum,
                learn_forward,
                learn_back,
                learn_moments,
                learn_apply,
                learn_cut,
                learn_add,
                learn_sums,
                learn_through,
                read,
                transform,
                peak,
            }
        };
    };
}

#[cfg(target_arch = "x86_64")]
table!(AVX512, simd::avx512::Avx512, 2, 1, "avx512f");
#[cfg(target_arch = "x86_64")]
table!(AVX2, simd::avx2::Avx2, 2, 2, "avx2,fma");
#[cfg(target_arch = "aarch64")]
table!(NEON, simd::neon::Neon, 4, 4, "neon");
table!(PORTABLE, Portable, 2, 2,);

/// Runs a loop of nothing but multiply-adds, and returns its FLOPs and its result; `None` if this processor lacks the
/// instructions.
pub fn multiply_adds(isa: Isa, rounds: u64) -> Option<(u64, f32)> {
    // SAFETY: the processor has the instructions.
    isa.is_available()
        .then(|| unsafe { (table(isa).peak)(rounds) })
}

/// Kernels for `isa`, which this processor must have.
pub fn table(isa: Isa) -> &'static Kernels {
    match isa {
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512 => &AVX512,
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => &AVX2,
        #[cfg(target_arch = "aarch64")]
        Isa::Neon => &NEON,
        _ => &PORTABLE,
    }
}
