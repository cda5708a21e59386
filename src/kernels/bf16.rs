//! Sums of products of bf16 numbers, added up in f32.
//!
//! A map in bf16 has two channels that lie side by side, the first in the lower half, in the place of one f32 number: a pair.
//! Packed weights have the same two channels of an output channel. With pairs for numbers, a convolution is the direct one,
//! whose multiply-add becomes two: of the upper halves, then of the lower ones. A product of two bf16 numbers is exact in
//! f32, so only the sums round.

use super::checked::{Checked, Job, OutOfReach, same, within};
use super::direct::{Direct, Filters, tiles};
use super::isa::Isa;
use super::simd::{BLOCK, Simd, operations};
use super::team::Part;
use super::{Memory, table};

/// Pairs of a block of channels.
pub const PAIRS: usize = BLOCK / 2;

/// Way to multiply pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Products {
    /// The processor's instruction for them, which takes no longer than a multiply-add of f32 numbers.
    Instruction,
    /// Two f32 multiply-adds, of the halves: the same numbers on every processor but for the order of the sums, and slow.
    Halves,
}

impl Products {
    /// The fastest way that the kernels of `isa` have on this processor.
    pub fn best(isa: Isa) -> Self {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 if is_x86_feature_detected!("avx512bf16") => Self::Instruction,
            _ => Self::Halves,
        }
    }

    /// Name of the way, for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instruction => "instruction",
            Self::Halves => "halves",
        }
    }

    /// The kernel of a convolution on pairs; this processor must have its instructions.
    pub fn kernel(self, isa: Isa) -> unsafe fn(&Checked<Direct<'_>>, Part) {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Instruction if Self::best(isa) == self => instruction::direct,
            _ => table(isa).pairs,
        }
    }
}

/// Bits of the nearest bf16 number; of two that are equally near, the even one.
#[inline(always)]
fn bits(x: f32) -> u32 {
    let bits = x.to_bits();
    let nearest = bits.wrapping_add(0x7fff + (bits >> 16 & 1)) >> 16;
    // Rounding could turn a NaN into an infinity.
    if x.is_nan() {
        bits >> 16 | 0x40
    } else {
        nearest
    }
}

/// The nearest bf16 number.
#[inline(always)]
pub fn rounded(x: f32) -> f32 {
    f32::from_bits(bits(x) << 16)
}

/// A pair in the place of one number.
#[inline(always)]
fn pair(lower: f32, upper: f32) -> f32 {
    f32::from_bits(bits(upper) << 16 | bits(lower))
}

/// Packs a convolution's weights as pairs: those of two neighbouring channels of a tap, for each output channel of a filter.
///
/// `whole` holds them as numbers, as `pack::direct` writes them; `filters` say where the pairs lie.
pub fn pack(filters: &[Filters], tile_blocks: usize, whole: &[f32], packed: &mut [f32]) {
    for (index, own) in filters.iter().enumerate() {
        let next = filters.get(index + 1);
        let end = next.map_or(packed.len(), |next| next.weights);
        let width = if own.wide { tile_blocks } else { 1 } * BLOCK;
        let from = whole[2 * own.weights..2 * end].chunks_exact(2 * width);
        let to = packed[own.weights..end].chunks_exact_mut(width);
        for (to, from) in to.zip(from) {
            let (lower, upper) = from.split_at(width);
            for (to, (lower, upper)) in to.iter_mut().zip(lower.iter().zip(upper)) {
                *to = pair(*lower, *upper);
            }
        }
    }
}

/// Job that rounds a map.
#[derive(Debug, Clone, Copy)]
pub struct Narrow {
    /// Map.
    pub x: Memory,
    /// Rounded map.
    pub y: Memory,
    /// Length of the map, in numbers.
    pub len: usize,
    /// Whether two numbers become a pair; else each stays a number.
    pub pairs: bool,
}

impl Job for Narrow {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        let size = if self.pairs { 2 } else { 1 };
        same("the odd numbers of a map of pairs", 0, self.len % size)?;
        within("a map to round", self.len, self.x.len())?;
        within("a rounded map", self.len / size, self.y.len())
    }
}

/// Numbers that a thread rounds together.
const PIECE: usize = 1024;

/// Rounds this thread's part.
#[inline(always)]
pub(crate) unsafe fn narrow(job: &Narrow, part: Part) {
    for piece in part.of(job.len.div_ceil(PIECE)) {
        let start = piece * PIECE;
        let len = PIECE.min(job.len - start);
        let x = std::slice::from_raw_parts(job.x.run(start, len).cast_const(), len);
        if job.pairs {
            let y = std::slice::from_raw_parts_mut(job.y.run(start / 2, len / 2), len / 2);
            for (y, x) in y.iter_mut().zip(x.chunks_exact(2)) {
                *y = pair(x[0], x[1]);
            }
        } else {
            let y = std::slice::from_raw_parts_mut(job.y.run(start, len), len);
            for (y, x) in y.iter_mut().zip(x) {
                *y = rounded(*x);
            }
        }
    }
}

/// Computes this thread's part of a convolution on pairs.
#[inline(always)]
pub(crate) unsafe fn direct<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &Direct<'_>,
    part: Part,
) {
    // A step that is known at compile time needs no register.
    match job.steps.x_pixel {
        8 => tiles::<S, WIDE, NARROW, PAIRS, 8>(job, part),
        16 => tiles::<S, WIDE, NARROW, PAIRS, 16>(job, part),
        _ => tiles::<S, WIDE, NARROW, PAIRS, 0>(job, part),
    }
}

/// Vectors whose multiply-add is one of pairs, by two of their halves.
#[derive(Clone, Copy)]
pub(crate) struct Halves<S>(std::marker::PhantomData<S>);

/// The vectors of another type, with another multiply-add.
macro_rules! as_in {
    ($simd:ty) => {
        const LANES: usize = <$simd>::LANES;
        const TILES: &'static [usize] = <$simd>::TILES;
        const TILE_BLOCKS: usize = <$simd>::TILE_BLOCKS;
        type V = <$simd as Simd>::V;
        operations! {
            splat(x: f32) -> Self::V = <$simd>::splat(x);
            load(from: *const f32) -> Self::V = <$simd>::load(from);
            store(to: *mut f32, v: Self::V) = <$simd>::store(to, v);
            add(a: Self::V, b: Self::V) -> Self::V = <$simd>::add(a, b);
            sub(a: Self::V, b: Self::V) -> Self::V = <$simd>::sub(a, b);
            mul(a: Self::V, b: Self::V) -> Self::V = <$simd>::mul(a, b);
            prefetch(at: *const f32) = <$simd>::prefetch(at);
            prefetch_far(at: *const f32) = <$simd>::prefetch_far(at);
            max(a: Self::V, b: Self::V) -> Self::V = <$simd>::max(a, b);
            max_or_nan(a: Self::V, b: Self::V) -> Self::V = <$simd>::max_or_nan(a, b);
            positive(a: Self::V, b: Self::V) -> Self::V = <$simd>::positive(a, b);
            upper(v: Self::V) -> Self::V = <$simd>::upper(v);
            lower(v: Self::V) -> Self::V = <$simd>::lower(v);
        }
    };
}

impl<S: Simd> Simd for Halves<S> {
    as_in!(S);
    #[inline(always)]
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V {
        let sum = S::fma(S::upper(a), S::upper(b), c);
        S::fma(S::lower(a), S::lower(b), sum)
    }
}

/// Products by AVX-512-BF16.
#[cfg(target_arch = "x86_64")]
mod instruction {
    use std::arch::x86_64::{__m512, __m512bh, _mm512_dpbf16_ps};

    use super::super::simd::avx512::Avx512;
    use super::{Checked, Direct, Part, Simd, operations};

    /// Vectors of AVX-512 whose multiply-add is the instruction's.
    #[derive(Clone, Copy)]
    struct Pairs;

    impl Simd for Pairs {
        as_in!(Avx512);
        #[inline(always)]
        unsafe fn fma(a: __m512, b: __m512, c: __m512) -> __m512 {
            // A pair has the bits of one f32 number: nothing is computed with it as such.
            let [a, b] = [a, b].map(|v| std::mem::transmute::<__m512, __m512bh>(v));
            _mm512_dpbf16_ps(c, a, b)
        }
    }

    #[target_feature(enable = "avx512f,avx512bf16")]
    pub(super) unsafe fn direct(job: &Checked<Direct<'_>>, part: Part) {
        super::direct::<Pairs, 2, 1>(job.on(part.of), part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_becomes_the_nearest_and_a_tie_the_even_one() {
        let one = f32::from_bits(0x3f80_0000);
        let next = f32::from_bits(0x3f81_0000);
        for (x, expected) in [
            (1.0, one),
            (f32::from_bits(0x3f80_7fff), one),
            (f32::from_bits(0x3f80_8000), one),
            (f32::from_bits(0x3f80_8001), next),
            (f32::from_bits(0x3f81_8000), f32::from_bits(0x3f82_0000)),
            (f32::MAX, f32::INFINITY),
            (f32::NEG_INFINITY, f32::NEG_INFINITY),
            (-0.0, -0.0),
        ] {
            assert_eq!(rounded(x).to_bits(), expected.to_bits(), "{x}");
        }
        assert!(rounded(f32::NAN).is_nan());
        assert!(rounded(f32::from_bits(0x7f80_0001)).is_nan());
    }

    #[test]
    fn a_rounded_map_that_is_too_short_is_refused() {
        let job = |len: usize, there: usize, pairs: bool| Narrow {
            x: Memory::new(std::ptr::null_mut(), len),
            y: Memory::new(std::ptr::null_mut(), there),
            len,
            pairs,
        };
        assert!(Checked::new(job(32, 16, true), 1, 1).is_ok());
        assert!(Checked::new(job(32, 15, true), 1, 1).is_err());
        assert!(Checked::new(job(31, 16, true), 1, 1).is_err());
        assert!(Checked::new(job(32, 31, false), 1, 1).is_err());
    }
}
