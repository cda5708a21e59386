//! Bytes that a pass needs, in 32-bit floats, for a batch of one.

use super::cost::{self, Bytes, Elements, Params};
use super::saved::saved_for_backward;
use crate::network::{Network, Shape, Shapes, Table};

/// Bytes of an `f32`.
const FLOAT: u128 = 4;

/// Memory of a network in bytes. Activations are for one image; multiply by the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Parameters and running statistics.
    pub weights: u128,
    /// Maximum that is alive at once in inference, if every value is dropped after its last use and each layer writes a new
    /// one.
    pub peak_activations: u128,
    /// Memory that training keeps for the backward pass: the sum of [`saved_for_backward`].
    pub training_activations: u128,
}

/// Computes the memory from the shapes and the order of execution.
pub fn memory(network: &Network, shapes: &Shapes) -> Memory {
    let (params, buffers) = (cost::params(network), cost::buffers(network));
    let saved = saved_for_backward(network, shapes);
    with_tables(network, shapes, &params, &buffers, &saved)
}

/// Computes the memory from tables that are already computed.
pub(super) fn with_tables(
    network: &Network,
    shapes: &Shapes,
    params: &Table<Params>,
    buffers: &Table<Elements>,
    saved: &Table<Bytes>,
) -> Memory {
    let bytes = |shape: Option<Shape>| shape.map_or(0, |shape| shape.elements() * FLOAT);
    let kept = params.iter().sum::<Params>().0 + buffers.iter().sum::<Elements>().0;
    let mut last_use: Vec<usize> = network.ids().map(crate::network::LayerId::index).collect();
    for id in network.ids() {
        for input in network.inputs(id) {
            last_use[input.index()] = id.index();
        }
    }
    let (mut alive, mut peak) = (0_u128, 0_u128);
    for id in network.ids() {
        alive += bytes(shapes[id]);
        peak = peak.max(alive);
        for input in network.inputs(id) {
            if last_use[input.index()] == id.index() {
                alive = alive.saturating_sub(bytes(shapes[input]));
            }
        }
    }
    Memory {
        weights: kept * FLOAT,
        peak_activations: peak,
        training_activations: saved.iter().sum::<Bytes>().0,
    }
}
