//! A network whose layers are added in any order.

use std::fmt;

use petgraph::algo::{tarjan_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{DfsPostOrder, Reversed};
use petgraph::{Direction, visit::EdgeRef};

use super::{LayerId, LayerPath, Network, Node, StageInfo};
use crate::message;
use crate::text::{Joint, Message};

/// A network under construction: layers come in any order, and their operands may be added later.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    graph: DiGraph<Node, ()>,
    stages: Vec<StageInfo>,
}

/// A layer of a [`Draft`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftId(NodeIndex);

/// Layers that read each other in a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle(pub Vec<LayerPath>);

impl Circle {
    /// The error as a text.
    pub fn message(&self) -> Message {
        let paths = self.0.iter().map(|path| format!("`{path}`"));
        message!("problem-circle", paths = Joint::Comma.of(paths))
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message())
    }
}

impl std::error::Error for Circle {}

impl Draft {
    /// Creates a draft without layers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a layer that has no operands yet.
    pub fn add(&mut self, node: Node) -> DraftId {
        DraftId(self.graph.add_node(node))
    }

    /// Appends `inputs` to the operands of `layer`, in that order.
    pub fn connect(&mut self, layer: DraftId, inputs: &[DraftId]) {
        for input in inputs {
            self.graph.add_edge(input.0, layer.0, ());
        }
    }

    /// Appends a stage of the body.
    pub fn add_stage(&mut self, stage: StageInfo) {
        self.stages.push(stage);
    }

    /// Builds the network, with its layers in an order in which they can run.
    ///
    /// Layers that were added in such an order keep it. Otherwise operands run one after the other, the first operand's
    /// layers first: the order depends on the network alone, not on the order in which it was drafted.
    ///
    /// # Errors
    /// Layers read each other in a cycle.
    pub fn build(self) -> Result<Network, Circle> {
        if toposort(&self.graph, None).is_err() {
            let circles = tarjan_scc(&self.graph);
            let is_circle = |nodes: &&Vec<NodeIndex>| match nodes[..] {
                [node] => self.graph.contains_edge(node, node),
                _ => true,
            };
            let nodes = circles.iter().find(is_circle).cloned().unwrap_or_default();
            let mut paths: Vec<_> = nodes.iter().map(|&node| &self.graph[node].path).collect();
            paths.sort_by_key(ToString::to_string);
            return Err(Circle(paths.into_iter().cloned().collect()));
        }
        let runs = |edge: petgraph::graph::EdgeReference<'_, ()>| edge.source() < edge.target();
        let order: Vec<NodeIndex> = if self.graph.edge_references().all(runs) {
            self.graph.node_indices().collect()
        } else {
            self.operands_first()
        };
        let mut network = Network {
            stages: self.stages,
            ..Network::default()
        };
        let mut places = vec![LayerId(0); order.len()];
        for node in order {
            // petgraph lists the edges of a node from the last added to the first.
            let mut inputs: Vec<LayerId> = self
                .graph
                .neighbors_directed(node, Direction::Incoming)
                .map(|input| places[input.index()])
                .collect();
            inputs.reverse();
            places[node.index()] = network.add(self.graph[node].clone(), &inputs);
        }
        Ok(network)
    }

    fn operands_first(&self) -> Vec<NodeIndex> {
        let reversed = Reversed(&self.graph);
        let mut walk = DfsPostOrder::empty(reversed);
        let mut order = Vec::with_capacity(self.graph.node_count());
        for sink in self.graph.externals(Direction::Outgoing) {
            walk.move_to(sink);
            while let Some(node) = walk.next(reversed) {
                order.push(node);
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Activation, Combine, Layer, Scope, Stage};
    use super::*;

    fn node(path: &str, layer: Layer) -> Node {
        Node {
            path: LayerPath::new(path),
            layer,
            scope: Scope::outside(Stage::Stem),
            function: false,
        }
    }

    #[test]
    fn a_circle_is_named_by_its_layers() {
        let mut draft = Draft::new();
        let size = [8, 8];
        let input = draft.add(node("input", Layer::Input { channels: 3, size }));
        let add = draft.add(node("add", Layer::Combine(Combine::Add)));
        let relu = draft.add(node("relu", Layer::Activation(Activation::Relu)));
        let end = draft.add(node("end", Layer::Activation(Activation::Relu)));
        draft.connect(add, &[input, relu]);
        draft.connect(end, &[add]);
        let mut whole = draft.clone();
        whole.connect(relu, &[input]);
        let network = whole.build().unwrap();
        let paths: Vec<String> = network
            .nodes()
            .map(|(_, node)| node.path.to_string())
            .collect();
        assert_eq!(paths, ["input", "relu", "add", "end"]);
        let read = network.inputs(network.find("add").unwrap());
        assert_eq!(read[..], [LayerId(0), LayerId(1)]);

        draft.connect(relu, &[add]);
        let error = draft.build().unwrap_err().message();
        let error = crate::text::Language::ENGLISH.say(&error);
        assert_eq!(
            error,
            "layers depend on each other in a cycle: `add`, `relu`"
        );
        let mut own = Draft::new();
        let relu = own.add(node("relu", Layer::Activation(Activation::Relu)));
        own.connect(relu, &[relu]);
        assert_eq!(own.build().unwrap_err().0.len(), 1);
    }
}
