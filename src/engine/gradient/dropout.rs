//! Dropout by a seed: the same values are dropped on the way forward and on the way back, and no mask is kept.

use ndarray::ArrayD;

use crate::engine::kernels::Real;
use crate::network::LayerId;

/// 2^64 divided by the golden ratio: the step of `splitmix64`.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Zero for a share `p` of the values, by their places and the seed alone, and the rest enlarged so that the mean stays.
pub(super) fn dropped<T: Real>(mut values: ArrayD<T>, p: f64, seed: u64, id: LayerId) -> ArrayD<T> {
    let mut state = seed ^ (id.index() as u64).wrapping_mul(GOLDEN);
    let scale = if p < 1.0 { 1.0 / (1.0 - p) } else { 0.0 };
    // By place, as `iter_mut` goes: joined maps lie in memory in another order than their gradient.
    for value in &mut values {
        state = state.wrapping_add(GOLDEN);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let u = ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        let x: f64 = (*value).into();
        *value = T::rounded(if u < p { 0.0 } else { x * scale });
    }
    values
}
