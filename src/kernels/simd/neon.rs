//! NEON, which every 64-bit Arm processor has: 4 numbers per vector, 32 registers.

#![allow(unsafe_code, reason = "a processor's instructions")]
#![allow(unsafe_op_in_unsafe_fn, reason = "each function is one instruction")]
#![allow(
    clippy::wildcard_imports,
    reason = "instructions have long names of their own"
)]

use std::arch::aarch64::*;

use super::Simd;

type V = float32x4_t;

/// NEON, which every 64-bit Arm processor has: 4 numbers per vector, 32 registers.
#[derive(Clone, Copy)]
pub struct Neon;

impl Simd for Neon {
    const LANES: usize = 4;
    const TILES: &'static [usize] = &[4, 5, 6, 7];
    const TILE_BLOCKS: usize = 1;
    type V = V;
    operations! {
        splat(x: f32) -> V = vdupq_n_f32(x);
        load(from: *const f32) -> V = vld1q_f32(from);
        store(to: *mut f32, v: V) = vst1q_f32(to, v);
        fma(a: V, b: V, c: V) -> V = vfmaq_f32(c, a, b);
        add(a: V, b: V) -> V = vaddq_f32(a, b);
        sub(a: V, b: V) -> V = vsubq_f32(a, b);
        mul(a: V, b: V) -> V = vmulq_f32(a, b);
        max(a: V, b: V) -> V = vmaxq_f32(a, b);
        max_or_nan(a: V, b: V) -> V = vmaxq_f32(a, b);
        positive(a: V, b: V) -> V = {
            let positive = vcgtq_f32(b, vdupq_n_f32(0.0));
            vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(a), positive))
        };
        upper(v: V) -> V = {
            let upper = vdupq_n_u32(0xffff_0000);
            vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(v), upper))
        };
        lower(v: V) -> V = vreinterpretq_f32_u32(vshlq_n_u32::<16>(vreinterpretq_u32_f32(v)));
    }
}
