//! Data of a layer in a pass: its inputs and outputs, as maps, statistics and a histogram.

pub mod norm;

use std::sync::Arc;
use std::time::Duration;

use crate::engine::{Session, Tensor};
use crate::message;
use crate::network::{Combine, Layer, LayerId};
use crate::report::format::dims;
use crate::text::Message;
pub use norm::{Norm, NormChannel};

/// Number of bars in a histogram.
pub const BINS: usize = 64;

/// Value in a pass, of the first image in the batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Path of the layer that outputs it, or its role as an operand of an addition.
    pub label: Message,
    /// Channels of a map, features of a vector.
    pub channels: usize,
    /// Height and width; 1 × 1 for a vector.
    pub size: [usize; 2],
    /// Elements channel by channel, row by row; shared, because a photograph has millions.
    values: Arc<Vec<f32>>,
    /// Statistics of all elements.
    pub statistics: Statistics,
    /// Number of elements in each of [`BINS`] equal intervals from minimum to maximum.
    pub histogram: Vec<usize>,
}

/// Statistics of the elements of a value; those that are not finite are only counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistics {
    /// Mean.
    pub mean: f64,
    /// Population standard deviation.
    pub std: f64,
    /// Minimum.
    pub min: f32,
    /// Maximum.
    pub max: f32,
    /// Fraction of elements that are exactly zero, from 0 to 1.
    pub zeros: f64,
    /// Number of elements that are infinite or NaN.
    pub not_finite: usize,
    /// Number of channels that are zero everywhere: after a ReLU they are dead for this picture.
    pub dead: usize,
}

impl Value {
    /// The value of the first image in `tensor`.
    pub fn of(label: Message, tensor: &Tensor) -> Self {
        let dims = tensor.shape().get(1..).unwrap_or_default();
        let channels = dims.first().copied().unwrap_or(1);
        let size = match dims {
            [_, height, width] => [*height, *width],
            _ => [1, 1],
        };
        let len = channels * size[0] * size[1];
        let values: Vec<f32> = match tensor.as_slice() {
            Some(all) => all.iter().take(len).copied().collect(),
            None => tensor.iter().take(len).copied().collect(),
        };
        let mut statistics = statistics(&values);
        let area = size[0] * size[1];
        if area > 1 {
            statistics.dead = values
                .chunks_exact(area)
                .filter(|channel| channel.iter().all(|value| *value == 0.0))
                .count();
        }
        let histogram = histogram(&values, statistics.min, statistics.max);
        Self {
            label,
            channels,
            size,
            values: Arc::new(values),
            statistics,
            histogram,
        }
    }

    /// All elements, channel by channel, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Rows of one channel, one after the other.
    pub fn channel(&self, channel: usize) -> &[f32] {
        let area = self.size[0] * self.size[1];
        self.values
            .get(channel * area..(channel + 1) * area)
            .unwrap_or_default()
    }

    /// Whether it has the three colours of a picture.
    pub const fn is_coloured(&self) -> bool {
        self.channels == 3 && !self.is_vector()
    }

    /// Whether each channel is a single number.
    pub const fn is_vector(&self) -> bool {
        self.size[0] * self.size[1] == 1
    }

    /// Shape as `64×56×56`, or `1000` for a vector.
    pub fn shape(&self) -> String {
        dims(self.dims())
    }

    /// Channels, height and width, or the features of a vector.
    pub fn dims(&self) -> Vec<usize> {
        match self.size {
            [1, 1] => vec![self.channels],
            [height, width] => vec![self.channels, height, width],
        }
    }
}

/// Minimum and maximum of the finite elements; both 0 if there are none.
pub fn range(values: &[f32]) -> (f32, f32) {
    let (min, max) = values
        .iter()
        .filter(|value| value.is_finite())
        .fold((f32::INFINITY, f32::NEG_INFINITY), |(min, max), &value| {
            (min.min(value), max.max(value))
        });
    if min <= max { (min, max) } else { (0.0, 0.0) }
}

/// Statistics of `values`.
///
/// It makes two passes: the largest maps of a network at 224×224 have 800,000 values, and a key press shows three of them.
pub fn statistics(values: &[f32]) -> Statistics {
    let (min, max) = range(values);
    let mut finite = 0_usize;
    let mut zeros = 0_usize;
    let mut sum = 0.0_f64;
    for &value in values {
        let is_finite = value.is_finite();
        finite += usize::from(is_finite);
        zeros += usize::from(value == 0.0);
        sum += if is_finite { f64::from(value) } else { 0.0 };
    }
    let count = finite.max(1) as f64;
    let mean = sum / count;
    let squares = values.iter().filter(|value| value.is_finite());
    let variance = squares
        .map(|&value| (f64::from(value) - mean).powi(2))
        .sum::<f64>()
        / count;
    Statistics {
        mean,
        std: variance.sqrt(),
        min,
        max,
        zeros: zeros as f64 / count,
        not_finite: values.len() - finite,
        dead: 0,
    }
}

fn histogram(values: &[f32], min: f32, max: f32) -> Vec<usize> {
    let mut bins = vec![0; BINS];
    // The difference of maximum and minimum may overflow 32 bits, so it is computed in 64.
    let (min, span) = (f64::from(min), f64::from(max) - f64::from(min));
    let (step, middle) = if span > 0.0 {
        (BINS as f64 / span, 0.0)
    } else {
        (0.0, BINS as f64 / 2.0)
    };
    for value in values.iter().filter(|value| value.is_finite()) {
        let place = (f64::from(*value) - min) * step + middle;
        bins[(place as usize).min(BINS - 1)] += 1;
    }
    bins
}

/// Data of a layer that has run.
#[derive(Debug, Clone, PartialEq)]
pub struct Activation {
    /// Layer.
    pub layer: LayerId,
    /// Inputs, in the order of its operands.
    pub inputs: Vec<Value>,
    /// Output.
    pub output: Value,
    /// Data of a batch normalisation; `None` for any other layer.
    pub norm: Option<Norm>,
    /// Time that it took.
    pub time: Duration,
    /// Output before the pass was changed.
    pub was: Option<Value>,
}

/// Difference between two values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Largest absolute difference of two elements.
    pub largest: f64,
    /// Norm of the difference relative to the norm of the second value: 0 for the same value, 1 for zeros instead of it.
    pub relative: f64,
}

impl Difference {
    /// The difference of `now` from `was`; `None` if their numbers of elements differ.
    pub fn of(now: &[f32], was: &[f32]) -> Option<Self> {
        if now.len() != was.len() {
            return None;
        }
        let (mut largest, mut apart, mut norm) = (0.0_f64, 0.0_f64, 0.0_f64);
        for (&now, &was) in now.iter().zip(was) {
            let (now, was) = (f64::from(now), f64::from(was));
            largest = largest.max((now - was).abs());
            apart += (now - was).powi(2);
            norm += was.powi(2);
        }
        let relative = if apart == 0.0 {
            0.0
        } else {
            (apart / norm).sqrt()
        };
        Some(Self { largest, relative })
    }
}

impl Activation {
    /// Data of layer `id` in `session`; `None` if it has not run or its value was not kept.
    pub fn of(session: &Session, id: LayerId) -> Option<Self> {
        Self::with_picture(session, id, None)
    }

    /// The same with a known value of the input, which may be large, so that it is not computed again.
    pub fn with_picture(session: &Session, id: LayerId, picture: Option<&Value>) -> Option<Self> {
        let network = session.network();
        let value = |label: Message, layer: LayerId| match picture {
            Some(picture) if layer.index() == 0 => Some(Value {
                label,
                ..picture.clone()
            }),
            _ => Some(Value::of(label, session.value(layer)?)),
        };
        // A layer after a fault is not part of the pass.
        let time = session.time(id)?;
        let node = &network[id];
        let output = value(Message::of(node.path.to_string()), id)?;
        let inputs: Vec<Value> = network
            .inputs(id)
            .into_iter()
            .enumerate()
            .filter_map(|(operand, input)| {
                let path = network[input].path.to_string();
                let label = match (&node.layer, operand) {
                    (Layer::Combine(Combine::Add), 0) => message!("maps-main-path", path = path),
                    (Layer::Combine(Combine::Add), _) => message!("maps-shortcut", path = path),
                    _ => Message::of(path),
                };
                value(label, input)
            })
            .collect();
        let norm = Norm::of(session, id, &inputs, &output);
        Some(Self {
            layer: id,
            inputs,
            output,
            norm,
            time,
            was: None,
        })
    }

    /// Difference of the output from the one before the change.
    pub fn difference(&self) -> Option<Difference> {
        Difference::of(self.output.values(), self.was.as_ref()?.values())
    }

    /// Adds the output of the layer in another pass, before a change.
    pub fn compare(&mut self, session: &Session, original: &Session) {
        let label = message!("maps-output-before");
        let (now, was) = (session.value(self.layer), original.value(self.layer));
        self.was = match (now, was) {
            // Outputs from before the change are shared.
            (Some(now), Some(was)) if std::ptr::eq(now, was) => Some(Value {
                label,
                ..self.output.clone()
            }),
            (_, was) => was.map(|value| Value::of(label, value)),
        };
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests {
    use super::*;

    fn value(shape: &[usize], values: Vec<f32>) -> Value {
        Value::of(
            Message::of("x"),
            &Tensor::from_shape_vec(shape, values).unwrap(),
        )
    }

    #[test]
    fn the_first_image_is_described() {
        let value = value(&[2, 2, 1, 2], vec![0.0, 2.0, 4.0, 2.0, 9.0, 9.0, 9.0, 9.0]);
        assert_eq!(value.shape(), "2×1×2");
        assert_eq!(value.channel(1), [4.0, 2.0]);
        assert_eq!(value.channel(7), [0.0_f32; 0]);
        let numbers = value.statistics;
        assert_eq!((numbers.mean, numbers.min, numbers.max), (2.0, 0.0, 4.0));
        assert_eq!(numbers.std, 2.0_f64.sqrt());
        assert_eq!(numbers.zeros, 0.25);
        assert_eq!(value.histogram.iter().sum::<usize>(), 4);
        assert_eq!((value.histogram[0], value.histogram[BINS - 1]), (1, 1));
    }

    #[test]
    fn a_difference_is_measured_by_what_was() {
        let difference = Difference::of(&[3.0, 0.0], &[3.0, 4.0]).unwrap();
        assert_eq!((difference.largest, difference.relative), (4.0, 0.8));
        let same = Difference::of(&[0.0], &[0.0]).unwrap();
        assert_eq!((same.largest, same.relative), (0.0, 0.0));
        assert_eq!(Difference::of(&[0.0], &[0.0, 0.0]), None);
    }

    #[test]
    fn what_is_not_finite_does_not_spoil_the_rest() {
        let value = value(&[1, 4], vec![f32::NAN, f32::INFINITY, f32::MIN, f32::MAX]);
        assert_eq!(value.statistics.not_finite, 2);
        assert_eq!(
            (value.statistics.min, value.statistics.max),
            (f32::MIN, f32::MAX)
        );
        assert_eq!((value.histogram[0], value.histogram[BINS - 1]), (1, 1));
        assert!(value.is_vector());
    }
}
