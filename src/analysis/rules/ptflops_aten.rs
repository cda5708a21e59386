//! `ptflops-aten`: ptflops 0.7.5 with `backend="aten"`, the default.
//!
//! It sees the `aten` operators as they are dispatched and counts matrix products and convolutions (`aten_ops.py`), each
//! with its bias at one an output element; all else is a "zero-op". 4,089,185,256 for ResNet-50: conv+fc and the last
//! layer's 1000 biases.

use super::{Call, Tool};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "ptflops-aten",
    sentence: "multiply-adds of convolutions and linear layers, and their biases",
    flops_per_count: 2,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        Layer::Conv2d(conv) => call.conv(conv) + call.bias(conv.bias),
        Layer::Linear(linear) => call.linear(linear) + call.bias(linear.bias),
        Layer::ChannelConv { kernel } => call.written() * u128::from(*kernel),
        // A blur pool runs as a depth-wise convolution with fixed weights.
        Layer::BlurPool2d { kernel, .. } => call.written() * u128::from(kernel * kernel),
        Layer::Input { .. }
        | Layer::Grayscale
        | Layer::Resize { .. }
        | Layer::CenterCrop { .. }
        | Layer::RgbToBgr
        | Layer::Scale { .. }
        | Layer::Standardize { .. }
        | Layer::BatchNorm2d(_)
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
        | Layer::GroupNorm(_)
        | Layer::EvoNorm2dS0(_)
        | Layer::FilterResponseNorm { .. }
        | Layer::Flatten => 0,
    }
}
