//! The closed list of layers: what each computes, its settings and its parameters.

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
    /// `max(x, 0)`
    Relu,
    /// `torch.nn.MaxPool2d`
    MaxPool2d(Window),
    /// `torch.nn.AvgPool2d`; the padding counts as zeros.
    AvgPool2d(Window),
    /// `torch.nn.AdaptiveAvgPool2d(1)`: the mean of each channel.
    GlobalAvgPool,
    /// Option A of He et al. 2015: every `stride`-th pixel, and new channels of zeros, half of them at each side.
    PadShortcut {
        /// Step along height and width.
        stride: u64,
        /// Channels put out; not fewer than come in.
        channels: u64,
    },
    /// Elementwise sum of its two operands: the main path's and the shortcut's.
    Add,
    /// A map as a vector.
    Flatten,
    /// `torch.nn.Linear`
    Linear(Linear),
}

/// Settings of a convolution, as PyTorch names them.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub shape: Vec<u64>,
    /// Learned or kept.
    pub kind: ParameterKind,
}

impl Parameter {
    /// How many numbers it holds.
    pub fn elements(&self) -> u128 {
        self.shape.iter().copied().map(u128::from).product()
    }
}

/// The kind of a layer, for colours, legends and filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The image and its preparation.
    Input,
    /// Convolution.
    Convolution,
    /// Normalisation.
    Norm,
    /// Activation function.
    Activation,
    /// Pooling.
    Pool,
    /// Addition and option A's padding: the residual connection.
    Residual,
    /// Flattening and fully connected layers.
    Linear,
}

impl Category {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 7] = [
        Self::Input,
        Self::Convolution,
        Self::Norm,
        Self::Activation,
        Self::Pool,
        Self::Residual,
        Self::Linear,
    ];

    /// A word for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Convolution => "convolution",
            Self::Norm => "normalisation",
            Self::Activation => "activation",
            Self::Pool => "pool",
            Self::Residual => "residual",
            Self::Linear => "linear",
        }
    }
}

impl Layer {
    /// PyTorch's name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Input { .. } => "Input",
            Self::Scale { .. } => "Scale",
            Self::Standardize { .. } => "Standardize",
            Self::Conv2d(_) => "Conv2d",
            Self::BatchNorm2d(_) => "BatchNorm2d",
            Self::Relu => "ReLU",
            Self::MaxPool2d(_) => "MaxPool2d",
            Self::AvgPool2d(_) => "AvgPool2d",
            Self::GlobalAvgPool => "AdaptiveAvgPool2d",
            Self::PadShortcut { .. } => "PadShortcut",
            Self::Add => "Add",
            Self::Flatten => "Flatten",
            Self::Linear(_) => "Linear",
        }
    }

    /// Its kind.
    pub const fn category(&self) -> Category {
        match self {
            Self::Input { .. } | Self::Scale { .. } | Self::Standardize { .. } => Category::Input,
            Self::Conv2d(_) => Category::Convolution,
            Self::BatchNorm2d(_) => Category::Norm,
            Self::Relu => Category::Activation,
            Self::MaxPool2d(_) | Self::AvgPool2d(_) | Self::GlobalAvgPool => Category::Pool,
            Self::PadShortcut { .. } | Self::Add => Category::Residual,
            Self::Flatten | Self::Linear(_) => Category::Linear,
        }
    }

    /// How many tensors it reads.
    pub const fn arity(&self) -> usize {
        match self {
            Self::Input { .. } => 0,
            Self::Add => 2,
            _ => 1,
        }
    }

    /// The window of a convolution or pool.
    pub const fn window(&self) -> Option<&Window> {
        match self {
            Self::Conv2d(conv) => Some(&conv.window),
            Self::MaxPool2d(window) | Self::AvgPool2d(window) => Some(window),
            _ => None,
        }
    }

    /// Step along (height, width); 1 where it reads every pixel.
    pub const fn stride(&self) -> [u64; 2] {
        match self {
            Self::PadShortcut { stride, .. } => [*stride; 2],
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
                    vec![conv.out_channels, read, height, width],
                    ParameterKind::Learned,
                )];
                if conv.bias {
                    tensors.push(parameter(
                        "bias",
                        vec![conv.out_channels],
                        ParameterKind::Learned,
                    ));
                }
                tensors
            }
            Self::BatchNorm2d(norm) => vec![
                parameter("weight", vec![norm.features], ParameterKind::Learned),
                parameter("bias", vec![norm.features], ParameterKind::Learned),
                parameter("running_mean", vec![norm.features], ParameterKind::Buffer),
                parameter("running_var", vec![norm.features], ParameterKind::Buffer),
                parameter("num_batches_tracked", vec![], ParameterKind::Counter),
            ],
            Self::Linear(linear) => {
                let mut tensors = vec![parameter(
                    "weight",
                    vec![linear.out_features, linear.in_features],
                    ParameterKind::Learned,
                )];
                if linear.bias {
                    tensors.push(parameter(
                        "bias",
                        vec![linear.out_features],
                        ParameterKind::Learned,
                    ));
                }
                tensors
            }
            Self::Input { .. }
            | Self::Scale { .. }
            | Self::Standardize { .. }
            | Self::Relu
            | Self::MaxPool2d(_)
            | Self::AvgPool2d(_)
            | Self::GlobalAvgPool
            | Self::PadShortcut { .. }
            | Self::Add
            | Self::Flatten => vec![],
        }
    }

    /// What it does in a few words: `conv 3×3, stride 2, 64 → 128`.
    pub fn summary(&self) -> String {
        let windowed = |name: &str, window: &Window| {
            let mut text = format!("{name} {window}");
            if window.stride != [1; 2] {
                text += &format!(", stride {}", window.stride[0]);
            }
            if window.dilation != [1; 2] {
                text += &format!(", dilation {}", window.dilation[0]);
            }
            text
        };
        match self {
            Self::Input { channels, size } => format!("image {channels}×{}×{}", size[0], size[1]),
            Self::Scale { divisor } => format!("divide by {divisor}"),
            Self::Standardize { .. } => "subtract mean, divide by std".to_owned(),
            Self::Conv2d(conv) => {
                let mut text = windowed("conv", &conv.window);
                if conv.groups > 1 {
                    text += &format!(", {} groups", conv.groups);
                }
                text + &format!(", {} → {}", conv.in_channels, conv.out_channels)
            }
            Self::BatchNorm2d(norm) => format!("batch norm, {} channels", norm.features),
            Self::Relu => "ReLU".to_owned(),
            Self::MaxPool2d(window) => windowed("max pool", window),
            Self::AvgPool2d(window) => windowed("average pool", window),
            Self::GlobalAvgPool => "global average pool".to_owned(),
            Self::PadShortcut { stride, channels } => {
                format!("every {stride}nd pixel, zeros up to {channels} channels")
                    .replace("1nd", "1st")
            }
            Self::Add => "main path + shortcut".to_owned(),
            Self::Flatten => "flatten".to_owned(),
            Self::Linear(linear) => {
                format!("linear, {} → {}", linear.in_features, linear.out_features)
            }
        }
    }
}
