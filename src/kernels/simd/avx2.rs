//! AVX2 and FMA: 8 numbers per vector, 16 registers.

#![allow(unsafe_code, reason = "a processor's instructions")]
#![allow(unsafe_op_in_unsafe_fn, reason = "each function is one instruction")]
#![allow(
    clippy::wildcard_imports,
    reason = "instructions have long names of their own"
)]

use std::arch::x86_64::*;

use super::Simd;

type V = __m256;

/// AVX2 and FMA: 8 numbers per vector, 16 registers.
#[derive(Clone, Copy)]
pub struct Avx2;

impl Simd for Avx2 {
    const LANES: usize = 8;
    const TILES: &'static [usize] = &[4, 5, 6, 7];
    const TILE_BLOCKS: usize = 1;
    type V = V;
    operations! {
        splat(x: f32) -> V = _mm256_set1_ps(x);
        load(from: *const f32) -> V = _mm256_loadu_ps(from);
        store(to: *mut f32, v: V) = _mm256_storeu_ps(to, v);
        fma(a: V, b: V, c: V) -> V = _mm256_fmadd_ps(a, b, c);
        add(a: V, b: V) -> V = _mm256_add_ps(a, b);
        sub(a: V, b: V) -> V = _mm256_sub_ps(a, b);
        mul(a: V, b: V) -> V = _mm256_mul_ps(a, b);
        prefetch(at: *const f32) = _mm_prefetch::<_MM_HINT_T0>(at.cast());
        prefetch_far(at: *const f32) = _mm_prefetch::<_MM_HINT_T1>(at.cast());
        max(a: V, b: V) -> V = _mm256_max_ps(a, b);
        max_or_nan(a: V, b: V) -> V = {
            let nan = _mm256_cmp_ps::<_CMP_UNORD_Q>(a, a);
            _mm256_blendv_ps(_mm256_max_ps(a, b), a, nan)
        };
        positive(a: V, b: V) -> V = _mm256_and_ps(a, _mm256_cmp_ps::<_CMP_GT_OQ>(b, _mm256_setzero_ps()));
        upper(v: V) -> V = {
            let upper = _mm256_set1_epi32(0xffff_0000_u32.cast_signed());
            _mm256_and_ps(v, _mm256_castsi256_ps(upper))
        };
        lower(v: V) -> V = _mm256_castsi256_ps(_mm256_slli_epi32::<16>(_mm256_castps_si256(v)));
    }
}
