//! Operations that the tools count for an activation function; `tools` gives the reasons.

use super::Call;
use crate::network::Activation;

/// Counts of all tools that count any activation function.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) ptflops: u128,
    pub(super) thop: u128,
    pub(super) torchinfo: u128,
    pub(super) convnet_burden: u128,
    pub(super) tf_profiler: u128,
    pub(super) calflops: u128,
}

/// Operations that each tool counts for one layer.
pub(super) fn counts(call: &Call<'_>, activation: Activation) -> Counts {
    let elements = call.written();
    let none = Counts::default();
    match activation {
        Activation::Relu => Counts {
            calflops: elements,
            ptflops: call.hooked_and_replaced(),
            convnet_burden: 2 * elements,
            ..none
        },
        // PyTorch's module clamps, and only `F.relu6` is replaced: once, as a module by its hook.
        Activation::Relu6 => Counts {
            ptflops: elements,
            ..none
        },
        // MatConvNet's ReLU has a leak.
        Activation::LeakyRelu { .. } => Counts {
            calflops: elements,
            ptflops: call.unless_function(elements),
            convnet_burden: 2 * elements,
            ..none
        },
        Activation::Prelu { weights } => Counts {
            calflops: elements,
            ptflops: call.hooked_and_replaced(),
            thop: call.unless_function(elements),
            torchinfo: call.unless_function(u128::from(weights)),
            // Keras adds `−α · relu(−x)`: two signs, a product and a sum.
            tf_profiler: 3 * elements + u128::from(weights),
            ..none
        },
        Activation::Elu { .. } => Counts {
            calflops: elements,
            ptflops: call.hooked_and_replaced(),
            ..none
        },
        // Its module has no hook. TensorFlow's formula is `x · sigmoid(β · x)`.
        Activation::Silu => Counts {
            calflops: elements,
            ptflops: elements,
            tf_profiler: 2 * elements,
            ..none
        },
        // `0.5 · x · (1 + erf(x / √2))`, and with tanh `0.5 · x · (1 + tanh(c · (x + d · x³)))`.
        Activation::Gelu { tanh } => Counts {
            calflops: elements,
            ptflops: call.hooked_and_replaced(),
            tf_profiler: if tanh { 7 } else { 4 } * elements,
            ..none
        },
        // `x · (relu6(x + 3) / 6)`
        Activation::HardSwish => Counts {
            tf_profiler: 3 * elements,
            ..none
        },
        Activation::Sigmoid | Activation::Tanh => none,
    }
}
