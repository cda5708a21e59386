//! Arrays that the compiler turns into the processor's vectors: runs on every processor.

#![allow(unsafe_code, reason = "the trait's pointers")]
#![allow(unsafe_op_in_unsafe_fn, reason = "each function is one operation")]

use super::Simd;

/// Arrays that the compiler turns into the processor's vectors: runs on every processor.
#[derive(Clone, Copy)]
pub struct Portable;

type V = [f32; 8];

#[inline(always)]
fn zip(a: V, b: V, f: impl Fn(f32, f32) -> f32) -> V {
    let mut out = [0.0; 8];
    for lane in 0..8 {
        out[lane] = f(a[lane], b[lane]);
    }
    out
}

impl Simd for Portable {
    const LANES: usize = 8;
    const TILES: &'static [usize] = &[6, 7];
    const TILE_BLOCKS: usize = 1;
    type V = V;
    operations! {
        splat(x: f32) -> V = [x; 8];
        load(from: *const f32) -> V = from.cast::<V>().read_unaligned();
        store(to: *mut f32, v: V) = to.cast::<V>().write_unaligned(v);
        /// Two roundings: without the instruction, a fused one would be a call per number.
        fma(a: V, b: V, c: V) -> V = zip(zip(a, b, |a, b| a * b), c, |ab, c| ab + c);
        add(a: V, b: V) -> V = zip(a, b, |a, b| a + b);
        sub(a: V, b: V) -> V = zip(a, b, |a, b| a - b);
        mul(a: V, b: V) -> V = zip(a, b, |a, b| a * b);
        max(a: V, b: V) -> V = zip(a, b, |a, b| if a > b { a } else { b });
        max_or_nan(a: V, b: V) -> V = zip(a, b, |a, b| if a > b || a.is_nan() { a } else { b });
        positive(a: V, b: V) -> V = zip(a, b, |a, b| if b > 0.0 { a } else { 0.0 });
        upper(v: V) -> V = v.map(|pair| f32::from_bits(pair.to_bits() & 0xffff_0000));
        lower(v: V) -> V = v.map(|pair| f32::from_bits(pair.to_bits() << 16));
    }
}
