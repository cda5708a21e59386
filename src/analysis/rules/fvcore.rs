//! `fvcore`: `fvcore.nn.FlopCountAnalysis` of fvcore 0.1.5.post20221221, in evaluation mode.
//!
//! It traces the model and has handlers for a few `aten` operators (`flop_count.py`); all others, among them windowed pools
//! and additions, count nothing. Quirks, from `jit_handles.py`:
//!
//! - `aten::batch_norm` is two per element in evaluation mode, and five in training mode, which is not counted here;
//! - `aten::group_norm` is five per element, and so is `aten::instance_norm` with scale and shift; without them it is four;
//! - weights are standardised by `aten::batch_norm` without scale and shift in training mode: four per weight;
//! - `aten::adaptive_avg_pool2d` is one per *input* element, so the global pool counts and other pools do not;
//! - neither convolutions nor linear layers count their biases.
//!
//! timm publishes GMACs by this rule. 4,111,512,576 for ResNet-50.

use super::{Call, Tool, norm, nothing};
use crate::network::Pool;

pub(super) const TOOL: Tool = Tool {
    name: "fvcore",
    sentence: "multiply-adds, 2 an element of batch norm, 1 an element that the global pool reads",
    flops_per_count: 2,
    rarity: 0.05,
    conv: |call, conv| call.conv(conv) + 4 * Call::standardized_weights(conv),
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
