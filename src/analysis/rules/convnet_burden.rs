//! `convnet-burden`: Samuel Albanie's tables of models, `core/burden.m` at commit 9c7f31b (2019).
//!
//! Its "FLOPs" are fused multiply-adds, and other arithmetic at its own number of operations. Quirks:
//!
//! - ReLU is two per element, a comparison and a multiplication;
//! - a pool with a window is `2 · outputs · stride²`, two for each place that it steps over, whatever the window's size;
//! - the global pool is one fused multiply-add per input element;
//! - a block's addition is one per element;
//! - batch norm is nothing: it is assumed to be merged into the convolution, without a bias for it.
//!
//! The published tables round to whole GFLOPs, which fit many rules; this is the formula.

use super::{Tool, activation, area, nothing};
use crate::network::Pool;

pub(super) const TOOL: Tool = Tool {
    name: "convnet-burden",
    sentence: "rule-convnet-burden",
    flops_per_count: 2,
    rarity: 0.4,
    conv: |call, conv| call.biased_conv(conv),
    linear: |call, linear| call.biased_linear(linear),
    norm: nothing,
    activation: |call, function| activation::counts(call, *function).convnet_burden,
    scalar: nothing,
    pool: |call, pool| match pool {
        Pool::Max(window) | Pool::Average { window, .. } => {
            2 * call.written() * area(window.stride)
        }
        Pool::Global | Pool::Along(_) | Pool::MeanDeviation { .. } => call.read(),
        Pool::Blur { .. } => call.blur(pool),
    },
    combine: |call, combine| call.addition(combine),
    gate: nothing,
};
