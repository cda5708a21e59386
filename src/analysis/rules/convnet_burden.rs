//! `convnet-burden`: Samuel Albanie's tables of models, `core/burden.m` at commit 9c7f31b (2019).
//!
//! Its "FLOPs" are fused multiply-adds, and other arithmetic at what it takes apart. Quirks:
//!
//! - ReLU is two an element, a comparison and a multiplication;
//! - a pool with a window is `2 · outputs · stride²`, two for each place that it steps over, whatever the window's size;
//! - the global pool is one fused multiply-add an element that it reads;
//! - a block's addition is one an element;
//! - batch norm is nothing: it is assumed to be merged into the convolution, without a bias for it.
//!
//! The published tables round to whole GFLOPs, so that they fit many rules; this is the formula.

use super::{Call, Tool, area};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "convnet-burden",
    sentence: "multiply-adds, biases, pools, additions, and 2 an element of ReLU",
    flops_per_count: 2,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        Layer::Conv2d(conv) => call.conv(conv) + call.bias(conv.bias),
        Layer::Linear(linear) => call.linear(linear) + call.bias(linear.bias),
        Layer::Relu => 2 * call.written(),
        Layer::MaxPool2d(window) | Layer::AvgPool2d { window, .. } => {
            2 * call.written() * area(window.stride)
        }
        Layer::GlobalAvgPool => call.read(),
        Layer::Add => call.written(),
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
        | Layer::PadShortcut { .. }
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
