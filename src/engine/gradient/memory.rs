//! Memory that a backward pass takes, counted before the first of it is asked for.

use std::mem::size_of;

use crate::analysis::memory;
use crate::network::{LayerId, Network, Shape, Shapes, Table};

/// Bytes of values of type `T` that are kept of a batch.
pub(super) fn kept<T>(
    network: &Network,
    shapes: &Shapes,
    kept: &Table<bool>,
    batch: usize,
) -> u128 {
    let elements = |id: LayerId| shapes[id].map_or(0, Shape::elements);
    let all: u128 = network.ids().filter(|&id| kept[id]).map(elements).sum();
    all * batch as u128 * size_of::<T>() as u128
}

/// Memory of a pass in bytes: the weights and their gradients, the kept values, and the largest maps of the way forward or back
/// with the gradient of each.
pub(super) fn taken<T>(network: &Network, shapes: &Shapes, kept_bytes: u128, batch: usize) -> u128 {
    let size = size_of::<T>() as u128;
    // Counted in floats of 4 bytes.
    let memory = memory::memory(network, shapes);
    let weights = memory.weights / 4 * size;
    let alive = memory.peak_activations / 4 * size * batch as u128;
    2 * weights + kept_bytes + 2 * alive
}
