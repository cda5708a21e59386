//! NEON, which every 64-bit Arm processor has: 4 numbers per vector, 32 registers.

#![allow(unsafe_code, reason = "a processor's instructions")]
#![allow(unsafe_op_in_unsafe_fn, reason = "each function is one instruction")]
#![allow(
    clippy::wildcard_imports,
    reason = "instructions have long names of their own"
)]

use std::arch::aarch64::*;

use super::Simd;

/// NEON, which every 64-bit Arm processor has: 4 numbers per vector, 32 registers.
#[derive(Clone, Copy)]
pub(in super::super) struct Neon;

impl Simd for Neon {
    const LANES: usize = 4;
    const TILES: &'static [usize] = &[4, 5, 6, 7];
    const TILE_BLOCKS: usize = 1;
    type V = float32x4_t;
    #[inline(always)]
    unsafe fn splat(x: f32) -> float32x4_t {
        vdupq_n_f32(x)
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> float32x4_t {
        vld1q_f32(from)
    }
    #[inline(always)]
    unsafe fn store(to: *mut f32, v: float32x4_t) {
        vst1q_f32(to, v);
    }
    #[inline(always)]
    unsafe fn fma(a: float32x4_t, b: float32x4_t, c: float32x4_t) -> float32x4_t {
        vfmaq_f32(c, a, b)
    }
    #[inline(always)]
    unsafe fn add(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vaddq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn sub(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vsubq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn mul(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vmulq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn max(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vmaxq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn max_or_nan(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        vmaxq_f32(a, b)
    }
    #[inline(always)]
    unsafe fn positive(a: float32x4_t, b: float32x4_t) -> float32x4_t {
        let positive = vcgtq_f32(b, vdupq_n_f32(0.0));
        vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(a), positive))
    }
}
