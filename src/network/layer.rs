//! The closed list of layers, by families: what each computes, its settings and its parameters.

mod activation;
mod combine;
mod conv;
mod norm;
mod picture;
mod pool;
mod reshape;
mod scalar;

use smallvec::SmallVec;

pub use activation::Activation;
pub use combine::{Combine, Gate};
pub use conv::{Conv, Conv2d, Linear, Standardize};
pub use norm::{BatchNorm2d, GroupNorm, InstanceNorm, Norm};
pub use picture::{Picture, Preprocess};
pub use pool::{Axis, Pool};
pub use reshape::{Order, Reshape, Zeros};
pub use scalar::Scalar;

use super::category::Category;
use super::window::{Window, sides};
use crate::message;
use crate::text::{Joint, Message};

/// One operation of a network.
///
/// The list is closed on purpose, and so is each family: an analysis answers for a family where it can and names the members
/// that differ, and a new family or member makes the compiler name every place that must answer for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The image: channels × height × width of values from 0 to 255.
    Input {
        /// Channels.
        channels: u64,
        /// Height and width in pixels.
        size: [u64; 2],
    },
    /// A step on a whole picture.
    Picture(Picture),
    /// A step on a picture's numbers.
    Preprocess(Preprocess),
    /// A convolution with learned weights.
    Conv(Conv),
    /// A normalisation.
    Norm(Norm),
    /// A function of each value by itself.
    Activation(Activation),
    /// One learned number for all values.
    Scalar(Scalar),
    /// A fixed summary of values under a window or along an axis.
    Pool(Pool),
    /// A layer that reads several maps.
    Combine(Combine),
    /// A step on the way to a gate.
    Gate(Gate),
    /// Values moved, dropped or added, none computed.
    Reshape(Reshape),
    /// `torch.nn.Linear`
    Linear(Linear),
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
    /// Its name in the module: `weight`; none where it is no module's but the layer itself, an attribute of the module around it.
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

const fn learned(name: &'static str, shape: SmallVec<[u64; 4]>) -> Parameter {
    Parameter {
        name,
        shape,
        kind: ParameterKind::Learned,
    }
}

impl Layer {
    /// PyTorch's name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Input { .. } => "Input",
            Self::Picture(picture) => picture.op(),
            Self::Preprocess(preprocess) => preprocess.op(),
            Self::Conv(conv) => conv.op(),
            Self::Norm(norm) => norm.op(),
            Self::Activation(activation) => activation.op(),
            Self::Scalar(scalar) => scalar.op(),
            Self::Pool(pool) => pool.op(),
            Self::Combine(combine) => combine.op(),
            Self::Gate(gate) => gate.op(),
            Self::Reshape(reshape) => reshape.op(),
            Self::Linear(_) => "Linear",
        }
    }

    /// What it does in a few words: `conv 3×3, stride 2, 64 → 128`.
    pub fn summary(&self) -> Message {
        match self {
            Self::Input { channels, size } => message!(
                "layer-image",
                shape = format!("{channels}×{}×{}", size[0], size[1]),
            ),
            Self::Picture(picture) => picture.summary(),
            Self::Preprocess(preprocess) => preprocess.summary(),
            Self::Conv(conv) => conv.summary(),
            Self::Norm(norm) => norm.summary(),
            Self::Activation(activation) => activation.summary(),
            Self::Scalar(scalar) => scalar.summary(),
            Self::Pool(pool) => pool.summary(),
            Self::Combine(combine) => combine.summary(),
            Self::Gate(gate) => gate.summary(),
            Self::Reshape(reshape) => reshape.summary(),
            Self::Linear(linear) => linear.summary(),
        }
    }

    /// Its kind.
    pub const fn category(&self) -> Category {
        match self {
            Self::Input { .. } | Self::Picture(_) | Self::Preprocess(_) => Category::Input,
            Self::Conv(_) => Category::Convolution,
            Self::Norm(_) => Category::Norm,
            Self::Activation(_) => Category::Activation,
            Self::Pool(_)
            | Self::Reshape(
                Reshape::ConstantPad2d { .. }
                | Reshape::SpaceToDepth { .. }
                | Reshape::PixelShuffle { .. },
            ) => Category::Pool,
            Self::Combine(Combine::Add) | Self::Reshape(Reshape::PadShortcut { .. }) => {
                Category::Residual
            }
            Self::Combine(
                Combine::Multiply | Combine::Concat { .. } | Combine::RadixWeightedSum { .. },
            )
            | Self::Gate(_)
            | Self::Reshape(Reshape::Slice { .. }) => Category::Attention,
            Self::Reshape(Reshape::Flatten | Reshape::Dropout { .. })
            | Self::Scalar(_)
            | Self::Linear(_) => Category::Linear,
        }
    }

    /// How many tensors it reads.
    pub const fn arity(&self) -> usize {
        match self {
            Self::Input { .. } => 0,
            Self::Combine(combine) => combine.arity(),
            Self::Picture(_)
            | Self::Preprocess(_)
            | Self::Conv(_)
            | Self::Norm(_)
            | Self::Activation(_)
            | Self::Scalar(_)
            | Self::Pool(_)
            | Self::Gate(_)
            | Self::Reshape(_)
            | Self::Linear(_) => 1,
        }
    }

    /// The settings of a convolution over rows and columns.
    pub const fn conv2d(&self) -> Option<&Conv2d> {
        match self {
            Self::Conv(Conv::Spatial(conv)) => Some(conv),
            _ => None,
        }
    }

    /// Whether it is a block's activation function, and not that of a gate.
    pub const fn is_activation(&self) -> bool {
        matches!(self, Self::Activation(function) if !function.gates())
    }

    /// The window of a convolution or pool.
    pub const fn window(&self) -> Option<&Window> {
        match self {
            Self::Conv(Conv::Spatial(conv)) => Some(&conv.window),
            Self::Pool(Pool::Max(window) | Pool::Average { window, .. }) => Some(window),
            Self::Input { .. }
            | Self::Picture(_)
            | Self::Preprocess(_)
            | Self::Conv(Conv::Channels { .. })
            | Self::Norm(_)
            | Self::Activation(_)
            | Self::Scalar(_)
            | Self::Pool(
                Pool::Blur { .. } | Pool::Global | Pool::Along(_) | Pool::MeanDeviation { .. },
            )
            | Self::Combine(_)
            | Self::Gate(_)
            | Self::Reshape(_)
            | Self::Linear(_) => None,
        }
    }

    /// Step along (height, width); 1 where it reads every pixel.
    pub const fn stride(&self) -> [u64; 2] {
        match self {
            Self::Reshape(Reshape::PadShortcut { stride, .. }) => *stride,
            Self::Pool(Pool::Blur { stride, .. }) => [*stride; 2],
            Self::Reshape(Reshape::SpaceToDepth { block, .. }) => [*block; 2],
            _ => match self.window() {
                Some(window) => window.stride,
                None => [1; 2],
            },
        }
    }

    /// Whether it has tensors.
    pub fn has_parameters(&self) -> bool {
        match self {
            Self::Conv(_) | Self::Linear(_) => true,
            Self::Norm(norm) => match norm {
                Norm::Instance(norm) => norm.affine,
                Norm::Batch(_) | Norm::Group(_) | Norm::EvoS0(_) | Norm::FilterResponse { .. } => {
                    true
                }
            },
            Self::Activation(activation) => matches!(activation, Activation::Prelu { .. }),
            Self::Scalar(scalar) => scalar.is_learned(),
            Self::Input { .. }
            | Self::Picture(_)
            | Self::Preprocess(_)
            | Self::Pool(_)
            | Self::Combine(_)
            | Self::Gate(_)
            | Self::Reshape(_) => false,
        }
    }

    /// Its tensors, in the order of PyTorch's `state_dict`.
    pub fn parameters(&self) -> Vec<Parameter> {
        match self {
            Self::Conv(conv) => conv.parameters(),
            Self::Norm(norm) => norm.parameters(),
            Self::Linear(linear) => linear.parameters(),
            Self::Activation(activation) => activation.parameters(),
            Self::Scalar(scalar) => scalar.parameters(),
            Self::Input { .. }
            | Self::Picture(_)
            | Self::Preprocess(_)
            | Self::Pool(_)
            | Self::Combine(_)
            | Self::Gate(_)
            | Self::Reshape(_) => vec![],
        }
    }
}

/// What slides over a map, in a few words: `max pool 3×3`, `stride 2`.
fn windowed(id: &'static str, window: &Window) -> Vec<Message> {
    let mut parts = vec![Message::new(id).with("window", window.to_string())];
    if window.stride != [1; 2] {
        parts.push(message!("layer-stride", stride = sides(window.stride)));
    }
    if window.dilation != [1; 2] {
        parts.push(message!(
            "layer-dilation",
            dilation = sides(window.dilation)
        ));
    }
    parts
}

/// Several of them as one.
fn clauses(parts: Vec<Message>) -> Message {
    Message::of(Joint::Clause.of(parts))
}
