//! Bytes that training keeps for the backward pass, as PyTorch's autograd keeps them in 32-bit floats, for one image.
//!
//! A storage counts once, at the layer that creates it, if the backward pass of any layer reads it; so rows add up to the
//! total, and it makes no difference whether a ReLU overwrites its input. Parameters are not counted, nor are the two numbers
//! per channel that batch norm keeps for a batch of any size.

use super::cost::Bytes;
use crate::network::infer::blur_window;
use crate::network::layer::{GroupNorm, Reshape, Scalar};
use crate::network::{
    Activation, Gate, Layer, LayerId, Network, Norm, ParameterKind, Pool, Shape, Shapes, Table,
};

/// Bytes of an `f32`.
const FLOAT: u128 = 4;

/// Bytes of the index of a maximum, an `int64`.
const INDEX: u128 = 8;

/// Storages that the backward pass of a layer reads.
struct Reads {
    /// Whether it reads each operand, by index.
    operands: [bool; 2],
    /// Whether it reads the output.
    output: bool,
    /// Bytes that it creates for itself alone.
    own: u128,
}

impl Reads {
    const NOTHING: Self = Self {
        operands: [false; 2],
        output: false,
        own: 0,
    };
    const INPUT: Self = Self {
        operands: [true, false],
        ..Self::NOTHING
    };
    const OUTPUT: Self = Self {
        output: true,
        ..Self::NOTHING
    };

    const fn with_own(own: u128) -> Self {
        Self { own, ..Self::INPUT }
    }
}

/// Bytes of each layer's storages that any layer's backward pass reads; 0 if a shape is unknown.
pub fn saved_for_backward(network: &Network, shapes: &Shapes) -> Table<Bytes> {
    let nothing = |_| false;
    // Autograd tracks every value that depends on a learned parameter, and none before the first parameter.
    let mut is_tracked = Table::new(network, nothing);
    let mut is_read = Table::new(network, nothing);
    let mut own = Table::new(network, |_| 0);
    let mut storages: Vec<LayerId> = Vec::with_capacity(network.len());
    for id in network.ids() {
        let layer = &network[id].layer;
        let operands = network.inputs(id);
        storages.push(match operands.first() {
            Some(first) if matches!(layer, Layer::Reshape(reshape) if reshape.is_view()) => {
                storages[first.index()]
            }
            _ => id,
        });
        is_tracked[id] = learns(layer) || operands.iter().any(|&operand| is_tracked[operand]);
        if !is_tracked[id] {
            continue;
        }
        let tracked = [0, 1].map(|place| {
            let operand = operands.get(place);
            operand.is_some_and(|&operand| is_tracked[operand])
        });
        let input = operands.first().and_then(|&first| shapes[first]);
        let reads = reads(layer, network[id].function, tracked, input, shapes[id]);
        for (&operand, is_needed) in operands.iter().zip(reads.operands) {
            is_read[storages[operand.index()]] |= is_needed;
        }
        is_read[storages[id.index()]] |= reads.output;
        own[id] = reads.own;
    }
    Table::new(network, |id| {
        let output = if is_read[id] { floats(shapes[id]) } else { 0 };
        Bytes(output + own[id])
    })
}

fn floats(shape: Option<Shape>) -> u128 {
    shape.map_or(0, |shape| shape.elements() * FLOAT)
}

fn learns(layer: &Layer) -> bool {
    let parameters = layer.parameters();
    let mut kinds = parameters.iter().map(|parameter| parameter.kind);
    kinds.any(|kind| kind == ParameterKind::Learned)
}

/// Storages that the derivative of a layer reads; `function` says whether it is called as one, and `tracked` the operands
/// that have a derivative themselves.
fn reads(
    layer: &Layer,
    function: bool,
    tracked: [bool; 2],
    input: Option<Shape>,
    output: Option<Shape>,
) -> Reads {
    match layer {
        // The derivative of the weights needs the values they multiplied.
        Layer::Conv(_) | Layer::Linear(_) | Layer::Scalar(Scalar::Scale) => Reads::INPUT,
        Layer::Norm(norm) => match norm {
            Norm::Batch(_) => Reads::INPUT,
            // Mean and deviation of each group.
            Norm::Group(norm) => Reads::with_own(2 * FLOAT * u128::from(norm.groups)),
            // Mean and deviation of each channel of each image, and the scale repeated for each image.
            Norm::Instance(norm) => {
                let vectors = if norm.affine { 3 } else { 2 };
                Reads::with_own(vectors * FLOAT * u128::from(norm.features))
            }
            Norm::EvoS0(norm) => Reads::with_own(evo_norm(norm, input)),
            // The map divided by its root mean square, the same scaled and shifted, which the maximum reads, and each
            // channel's divisor.
            Norm::FilterResponse { features, .. } => {
                Reads::with_own(2 * floats(input) + FLOAT * u128::from(*features))
            }
        },
        Layer::Activation(activation) => activation_reads(*activation),
        // The mask by which the kept values were multiplied.
        Layer::Reshape(Reshape::Dropout { p }) if *p > 0.0 => Reads {
            own: floats(output),
            ..Reads::NOTHING
        },
        Layer::Pool(pool) => match pool {
            Pool::Max(_) => Reads::with_own(output.map_or(0, |output| output.elements() * INDEX)),
            // Its border mirrors the map in a larger one, which the inner convolution reads.
            Pool::Blur { kernel, stride } => {
                Reads::with_own(input.map_or(0, |input| framed(input, *kernel, *stride)))
            }
            Pool::Global => Reads::NOTHING,
            // The module keeps the input of the mean, although it does not need it; the function keeps nothing, and neither
            // does the module if one pixel is left, for which PyTorch calls that function.
            Pool::Along(_) if function || output.and_then(Shape::size) == Some([1; 2]) => {
                Reads::NOTHING
            }
            // A mean over windows does not need its input; PyTorch's keeps it.
            Pool::Along(_) | Pool::Average { .. } => Reads::INPUT,
            // The variance reads the map, and its square root the deviations.
            Pool::MeanDeviation { .. } => {
                Reads::with_own(output.map_or(0, |output| output.elements() * FLOAT / 2))
            }
        },
        // Each factor is read for the other's derivative.
        Layer::Combine(combine) if combine.reads_gate() => Reads {
            operands: [tracked[1], tracked[0]],
            ..Reads::NOTHING
        },
        Layer::Gate(Gate::RadixSoftmax { .. }) => Reads::OUTPUT,
        Layer::Input { .. }
        | Layer::Picture(_)
        | Layer::Preprocess(_)
        | Layer::Combine(_)
        | Layer::Gate(Gate::RadixSum { .. })
        | Layer::Scalar(Scalar::Bias | Scalar::Times { .. })
        | Layer::Reshape(_) => Reads::NOTHING,
    }
}

fn activation_reads(activation: Activation) -> Reads {
    if activation.keeps_output() {
        Reads::OUTPUT
    } else {
        Reads::INPUT
    }
}

/// Bytes of a blur pool's input with its border.
fn framed(input: Shape, kernel: u64, stride: u64) -> u128 {
    let border = blur_window(kernel, stride).padding;
    let [height, width] = input.size().unwrap_or_default();
    let framed = Shape::map(
        input.channels(),
        height + 2 * border[0],
        width + 2 * border[1],
    );
    floats(Some(framed))
}

/// Bytes of an EvoNorm's storages: the sigmoid, its product with the map, the deviations broadcast over the map, and the
/// quotient, each as large as the map; and the deviation of each group. If each channel is a group, deviations need no
/// broadcast.
fn evo_norm(norm: &GroupNorm, input: Option<Shape>) -> u128 {
    let maps = if norm.groups == norm.features { 3 } else { 4 };
    maps * floats(input) + FLOAT * u128::from(norm.groups)
}
