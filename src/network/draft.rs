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

/// Layers that read each other in a cycle, in order: each is read by the next, and the last by the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle(pub Vec<LayerPath>);

impl Circle {
    /// The error as a text.
    pub fn message(&self) -> Message {
        let paths = self.0.iter().chain(self.0.first());
        let paths = paths.map(|path| format!("`{path}`"));
        message!("problem-circle", paths = Joint::Arrow.of(paths))
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
        let order = sorted(&self.graph).map_err(|cycle| {
            let paths = cycle.iter().map(|&node| self.graph[node].path.clone());
            Circle(paths.collect())
        })?;
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
}

/// An order in which things can run that read each other: `reads` are the operands of each, by number.
///
/// It depends on what reads what alone, operands first, and not on the numbers.
///
/// # Errors
/// A cycle, as its members in order: each is read by the next, and the last by the first.
pub fn order(reads: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<NodeIndex> = reads.iter().map(|_| graph.add_node(())).collect();
    for (reader, own) in reads.iter().enumerate() {
        for &read in own {
            graph.add_edge(nodes[read], nodes[reader], ());
        }
    }
    let numbers = |nodes: Vec<NodeIndex>| nodes.into_iter().map(NodeIndex::index).collect();
    if toposort(&graph, None).is_err() {
        return Err(numbers(cycle(&graph)));
    }
    Ok(numbers(operands_first(&graph)))
}

/// Nodes after those that they read, as they are if that will do; or a cycle.
fn sorted<N>(graph: &DiGraph<N, ()>) -> Result<Vec<NodeIndex>, Vec<NodeIndex>> {
    if toposort(graph, None).is_err() {
        return Err(cycle(graph));
    }
    if graph
        .edge_references()
        .all(|edge| edge.source() < edge.target())
    {
        return Ok(graph.node_indices().collect());
    }
    Ok(operands_first(graph))
}

fn operands_first<N>(graph: &DiGraph<N, ()>) -> Vec<NodeIndex> {
    let reversed = Reversed(graph);
    let mut walk = DfsPostOrder::empty(reversed);
    let mut order = Vec::with_capacity(graph.node_count());
    for sink in graph.externals(Direction::Outgoing) {
        walk.move_to(sink);
        while let Some(node) = walk.next(reversed) {
            order.push(node);
        }
    }
    order
}

/// A cycle of a graph that has one, beginning with its first node.
fn cycle<N>(graph: &DiGraph<N, ()>) -> Vec<NodeIndex> {
    let own = |node: NodeIndex| graph.contains_edge(node, node);
    let knots = tarjan_scc(graph);
    let knot = knots.iter().find(|nodes| nodes.len() > 1 || own(nodes[0]));
    let Some(first) = knot.and_then(|nodes| nodes.iter().min().copied()) else {
        return Vec::new();
    };
    // Within the knot every step leads on, and so to a node for the second time.
    let is_in = |node: &NodeIndex| knot.is_some_and(|nodes| nodes.contains(node));
    let mut way = vec![first];
    loop {
        let last = way[way.len() - 1];
        let next = graph.neighbors(last).filter(is_in).min();
        let Some(next) = next else {
            return way;
        };
        if let Some(start) = way.iter().position(|&node| node == next) {
            way.drain(..start);
            let first = (0..way.len()).min_by_key(|&place| way[place]);
            way.rotate_left(first.unwrap_or(0));
            return way;
        }
        way.push(next);
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
            scope: Scope::of_stage(Stage::Stem),
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
            "layers take each other's output in a cycle: `add` → `relu` → `add`"
        );
        let mut own = Draft::new();
        let relu = own.add(node("relu", Layer::Activation(Activation::Relu)));
        own.connect(relu, &[relu]);
        assert_eq!(own.build().unwrap_err().0.len(), 1);
    }
}
