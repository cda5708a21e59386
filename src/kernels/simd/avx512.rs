//! AVX-512: 16 numbers per vector, 32 registers.

#![allow(unsafe_code, reason = "a processor's instructions")]
#![allow(unsafe_op_in_unsafe_fn, reason = "each function is one instruction")]
#![allow(
    clippy::wildcard_imports,
    reason = "instructions have long names of their own"
)]

use std::arch::x86_64::*;

use super::Simd;

type V = __m512;

/// AVX-512: 16 numbers per vector, 32 registers.
#[derive(Clone, Copy)]
pub struct Avx512;

impl Simd for Avx512 {
    const LANES: usize = 16;
    const TILES: &'static [usize] = &[0, 1, 2, 3, 5, 6, 7];
    const TILE_BLOCKS: usize = 2;
    type V = V;
    operations! {
        splat(x: f32) -> V = _mm512_set1_ps(x);
        load(from: *const f32) -> V = _mm512_loadu_ps(from);
        store(to: *mut f32, v: V) = _mm512_storeu_ps(to, v);
        fma(a: V, b: V, c: V) -> V = _mm512_fmadd_ps(a, b, c);
        add(a: V, b: V) -> V = _mm512_add_ps(a, b);
        sub(a: V, b: V) -> V = _mm512_sub_ps(a, b);
        mul(a: V, b: V) -> V = _mm512_mul_ps(a, b);
        prefetch(at: *const f32) = _mm_prefetch::<_MM_HINT_T0>(at.cast());
        prefetch_far(at: *const f32) = _mm_prefetch::<_MM_HINT_T1>(at.cast());
        max(a: V, b: V) -> V = _mm512_max_ps(a, b);
        max_or_nan(a: V, b: V) -> V = {
            let nan = _mm512_cmp_ps_mask::<_CMP_UNORD_Q>(a, a);
            _mm512_mask_mov_ps(_mm512_max_ps(a, b), nan, a)
        };
        positive(a: V, b: V) -> V = {
            let positive = _mm512_cmp_ps_mask::<_CMP_GT_OQ>(b, _mm512_setzero_ps());
            _mm512_maskz_mov_ps(positive, a)
        };
        upper(v: V) -> V = {
            let upper = _mm512_set1_epi32(0xffff_0000_u32.cast_signed());
            _mm512_castsi512_ps(_mm512_and_si512(_mm512_castps_si512(v), upper))
        };
        lower(v: V) -> V = _mm512_castsi512_ps(_mm512_slli_epi32::<16>(_mm512_castps_si512(v)));
    }
}
