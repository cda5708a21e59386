//! Convolutions and fully connected layers: learned sums of products.

use smallvec::smallvec;

use super::{Parameters, clauses, learned, windowed};
use crate::message;
use crate::network::Window;
use crate::text::Message;

/// A convolution with learned weights.
#[derive(Debug, Clone, PartialEq)]
pub enum Conv {
    /// `torch.nn.Conv2d`, over rows and columns.
    Spatial(Conv2d),
    /// Convolution over the channels as a sequence: ECA's `torch.nn.Conv1d(1, 1, kernel)`, which keeps their number.
    Channels {
        /// Channels in the kernel; odd.
        kernel: u64,
    },
}

/// Settings of a convolution, as PyTorch names them.
#[derive(Debug, Clone, PartialEq)]
pub struct Conv2d {
    /// Input channels.
    pub in_channels: u64,
    /// Output channels, one kernel each.
    pub out_channels: u64,
    /// Kernel, stride, padding and dilation.
    pub window: Window,
    /// Number of channel groups, each convolved separately.
    pub groups: u64,
    /// Whether a bias is added to each output channel.
    pub bias: bool,
    /// Whether each output channel's weights are brought to mean 0 and variance 1 first, and how.
    pub standardize: Option<Standardize>,
}

/// Standardisation of a convolution's weights: each output channel is brought to mean 0 and variance 1 before use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standardize {
    /// Added to the variance: timm's `StdConv2d` (Qiao et al. 2019).
    pub eps: f64,
    /// Of scaled standardisation, timm's `ScaledStdConv2d` (Brock et al. 2021): the weights are then multiplied by this over the root of
    /// how many one output channel has, and by a learned gain of the channel.
    pub gamma: Option<f64>,
}

impl Standardize {
    /// Factor, besides the gain, of an output channel's standardised weights; there are `count` of them.
    pub fn factor(&self, count: usize) -> f64 {
        self.gamma
            .map_or(1.0, |gamma| gamma / (count as f64).sqrt())
    }
}

/// Settings of a fully connected layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linear {
    /// Input features.
    pub in_features: u64,
    /// Output features.
    pub out_features: u64,
    /// Whether a bias is added to each output.
    pub bias: bool,
}

impl Conv {
    /// Name of PyTorch's class.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Spatial(Conv2d {
                standardize: Some(Standardize { gamma, .. }),
                ..
            }) => match gamma {
                Some(_) => "ScaledStdConv2d",
                None => "StdConv2d",
            },
            Self::Spatial(_) => "Conv2d",
            Self::Channels { .. } => "Conv1d",
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::Spatial(conv) => {
                let mut parts = windowed("layer-conv", &conv.window);
                if conv.groups > 1 {
                    parts.push(message!("layer-groups", groups = conv.groups));
                }
                match conv.standardize {
                    Some(Standardize { gamma: Some(_), .. }) => {
                        parts.push(message!("layer-standardised-weights-with-gain"));
                    }
                    Some(_) => parts.push(message!("layer-standardised-weights")),
                    None => {}
                }
                let channels = format!("{} → {}", conv.in_channels, conv.out_channels);
                parts.push(Message::of(channels));
                clauses(parts)
            }
            Self::Channels { kernel } => message!("layer-conv-channels", count = *kernel),
        }
    }

    /// Tensors of the convolution.
    pub fn parameters(&self) -> Parameters {
        match self {
            Self::Spatial(conv) => {
                let [height, width] = conv.window.kernel;
                let weight = smallvec![conv.out_channels, conv.read(), height, width];
                let mut tensors = weight_and_bias(weight, conv.bias.then_some(conv.out_channels));
                if conv.has_gain() {
                    tensors.push(learned("gain", smallvec![conv.out_channels, 1, 1, 1]));
                }
                tensors
            }
            Self::Channels { kernel } => smallvec![learned("weight", smallvec![1, 1, *kernel])],
        }
    }

    /// Number of weights that contribute to one output value.
    pub fn seen(&self) -> u128 {
        match self {
            Self::Spatial(conv) => {
                let [height, width] = conv.window.kernel;
                u128::from(conv.read()) * u128::from(height * width)
            }
            Self::Channels { kernel } => u128::from(*kernel),
        }
    }

    /// Whether a bias is added to each output value.
    pub const fn has_bias(&self) -> bool {
        match self {
            Self::Spatial(conv) => conv.bias,
            Self::Channels { .. } => false,
        }
    }

    /// Whether its standardised weights have a gain a channel.
    pub const fn has_gain(&self) -> bool {
        match self {
            Self::Spatial(conv) => conv.has_gain(),
            Self::Channels { .. } => false,
        }
    }

    /// Whether its weights are standardised first, by a separate class.
    pub const fn is_standardized(&self) -> bool {
        match self {
            Self::Spatial(conv) => conv.standardize.is_some(),
            Self::Channels { .. } => false,
        }
    }
}

impl Conv2d {
    /// Input channels per kernel. A number of groups that does not divide the channels is a separate fault; the result is
    /// then rounded down.
    pub fn read(&self) -> u64 {
        self.in_channels / self.groups.max(1)
    }

    /// Whether each output channel has a learned gain, by which its standardised weights are multiplied.
    pub const fn has_gain(&self) -> bool {
        matches!(self.standardize, Some(Standardize { gamma: Some(_), .. }))
    }
}

impl Linear {
    /// Short description.
    pub fn summary(&self) -> Message {
        let features = format!("{} → {}", self.in_features, self.out_features);
        message!("layer-linear", features = features)
    }

    /// Tensors of the layer.
    pub fn parameters(&self) -> Parameters {
        let weight = smallvec![self.out_features, self.in_features];
        weight_and_bias(weight, self.bias.then_some(self.out_features))
    }
}

fn weight_and_bias(weight: smallvec::SmallVec<[u64; 4]>, bias: Option<u64>) -> Parameters {
    let bias = bias.map(|outputs| learned("bias", smallvec![outputs]));
    std::iter::once(learned("weight", weight))
        .chain(bias)
        .collect()
}
