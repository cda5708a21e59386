//! `thop`: thop 0.1.1.post2209072238 (pytorch-OpCounter), which counts modules through hooks.
//!
//! Quirks, from `vision/basic_hooks.py` and `vision/calc_func.py`:
//!
//! - batch norm is four an element: `calculate_norm` gives two, and an affine one doubles that;
//! - an adaptive average pool is its window's pixels and a division for each output, k² + 1 a channel where the whole map of
//!   k × k becomes one, and an average pool with a window is one an output, whatever its size;
//! - a bias, ReLU and maximum pool are nothing, and functions have no hook.
//!
//! 4,133,742,592 for ResNet-50.

use super::{Call, Tool};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "thop",
    sentence: "multiply-adds, 4 an element of batch norm, k² + 1 a channel of the global pool",
    flops_per_count: 2,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        // A class of its own has no hook.
        Layer::Conv2d(conv) if conv.standardize.is_some() => 0,
        Layer::Conv2d(conv) => call.conv(conv),
        Layer::Linear(linear) => call.linear(linear),
        Layer::BatchNorm2d(_) => call.unless_function(4 * call.read()),
        Layer::AvgPool2d { .. } => call.written(),
        Layer::GlobalAvgPool => call.unless_function(call.read() + call.written()),
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
        | Layer::GroupNorm(_)
        | Layer::EvoNorm2dS0(_)
        | Layer::FilterResponseNorm { .. }
        | Layer::Flatten => 0,
    }
}
