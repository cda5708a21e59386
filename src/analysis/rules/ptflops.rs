//! `ptflops`: ptflops 0.7.5 with `backend="pytorch"`.
//!
//! It hooks modules *and* replaces functions such as `F.relu` by counting ones (`pytorch_engine.py`). Quirks:
//!
//! - the modules of ReLU and of the pools call those functions, so each is counted twice: by its hook and by the replaced
//!   function; a ReLU that is called as a function is counted once;
//! - a pool is one per *input* element, for each of the two;
//! - batch norm, group norm and instance norm are two per element (an instance norm without scale and shift one), and a bias
//!   one per output element; a class derived from `torch.nn.GroupNorm`, as timm's is, has no hook;
//! - `F.softmax`, which split attention calls, is one per element;
//! - only `torch.add` and `Tensor.add` are replaced, so a block's addition, written `+` or `+=`, is not counted.
//!
//! 4,132,436,968 for ResNet-50.

use super::{Tool, activation, norm, nothing};
use crate::network::{Gate, Pool};

pub(super) const TOOL: Tool = Tool {
    name: "ptflops",
    sentence: "rule-ptflops",
    flops_per_count: 2,
    rarity: 0.1,
    conv: |call, conv| {
        // A separate class has no hook.
        if conv.is_standardized() {
            0
        } else {
            call.biased_conv(conv)
        }
    },
    linear: |call, linear| call.biased_linear(linear),
    norm: |call, norm| norm::counts(call, norm).ptflops,
    activation: |call, function| activation::counts(call, *function).ptflops,
    scalar: nothing,
    pool: |call, pool| match pool {
        // `Tensor.mean` is not replaced.
        Pool::Global | Pool::Along(_) if call.function => 0,
        Pool::Max(_) | Pool::Average { .. } | Pool::Global | Pool::Along(_) => {
            call.hooked_and_replaced()
        }
        Pool::Blur { .. } | Pool::MeanDeviation { .. } => 0,
    },
    combine: nothing,
    gate: |call, gate| match gate {
        // `F.softmax` is replaced, in split attention; `torch.softmax` in selective kernels is not, nor is `torch.sigmoid`.
        Gate::RadixSoftmax { radix, .. } if *radix > 1 => call.unless_function(call.written()),
        Gate::RadixSoftmax { .. } | Gate::RadixSum { .. } => 0,
    },
};
