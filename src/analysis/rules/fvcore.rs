//! `fvcore`: `fvcore.nn.FlopCountAnalysis` of fvcore 0.1.5.post20221221, in evaluation mode.
//!
//! It traces the model and has handlers for a few `aten` operators (`flop_count.py`); all others count nothing, the
//! windowed pools and the additions among them. Quirks, from `jit_handles.py`:
//!
//! - `aten::batch_norm` is two an element in evaluation mode, and five in training mode, which is not counted here;
//! - `aten::group_norm` is five an element;
//! - standardised weights are standardised by `aten::batch_norm` without scale and shift in training mode: four a weight;
//! - `aten::adaptive_avg_pool2d` is one an element that it *reads*, so the global pool counts and other pools do not;
//! - neither convolutions nor linear layers count their biases.
//!
//! timm's published GMACs are counted so. 4,111,512,576 for ResNet-50.

use super::{Call, Tool};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "fvcore",
    sentence: "multiply-adds, 2 an element of batch norm, 1 an element that the global pool reads",
    flops_per_count: 2,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        Layer::Conv2d(conv) => call.conv(conv) + 4 * Call::standardized_weights(conv),
        Layer::Linear(linear) => call.linear(linear),
        Layer::BatchNorm2d(_) => 2 * call.read(),
        Layer::GroupNorm(_) => 5 * call.read(),
        Layer::GlobalAvgPool => call.unless_function(call.read()),
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
        | Layer::Relu
        | Layer::MaxPool2d(_)
        | Layer::AvgPool2d { .. }
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
        | Layer::EvoNorm2dS0(_)
        | Layer::FilterResponseNorm { .. }
        | Layer::Flatten => 0,
    }
}
