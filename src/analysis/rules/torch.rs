//! `torch`: PyTorch's own `torch.utils.flop_counter.FlopCounterMode`, version 2.15.
//!
//! Its registry has formulas for matrix products, convolutions and attention; every other operator adds nothing. A
//! multiply-add is two FLOPs, and biases are left out although `addmm` adds them: `addmm_flop` ignores its first operand.
//! 8,178,368,512 for ResNet-50.

use super::{Call, Tool};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "torch",
    sentence: "two operations a multiply-add of convolutions and linear layers, biases not counted",
    flops_per_count: 1,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        Layer::Conv2d(conv) => 2 * call.conv(conv),
        Layer::Linear(linear) => 2 * call.linear(linear),
        Layer::ChannelConv { kernel } => 2 * call.written() * u128::from(*kernel),
        // A blur pool runs as a depth-wise convolution with fixed weights.
        Layer::BlurPool2d { kernel, .. } => 2 * call.written() * u128::from(kernel * kernel),
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
