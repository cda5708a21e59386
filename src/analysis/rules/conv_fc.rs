//! `conv+fc`: multiply-adds of convolutions and linear layers, nothing else.
//!
//! He et al. 2015 count "FLOPs (multiply-adds)" so, and torchvision 0.29 publishes them as GFLOPS: its figures are half of
//! what `torch.utils.flop_counter` counts. 4,089,184,256 for ResNet-50.

use super::{Call, Tool};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "conv+fc",
    sentence: "multiply-adds of convolutions and linear layers, biases not counted",
    flops_per_count: 2,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        Layer::Conv2d(conv) => call.conv(conv),
        Layer::Linear(linear) => call.linear(linear),
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
