//! `thop`: thop 0.1.1.post2209072238 (pytorch-OpCounter), which counts modules through hooks.
//!
//! Quirks, from `vision/basic_hooks.py` and `vision/calc_func.py`:
//!
//! - batch norm and instance norm are four per element: `calculate_norm` gives two, and an affine one doubles that;
//! - an adaptive average pool is its window's pixels and a division for each output, k² + 1 per channel if a whole map of k ×
//!   k becomes one pixel, and an average pool with a window is one per output, whatever its size;
//! - PReLU is one per element, and no other activation counts;
//! - a bias and a maximum pool are nothing, and functions have no hook.
//!
//! 4,133,742,592 for ResNet-50.

use super::{Tool, activation, norm, nothing};
use crate::network::Pool;

pub(super) const TOOL: Tool = Tool {
    name: "thop",
    sentence: "rule-thop",
    flops_per_count: 2,
    rarity: 0.15,
    conv: |call, conv| {
        // A separate class has no hook.
        if conv.is_standardized() {
            0
        } else {
            call.conv(conv)
        }
    },
    linear: |call, linear| call.linear(linear),
    norm: |call, norm| norm::counts(call, norm).thop,
    activation: |call, function| activation::counts(call, *function).thop,
    scalar: nothing,
    pool: |call, pool| match pool {
        Pool::Average { .. } => call.written(),
        Pool::Global | Pool::Along(_) => call.unless_function(call.read() + call.written()),
        Pool::Max(_) | Pool::Blur { .. } | Pool::MeanDeviation { .. } => 0,
    },
    combine: nothing,
    gate: nothing,
};
