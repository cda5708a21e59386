//! Convolutions and fully connected layers: learned sums of products.

use smallvec::smallvec;

use super::{Parameter, learned, windowed};
use crate::network::Window;

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
    /// Standardises each output channel's weights to mean 0 and variance 1 before use, with this ε added to the variance:
    /// timm's `StdConv2d` (Qiao et al. 2019). `None` uses the weights as they are.
    pub standardize: Option<f64>,
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
                standardize: Some(_),
                ..
            }) => "StdConv2d",
            Self::Spatial(_) => "Conv2d",
            Self::Channels { .. } => "Conv1d",
        }
    }

    /// Short description.
    pub fn summary(&self) -> String {
        match self {
            Self::Spatial(conv) => {
                let mut text = windowed("conv", &conv.window);
                if conv.groups > 1 {
                    text += &format!(", {} groups", conv.groups);
                }
                if conv.standardize.is_some() {
                    text += ", standardised weights";
                }
                text + &format!(", {} → {}", conv.in_channels, conv.out_channels)
            }
            Self::Channels { kernel } => format!("conv over {kernel} neighbouring channels"),
        }
    }

    /// Tensors of the convolution.
    pub fn parameters(&self) -> Vec<Parameter> {
        match self {
            Self::Spatial(conv) => {
                let [height, width] = conv.window.kernel;
                let weight = smallvec![conv.out_channels, conv.read(), height, width];
                weight_and_bias(weight, conv.bias.then_some(conv.out_channels))
            }
            Self::Channels { kernel } => vec![learned("weight", smallvec![1, 1, *kernel])],
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
}

impl Linear {
    /// Short description.
    pub fn summary(&self) -> String {
        format!("linear, {} → {}", self.in_features, self.out_features)
    }

    /// Tensors of the layer.
    pub fn parameters(&self) -> Vec<Parameter> {
        let weight = smallvec![self.out_features, self.in_features];
        weight_and_bias(weight, self.bias.then_some(self.out_features))
    }
}

fn weight_and_bias(weight: smallvec::SmallVec<[u64; 4]>, bias: Option<u64>) -> Vec<Parameter> {
    let bias = bias.map(|outputs| learned("bias", smallvec![outputs]));
    std::iter::once(learned("weight", weight))
        .chain(bias)
        .collect()
}
