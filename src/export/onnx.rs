//! ONNX: the network for other runtimes, with or without weights.
//!
//! Opset 17, IR version 8. A layer's node is named after the layer's path, an initialiser after the tensor's key in the
//! `state_dict`. The weights are read and written one tensor at a time: at most the source and its largest tensor are in
//! memory.

#![allow(
    clippy::cast_possible_wrap,
    reason = "sizes are bounded by `network::limits`, far below 2^63"
)]

mod activation;
mod graph;
mod layer;
pub mod message;
mod moves;
mod norm;
mod step;
mod write;

use std::collections::{BTreeMap, HashSet};

use super::complete::{Incomplete, compare};
use crate::network::{Layer, Network, ParameterKind, Shapes, Stage, Table, check};
use graph::{Graph, fixed, free, value};
use message::{GraphProto, ModelProto, OperatorSetIdProto, StringStringEntryProto, ValueInfoProto};

pub use graph::Weight;
pub use write::{EXTERNAL_LIMIT, External, OnnxError, PROTOBUF_LIMIT};

/// Version of the operator set.
pub const OPSET: i64 = 17;
/// Version of the format.
const IR_VERSION: i64 = 8;
/// Names of the graph's input and output.
const INPUT: &str = "input";
const OUTPUT: &str = "output";

/// Options for the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Images per batch; any number if `None`.
    pub batch: Option<u64>,
    /// Whether the first nodes preprocess an image's bytes for the first convolution.
    pub preprocess: bool,
}

impl Default for Options {
    /// One preprocessed image.
    fn default() -> Self {
        Self {
            batch: Some(1),
            preprocess: false,
        }
    }
}

/// A network as ONNX, before its weights are written.
#[derive(Debug)]
pub struct Onnx {
    /// Everything but the numbers of the weights.
    model: ModelProto,
    graph: GraphProto,
    /// Tensors to write, in the order of execution.
    weights: Vec<Weight>,
}

impl Onnx {
    /// Translates the legal network `network`, from its input size on. `title` is its display name.
    ///
    /// # Errors
    /// The result lacks tensors of the network, or has other names or shapes.
    pub fn new(
        network: &Network,
        name: &str,
        title: &str,
        options: Options,
    ) -> Result<Self, Incomplete> {
        let network = &*network.without_pictures();
        let (shapes, _) = check::shapes(network);
        let paths = network.nodes().map(|(_, node)| node.path.to_string());
        let keys = network.state_dict().into_iter().map(|(name, _)| name);
        let mut graph = Graph::new(paths.collect(), keys);
        let values = nodes(network, &shapes, options, &mut graph);
        prove(&graph, network)?;

        let dims = |id| {
            let shape: Option<crate::network::Shape> = shapes[id];
            let batch = options.batch.map_or_else(|| free("batch"), fixed);
            let sizes = shape
                .map(super::super::network::shape::Shape::dims)
                .unwrap_or_default();
            std::iter::once(batch)
                .chain(sizes.into_iter().map(fixed))
                .collect()
        };
        let mut input = Vec::new();
        let mut output = Vec::new();
        let mut between = Vec::new();
        let mut named = HashSet::new();
        for (id, node) in network.nodes() {
            let info: ValueInfoProto = value(&values[id], dims(id));
            if matches!(node.layer, Layer::Input { .. }) {
                input.push(info);
            } else if network.sink() == Some(id) {
                output.push(info);
            } else if values[id] != INPUT && named.insert(&values[id]) {
                between.push(info);
            }
        }
        let folded = graph
            .weights
            .iter()
            .any(|weight| weight.standardize.is_some());
        let mut facts = vec![("network", name.to_owned())];
        if folded {
            let notice =
                "The convolutions' weights are stored standardised, as the layers use them.";
            facts.push(("standardized_weights", notice.to_owned()));
        }
        let preprocessing = if options.preprocess {
            "The input is RGB from 0 to 255; the first nodes scale and standardise it."
        } else {
            "The input is scaled and standardised already."
        };
        facts.push(("preprocessing", preprocessing.to_owned()));
        let entry = |(key, value): (&str, String)| StringStringEntryProto {
            key: key.to_owned(),
            value,
        };
        Ok(Self {
            model: ModelProto {
                ir_version: Some(IR_VERSION),
                producer_name: env!("CARGO_PKG_NAME").to_owned(),
                producer_version: env!("CARGO_PKG_VERSION").to_owned(),
                doc_string: title.to_owned(),
                graph: None,
                opset_import: vec![OperatorSetIdProto {
                    domain: Some(String::new()),
                    version: Some(OPSET),
                }],
                metadata_props: facts.into_iter().map(entry).collect(),
            },
            graph: GraphProto {
                node: graph.nodes,
                name: name.to_owned(),
                initializer: graph.constants,
                doc_string: String::new(),
                input,
                output,
                value_info: between,
            },
            weights: graph.weights,
        })
    }

    /// Records the source of the weights in the file's metadata.
    pub fn say(&mut self, key: &str, notice: impl Into<String>) {
        self.model.metadata_props.push(StringStringEntryProto {
            key: key.to_owned(),
            value: notice.into(),
        });
    }

    /// Tensors to write, in the order of execution.
    pub fn weights(&self) -> &[Weight] {
        &self.weights
    }
}

/// Checks that the nodes read the tensors of `network`, each in its shape. A counter of batches is not part of a model.
fn prove(graph: &Graph, network: &Network) -> Result<(), Incomplete> {
    let read: HashSet<&String> = graph.nodes.iter().flat_map(|node| &node.input).collect();
    let made: BTreeMap<String, Vec<u64>> = graph
        .weights
        .iter()
        .filter(|weight| read.contains(&weight.name))
        .map(|weight| {
            let dims = weight.dims.iter().map(|&dim| dim as u64).collect();
            (weight.name.clone(), dims)
        })
        .collect();
    let wanted = network.state_dict().into_iter();
    let wanted = wanted
        .filter(|(_, parameter)| parameter.kind != ParameterKind::Counter)
        .map(|(name, parameter)| (name, parameter.shape.to_vec()));
    compare(wanted, made)
}

/// Adds the nodes of every layer and returns the name of each layer's value.
fn nodes(network: &Network, shapes: &Shapes, options: Options, graph: &mut Graph) -> Table<String> {
    let mut values: Vec<String> = Vec::new();
    for (id, node) in network.nodes() {
        let inputs = network.inputs(id);
        let read: Vec<&str> = inputs
            .iter()
            .map(|input| values[input.index()].as_str())
            .collect();
        let left_out = node.scope.stage == Stage::Preprocess && !options.preprocess;
        let name = match (&node.layer, left_out) {
            (Layer::Input { .. }, _) => INPUT.to_owned(),
            (_, true) => read.first().map_or(INPUT, |input| input).to_owned(),
            (layer, false) => {
                let shape = |id| shapes[id].unwrap_or(crate::network::Shape::map(0, 0, 0));
                let to = shape(id);
                let step = step::Step {
                    from: inputs.first().map_or(to, |&input| shape(input)),
                    to,
                    path: &node.path,
                    name: node.path.to_string(),
                    inputs: read,
                };
                graph.begin(&step.name);
                layer::add(graph, layer, &step)
            }
        };
        values.push(name);
    }
    // The last value is the graph's output; its node keeps the layer's path.
    if let (Some(last), Some(node)) = (values.last_mut(), graph.nodes.last_mut())
        && node.output.first() == Some(last)
    {
        node.output = vec![OUTPUT.to_owned()];
        OUTPUT.clone_into(last);
    }
    values.into()
}
