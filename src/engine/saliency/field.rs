//! Effective receptive field: the pixels that a cell in the middle of a map does depend on, and how much.

use std::ops::ControlFlow;

use ndarray::{Array2, Axis, Ix4, s};

use crate::engine::gradient::{Backward, Direction, GradientError, Probe};
use crate::engine::{LayerWeights, Tensor};
use crate::message;
use crate::network::{LayerId, Shape, Table};
use crate::weights::synthetic_input;

/// Part of the largest value from which a pixel belongs to the field: what two standard deviations of a normal distribution
/// leave out (Luo et al. 2016).
const LEAST: f64 = 1.0 - 0.9545;

/// The effective receptive field of one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectiveField {
    /// The layer.
    pub layer: LayerId,
    /// For each pixel of the image the mean size of the gradient of the middle cell, summed over channels; the largest is 1.
    pub map: Array2<f64>,
}

/// Inputs over which a field is averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRun {
    /// Random inputs.
    pub inputs: usize,
    /// Seed of the first; the others follow.
    pub seed: u64,
}

impl EffectiveField {
    /// Pixels that belong to the field.
    pub fn pixels(&self) -> usize {
        self.map.iter().filter(|&&value| value > LEAST).count()
    }

    /// Side of the square with as many pixels.
    pub fn side(&self) -> f64 {
        (self.pixels() as f64).sqrt()
    }

    /// Pixels with any gradient at all, as height and width: the theoretical field, as far as it lies in the image.
    pub fn extent(&self) -> [usize; 2] {
        let span = |axis: Axis| {
            let lines = self.map.axis_iter(axis).enumerate();
            let mut seen = lines.filter(|(_, line)| line.iter().any(|&value| value > 0.0));
            let first = seen.next().map(|(at, _)| at);
            let last = seen.last().map(|(at, _)| at).or(first);
            first.zip(last).map_or(0, |(first, last)| last - first + 1)
        };
        [span(Axis(0)), span(Axis(1))]
    }
}

/// Measures the effective receptive field of a layer (Luo et al. 2016, "Understanding the Effective Receptive Field in Deep
/// Convolutional Neural Networks"): the gradient of the middle cell, summed over its channels, by each pixel, averaged over
/// random inputs by its size.
///
/// # Errors
/// The layer has no map, its gradient is zero everywhere, or the observer ended it.
pub fn effective_field(
    backward: &Backward,
    weights: &Table<LayerWeights<f32>>,
    layer: LayerId,
    run: FieldRun,
    observer: &mut dyn FnMut(Direction, LayerId) -> ControlFlow<()>,
) -> Result<EffectiveField, GradientError> {
    let path = || backward.network()[layer].path.to_string();
    let Some(Shape::Map { size, .. }) = backward.shape(layer) else {
        return Err(message!("saliency-not-a-map", layer = path()).into());
    };
    let missing = || GradientError::Refused(message!("choice-no-input"));
    let source = backward.input().ok_or_else(missing)?;
    let image = backward.shape(source).ok_or_else(missing)?;
    let [height, width] = image.size().ok_or_else(missing)?.map(|side| side as usize);
    let channels = image.channels() as usize;
    let middle = size.map(|side| side as usize / 2);
    let mut map = Array2::<f64>::zeros((height, width));
    for number in 0..run.inputs.max(1) as u64 {
        let input = synthetic_input(run.seed.wrapping_add(number), &[1, channels, height, width]);
        let input = input.into_dimensionality::<Ix4>().map_err(|_| missing())?;
        let probe = Probe {
            of: layer,
            by: &[source],
        };
        let seed = |output: &Tensor| {
            let mut gradient = Tensor::zeros(output.raw_dim());
            gradient
                .slice_mut(s![.., .., middle[0], middle[1]])
                .fill(1.0);
            gradient
        };
        let probed = backward.probe(weights, (&input, true), probe, seed, observer)?;
        if let Some((_, gradient)) = probed.by.get(&source) {
            for own in gradient.index_axis(Axis(0), 0).outer_iter() {
                for ((row, column), sum) in map.indexed_iter_mut() {
                    *sum += f64::from(own[[row, column]].abs());
                }
            }
        }
    }
    let largest = map.iter().copied().fold(0.0, f64::max);
    if largest > 0.0 && largest.is_finite() {
        map.mapv_inplace(|value| value / largest);
        Ok(EffectiveField { layer, map })
    } else {
        Err(message!("saliency-no-gradient", layer = path()).into())
    }
}
