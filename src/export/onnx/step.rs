//! A layer on its way into the graph.

use super::graph::{Graph, Weight};
use crate::network::{LayerPath, Shape};

/// A layer, what it reads, and the shapes on both sides.
pub(super) struct Step<'a> {
    /// The names of the values that it reads.
    pub(super) inputs: Vec<&'a str>,
    /// Shape of the first of them.
    pub(super) from: Shape,
    /// Shape of what it puts out.
    pub(super) to: Shape,
    /// Its module's path and call.
    pub(super) path: &'a LayerPath,
    /// Name of its node and its value.
    pub(super) name: String,
}

impl Step<'_> {
    /// The first value that it reads.
    pub(super) fn input(&self) -> &str {
        self.inputs.first().copied().unwrap_or_default()
    }

    /// Of a node that prepares or follows its main one.
    pub(super) fn part(&self, part: &str) -> String {
        format!("{}/{part}", self.name)
    }

    /// One of its tensors.
    pub(super) fn weight(&self, graph: &mut Graph, name: &str, dims: &[u64]) -> String {
        graph.weight(Weight {
            name: self.path.parameter(name),
            dims: dims.iter().map(|&dim| dim as usize).collect(),
            standardize: None,
        })
    }

    /// The shape that it puts out for a batch of any size.
    pub(super) fn shape(&self) -> Vec<i64> {
        std::iter::once(0)
            .chain(self.to.dims().iter().map(|&dim| dim as i64))
            .collect()
    }
}
