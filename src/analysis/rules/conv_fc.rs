//! `conv+fc`: multiply-adds of convolutions and linear layers, nothing else.
//!
//! He et al. 2015 count "FLOPs (multiply-adds)" in this way, and torchvision 0.29 publishes them as GFLOPS: its figures are
//! half of those of `torch.utils.flop_counter`. 4,089,184,256 for ResNet-50.

use super::{Tool, nothing};

pub(super) const TOOL: Tool = Tool {
    name: "conv+fc",
    sentence: "rule-conv-fc",
    flops_per_count: 2,
    rarity: 0.0,
    conv: |call, conv| call.conv(conv),
    linear: |call, linear| call.linear(linear),
    norm: nothing,
    activation: nothing,
    scalar: nothing,
    pool: |call, pool| call.blur(pool),
    combine: nothing,
    gate: nothing,
};
