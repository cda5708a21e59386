//! `torch`: PyTorch's own `torch.utils.flop_counter.FlopCounterMode`, version 2.15.
//!
//! Its registry has formulas for matrix products, convolutions and attention; every other operator counts nothing. A
//! multiply-add is two FLOPs, and biases are left out although `addmm` adds them: `addmm_flop` ignores its first operand.
//! 8,178,368,512 for ResNet-50.

use super::{Tool, nothing};

pub(super) const TOOL: Tool = Tool {
    name: "torch",
    sentence: "rule-torch",
    flops_per_count: 1,
    rarity: 0.1,
    conv: |call, conv| 2 * call.conv(conv),
    linear: |call, linear| 2 * call.linear(linear),
    norm: nothing,
    activation: nothing,
    scalar: nothing,
    pool: |call, pool| 2 * call.blur(pool),
    combine: nothing,
    gate: nothing,
};
