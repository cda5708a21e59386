//! Values of the way forward that the derivatives read: they are kept for the way back.

use crate::network::layer::Scalar;
use crate::network::{Activation, Combine, Gate, Layer, LayerId, Network, Pool, Table};

/// Values that the derivative of one layer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reads {
    /// All that the layer read.
    operands: bool,
    /// Its output.
    output: bool,
}

const NOTHING: Reads = Reads {
    operands: false,
    output: false,
};

const OPERANDS: Reads = Reads {
    operands: true,
    ..NOTHING
};

const OUTPUT: Reads = Reads {
    output: true,
    ..NOTHING
};

fn of_activation(activation: Activation) -> Reads {
    if activation.keeps_output() {
        OUTPUT
    } else {
        OPERANDS
    }
}

fn reads(layer: &Layer) -> Reads {
    match layer {
        Layer::Conv(_)
        | Layer::Linear(_)
        | Layer::Norm(_)
        | Layer::Scalar(Scalar::Scale)
        | Layer::Pool(Pool::Max(_) | Pool::MeanDeviation { .. })
        | Layer::Combine(Combine::Multiply | Combine::RadixWeightedSum { .. }) => OPERANDS,
        Layer::Activation(activation) => of_activation(*activation),
        Layer::Gate(Gate::RadixSoftmax { .. }) => OUTPUT,
        Layer::Input { .. }
        | Layer::Picture(_)
        | Layer::Preprocess(_)
        | Layer::Scalar(Scalar::Bias | Scalar::Times { .. })
        | Layer::Pool(Pool::Average { .. } | Pool::Blur { .. } | Pool::Global | Pool::Along(_))
        | Layer::Combine(Combine::Add | Combine::Concat { .. })
        | Layer::Gate(Gate::RadixSum { .. })
        | Layer::Reshape(_) => NOTHING,
    }
}

/// Whether the backward pass needs each layer's output, for the layers that `derives` marks.
pub(super) fn kept(network: &Network, derives: impl Fn(LayerId) -> bool) -> Table<bool> {
    let mut kept = Table::new(network, |_| false);
    for id in network.ids().filter(|&id| derives(id)) {
        let reads = reads(&network[id].layer);
        kept[id] |= reads.output;
        if reads.operands {
            for operand in network.inputs(id) {
                kept[operand] = true;
            }
        }
    }
    kept
}
