//! The layer DAG of a network, and the rules that make one legal.
//!
//! A [`Network`] holds named layers and the edges between them, nothing else: `check` and the analyses give shapes, costs and
//! places in side [`Table`]s. Layers are numbered in the order in which they run.

pub mod category;
pub mod check;
mod draft;
pub mod infer;
pub mod layer;
pub mod limits;
pub mod path;
mod pictures;
pub mod resample;
pub mod shape;
mod sums;
pub mod window;
mod without;

use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::ops::{Index, IndexMut, Range};

use hashbrown::{DefaultHashBuilder, HashTable};
use petgraph::Direction;
use petgraph::algo::has_path_connecting;
use petgraph::graph::{DiGraph, NodeIndex};
use smallvec::SmallVec;

pub use category::Category;
pub use check::{Fault, Shapes};
pub use draft::{Circle, Draft, DraftId, order};
pub use layer::{
    Activation, Combine, Conv, Gate, Layer, Norm, Parameter, ParameterKind, Parameters, Picture,
    Pool, Preprocess, Reshape,
};
pub use path::{Branch, LayerPath, Scope, Stage};
pub use resample::Filter;
pub use shape::Shape;
pub use sums::Sums;
pub use window::{Rounding, Window};
pub use without::Shortened;

/// Number of a layer: its place in the order of execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerId(u32);

impl LayerId {
    /// Place in the order of execution, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A layer with its path and its place in the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// PyTorch's module path, and the number of the call.
    pub path: LayerPath,
    /// Operation of the layer.
    pub layer: Layer,
    /// Stage, block and branch of the layer.
    pub scope: Scope,
    /// Whether PyTorch's version of the network runs it other than as a module of that name: as a function (`F.relu`), or
    /// inside a larger module (timm's `BatchNormAct2d`). Hooks on modules do not see such a layer; its values are the same.
    pub function: bool,
}

/// Names and blocks of a stage of the body; `Stage::Body(1)` is the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageInfo {
    /// Name of the module in code: `layer1`.
    pub name: String,
    /// Name in the paper: `conv2_x`.
    pub paper_name: Option<String>,
    /// Kind of block: `bottleneck`.
    pub block: String,
    /// Module path of each block: `layer1.0`.
    pub blocks: Vec<String>,
}

/// Operands of a layer: usually few enough to need no allocation.
pub type Inputs = SmallVec<[LayerId; 4]>;

/// A DAG of named layers with one source (the image) and one sink (the logits).
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Layers and edges; the weight of an edge is the operand's index in the layer that reads it.
    graph: DiGraph<Node, u32>,
    /// Operands of all layers, one layer after the other: a graph of petgraph finds them by a walk from edge to edge.
    operands: Vec<LayerId>,
    /// End of each layer's operands in `operands`.
    ends: Vec<u32>,
    /// First layer of each path; the paths themselves are in the graph.
    by_path: HashTable<LayerId>,
    hasher: DefaultHashBuilder,
    stages: Vec<StageInfo>,
}

impl Network {
    /// Creates a network without layers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a layer with the operands `inputs`, in that order, and returns its number.
    ///
    /// [`check::check`] decides whether the result is legal; a repeated path is kept here and reported there.
    pub fn add(&mut self, node: Node, inputs: &[LayerId]) -> LayerId {
        let hash = self.hasher.hash_one(&node.path);
        let index = self.graph.add_node(node);
        for (slot, input) in inputs.iter().enumerate() {
            self.graph
                .add_edge(NodeIndex::new(input.index()), index, slot as u32);
        }
        self.operands.extend_from_slice(inputs);
        self.ends.push(self.operands.len() as u32);
        let id = LayerId(index.index() as u32);
        let (graph, hasher) = (&self.graph, &self.hasher);
        let path = |id: LayerId| &graph[NodeIndex::new(id.index())].path;
        self.by_path
            .entry(
                hash,
                |&other| path(other) == path(id),
                |&other| hasher.hash_one(path(other)),
            )
            .or_insert(id);
        id
    }

    /// The same network with some layers replaced.
    ///
    /// [`check::check`] decides whether the result is legal.
    #[must_use]
    pub fn with_layers(&self, layers: &BTreeMap<LayerId, Layer>) -> Self {
        let mut network = self.clone();
        for (id, layer) in layers {
            network.graph[NodeIndex::new(id.index())].layer = layer.clone();
        }
        network
    }

    /// The runnable prefix before a faulty layer `id`. Several of its layers may have no reader.
    #[must_use]
    pub fn before(&self, id: LayerId) -> Self {
        let mut network = self.emptied();
        for own in self.ids_at(0..id.index()) {
            network.add(self[own].clone(), &self.inputs(own));
        }
        network
    }

    /// A network of the same stages, without layers.
    fn emptied(&self) -> Self {
        Self {
            stages: self.stages.clone(),
            ..Self::default()
        }
    }

    /// Appends a stage of the body.
    pub fn add_stage(&mut self, stage: StageInfo) {
        self.stages.push(stage);
    }

    /// Names the next block of the last stage.
    pub fn add_block(&mut self, path: String) {
        if let Some(stage) = self.stages.last_mut() {
            stage.blocks.push(path);
        }
    }

    /// Stages of the body, in order.
    pub fn stages(&self) -> &[StageInfo] {
        &self.stages
    }

    /// Names and blocks of stage `number` (from 1).
    pub fn stage(&self, number: u32) -> Option<&StageInfo> {
        self.stages.get((number as usize).checked_sub(1)?)
    }

    /// All layers in the order in which they run.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = LayerId> + ExactSizeIterator + use<> {
        (0..self.graph.node_count() as u32).map(LayerId)
    }

    /// Layers at these places in the order in which they run; places beyond the end are skipped.
    pub fn ids_at(
        &self,
        places: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = LayerId> + ExactSizeIterator + use<> {
        let count = self.graph.node_count();
        (places.start.min(count) as u32..places.end.min(count) as u32).map(LayerId)
    }

    /// All layers with their numbers, in the order in which they run.
    pub fn nodes(&self) -> impl Iterator<Item = (LayerId, &Node)> {
        self.ids().map(|id| (id, &self[id]))
    }

    /// Number of layers.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether the network has no layers.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Operands of `id`, in order.
    pub fn inputs(&self, id: LayerId) -> Inputs {
        Inputs::from_slice(self.operands(id))
    }

    fn operands(&self, id: LayerId) -> &[LayerId] {
        let before = id.index().checked_sub(1);
        let start = before.map_or(0, |before| self.ends[before]);
        &self.operands[start as usize..self.ends[id.index()] as usize]
    }

    /// Whether any layer reads `id`.
    pub fn is_read(&self, id: LayerId) -> bool {
        self.readers(id).next().is_some()
    }

    /// The layers that read `id`, in the order in which they run.
    pub fn users(&self, id: LayerId) -> Vec<LayerId> {
        let mut users: Vec<_> = self.readers(id).collect();
        users.sort_unstable();
        users
    }

    /// Number of the last layer that reads each layer, in the order of execution; `usize::MAX` for one that none reads.
    pub fn last_uses(&self) -> Vec<usize> {
        let last = |id| self.users(id).last().copied();
        self.ids()
            .map(|id| last(id).map_or(usize::MAX, LayerId::index))
            .collect()
    }

    /// The layers that read `id`, the one that was added last first.
    fn readers(&self, id: LayerId) -> impl Iterator<Item = LayerId> {
        self.graph
            .neighbors_directed(NodeIndex::new(id.index()), Direction::Outgoing)
            .map(|other| LayerId(other.index() as u32))
    }

    /// Whether `later` reads the output of `earlier`, directly or through other layers; a layer reaches itself.
    pub fn reaches(&self, earlier: LayerId, later: LayerId) -> bool {
        let node = |id: LayerId| NodeIndex::new(id.index());
        has_path_connecting(&self.graph, node(earlier), node(later), None)
    }

    /// The layer at `path`, written as [`LayerPath`] prints it: `layer1.0.relu` or `layer1.0.relu#2`.
    pub fn find(&self, path: &str) -> Option<LayerId> {
        self.first_at(&LayerPath::parse(path))
    }

    /// The first layer that was added under a path.
    pub fn first_at(&self, path: &LayerPath) -> Option<LayerId> {
        let hash = self.hasher.hash_one(path);
        let found = self.by_path.find(hash, |&id| self[id].path == *path);
        found.copied()
    }

    /// The last layer, whose output is the network's.
    pub fn sink(&self) -> Option<LayerId> {
        self.ids().next_back()
    }

    /// Every parameter and buffer under its key in PyTorch's `state_dict`, in the order of execution.
    pub fn state_dict(&self) -> Vec<(String, Parameter)> {
        self.nodes()
            .flat_map(|(_, node)| {
                node.layer
                    .parameters()
                    .into_iter()
                    .map(|parameter| (node.path.parameter(parameter.name), parameter))
            })
            .collect()
    }
}

impl Index<LayerId> for Network {
    type Output = Node;

    fn index(&self, id: LayerId) -> &Node {
        &self.graph[NodeIndex::new(id.index())]
    }
}

/// One value per layer of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T>(Vec<T>);

impl<T> Table<T> {
    /// Computes each layer's value with `answer`, in the order in which the layers run.
    pub fn new(network: &Network, answer: impl FnMut(LayerId) -> T) -> Self {
        Self(network.ids().map(answer).collect())
    }

    /// Values in the order in which the layers run.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T> From<Vec<T>> for Table<T> {
    fn from(answers: Vec<T>) -> Self {
        Self(answers)
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Index<LayerId> for Table<T> {
    type Output = T;

    fn index(&self, id: LayerId) -> &T {
        &self.0[id.index()]
    }
}

impl<T> IndexMut<LayerId> for Table<T> {
    fn index_mut(&mut self, id: LayerId) -> &mut T {
        &mut self.0[id.index()]
    }
}
