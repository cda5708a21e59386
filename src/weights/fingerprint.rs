//! Fingerprint of a tensor: twenty numbers for comparing two computations.

use ndarray::{ArrayRef, Dimension};
use serde::{Deserialize, Serialize};

/// Number of values that are sampled.
pub const SAMPLES: usize = 16;

/// Shape, moments, extremes and evenly spread samples of a tensor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Dimensions of the tensor.
    pub shape: Vec<usize>,
    /// Mean, summed in f64.
    pub mean: f64,
    /// Root mean square, summed in f64.
    pub rms: f64,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Values at the row-major indices `⌊k · (n − 1) / 15⌋`.
    pub samples: [f32; SAMPLES],
}

impl Fingerprint {
    /// Fingerprint of a tensor; NaN throughout if it is empty.
    pub fn of<T: Copy + Into<f64>, D: Dimension>(tensor: &ArrayRef<T, D>) -> Self {
        let values = tensor.flatten();
        let count = values.len() as f64;
        let wide = || values.iter().map(|&x| x.into());
        // `f64::min` ignores NaN; a fingerprint must not hide one.
        let extreme = |better: fn(&f64, &f64) -> bool| {
            let pick = |a: f64, b: f64| if a.is_nan() || better(&a, &b) { a } else { b };
            wide().reduce(pick).unwrap_or(f64::NAN)
        };
        let last = values.len().saturating_sub(1);
        let sample = |k| {
            let value: Option<f64> = values.get(k * last / (SAMPLES - 1)).map(|&x| x.into());
            value.map(|x| x as f32)
        };
        Self {
            shape: tensor.shape().to_vec(),
            mean: wide().sum::<f64>() / count,
            rms: (wide().map(|x| x * x).sum::<f64>() / count).sqrt(),
            min: extreme(f64::lt),
            max: extreme(f64::gt),
            samples: std::array::from_fn(|k| sample(k).unwrap_or(f32::NAN)),
        }
    }

    /// Largest difference in samples, mean, rms, minimum or maximum from those of `golden`, relative to its rms.
    ///
    /// Infinite if the shapes differ or a number is NaN.
    pub fn worst_difference(&self, golden: &Self) -> f64 {
        if self.shape != golden.shape {
            return f64::INFINITY;
        }
        let moments = [
            (self.mean, golden.mean),
            (self.rms, golden.rms),
            (self.min, golden.min),
            (self.max, golden.max),
        ];
        let samples = self.samples.iter().zip(&golden.samples);
        let samples = samples.map(|(&ours, &theirs)| (f64::from(ours), f64::from(theirs)));
        moments
            .into_iter()
            .chain(samples)
            .map(|(ours, theirs)| (ours - theirs).abs())
            // Equality with a tensor of zeros is no difference, although its rms is zero.
            .map(|difference| {
                if difference == 0.0 {
                    0.0
                } else {
                    difference / golden.rms
                }
            })
            .fold(0.0, |worst, part| {
                if part.is_nan() {
                    f64::INFINITY
                } else {
                    part.max(worst)
                }
            })
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests {
    use super::*;
    use ndarray::{Array2, arr1, arr2};

    #[test]
    fn a_small_tensor_by_hand() {
        let print = Fingerprint::of(&arr2(&[[1.0, -2.0], [3.0, -4.0]]));
        assert_eq!(print.shape, [2, 2]);
        assert_eq!((print.mean, print.min, print.max), (-0.5, -4.0, 3.0));
        assert_eq!(print.rms, 7.5_f64.sqrt());
        // ⌊k · 3 / 15⌋ for k = 0, 1, … 15.
        let expected = [1.0, -2.0, 3.0].map(|x| [x; 5]).concat();
        assert_eq!(print.samples[..15], expected);
        assert_eq!(print.samples[15], -4.0);
    }

    #[test]
    fn samples_follow_the_logical_order() {
        let tensor = Array2::from_shape_fn((4, 4), |(row, column)| (4 * row + column) as f32);
        let print = Fingerprint::of(&tensor);
        assert_eq!(
            print.samples.to_vec(),
            (0..16).map(|x| x as f32).collect::<Vec<_>>()
        );
        assert_ne!(Fingerprint::of(&tensor.t()).samples, print.samples);
    }

    #[test]
    fn the_worst_difference_is_relative_and_hides_nothing() {
        let golden = Fingerprint::of(&arr1(&[2.0, -2.0, 2.0]));
        assert_eq!(golden.worst_difference(&golden), 0.0);
        let near = Fingerprint::of(&arr1(&[2.0, -2.0, 2.5]));
        assert_eq!(near.worst_difference(&golden), 0.25);
        let shorter = Fingerprint::of(&arr1(&[2.0, -2.0]));
        assert_eq!(shorter.worst_difference(&golden), f64::INFINITY);
        for place in 0..3 {
            let mut values = arr1(&[2.0, -2.0, 2.0]);
            values[place] = f32::NAN;
            let spoilt = Fingerprint::of(&values);
            assert!(spoilt.min.is_nan() && spoilt.max.is_nan());
            assert_eq!(spoilt.worst_difference(&golden), f64::INFINITY);
        }
        let zeros = Fingerprint::of(&arr1(&[0.0; 3]));
        assert_eq!(zeros.worst_difference(&zeros), 0.0);
        assert_eq!(golden.worst_difference(&zeros), f64::INFINITY);
    }
}
