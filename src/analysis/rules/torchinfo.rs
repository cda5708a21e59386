//! `torchinfo`: the "total mult-adds" of torchinfo 1.8.0.
//!
//! It multiplies a module's parameters (`LayerInfo.calculate_macs`): those of a convolution by batch and output pixels, those
//! of any other module by the batch alone. Quirks:
//!
//! - batch norm is therefore its 2 parameters a channel an image, however large the map is;
//! - biases are parameters, and count;
//! - what has no parameters counts nothing;
//! - the batch is in the figure that it prints, where the others speak of one image.
//!
//! 4,089,238,376 for ResNet-50.

use super::{Call, Tool};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "torchinfo",
    sentence: "multiply-adds, biases, and batch norm's parameters once an image",
    flops_per_count: 2,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        Layer::Conv2d(conv) => call.conv(conv) + call.bias(conv.bias),
        Layer::Linear(linear) => call.linear(linear) + call.bias(linear.bias),
        Layer::BatchNorm2d(norm) => call.unless_function(2 * u128::from(norm.features)),
        Layer::GroupNorm(norm) => call.unless_function(2 * u128::from(norm.features)),
        // It looks at `weight` and `bias` alone: a third parameter is not counted.
        Layer::EvoNorm2dS0(norm) => 2 * u128::from(norm.features),
        Layer::FilterResponseNorm { features, .. } => 2 * u128::from(*features),
        Layer::ChannelConv { kernel } => call.written() * u128::from(*kernel),
        Layer::Input { .. }
        | Layer::Grayscale
        | Layer::Resize { .. }
        | Layer::CenterCrop { .. }
        | Layer::RgbToBgr
        | Layer::Scale { .. }
        | Layer::Standardize { .. }
        | Layer::Relu
        | Layer::MaxPool2d(_)
        | Layer::AvgPool2d { .. }
        | Layer::GlobalAvgPool
        | Layer::PadShortcut { .. }
        | Layer::Add
        | Layer::Sigmoid
        | Layer::ConstantPad2d { .. }
        | Layer::Multiply
        | Layer::Slice { .. }
        | Layer::Concat { .. }
        | Layer::RadixSum { .. }
        | Layer::RadixSoftmax { .. }
        | Layer::RadixWeightedSum { .. }
        | Layer::BlurPool2d { .. }
        | Layer::Flatten => 0,
    }
}
