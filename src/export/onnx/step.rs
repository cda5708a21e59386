//! A layer on its way into the graph.

use super::graph::{Graph, Weight};
use crate::network::{LayerPath, Shape};

/// A layer with its operands and the shapes of input and output.
pub(super) struct Step<'a> {
    /// Names of its operands.
    pub(super) inputs: Vec<&'a str>,
    /// Shape of the first operand.
    pub(super) from: Shape,
    /// Output shape.
    pub(super) to: Shape,
    /// Module path and call.
    pub(super) path: &'a LayerPath,
    /// Name of its node and value.
    pub(super) name: String,
}

impl Step<'_> {
    /// Name of the first operand.
    pub(super) fn input(&self) -> &str {
        self.inputs.first().copied().unwrap_or_default()
    }

    /// Name of a node that prepares or follows the main one.
    pub(super) fn part(&self, part: &str) -> String {
        format!("{}/{part}", self.name)
    }

    /// Adds one of its tensors.
    pub(super) fn weight(&self, graph: &mut Graph, name: &str, dims: &[u64]) -> String {
        graph.weight(Weight {
            name: self.path.parameter(name),
            dims: dims.iter().map(|&dim| dim as usize).collect(),
            standardize: None,
            element: graph.element,
        })
    }

    /// Output shape for a batch of any size.
    pub(super) fn shape(&self) -> Vec<i64> {
        std::iter::once(0)
            .chain(self.to.dims().iter().map(|&dim| dim as i64))
            .collect()
    }
}
