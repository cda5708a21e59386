//! The closed list of layers: what each computes, its settings and its parameters.

mod summary;

use smallvec::{SmallVec, smallvec};

use super::category::Category;
use super::resample::Filter;
use super::window::Window;

/// One operation of a network.
///
/// The list is closed on purpose: a new layer makes the compiler name every analysis that must answer for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The image: channels × height × width of values from 0 to 255.
    Input {
        /// Channels.
        channels: u64,
        /// Height and width in pixels.
        size: [u64; 2],
    },
    /// Red, green and blue as one channel of grey, `(19595 R + 38470 G + 7471 B + 0x8000) >> 16` as PIL does it (ITU-R 601).
    Grayscale,
    /// torchvision's `Resize`: the shorter side gets a length, and the picture keeps its form. Values are whole numbers from 0
    /// to 255, and stay so.
    Resize {
        /// Length of the shorter side, in pixels.
        shorter: u64,
        /// How a new pixel is made of those around its place.
        filter: Filter,
    },
    /// torchvision's `CenterCrop`: the middle of the picture, with zeros where the picture does not reach.
    CenterCrop {
        /// Height and width that are cut out.
        size: [u64; 2],
    },
    /// The channels in the other order: blue, green, red.
    RgbToBgr,
    /// Divides every value.
    Scale {
        /// 255 maps bytes to 0 … 1.
        divisor: f32,
    },
    /// `(x − mean) / std`, per channel.
    Standardize {
        /// One a channel.
        mean: Vec<f32>,
        /// One a channel.
        std: Vec<f32>,
    },
    /// `torch.nn.Conv2d`
    Conv2d(Conv2d),
    /// `torch.nn.BatchNorm2d`
    BatchNorm2d(BatchNorm2d),
    /// `torch.nn.GroupNorm`
    GroupNorm(GroupNorm),
    /// timm's `EvoNorm2dS0` (Liu et al. 2020): normalisation and activation in one,
    /// `x · sigmoid(v·x) / std of the group · weight + bias`.
    EvoNorm2dS0(GroupNorm),
    /// timm's `FilterResponseNormTlu2d` (Singh and Krishnan 2020): normalisation and activation in one,
    /// `max(x / rms of the map · weight + bias, tau)`.
    FilterResponseNorm {
        /// Channels.
        features: u64,
        /// Added to the mean square.
        eps: f64,
    },
    /// `max(x, 0)`
    Relu,
    /// `1 / (1 + exp(−x))`
    Sigmoid,
    /// `torch.nn.MaxPool2d`
    MaxPool2d(Window),
    /// `torch.nn.AvgPool2d`
    AvgPool2d {
        /// Kernel, stride, padding and rounding.
        window: Window,
        /// Whether the padding counts as zeros, or not at all.
        count_include_pad: bool,
    },
    /// timm's `BlurPool2d` (Zhang 2019): each channel with the binomial kernel, at borders that mirror the map.
    BlurPool2d {
        /// Size of the binomial kernel: 3 is (1 2 1) / 4 along each axis.
        kernel: u64,
        /// Step.
        stride: u64,
    },
    /// `torch.nn.ConstantPad2d` with zeros.
    ConstantPad2d {
        /// Pixels above and at the left.
        before: [u64; 2],
        /// Pixels below and at the right.
        after: [u64; 2],
    },
    /// `torch.nn.AdaptiveAvgPool2d(1)`: the mean of each channel.
    GlobalAvgPool,
    /// Option A of He et al. 2015: every `stride`-th pixel, and new channels of zeros.
    PadShortcut {
        /// Step along height and width.
        stride: [u64; 2],
        /// Channels put out; not fewer than come in.
        channels: u64,
        /// Place of the new channels.
        zeros: Zeros,
    },
    /// Elementwise sum of its two operands: the main path's and the shortcut's.
    Add,
    /// A map times a gate: its two operands, the second with one number a channel.
    Multiply,
    /// A convolution over the channels, seen as a row: ECA's `torch.nn.Conv1d(1, 1, kernel)`, which keeps their number.
    ChannelConv {
        /// Channels under the kernel; odd.
        kernel: u64,
    },
    /// Some channels of a map.
    Slice {
        /// The first of them.
        start: u64,
        /// How many.
        channels: u64,
    },
    /// The channels of all its operands, one after the other.
    Concat {
        /// How many it reads.
        inputs: usize,
    },
    /// The sum of `radix` maps that lie in the channels one after the other.
    RadixSum {
        /// How many maps.
        radix: u64,
    },
    /// timm's `RadixSoftmax`: for each channel the shares of `radix` maps.
    RadixSoftmax {
        /// How many maps.
        radix: u64,
        /// Groups that the channels come in before it: group by group, and in each map by map.
        groups: u64,
    },
    /// The sum of `radix` maps, each weighted by its share: reads the maps and the shares.
    RadixWeightedSum {
        /// How many maps.
        radix: u64,
    },
    /// A map as a vector.
    Flatten,
    /// `torch.nn.Linear`
    Linear(Linear),
}

/// Place of channels of zeros that make a map as wide as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zeros {
    /// Half of them before the map's own channels, the smaller half, and half after.
    BothEnds,
    /// All of them after the map's own channels.
    End,
}

impl Zeros {
    /// Channels of zeros before the map's own, of `added` in all.
    pub const fn before(self, added: u64) -> u64 {
        match self {
            Self::BothEnds => added / 2,
            Self::End => 0,
        }
    }
}

/// Settings of a convolution, as PyTorch names them.
#[derive(Debug, Clone, PartialEq)]
pub struct Conv2d {
    /// Channels read.
    pub in_channels: u64,
    /// Channels put out; one kernel each.
    pub out_channels: u64,
    /// Kernel, stride, padding and dilation.
    pub window: Window,
    /// Channels are split into so many groups that do not see each other.
    pub groups: u64,
    /// Whether a number is added to each output channel.
    pub bias: bool,
    /// Whether each output channel's weights are brought to mean 0 and variance 1 first, and what is then added to the
    /// variance: timm's `StdConv2d` (Qiao et al. 2019).
    pub standardize: Option<f64>,
}

/// Settings of a normalisation over groups of channels.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupNorm {
    /// Channels.
    pub features: u64,
    /// Groups that are normalised each by itself.
    pub groups: u64,
    /// Added to the variance.
    pub eps: f64,
    /// Whether its class is derived from PyTorch's, as timm's is: tools that look a module's class up do not know it.
    pub derived: bool,
}

/// Settings of a batch normalisation, as PyTorch names them.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchNorm2d {
    /// Channels.
    pub features: u64,
    /// Added to the variance: `(x − μ) / √(σ² + ε)`.
    pub eps: f64,
    /// Share of the batch's statistics in the new running ones.
    pub momentum: f64,
}

/// Settings of a fully connected layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linear {
    /// Features read.
    pub in_features: u64,
    /// Features put out.
    pub out_features: u64,
    /// Whether a number is added to each output.
    pub bias: bool,
}

/// What a tensor of a `state_dict` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// Learned by gradient descent.
    Learned,
    /// Running mean or variance: kept by the forward pass in training.
    Buffer,
    /// `num_batches_tracked`: an integer that no inference reads.
    Counter,
}

/// A tensor that belongs to a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the module: `weight`.
    pub name: &'static str,
    /// Its dimensions; none for a scalar.
    pub shape: SmallVec<[u64; 4]>,
    /// Learned or kept.
    pub kind: ParameterKind,
}

impl Parameter {
    /// How many numbers it holds.
    pub fn elements(&self) -> u128 {
        self.shape.iter().copied().map(u128::from).product()
    }
}

impl Layer {
    /// PyTorch's name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Input { .. } => "Input",
            Self::Grayscale => "Grayscale",
            Self::Resize { .. } => "Resize",
            Self::CenterCrop { .. } => "CenterCrop",
            Self::RgbToBgr => "RgbToBgr",
            Self::Scale { .. } => "Scale",
            Self::Standardize { .. } => "Standardize",
            Self::Conv2d(Conv2d {
                standardize: Some(_),
                ..
            }) => "StdConv2d",
            Self::Conv2d(_) => "Conv2d",
            Self::BatchNorm2d(_) => "BatchNorm2d",
            Self::GroupNorm(_) => "GroupNorm",
            Self::EvoNorm2dS0(_) => "EvoNorm2dS0",
            Self::FilterResponseNorm { .. } => "FilterResponseNormTlu2d",
            Self::Relu => "ReLU",
            Self::Sigmoid => "Sigmoid",
            Self::MaxPool2d(_) => "MaxPool2d",
            Self::AvgPool2d { .. } => "AvgPool2d",
            Self::BlurPool2d { .. } => "BlurPool2d",
            Self::ConstantPad2d { .. } => "ConstantPad2d",
            Self::GlobalAvgPool => "AdaptiveAvgPool2d",
            Self::PadShortcut { .. } => "PadShortcut",
            Self::Add => "Add",
            Self::Multiply => "Multiply",
            Self::ChannelConv { .. } => "Conv1d",
            Self::Slice { .. } => "Slice",
            Self::Concat { .. } => "Concat",
            Self::RadixSum { .. } => "RadixSum",
            Self::RadixSoftmax { .. } => "RadixSoftmax",
            Self::RadixWeightedSum { .. } => "RadixWeightedSum",
            Self::Flatten => "Flatten",
            Self::Linear(_) => "Linear",
        }
    }

    /// Its kind.
    pub const fn category(&self) -> Category {
        match self {
            Self::Input { .. }
            | Self::Grayscale
            | Self::Resize { .. }
            | Self::CenterCrop { .. }
            | Self::RgbToBgr
            | Self::Scale { .. }
            | Self::Standardize { .. } => Category::Input,
            Self::Conv2d(_) | Self::ChannelConv { .. } => Category::Convolution,
            Self::BatchNorm2d(_)
            | Self::GroupNorm(_)
            | Self::EvoNorm2dS0(_)
            | Self::FilterResponseNorm { .. } => Category::Norm,
            Self::Relu | Self::Sigmoid => Category::Activation,
            Self::MaxPool2d(_)
            | Self::AvgPool2d { .. }
            | Self::BlurPool2d { .. }
            | Self::ConstantPad2d { .. }
            | Self::GlobalAvgPool => Category::Pool,
            Self::Multiply
            | Self::Slice { .. }
            | Self::Concat { .. }
            | Self::RadixSum { .. }
            | Self::RadixSoftmax { .. }
            | Self::RadixWeightedSum { .. } => Category::Attention,
            Self::PadShortcut { .. } | Self::Add => Category::Residual,
            Self::Flatten | Self::Linear(_) => Category::Linear,
        }
    }

    /// How many tensors it reads.
    pub const fn arity(&self) -> usize {
        match self {
            Self::Input { .. } => 0,
            Self::Add | Self::Multiply | Self::RadixWeightedSum { .. } => 2,
            Self::Concat { inputs } => *inputs,
            _ => 1,
        }
    }

    /// The window of a convolution or pool.
    pub const fn window(&self) -> Option<&Window> {
        match self {
            Self::Conv2d(conv) => Some(&conv.window),
            Self::MaxPool2d(window) | Self::AvgPool2d { window, .. } => Some(window),
            _ => None,
        }
    }

    /// Step along (height, width); 1 where it reads every pixel.
    pub const fn stride(&self) -> [u64; 2] {
        match self {
            Self::PadShortcut { stride, .. } => *stride,
            Self::BlurPool2d { stride, .. } => [*stride; 2],
            _ => match self.window() {
                Some(window) => window.stride,
                None => [1; 2],
            },
        }
    }

    /// Its tensors, in the order of PyTorch's `state_dict`.
    pub fn parameters(&self) -> Vec<Parameter> {
        let parameter = |name, shape, kind| Parameter { name, shape, kind };
        match self {
            Self::Conv2d(conv) => {
                let [height, width] = conv.window.kernel;
                // A group count that does not divide is a fault of its own; the shape shown is then rounded down.
                let read = conv.in_channels / conv.groups.max(1);
                let mut tensors = vec![parameter(
                    "weight",
                    smallvec![conv.out_channels, read, height, width],
                    ParameterKind::Learned,
                )];
                if conv.bias {
                    tensors.push(parameter(
                        "bias",
                        smallvec![conv.out_channels],
                        ParameterKind::Learned,
                    ));
                }
                tensors
            }
            Self::GroupNorm(norm) => vec![
                parameter("weight", smallvec![norm.features], ParameterKind::Learned),
                parameter("bias", smallvec![norm.features], ParameterKind::Learned),
            ],
            Self::EvoNorm2dS0(norm) => ["weight", "bias", "v"]
                .map(|name| parameter(name, smallvec![norm.features], ParameterKind::Learned))
                .to_vec(),
            Self::FilterResponseNorm { features, .. } => ["weight", "bias", "tau"]
                .map(|name| parameter(name, smallvec![*features], ParameterKind::Learned))
                .to_vec(),
            Self::ChannelConv { kernel } => vec![parameter(
                "weight",
                smallvec![1, 1, *kernel],
                ParameterKind::Learned,
            )],
            Self::BatchNorm2d(norm) => vec![
                parameter("weight", smallvec![norm.features], ParameterKind::Learned),
                parameter("bias", smallvec![norm.features], ParameterKind::Learned),
                parameter(
                    "running_mean",
                    smallvec![norm.features],
                    ParameterKind::Buffer,
                ),
                parameter(
                    "running_var",
                    smallvec![norm.features],
                    ParameterKind::Buffer,
                ),
                parameter("num_batches_tracked", smallvec![], ParameterKind::Counter),
            ],
            Self::Linear(linear) => {
                let mut tensors = vec![parameter(
                    "weight",
                    smallvec![linear.out_features, linear.in_features],
                    ParameterKind::Learned,
                )];
                if linear.bias {
                    tensors.push(parameter(
                        "bias",
                        smallvec![linear.out_features],
                        ParameterKind::Learned,
                    ));
                }
                tensors
            }
            Self::Input { .. }
            | Self::Grayscale
            | Self::Resize { .. }
            | Self::CenterCrop { .. }
            | Self::RgbToBgr
            | Self::Scale { .. }
            | Self::Standardize { .. }
            | Self::Relu
            | Self::Sigmoid
            | Self::MaxPool2d(_)
            | Self::AvgPool2d { .. }
            | Self::BlurPool2d { .. }
            | Self::ConstantPad2d { .. }
            | Self::GlobalAvgPool
            | Self::PadShortcut { .. }
            | Self::Add
            | Self::Multiply
            | Self::Slice { .. }
            | Self::Concat { .. }
            | Self::RadixSum { .. }
            | Self::RadixSoftmax { .. }
            | Self::RadixWeightedSum { .. }
            | Self::Flatten => vec![],
        }
    }
}
