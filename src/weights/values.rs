//! A look at tensors: the spread of their values, and how far apart those of two checkpoints are.

use super::fit::{Closest, Named, closest};
use super::source::{WeightError, WeightSource};
use crate::lower::{self, Overrides};
use crate::sorting::Sorting;
use ndarray::ArrayD;
use std::collections::{HashMap, HashSet};

/// Number of bins of a histogram.
pub const BINS: usize = 12;

/// Spread of a tensor's values. All figures but the counts are of those that are finite.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation as `Tensor.std()` has it, over n − 1; not a number for a single value.
    pub std: f64,
    /// Number of values that are exactly 0.
    pub zeros: usize,
    /// Number of NaNs and infinities.
    pub not_finite: usize,
    /// Number of values in each of equal intervals from the smallest to the largest; zeros if those are equal.
    pub histogram: [u64; BINS],
}

impl Values {
    /// Spread of these values; all figures are NaN if none is finite.
    pub fn of(values: &ArrayD<f64>) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let count = finite().count();
        let (min, max) = finite().fold((f64::NAN, f64::NAN), |(min, max), value| {
            (value.min(min), value.max(max))
        });
        let mean = finite().sum::<f64>() / count as f64;
        let squares: f64 = finite().map(|value| (value - mean).powi(2)).sum();
        let mut histogram = [0; BINS];
        for value in finite().filter(|_| max > min) {
            let place = (value - min) / (max - min) * BINS as f64;
            histogram[(place as usize).min(BINS - 1)] += 1;
        }
        Self {
            min,
            max,
            mean,
            std: if count > 1 {
                (squares / (count - 1) as f64).sqrt()
            } else {
                f64::NAN
            },
            zeros: finite().filter(|value| *value == 0.0).count(),
            not_finite: values.len() - count,
            histogram,
        }
    }
}

/// A tensor of a checkpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct TensorReport {
    /// Name, without wrappers.
    pub name: String,
    /// Shape.
    pub shape: Vec<usize>,
    /// Type of its elements as PyTorch names it.
    pub dtype: Option<String>,
    /// Spread of its values; `None` for a type without real values.
    pub values: Option<Values>,
}

/// Every tensor of a checkpoint, in its order.
///
/// # Errors
/// The file is damaged.
pub fn look(source: &dyn WeightSource) -> Result<Vec<TensorReport>, WeightError> {
    look_at(source, source.names().unwrap_or_default())
}

/// The tensors of these names and shapes; a source that makes numbers has every one.
///
/// # Errors
/// The file is damaged, or lacks one.
pub fn look_at(
    source: &dyn WeightSource,
    names: Vec<Named>,
) -> Result<Vec<TensorReport>, WeightError> {
    let looked = names.into_iter().map(|(name, shape)| {
        let values = match source.values(&name, &shape) {
            Ok(values) => Some(Values::of(&values)),
            Err(WeightError::DType { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(TensorReport {
            dtype: source.dtype(&name),
            name,
            shape,
            values,
        })
    });
    looked.collect()
}

/// Change of a tensor from one checkpoint to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Name of the tensor.
    pub name: String,
    /// Its shape in both.
    pub shape: Vec<usize>,
    /// The largest difference of two values; infinite where one of them is not finite and the other differs.
    pub largest: f64,
    /// ‖b − a‖ / ‖a‖, by the Euclidean norm; infinite if all of `a` is 0, or where a value is not finite.
    pub relative: f64,
}

/// Two checkpoints side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// Tensors of both with equal shapes whose values differ, the largest relative change first.
    pub changed: Vec<Change>,
    /// Number of tensors that are equal, value by value.
    pub equal: usize,
    /// Tensors of both whose shapes differ, with both shapes.
    pub reshaped: Vec<(String, Vec<usize>, Vec<usize>)>,
    /// Tensors of the first alone.
    pub first_only: Vec<Named>,
    /// Tensors of the second alone.
    pub second_only: Vec<Named>,
}

/// Compares two checkpoints tensor by tensor, by name.
///
/// # Errors
/// One of the files is damaged, or has a type without real values.
pub fn compare(
    first: &dyn WeightSource,
    second: &dyn WeightSource,
) -> Result<Difference, WeightError> {
    compare_as([first, second], &[])
}

/// The same, with the names of one that has every name.
///
/// # Errors
/// As [`compare`].
pub fn compare_as(
    both: [&dyn WeightSource; 2],
    listed: &[Named],
) -> Result<Difference, WeightError> {
    let names = both.map(|source| source.names().unwrap_or_else(|| listed.to_vec()));
    let [first, second] = both;
    let mut rest: HashMap<String, Vec<usize>> = names[1].iter().cloned().collect();
    let mut found = Difference::default();
    for (name, shape) in names[0].clone() {
        match rest.remove(&name) {
            None => found.first_only.push((name, shape)),
            Some(other) if other != shape => found.reshaped.push((name, shape, other)),
            Some(_) => {
                let [a, b] = [first.values(&name, &shape)?, second.values(&name, &shape)?];
                match change(&a, &b) {
                    None => found.equal += 1,
                    Some([largest, relative]) => found.changed.push(Change {
                        name,
                        shape,
                        largest,
                        relative,
                    }),
                }
            }
        }
    }
    let [_, left] = names;
    found.second_only = left
        .into_iter()
        .filter(|(name, _)| rest.contains_key(name))
        .collect();
    let largest = |a: &Change, b: &Change| {
        b.relative
            .total_cmp(&a.relative)
            .then(b.largest.total_cmp(&a.largest))
    };
    found.changed.order_by(largest);
    Ok(found)
}

/// The largest difference of two values, and that of all relative to the first; `None` if all are equal.
#[allow(
    clippy::float_cmp,
    reason = "a tensor that was not touched is equal to the last bit"
)]
fn change(a: &ArrayD<f64>, b: &ArrayD<f64>) -> Option<[f64; 2]> {
    let (mut largest, mut squares, mut own) = (0.0_f64, 0.0, 0.0);
    let mut differs = false;
    for (a, b) in a.iter().zip(b) {
        // NaN in both places is no difference.
        if a == b || a.is_nan() && b.is_nan() {
            own += if a.is_finite() { a * a } else { 0.0 };
            continue;
        }
        differs = true;
        let by = (b - a).abs();
        let by = if by.is_finite() { by } else { f64::INFINITY };
        largest = largest.max(by);
        squares += by * by;
        own += a * a;
    }
    let relative = (squares / own).sqrt();
    differs.then_some([
        largest,
        if relative.is_nan() {
            f64::INFINITY
        } else {
            relative
        },
    ])
}

/// Whether fewer than half of the names of the shorter list are in the other.
pub fn share_few_names(first: &[Named], second: &[Named]) -> bool {
    let (short, long) = if first.len() < second.len() {
        (first, second)
    } else {
        (second, first)
    };
    let known: HashSet<&str> = long.iter().map(|(name, _)| name.as_str()).collect();
    let common = short
        .iter()
        .filter(|(name, _)| known.contains(name.as_str()));
    2 * common.count() < short.len()
}

/// The network of the catalogue that tensors fit best, with that network, changed to the number of classes that the head has.
pub fn closest_model(found: &[Named]) -> Option<(Closest, lower::Model)> {
    let best = closest(found, "")?;
    let overrides = Overrides {
        classes: best.classes,
        ..Overrides::default()
    };
    let model = lower::open(&best.name, &overrides).ok()?;
    Some((best, model))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests {
    use super::*;
    use ndarray::arr1;

    #[test]
    fn figures_are_of_the_finite_values() {
        let values = arr1(&[1.0, 3.0, 0.0, f64::NAN, f64::INFINITY, 4.0]).into_dyn();
        let found = Values::of(&values);
        assert_eq!((found.min, found.max, found.mean), (0.0, 4.0, 2.0));
        // ((1 + 1 + 4 + 4) / 3)^½, as torch.tensor([1, 3, 0, 4.]).std().
        assert!((found.std - (10.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        assert_eq!((found.zeros, found.not_finite), (1, 2));
        assert_eq!(found.histogram.iter().sum::<u64>(), 4);
        let nothing = Values::of(&arr1(&[f64::NAN]).into_dyn());
        assert!(nothing.min.is_nan() && nothing.mean.is_nan() && nothing.std.is_nan());
        let one = Values::of(&arr1(&[7.0]).into_dyn());
        assert_eq!((one.min, one.max, one.mean), (7.0, 7.0, 7.0));
        assert!(one.std.is_nan());
        // A single value has no spread to divide.
        assert_eq!(one.histogram.iter().sum::<u64>(), 0);
    }

    #[test]
    fn a_change_is_relative_to_the_first_and_hides_no_value() {
        let of = |values: [f64; 2]| arr1(&values).into_dyn();
        assert_eq!(change(&of([3.0, 4.0]), &of([3.0, 4.0])), None);
        assert_eq!(change(&of([3.0, 4.0]), &of([3.0, 9.0])), Some([5.0, 1.0]));
        assert_eq!(
            change(&of([0.0, 0.0]), &of([0.0, 1.0])),
            Some([1.0, f64::INFINITY])
        );
        let nan = f64::NAN;
        assert_eq!(change(&of([nan, 4.0]), &of([nan, 4.0])), None);
        let spoilt = change(&of([3.0, 4.0]), &of([nan, 4.0]));
        assert_eq!(spoilt, Some([f64::INFINITY; 2]));
    }
}
