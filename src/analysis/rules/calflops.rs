//! `calflops`: `calflops.calculate_flops` of calflops 0.3, in evaluation mode.
//!
//! It replaces functions of `torch.nn.functional` and a few of `torch` by ones that count too, as `DeepSpeed`'s profiler does, from which it
//! comes (`pytorch_ops.py`). Quirks:
//!
//! - a multiply-add is two operations; a convolution's bias is one an output, and a linear layer's nothing;
//! - batch norm is two an element in evaluation mode; group norm is five, and instance norm too, or four without scale and shift;
//! - standardised weights are standardised by a batch norm in training mode: four a weight, five where they have a gain;
//! - an activation whose function is replaced is one an element: ReLU, leaky ReLU, PReLU, ELU, SiLU and GELU, and none of the others;
//! - a pool is one an element that it reads, and a mean as a function of the tensor nothing;
//! - sums and products by operators are not seen, so that additions, gates and scales are free; `Tensor.add` and `F.softmax` are seen.
//!
//! 8,211,108,352 for ResNet-50, which people quote as 8.21 G.

use super::{Call, Tool, activation, norm, nothing};
use crate::network::{Gate, Pool};

pub(super) const TOOL: Tool = Tool {
    name: "calflops",
    sentence: "two operations a multiply-add, 2 an element of batch norm, 1 of ReLU, 1 an element that a pool reads",
    flops_per_count: 1,
    rarity: 0.1,
    conv: |call, conv| {
        let each = if conv.has_gain() { 5 } else { 4 };
        2 * call.conv(conv) + call.bias(conv.has_bias()) + each * Call::standardized_weights(conv)
    },
    linear: |call, linear| 2 * call.linear(linear),
    norm: |call, norm| norm::counts(call, norm).calflops,
    activation: |call, function| activation::counts(call, *function).calflops,
    scalar: nothing,
    pool: |call, pool| match pool {
        Pool::Max(_) | Pool::Average { .. } => call.read(),
        Pool::Global | Pool::Along(_) => call.unless_function(call.read()),
        Pool::Blur { .. } => 2 * call.blur(pool),
        Pool::MeanDeviation { .. } => 0,
    },
    combine: nothing,
    gate: |call, gate| match gate {
        Gate::RadixSoftmax { radix, .. } if *radix > 1 => call.unless_function(call.written()),
        Gate::RadixSoftmax { .. } | Gate::RadixSum { .. } => 0,
    },
};
