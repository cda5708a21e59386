//! Depth: the number in a network's name.

use super::ReceptiveField;
use crate::network::{Branch, Conv, Layer, Network, Stage, Table};

/// Number of convolutions on the main path, plus linear layers, as in He et al. 2015: 50 for ResNet-50.
///
/// The convolutions of a gate, which see the mean of a map rather than the map, are not counted.
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
