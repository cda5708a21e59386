//! `ptflops`: ptflops 0.7.5 with `backend="pytorch"`.
//!
//! It hooks modules *and* replaces functions such as `F.relu` by counting ones (`pytorch_engine.py`). Quirks:
//!
//! - the modules of ReLU and of the pools call those functions, so that each is counted twice: by its hook and by the
//!   replaced function; a ReLU that is called as a function is counted once;
//! - a pool is one an element that it *reads*, for each of the two;
//! - batch norm and group norm are two an element, and a bias one an output element; a class derived from `torch.nn.GroupNorm`,
//!   as timm's is, has no hook;
//! - `F.softmax`, which split attention calls, is one an element;
//! - only `torch.add` and `Tensor.add` are replaced, so that a block's addition, written `+` or `+=`, escapes.
//!
//! 4,132,436,968 for ResNet-50.

use super::{Call, Tool};
use crate::network::Layer;

pub(super) const TOOL: Tool = Tool {
    name: "ptflops",
    sentence: "multiply-adds, biases, batch norm; modules of ReLU and pools are counted twice",
    flops_per_count: 2,
    count,
};

fn count(call: &Call<'_>) -> u128 {
    match call.layer {
        // A class of its own has no hook.
        Layer::Conv2d(conv) if conv.standardize.is_some() => 0,
        Layer::Conv2d(conv) => call.conv(conv) + call.bias(conv.bias),
        Layer::Linear(linear) => call.linear(linear) + call.bias(linear.bias),
        Layer::BatchNorm2d(_) => call.unless_function(2 * call.read()),
        Layer::GroupNorm(norm) if !norm.derived => call.unless_function(2 * call.read()),
        // `Tensor.add` is replaced, and adds ε to a number a group or a channel.
        Layer::EvoNorm2dS0(norm) => u128::from(norm.groups),
        Layer::FilterResponseNorm { features, .. } => u128::from(*features),
        // `F.softmax` is replaced, in split attention; `torch.softmax` in selective kernels is not, nor is `torch.sigmoid`.
        Layer::RadixSoftmax { radix, .. } if *radix > 1 => call.unless_function(call.written()),
        // `Tensor.mean` is not replaced.
        Layer::GlobalAvgPool if call.function => 0,
        Layer::Relu | Layer::MaxPool2d(_) | Layer::AvgPool2d { .. } | Layer::GlobalAvgPool => {
            let times = if call.function { 1 } else { 2 };
            times * call.read()
        }
        Layer::ChannelConv { kernel } => call.written() * u128::from(*kernel),
        Layer::Input { .. }
        | Layer::Grayscale
        | Layer::Resize { .. }
        | Layer::CenterCrop { .. }
        | Layer::RgbToBgr
        | Layer::Scale { .. }
        | Layer::Standardize { .. }
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
        | Layer::Flatten => 0,
    }
}
