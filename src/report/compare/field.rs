//! Contribution of each layer to the receptive field of the last feature map.

use crate::network::{Layer, LayerId, Pool, Stage, Table};
use crate::report::Subject;

/// Number of pixels that each layer adds to the last map's receptive field; their sum is the size of the field minus 1.
///
/// At a junction, the branch with the larger field decides; layers of the other one add nothing.
pub(super) fn growth(subject: &Subject) -> Table<i128> {
    let network = &subject.model.network;
    let fields = &subject.analysis.receptive_field;
    let mut growth = Table::new(network, |_| 0_i128);
    let size = |id: LayerId| fields[id].map_or(0, |field| field.size().cast_signed());
    let pool = network.nodes().find(|(_, node)| {
        matches!(node.layer, Layer::Pool(Pool::Global)) && node.scope.stage == Stage::Head
    });
    let mut next = match pool {
        Some((id, _)) => network.inputs(id).first().copied(),
        None => network
            .ids()
            .rev()
            .find(|&id| subject.analysis.shapes[id].is_some_and(|shape| shape.size().is_some())),
    };
    while let Some(id) = next {
        // First operand with the largest field: the main path of an addition.
        next = network
            .inputs(id)
            .into_iter()
            .rev()
            .max_by_key(|&input| size(input));
        if let Some(before) = next {
            growth[id] = size(id) - size(before);
        }
    }
    growth
}
