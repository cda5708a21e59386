//! Batch normalisation in a pass: its input, the statistics of both modes, and the output in either.

use super::{Value, statistics};
use crate::engine::{LayerWeights, Mode, Session, Tensor, plain};
use crate::message;
use crate::network::{self, Layer, LayerId};

/// Batch normalisation that has run, in its own mode and in the other one.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    /// Mode of the pass, which determines the statistics that it normalises with.
    pub mode: Mode,
    /// Numbers of its channels.
    pub channels: Vec<NormChannel>,
    /// Output in the other mode; `None` if that is impossible: one value per channel has no variance.
    pub other: Option<Value>,
}

/// Numbers of a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormChannel {
    /// Scale γ.
    pub gamma: f32,
    /// Shift β.
    pub beta: f32,
    /// Running mean and variance, which inference normalises with.
    pub running: Moments,
    /// Mean and variance of the layer's input for this image, which training normalises with.
    pub batch: Moments,
    /// Mean and variance of the output in inference mode.
    pub inference: Option<Moments>,
    /// Mean and variance of the output in training mode.
    pub training: Option<Moments>,
}

/// Mean and variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Mean.
    pub mean: f32,
    /// Population variance.
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
    /// Data of layer `id` in `session`, with these inputs and this output; `None` for any other kind of layer.
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

/// Output of a batch normalisation in the other mode than the pass's.
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
            // Computed like a pass in training mode.
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
