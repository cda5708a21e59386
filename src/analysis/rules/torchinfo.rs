//! `torchinfo`: the "total mult-adds" of torchinfo 1.8.0.
//!
//! It multiplies a module's parameters (`LayerInfo.calculate_macs`): those of a convolution by batch and output pixels, those
//! of any other module by the batch alone. Quirks:
//!
//! - batch norm is therefore its 2 parameters per channel and image, however large the map is;
//! - biases are parameters, and count;
//! - a module without parameters counts nothing, and neither does a parameter of a module that has others below it;
//! - the batch is part of its printed figure, while the other tools give figures for one image.
//!
//! 4,089,238,376 for ResNet-50.

use super::{Tool, activation, norm, nothing};

pub(super) const TOOL: Tool = Tool {
    name: "torchinfo",
    sentence: "rule-torchinfo",
    flops_per_count: 2,
    rarity: 0.3,
    conv: |call, conv| call.biased_conv(conv),
    linear: |call, linear| call.biased_linear(linear),
    norm: |call, norm| norm::counts(call, norm).torchinfo,
    activation: |call, function| activation::counts(call, *function).torchinfo,
    scalar: nothing,
    pool: nothing,
    combine: nothing,
    gate: nothing,
};
