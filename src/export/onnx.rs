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
mod facts;
mod graph;
mod layer;
pub mod message;
mod moves;
mod norm;
mod sizes;
mod step;
mod write;

use std::collections::{BTreeMap, HashSet};

use super::complete::{Incomplete, compare};
use crate::network::{Layer, LayerId, Network, ParameterKind, Shape, Shapes, Stage, Table, check};
use crate::report::Subject;
use graph::{Graph, fixed, free, unknown, value};
use message::{GraphProto, ModelProto, OperatorSetIdProto, StringStringEntryProto};

pub use graph::{Element, Weight};
pub use sizes::{Multiple, OneSize};
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
    /// Whether height and width are free; see [`Multiple`] for the sizes that fit.
    pub any_size: bool,
    /// Type of the weights and of all values but the input and the output, which stay 32-bit floats.
    pub element: Element,
}

impl Default for Options {
    /// One preprocessed image.
    fn default() -> Self {
        Self {
            batch: Some(1),
            preprocess: false,
            any_size: false,
            element: Element::Single,
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
        graph.element = options.element;
        graph.any_size = options.any_size;
        let values = nodes(network, &shapes, options, &mut graph);
        prove(&graph, network)?;

        let dims = |id| {
            let shape: Option<Shape> = shapes[id];
            let batch = options.batch.map_or_else(|| free("batch"), fixed);
            let sizes = shape.map(Shape::dims).unwrap_or_default();
            let mut dims = vec![batch];
            dims.extend(sizes.into_iter().map(fixed));
            if options.any_size {
                let is_input = matches!(network[id].layer, Layer::Input { .. });
                let names = ["height", "width"].map(|name| is_input.then(|| free(name)));
                for (dim, name) in dims.iter_mut().skip(2).zip(names) {
                    *dim = name.unwrap_or_else(unknown);
                }
            }
            dims
        };
        let mut input = Vec::new();
        let mut output = Vec::new();
        let mut between = Vec::new();
        // Layers that are left out have the input's value.
        let entry = network.ids().next().map(|id| &values[id]);
        let mut named: HashSet<&String> = entry.into_iter().collect();
        for (id, node) in network.nodes() {
            let own = |name: &str, element| value(name, element, dims(id));
            if matches!(node.layer, Layer::Input { .. }) {
                input.push(own(INPUT, Element::Single));
            } else if network.sink() == Some(id) {
                output.push(own(OUTPUT, Element::Single));
            } else if named.insert(&values[id]) {
                between.push(own(&values[id], options.element));
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

    /// Records preprocessing, classes, costs and source of the network in the file's metadata; `options` are those of the file.
    pub fn describe(&mut self, subject: &Subject, options: Options) {
        for (key, value) in facts::facts(subject, options.preprocess) {
            self.say(key, value);
        }
    }

    /// Records a fact in the file's metadata.
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
            (Layer::Input { .. }, _) if options.element == Element::Half => {
                graph.cast("input/half", INPUT, options.element.code())
            }
            (Layer::Input { .. }, _) => INPUT.to_owned(),
            (_, true) => read.first().map_or(INPUT, |input| input).to_owned(),
            (layer, false) => {
                let shape = |id: LayerId| shapes[id].unwrap_or(Shape::map(0, 0, 0));
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
    let Some(last) = values.last_mut() else {
        return values.into();
    };
    let end = match options.element {
        Element::Single => last.clone(),
        Element::Half => graph.cast("output/single", last, Element::Single.code()),
    };
    // The last value is the graph's output; its node keeps the layer's path.
    if let Some(node) = graph.nodes.last_mut()
        && node.output.first() == Some(&end)
    {
        node.output = vec![OUTPUT.to_owned()];
        if *last == end {
            OUTPUT.clone_into(last);
        }
    }
    values.into()
}
