//! The number in a network's name.

use super::ReceptiveField;
use crate::network::{Branch, Conv, Layer, Network, Stage, Table};

/// Convolutions on the main path, and linear layers: He et al. 2015 count so, and get 50 for ResNet-50.
///
/// The convolutions of a gate, which see the mean of a map and not the map, are not on it.
pub fn depth(network: &Network, fields: &Table<Option<ReceptiveField>>) -> usize {
    let in_gate = |id| {
        let reads_mean = network
            .inputs(id)
            .iter()
            .all(|&input| fields[input].is_none());
        reads_mean && matches!(network[id].scope.stage, Stage::Body(_))
    };
    network
        .nodes()
        .filter(|&(id, node)| match node.layer {
            Layer::Conv(Conv::Spatial(_)) => {
                node.scope.branch != Some(Branch::Shortcut) && !in_gate(id)
            }
            Layer::Linear(_) => true,
            _ => false,
        })
        .count()
}
