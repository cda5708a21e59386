//! Weights generated from their names alone: any program that uses the same names computes the same network.
//!
//! ```text
//! key  = fnv1a64(name) XOR (seed · GOLDEN mod 2^64)               GOLDEN = 0x9E3779B97F4A7C15
//! u[i] = (splitmix64(key + i · GOLDEN mod 2^64) >> 40) / 2^24     in [0, 1), exact in f32
//!
//! a tensor of 2 or more dimensions     (2u − 1) · √(3 / fan_in)   fan_in = product of all dimensions but the first
//! NAME.running_mean                    (2u − 1) · 0.2
//! NAME.running_var                     0.5 + u
//! 1-d NAME.weight (norm scale)         0.25 + 0.5u
//! any other 1-d tensor (bias)          (2u − 1) · 0.1
//! the input image, name "input"        (2u − 1) · 2
//! ```
//!
//! Values are computed in f64 and rounded once to f32.

use super::source::{WeightError, WeightSource};
use ndarray::ArrayD;

/// 2^64 divided by the golden ratio: the step of `splitmix64`.
pub(super) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Weights for a seed, with a tensor of every name and shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synthetic {
    /// Seed; other seeds give other weights.
    pub seed: u64,
}

impl WeightSource for Synthetic {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        let spread = |width: f64| move |u: f64| (2.0 * u - 1.0) * width;
        let fan_in: usize = shape.iter().skip(1).product();
        Ok(if shape.len() >= 2 {
            draw(name, self.seed, shape, spread((3.0 / fan_in as f64).sqrt()))
        } else if name.ends_with("running_mean") {
            draw(name, self.seed, shape, spread(0.2))
        } else if name.ends_with("running_var") {
            draw(name, self.seed, shape, |u| 0.5 + u)
        } else if name.ends_with("weight") {
            draw(name, self.seed, shape, |u| 0.25 + 0.5 * u)
        } else {
            draw(name, self.seed, shape, spread(0.1))
        })
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        None
    }

    fn label(&self) -> String {
        format!("synthetic:{}", self.seed)
    }
}

/// Input for [`Synthetic`] weights of the same seed: noise from −2 to 2, the range of a standardised image.
pub fn synthetic_input(seed: u64, shape: &[usize]) -> ArrayD<f32> {
    draw("input", seed, shape, |u| (2.0 * u - 1.0) * 2.0)
}

fn draw(name: &str, seed: u64, shape: &[usize], value: impl Fn(f64) -> f64) -> ArrayD<f32> {
    let mut state = key(name, seed);
    ArrayD::from_shape_simple_fn(shape, || {
        let u = (splitmix64(state) >> 40) as f64 / (1_u64 << 24) as f64;
        state = state.wrapping_add(GOLDEN);
        value(u) as f32
    })
}

/// Start of a tensor's sequence of numbers.
pub(super) fn key(name: &str, seed: u64) -> u64 {
    fnv1a64(name) ^ seed.wrapping_mul(GOLDEN)
}

/// The hash of Fowler, Noll and Vo, variant 1a, of the name's UTF-8 bytes.
fn fnv1a64(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// The finaliser of Steele, Lea and Flood 2014, without the initial addition, which is the caller's.
#[inline]
pub(super) fn splitmix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first, second and last value, and the exclusive or of all, as bits.
    fn bits(tensor: &ArrayD<f32>) -> [u32; 4] {
        let all: Vec<u32> = tensor.iter().map(|x| x.to_bits()).collect();
        let folded = all.iter().fold(0, |folded, bits| folded ^ bits);
        [all[0], all[1], all[all.len() - 1], folded]
    }

    #[test]
    fn every_bit_is_that_of_numpy() {
        // From numpy 2.4.6, by the formulas above.
        #[rustfmt::skip]
        let cases: [(&str, &[usize], u64, [u32; 4]); 8] = [
            ("conv1.weight", &[64, 3, 7, 7], 7, [0xbd2b_1660, 0x3d94_d927, 0x3e11_bf56, 0x83e7_9b77]),
            ("fc.weight", &[10, 64], 7, [0x3c10_6d1d, 0xbd83_6780, 0x3da1_aa79, 0x0274_6504]),
            ("bn1.running_mean", &[64], 7, [0x3e26_6d25, 0x3db4_5090, 0xbe32_86d0, 0x0610_5861]),
            ("bn1.running_var", &[64], 7, [0x3fb5_f9d6, 0x3fb1_f86e, 0x3fb3_9007, 0x0077_10e7]),
            ("bn1.weight", &[64], 7, [0x3ef8_51d6, 0x3eed_6343, 0x3f26_46f2, 0x01cb_4e8e]),
            ("bn1.bias", &[64], 7, [0xbd11_2420, 0x3d15_9030, 0xbd00_501d, 0x067a_c6f8]),
            ("fc.bias", &[10], u64::MAX, [0xbd9e_ead3, 0xbd54_c04d, 0x3dab_cc00, 0x014d_43f2]),
            ("conv1.weight", &[64, 3, 7, 7], 0, [0xbd54_60ae, 0x3c53_0092, 0x3da2_9467, 0x8e9e_5b13]),
        ];
        for (name, shape, seed, expected) in cases {
            let tensor = Synthetic { seed }.tensor(name, shape).unwrap();
            assert_eq!(tensor.shape(), shape);
            assert_eq!(bits(&tensor), expected, "{name}, seed {seed}");
        }
        let input = synthetic_input(7, &[1, 3, 64, 64]);
        let expected = [0x3fc7_9ac2, 0xbe79_57e0, 0x3e81_6050, 0x826a_9c66];
        assert_eq!(bits(&input), expected, "input");
    }
}
