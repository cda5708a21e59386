//! Vectors of f32 numbers of each kind of processor, on which the kernels are written once for all of them.
//!
//! Every function is inlined into a kernel that is compiled for the processor's features (`kernels::table`); called from
//! anywhere else, it would be slow, and its features might be missing.

#![allow(
    unsafe_code,
    reason = "an operation is sound only on a processor that has it"
)]
#![allow(
    clippy::inline_always,
    reason = "a kernel must be compiled with its caller's processor features"
)]

/// Operations of a [`Simd`], each as `name(arguments) -> V = expression;`.
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) $(-> $out:ty)? = $body:expr;)*) => {
        $($(#[$doc])* #[inline(always)] unsafe fn $name($($argument: $type),*) $(-> $out)? { $body })*
    };
}

pub(crate) use operations;

#[cfg(target_arch = "x86_64")]
pub mod avx2;
#[cfg(target_arch = "x86_64")]
pub mod avx512;
#[cfg(target_arch = "aarch64")]
pub mod neon;
pub mod portable;

/// Channels that lie side by side in memory: a block.
pub const BLOCK: usize = 16;

/// Operations on vectors of `LANES` numbers.
///
/// # Safety
/// Every function needs the processor features that the type represents; those with a pointer need `LANES` numbers there.
pub trait Simd: Copy + 'static {
    /// Numbers per vector; divides [`BLOCK`].
    const LANES: usize;
    /// Tile shapes of a convolution that fit into the registers, as indices into the tile module's `SHAPES`.
    const TILES: &'static [usize];
    /// Blocks of output channels per tile.
    const TILE_BLOCKS: usize;
    /// Type of a vector.
    type V: Copy;
    /// Vector with the same number in each lane.
    unsafe fn splat(x: f32) -> Self::V;
    /// Reads `LANES` numbers.
    unsafe fn load(from: *const f32) -> Self::V;
    /// Writes `LANES` numbers.
    unsafe fn store(to: *mut f32, v: Self::V);
    /// `a · b + c`
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `a + b`
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V;
    /// `a − b`
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V;
    /// `a · b`
    unsafe fn mul(a: Self::V, b: Self::V) -> Self::V;
    /// Begins to load a cache line into the nearest cache; an invalid address is ignored.
    #[inline(always)]
    unsafe fn prefetch(_at: *const f32) {}
    /// Begins to load a cache line into the second-level cache.
    #[inline(always)]
    unsafe fn prefetch_far(_at: *const f32) {}
    /// Larger of each pair; NaN if `b` is NaN.
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V;
    /// Larger of each pair; NaN if either is NaN.
    unsafe fn max_or_nan(a: Self::V, b: Self::V) -> Self::V;
    /// `a` where `b` is positive, and 0 elsewhere.
    unsafe fn positive(a: Self::V, b: Self::V) -> Self::V;
    /// The bf16 numbers in the upper halves.
    unsafe fn upper(v: Self::V) -> Self::V;
    /// The bf16 numbers in the lower halves.
    unsafe fn lower(v: Self::V) -> Self::V;
}
