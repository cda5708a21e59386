//! A vector of f32 numbers as each kind of processor has it: what a kernel is written in, once for all of them.
//!
//! Every function is inlined into a kernel that is compiled for the processor's features (`kernels::table`); called from
//! anywhere else it would be a slow call, and its features might be missing.

#![allow(
    unsafe_code,
    reason = "an operation is sound only on a processor that has it"
)]
#![allow(
    clippy::inline_always,
    reason = "a kernel must be compiled with its caller's processor features"
)]

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx512;
#[cfg(target_arch = "aarch64")]
pub(super) mod neon;
pub(super) mod portable;

/// Channels that lie side by side in memory: a block.
pub(super) const BLOCK: usize = 16;

/// Operations on vectors of `LANES` numbers.
///
/// # Safety
/// Every function wants the processor's features that the type stands for; those with a pointer want `LANES` numbers there.
pub(super) trait Simd: Copy + 'static {
    /// Numbers in a vector; divides [`BLOCK`].
    const LANES: usize;
    /// Pixels in a row (and rows) that a tile of a convolution may hold in registers, as indices of `Tile` shapes.
    const TILES: &'static [usize];
    /// Blocks of output channels in a tile.
    const TILE_BLOCKS: usize;
    /// The vector.
    type V: Copy;
    /// The same number in each lane.
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
    /// Begins to bring a cache line to the nearest cache; where there is nothing to bring, nothing happens.
    #[inline(always)]
    unsafe fn prefetch(_at: *const f32) {}
    /// The same, to the second cache.
    #[inline(always)]
    unsafe fn prefetch_far(_at: *const f32) {}
    /// The larger of each pair; where `b` is NaN, NaN.
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V;
    /// The larger of each pair; where either is NaN, NaN.
    unsafe fn max_or_nan(a: Self::V, b: Self::V) -> Self::V;
}
