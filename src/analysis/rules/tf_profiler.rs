//! `tf-profiler`: TensorFlow's profiler, by `profiler/internal/flops_registry.py` and `ops/nn_ops.py` (2.x).
//!
//! It sums registered statistics over the operations of a graph; an operation without any counts nothing. Quirks:
//!
//! - a multiply-add is two operations, and `BiasAdd` one per output;
//! - neither `FusedBatchNormV3` nor `Relu` is registered: batch norm and ReLU are free;
//! - an activation that Keras writes with sums and products is one per element for each of them; one that is a single
//!   operator is free;
//! - a pool with a window is its window's pixels per output, for a maximum as for a mean;
//! - Keras' global pool is a `Mean`, n − 1 additions and a division for n pixels: one per input element;
//! - a block's addition (`AddV2`) is one per element, and the softmax, which networks here leave to the loss, would be five.

use super::{Tool, activation, area, nothing};
use crate::network::Pool;

pub(super) const TOOL: Tool = Tool {
    name: "tf-profiler",
    sentence: "rule-tf-profiler",
    flops_per_count: 1,
    rarity: 0.4,
    conv: |call, conv| 2 * call.conv(conv) + call.bias(conv.has_bias()),
    linear: |call, linear| 2 * call.linear(linear) + call.bias(linear.bias),
    norm: nothing,
    activation: |call, function| activation::counts(call, *function).tf_profiler,
    scalar: |call, _| call.written(),
    pool: |call, pool| match pool {
        Pool::Max(window) | Pool::Average { window, .. } => call.written() * area(window.kernel),
        Pool::Global | Pool::Along(_) | Pool::MeanDeviation { .. } => call.read(),
        Pool::Blur { .. } => 2 * call.blur(pool),
    },
    combine: |call, combine| call.addition(combine),
    gate: nothing,
};
