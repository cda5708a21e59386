//! AVX2 and FMA: 8 numbers per vector, 16 registers.

#![allow(unsafe_code, reason = "a processor's instructions")]
#![allow(unsafe_op_in_unsafe_fn, reason = "each function is one instruction")]
#![allow(
    clippy::wildcard_imports,
    reason = "instructions have long names of their own"
)]

use std::arch::x86_64::*;

use super::Simd;

/// AVX2 and FMA: 8 numbers per vector, 16 registers.
#[derive(Clone, Copy)]
pub(in super::super) struct Avx2;

impl Simd for Avx2 {
    const LANES: usize = 8;
    const TILES: &'static [usize] = &[4, 5, 6, 7];
    const TILE_BLOCKS: usize = 1;
    type V = __m256;
    #[inline(always)]
    unsafe fn splat(x: f32) -> __m256 {
        _mm256_set1_ps(x)
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m256 {
        _mm256_loadu_ps(from)
    }
    #[inline(always)]
    unsafe fn store(to: *mut f32, v: __m256) {
        _mm256_storeu_ps(to, v);
    }
    #[inline(always)]
    unsafe fn fma(a: __m256, b: __m256, c: __m256) -> __m256 {
        _mm256_fmadd_ps(a, b, c)
    }
    #[inline(always)]
    unsafe fn add(a: __m256, b: __m256) -> __m256 {
        _mm256_add_ps(a, b)
    }
    #[inline(always)]
    unsafe fn sub(a: __m256, b: __m256) -> __m256 {
        _mm256_sub_ps(a, b)
    }
    #[inline(always)]
    unsafe fn mul(a: __m256, b: __m256) -> __m256 {
        _mm256_mul_ps(a, b)
    }
    #[inline(always)]
    unsafe fn prefetch(at: *const f32) {
        _mm_prefetch::<_MM_HINT_T0>(at.cast());
    }
    #[inline(always)]
    unsafe fn prefetch_far(at: *const f32) {
        _mm_prefetch::<_MM_HINT_T1>(at.cast());
    }
    #[inline(always)]
    unsafe fn max(a: __m256, b: __m256) -> __m256 {
        _mm256_max_ps(a, b)
    }
    #[inline(always)]
    unsafe fn max_or_nan(a: __m256, b: __m256) -> __m256 {
        let nan = _mm256_cmp_ps::<_CMP_UNORD_Q>(a, a);
        _mm256_blendv_ps(_mm256_max_ps(a, b), a, nan)
    }
    #[inline(always)]
    unsafe fn positive(a: __m256, b: __m256) -> __m256 {
        _mm256_and_ps(a, _mm256_cmp_ps::<_CMP_GT_OQ>(b, _mm256_setzero_ps()))
    }
}
