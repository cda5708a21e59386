//! The number in a network's name.

use crate::network::{Branch, Layer, Network};

/// Convolutions on the main path, and linear layers: He et al. 2015 count so, and get 50 for ResNet-50.
pub fn depth(network: &Network) -> usize {
    network
        .nodes()
        .filter(|(_, node)| match node.layer {
            Layer::Conv2d(_) => node.scope.branch != Some(Branch::Shortcut),
            Layer::Linear(_) => true,
            _ => false,
        })
        .count()
}
