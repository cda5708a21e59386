//! `ptflops-aten`: ptflops 0.7.5 with `backend="aten"`, the default.
//!
//! It sees the `aten` operators as they are dispatched and counts matrix products and convolutions (`aten_ops.py`), with each
//! bias as one per output element; everything else is a "zero-op". 4,089,185,256 for ResNet-50: conv+fc and the last layer's
//! 1000 biases.

use super::{Tool, nothing};

pub(super) const TOOL: Tool = Tool {
    name: "ptflops-aten",
    sentence: "rule-ptflops-aten",
    flops_per_count: 2,
    rarity: 0.15,
    conv: |call, conv| call.biased_conv(conv),
    linear: |call, linear| call.biased_linear(linear),
    norm: nothing,
    activation: nothing,
    scalar: nothing,
    pool: |call, pool| call.blur(pool),
    combine: nothing,
    gate: nothing,
};
