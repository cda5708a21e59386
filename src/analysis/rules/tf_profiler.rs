//! `tf-profiler`: TensorFlow's profiler, by `profiler/internal/flops_registry.py` and `ops/nn_ops.py` (2.x).
//!
//! It sums registered statistics over the operations of a graph; what has none counts nothing. Quirks:
//!
//! - a multiply-add is two operations, and `BiasAdd` one an output;
//! - neither `FusedBatchNormV3` nor `Relu` is registered: batch norm and ReLU are free;
//! - a pool with a window is its window's pixels an output, for a maximum as for a mean;
//! - Keras' global pool is a `Mean`, n − 1 additions and a division for n pixels: one an element that it reads;
//! - a block's addition (`AddV2`) is one an element, and the softmax, which networks here leave to the loss, would be five.

use super::{Call, Tool, area};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "tf-profiler",
    sentence: "two operations a multiply-add, and biases, pools and additions",
    flops_per_count: 1,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        Layer::Conv2d(conv) => 2 * call.conv(conv) + call.bias(conv.bias),
        Layer::Linear(linear) => 2 * call.linear(linear) + call.bias(linear.bias),
        Layer::MaxPool2d(window) | Layer::AvgPool2d { window, .. } => {
            call.written() * area(window.kernel)
        }
        Layer::GlobalAvgPool => call.read(),
        Layer::Add => call.written(),
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
