//! The tools' rules, quirks included, one after the other. A family of layers that a rule does not name counts nothing.

use super::{Call, Tool, activation, area, norm, nothing};
use crate::network::{Gate, Pool};

/// A tool that counts nothing.
const NOTHING: Tool = Tool {
    name: "",
    sentence: "",
    flops_per_count: 2,
    rarity: 0.0,
    conv: nothing,
    linear: nothing,
    norm: nothing,
    activation: nothing,
    scalar: nothing,
    pool: nothing,
    combine: nothing,
    gate: nothing,
};

/// `conv+fc`: multiply-adds of convolutions and linear layers, nothing else.
///
/// He et al. 2015 count "FLOPs (multiply-adds)" in this way, and torchvision 0.29 publishes them as GFLOPS: its figures are
/// half of those of `torch.utils.flop_counter`. 4,089,184,256 for ResNet-50.
pub(super) const CONV_FC: Tool = Tool {
    name: "conv+fc",
    sentence: "rule-conv-fc",
    flops_per_count: 2,
    rarity: 0.0,
    conv: |call, conv| call.conv(conv),
    linear: |call, linear| call.linear(linear),
    pool: |call, pool| call.blur(pool),
    ..NOTHING
};

/// `torch`: PyTorch's own `torch.utils.flop_counter.FlopCounterMode`, version 2.15.
///
/// Its registry has formulas for matrix products, convolutions and attention; every other operator counts nothing. A
/// multiply-add is two FLOPs, and biases are left out although `addmm` adds them: `addmm_flop` ignores its first operand.
/// 8,178,368,512 for ResNet-50.
pub(super) const TORCH: Tool = Tool {
    name: "torch",
    sentence: "rule-torch",
    flops_per_count: 1,
    rarity: 0.1,
    conv: |call, conv| 2 * call.conv(conv),
    linear: |call, linear| 2 * call.linear(linear),
    pool: |call, pool| 2 * call.blur(pool),
    ..NOTHING
};

/// `fvcore`: `fvcore.nn.FlopCountAnalysis` of fvcore 0.1.5.post20221221, in evaluation mode.
///
/// It traces the model and has handlers for a few `aten` operators (`flop_count.py`); all others, among them windowed pools
/// and additions, count nothing. Quirks, from `jit_handles.py`:
///
/// - `aten::batch_norm` is two an element in evaluation mode, and five in training mode, which is not counted here;
/// - `aten::group_norm` is five an element, and so is `aten::instance_norm` with scale and shift; without them it is four;
/// - standardised weights are standardised by `aten::batch_norm` in training mode: four a weight without scale, five with a gain;
/// - `aten::adaptive_avg_pool2d` is one an element that it *reads*, so the global pool counts and other pools do not;
/// - neither convolutions nor linear layers count their biases.
///
/// timm publishes GMACs by this rule. 4,111,512,576 for ResNet-50.
pub(super) const FVCORE: Tool = Tool {
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
    pool: |call, pool| match pool {
        Pool::Global | Pool::Along(_) => call.unless_function(call.read()),
        Pool::Blur { .. } => call.blur(pool),
        Pool::Max(_) | Pool::Average { .. } | Pool::MeanDeviation { .. } => 0,
    },
    ..NOTHING
};

/// `ptflops`: ptflops 0.7.5 with `backend="pytorch"`.
///
/// It hooks modules *and* replaces functions such as `F.relu` by counting ones (`pytorch_engine.py`). Quirks:
///
/// - the modules of ReLU and of the pools call those functions, so each is counted twice: by its hook and by the replaced
///   function; a ReLU that is called as a function is counted once;
/// - a pool is one per *input* element, for each of the two;
/// - batch norm, group norm and instance norm are two per element (an instance norm without scale and shift one), and a bias
///   one per output element; a class derived from `torch.nn.GroupNorm`, as timm's is, has no hook;
/// - `F.softmax`, which split attention calls, is one per element;
/// - only `torch.add` and `Tensor.add` are replaced, so a block's addition, written `+` or `+=`, is not counted.
///
/// 4,132,436,968 for ResNet-50.
pub(super) const PTFLOPS: Tool = Tool {
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
    pool: |call, pool| match pool {
        // `Tensor.mean` is not replaced.
        Pool::Global | Pool::Along(_) if call.function => 0,
        Pool::Max(_) | Pool::Average { .. } | Pool::Global | Pool::Along(_) => {
            call.hooked_and_replaced()
        }
        Pool::Blur { .. } | Pool::MeanDeviation { .. } => 0,
    },
    gate: |call, gate| match gate {
        // `F.softmax` is replaced, in split attention; `torch.softmax` in selective kernels is not, nor is `torch.sigmoid`.
        Gate::RadixSoftmax { radix, .. } if *radix > 1 => call.unless_function(call.written()),
        Gate::RadixSoftmax { .. } | Gate::RadixSum { .. } => 0,
    },
    ..NOTHING
};

/// `ptflops-aten`: ptflops 0.7.5 with `backend="aten"`, the default.
///
/// It sees the `aten` operators as they are dispatched and counts matrix products and convolutions (`aten_ops.py`), with each
/// bias as one per output element; everything else is a "zero-op". 4,089,185,256 for ResNet-50: conv+fc and the last layer's
/// 1000 biases.
pub(super) const PTFLOPS_ATEN: Tool = Tool {
    name: "ptflops-aten",
    sentence: "rule-ptflops-aten",
    flops_per_count: 2,
    rarity: 0.15,
    conv: |call, conv| call.biased_conv(conv),
    linear: |call, linear| call.biased_linear(linear),
    pool: |call, pool| call.blur(pool),
    ..NOTHING
};

/// `thop`: thop 0.1.1.post2209072238 (pytorch-OpCounter), which counts modules through hooks.
///
/// Quirks, from `vision/basic_hooks.py` and `vision/calc_func.py`:
///
/// - batch norm and instance norm are four per element: `calculate_norm` gives two, and an affine one doubles that;
/// - an adaptive average pool is its window's pixels and a division for each output, k² + 1 per channel if a whole map of k ×
///   k becomes one pixel, and an average pool with a window is one per output, whatever its size;
/// - PReLU is one per element, and no other activation counts;
/// - a bias and a maximum pool are nothing, and functions have no hook.
///
/// 4,133,742,592 for ResNet-50.
pub(super) const THOP: Tool = Tool {
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
    pool: |call, pool| match pool {
        Pool::Average { .. } => call.written(),
        Pool::Global | Pool::Along(_) => call.unless_function(call.read() + call.written()),
        Pool::Max(_) | Pool::Blur { .. } | Pool::MeanDeviation { .. } => 0,
    },
    ..NOTHING
};

/// `torchinfo`: the "total mult-adds" of torchinfo 1.8.0.
///
/// It multiplies a module's parameters (`LayerInfo.calculate_macs`): those of a convolution by batch and output pixels, those
/// of any other module by the batch alone. Quirks:
///
/// - batch norm is therefore its 2 parameters per channel and image, however large the map is;
/// - biases are parameters, and count;
/// - a module without parameters counts nothing, and neither does a parameter of a module that has others below it;
/// - the batch is part of its printed figure, while the other tools give figures for one image.
///
/// 4,089,238,376 for ResNet-50.
pub(super) const TORCHINFO: Tool = Tool {
    name: "torchinfo",
    sentence: "rule-torchinfo",
    flops_per_count: 2,
    rarity: 0.3,
    conv: |call, conv| call.biased_conv(conv),
    linear: |call, linear| call.biased_linear(linear),
    norm: |call, norm| norm::counts(call, norm).torchinfo,
    activation: |call, function| activation::counts(call, *function).torchinfo,
    ..NOTHING
};

/// `convnet-burden`: Samuel Albanie's tables of models, `core/burden.m` at commit 9c7f31b (2019).
///
/// Its "FLOPs" are fused multiply-adds, and other arithmetic at its own number of operations. Quirks:
///
/// - ReLU is two per element, a comparison and a multiplication;
/// - a pool with a window is `2 · outputs · stride²`, two for each place that it steps over, whatever the window's size;
/// - the global pool is one fused multiply-add per input element;
/// - a block's addition is one per element;
/// - batch norm is nothing: it is assumed to be merged into the convolution, without a bias for it.
///
/// The published tables round to whole GFLOPs, which fit many rules; this is the formula.
pub(super) const CONVNET_BURDEN: Tool = Tool {
    name: "convnet-burden",
    sentence: "rule-convnet-burden",
    flops_per_count: 2,
    rarity: 0.4,
    conv: |call, conv| call.biased_conv(conv),
    linear: |call, linear| call.biased_linear(linear),
    activation: |call, function| activation::counts(call, *function).convnet_burden,
    pool: |call, pool| match pool {
        Pool::Max(window) | Pool::Average { window, .. } => {
            2 * call.written() * area(window.stride)
        }
        Pool::Global | Pool::Along(_) | Pool::MeanDeviation { .. } => call.read(),
        Pool::Blur { .. } => call.blur(pool),
    },
    combine: |call, combine| call.addition(combine),
    ..NOTHING
};

/// `tf-profiler`: TensorFlow's profiler, by `profiler/internal/flops_registry.py` and `ops/nn_ops.py` (2.x).
///
/// It sums registered statistics over the operations of a graph; an operation without any counts nothing. Quirks:
///
/// - a multiply-add is two operations, and `BiasAdd` one per output;
/// - neither `FusedBatchNormV3` nor `Relu` is registered: batch norm and ReLU are free;
/// - an activation that Keras writes with sums and products is one per element for each of them; one that is a single
///   operator is free;
/// - a pool with a window is its window's pixels per output, for a maximum as for a mean;
/// - Keras' global pool is a `Mean`, n − 1 additions and a division for n pixels: one per input element;
/// - a block's addition (`AddV2`) is one per element, and the softmax, which networks here leave to the loss, would be five.
pub(super) const TF_PROFILER: Tool = Tool {
    name: "tf-profiler",
    sentence: "rule-tf-profiler",
    flops_per_count: 1,
    rarity: 0.4,
    conv: |call, conv| 2 * call.conv(conv) + call.bias(conv.has_bias()),
    linear: |call, linear| 2 * call.linear(linear) + call.bias(linear.bias),
    activation: |call, function| activation::counts(call, *function).tf_profiler,
    scalar: |call, _| call.written(),
    pool: |call, pool| match pool {
        Pool::Max(window) | Pool::Average { window, .. } => call.written() * area(window.kernel),
        Pool::Global | Pool::Along(_) | Pool::MeanDeviation { .. } => call.read(),
        Pool::Blur { .. } => 2 * call.blur(pool),
    },
    combine: |call, combine| call.addition(combine),
    ..NOTHING
};

/// `calflops`: `calflops.calculate_flops` of calflops 0.3, in evaluation mode.
///
/// It replaces functions of `torch.nn.functional` and a few of `torch` by ones that count too, as `DeepSpeed`'s profiler does, from which it
/// comes (`pytorch_ops.py`). Quirks:
///
/// - a multiply-add is two operations; a convolution's bias is one an output, and a linear layer's nothing;
/// - batch norm is two an element in evaluation mode; group norm is five, and instance norm too, or four without scale and shift;
/// - standardised weights are standardised by a batch norm in training mode: four a weight, five where they have a gain;
/// - an activation whose function is replaced is one an element: ReLU, leaky ReLU, PReLU, ELU, SiLU and GELU, and none of the others;
/// - a pool is one an element that it reads, and a mean as a function of the tensor nothing;
/// - sums and products by operators are not seen, so that additions, gates and scales are free; `Tensor.add` and `F.softmax` are seen.
///
/// 8,211,108,352 for ResNet-50, which people quote as 8.21 G.
pub(super) const CALFLOPS: Tool = Tool {
    name: "calflops",
    sentence: "rule-calflops",
    flops_per_count: 1,
    rarity: 0.1,
    conv: |call, conv| {
        let each = if conv.has_gain() { 5 } else { 4 };
        2 * call.conv(conv) + call.bias(conv.has_bias()) + each * Call::standardized_weights(conv)
    },
    linear: |call, linear| 2 * call.linear(linear),
    norm: |call, norm| norm::counts(call, norm).calflops,
    activation: |call, function| activation::counts(call, *function).calflops,
    pool: |call, pool| match pool {
        Pool::Max(_) | Pool::Average { .. } => call.read(),
        Pool::Global | Pool::Along(_) => call.unless_function(call.read()),
        Pool::Blur { .. } => 2 * call.blur(pool),
        Pool::MeanDeviation { .. } => 0,
    },
    gate: |call, gate| match gate {
        Gate::RadixSoftmax { radix, .. } if *radix > 1 => call.unless_function(call.written()),
        Gate::RadixSoftmax { .. } | Gate::RadixSum { .. } => 0,
    },
    ..NOTHING
};
