//! The closed list of layers, by families: the operation of each, its settings and its parameters.

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
use crate::text::format::dims;
use crate::text::{Joint, Message};

/// One operation of a network.
///
/// The list is closed on purpose, and so is each family: an analysis handles a family as a whole if it can, and names the
/// members that differ. A new family or member makes the compiler list every place that must handle it.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The image: channels × height × width, values from 0 to 255.
    Input {
        /// Number of channels.
        channels: u64,
        /// Height and width in pixels.
        size: [u64; 2],
    },
    /// A preprocessing step on a whole image.
    Picture(Picture),
    /// A preprocessing step on the values of an image.
    Preprocess(Preprocess),
    /// A convolution with learned weights.
    Conv(Conv),
    /// A normalisation.
    Norm(Norm),
    /// A function that is applied to each value.
    Activation(Activation),
    /// An operation with one learned number for all values.
    Scalar(Scalar),
    /// A fixed summary of the values in a window or along an axis.
    Pool(Pool),
    /// A layer that reads several maps.
    Combine(Combine),
    /// A step in the computation of a gate.
    Gate(Gate),
    /// Values that are moved, dropped or added, with none computed.
    Reshape(Reshape),
    /// `torch.nn.Linear`
    Linear(Linear),
}

/// A layer of a family is a layer.
macro_rules! families {
    ($($family:ident)*) => {
        $(impl From<$family> for Layer {
            fn from(layer: $family) -> Self {
                Self::$family(layer)
            }
        })*
    };
}

families! { Picture Preprocess Conv Norm Activation Scalar Pool Combine Gate Reshape Linear }

/// Kind of a tensor in a `state_dict`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// Learned by gradient descent.
    Learned,
    /// Running mean or variance, updated by the forward pass in training mode.
    Buffer,
    /// `num_batches_tracked`: an integer that inference ignores.
    Counter,
}

/// A tensor that belongs to a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Name in the module: `weight`; empty for a layer that is not a module but a tensor attribute of the module around it.
    pub name: &'static str,
    /// Dimensions; none for a scalar.
    pub shape: SmallVec<[u64; 4]>,
    /// Kind of the tensor.
    pub kind: ParameterKind,
}

/// Tensors of a layer: few enough to need no allocation.
pub type Parameters = SmallVec<[Parameter; 5]>;

impl Parameter {
    /// Number of elements.
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

    /// Short description: `conv 3×3, stride 2, 64 → 128`.
    pub fn summary(&self) -> Message {
        match self {
            Self::Input { channels, size } => {
                message!("layer-image", shape = dims([*channels, size[0], size[1]]),)
            }
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

    /// Category of the layer.
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
            Self::Combine(Combine::Multiply | Combine::RadixWeightedSum { .. }) | Self::Gate(_) => {
                Category::Attention
            }
            Self::Combine(Combine::Concat { .. }) | Self::Reshape(Reshape::Slice { .. }) => {
                Category::Split
            }
            Self::Reshape(Reshape::Flatten | Reshape::Dropout { .. })
            | Self::Scalar(_)
            | Self::Linear(_) => Category::Linear,
        }
    }

    /// Number of operands.
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

    /// Settings of a convolution over rows and columns.
    pub const fn conv2d(&self) -> Option<&Conv2d> {
        match self {
            Self::Conv(Conv::Spatial(conv)) => Some(conv),
            _ => None,
        }
    }

    /// Whether it is an activation function of a block, rather than of a gate.
    pub const fn is_activation(&self) -> bool {
        matches!(self, Self::Activation(function) if !function.gates())
    }

    /// Window of a convolution or pool.
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

    /// Stride along height and width; 1 for layers that read every pixel.
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
            Self::Norm(norm) => norm.affine().unwrap_or(true),
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

    /// Tensors of the layer, in the order of PyTorch's `state_dict`.
    pub fn parameters(&self) -> Parameters {
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
            | Self::Reshape(_) => Parameters::new(),
        }
    }
}

/// Short description of the window that slides over a map: `max pool 3×3`, `stride 2`.
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
