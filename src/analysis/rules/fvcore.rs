//! `fvcore`: `fvcore.nn.FlopCountAnalysis` of fvcore 0.1.5.post20221221, in evaluation mode.
//!
//! It traces the model and has handlers for a few `aten` operators (`flop_count.py`); all others, among them windowed pools
//! and additions, count nothing. Quirks, from `jit_handles.py`:
//!
//! - `aten::batch_norm` is two an element in evaluation mode, and five in training mode, which is not counted here;
//! - `aten::group_norm` is five an element, and so is `aten::instance_norm` with scale and shift; without them it is four;
//! - standardised weights are standardised by `aten::batch_norm` in training mode: four a weight without scale, five with a gain;
//! - `aten::adaptive_avg_pool2d` is one an element that it *reads*, so the global pool counts and other pools do not;
//! - neither convolutions nor linear layers count their biases.
//!
//! timm publishes GMACs by this rule. 4,111,512,576 for ResNet-50.

use super::{Call, Tool, norm, nothing};
use crate::network::Pool;

pub(super) const TOOL: Tool = Tool {
    name: "fvcore",
    sentence: "rule-fvcore",
    flops_per_count: 2,
    rarity: 0.05,
    conv: |call, conv| {
        let each = if conv.has_gain() { 5 } else { 4 };
        call.conv(conv) + each * Call::standardized_weights(conv)
    },
    linear: |call, linear| call.linear(linear),
    norm: |call, norm| norm::counts(call, norm).fvcore,
    activation: nothing,
    scalar: nothing,
    pool: |call, pool| match pool {
        Pool::Global | Pool::Along(_) => call.unless_function(call.read()),
        Pool::Blur { .. } => call.blur(pool),
        Pool::Max(_) | Pool::Average { .. } | Pool::MeanDeviation { .. } => 0,
    },
    combine: nothing,
    gate: nothing,
};
