//! A batch normalisation in a pass: what it read, the statistics of both modes, and what it puts out by either.

use super::{Value, statistics};
use crate::engine::{LayerWeights, Mode, Session, Tensor, plain};
use crate::message;
use crate::network::{self, Layer, LayerId};

/// A batch normalisation that has run, by its own mode and by the other one.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    /// By which statistics the pass normalised.
    pub mode: Mode,
    /// Its channels.
    pub channels: Vec<NormChannel>,
    /// What it would put out in the other mode; `None` where that cannot be: one value a channel has no variance.
    pub other: Option<Value>,
}

/// The numbers of a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormChannel {
    /// Scale γ.
    pub gamma: f32,
    /// Shift β.
    pub beta: f32,
    /// Running mean and variance: what inference normalises by.
    pub running: Moments,
    /// Mean and variance of what the layer read of this image: what training normalises by.
    pub batch: Moments,
    /// Of what it puts out in inference.
    pub inference: Option<Moments>,
    /// Of what it puts out in training.
    pub training: Option<Moments>,
}

/// Mean and variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f32,
    /// The variance, of the whole and not of a sample.
    pub variance: f32,
}

impl Moments {
    fn of(values: &[f32]) -> Self {
        let numbers = statistics(values);
        Self {
            mean: numbers.mean as f32,
            variance: (numbers.std * numbers.std) as f32,
        }
    }
}

impl Norm {
    /// What `session` knows of layer `id`, which read `inputs` and put `output` out; `None` for any other kind of layer.
    pub(super) fn of(
        session: &Session,
        id: LayerId,
        inputs: &[Value],
        output: &Value,
    ) -> Option<Self> {
        let layer = &session.network()[id].layer;
        let LayerWeights::Norm {
            gamma,
            beta,
            mean,
            var,
        } = session.weights().of(id)
        else {
            return None;
        };
        let read = inputs.first()?;
        let mode = session.mode();
        let input = session.value(session.network().inputs(id).first().copied()?)?;
        let other = other(layer, session.weights().of(id), input, mode);
        let (inference, training) = match mode {
            Mode::Inference => (Some(output), other.as_ref()),
            Mode::Training => (other.as_ref(), Some(output)),
        };
        let moments = |value: Option<&Value>, channel: usize| {
            value.map(|value| Moments::of(value.channel(channel)))
        };
        let numbers = gamma.iter().zip(beta).zip(mean.iter().zip(var));
        let channels = numbers
            .enumerate()
            .map(
                |(channel, ((&gamma, &beta), (&mean, &variance)))| NormChannel {
                    gamma,
                    beta,
                    running: Moments { mean, variance },
                    batch: Moments::of(read.channel(channel)),
                    inference: moments(inference, channel),
                    training: moments(training, channel),
                },
            )
            .collect();
        Some(Self {
            mode,
            channels,
            other,
        })
    }
}

/// What a batch normalisation puts out in the mode that the pass is not in.
fn other(layer: &Layer, weights: &LayerWeights<f32>, input: &Tensor, mode: Mode) -> Option<Value> {
    if !matches!(layer, Layer::Norm(network::Norm::Batch(_))) {
        return None;
    }
    let (label, output) = match mode {
        Mode::Training => (
            message!("maps-output-inference"),
            plain::run(layer, weights, &[input], Mode::Inference).output,
        ),
        Mode::Inference => {
            let values: usize = input.len() / input.shape().get(1)?;
            if values <= 1 {
                return None;
            }
            // As a pass in training calculates.
            let exact = plain::run(
                layer,
                &weights.widened(),
                &[&input.mapv(f64::from)],
                Mode::Training,
            );
            (
                message!("maps-output-training"),
                exact.output.mapv(|value| value as f32),
            )
        }
    };
    Some(Value::of(label, &output))
}
