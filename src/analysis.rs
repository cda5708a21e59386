//! Analyses of a network: pure functions, each with a table keyed by layer as its result; totals are sums of rows.

pub mod cost;
pub mod depth;
pub mod downsample;
pub mod lint;
pub mod memory;
mod reach;
pub mod receptive_field;
pub mod rules;
pub mod saved;
pub mod seen;

use crate::network::{Layer, LayerId, Network, Pool, Shapes, Stage, Sums, Table, check};

pub use cost::{Bytes, Elements, Macs, Params, Rule};
pub use downsample::{Downsample, Placement};
pub use lint::Finding;
pub use memory::Memory;
pub use receptive_field::ReceptiveField;
pub use seen::Region;

/// All analyses of one network, for an input of one image.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Output shape of each layer.
    pub shapes: Shapes,
    /// Learned parameters of each layer.
    pub params: Table<Params>,
    /// Running means and variances of each layer.
    pub buffers: Table<Elements>,
    /// Operations of each layer, counted by [`Analysis::rule`].
    pub macs: Table<Macs>,
    /// Counting rule for `macs`.
    pub rule: Rule,
    /// Output elements of convolutions and linear layers.
    pub activations: Table<Elements>,
    /// Memory kept for the backward pass, at the layer that creates it.
    pub saved: Table<Bytes>,
    /// Region of the image that each layer sees.
    pub receptive_field: Table<Option<ReceptiveField>>,
    /// Additions that each layer feeds.
    pub sums: Sums,
    /// Memory in bytes.
    pub memory: Memory,
    /// Convolutions on the main path, and linear layers: 50 for ResNet-50.
    pub depth: usize,
    /// Downsampling layers of the main path.
    pub downsample: Vec<Downsample>,
}

/// Runs all analyses, with operations counted by `rule`.
pub fn analyze(network: &Network, rule: Rule) -> Analysis {
    let (shapes, _) = check::shapes(network);
    let (params, buffers) = (cost::params(network), cost::buffers(network));
    let receptive_field = receptive_field::receptive_field(network);
    let saved = saved::saved_for_backward(network, &shapes);
    Analysis {
        macs: cost::macs(network, &shapes, rule),
        rule,
        sums: network.sums(),
        activations: cost::activations(network, &shapes),
        memory: memory::with_tables(network, &shapes, &params, &buffers, &saved),
        depth: depth::depth(network, &receptive_field),
        downsample: downsample::downsample(network, &shapes),
        params,
        buffers,
        saved,
        receptive_field,
        shapes,
    }
}

impl Analysis {
    /// Receptive field of the last feature map before the global pool, or of the last map there is.
    pub fn final_receptive_field(&self, network: &Network) -> Option<ReceptiveField> {
        self.receptive_field[last_map(network, &self.shapes)?]
    }
}

/// The layer that outputs the last feature map before the global pool, or the last map there is.
pub fn last_map(network: &Network, shapes: &Shapes) -> Option<LayerId> {
    let pool = network.nodes().find(|(_, node)| {
        matches!(node.layer, Layer::Pool(Pool::Global)) && node.scope.stage == Stage::Head
    });
    match pool {
        Some((id, _)) => network.inputs(id).first().copied(),
        None => network
            .ids()
            .rev()
            .find(|&id| shapes[id].is_some_and(|shape| shape.size().is_some())),
    }
}
