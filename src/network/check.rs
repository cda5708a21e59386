//! Rules of legality, always on: conditions of every network that the analyses rely on.

use std::collections::{HashMap, HashSet};

use smallvec::SmallVec;

use super::infer::{ShapeFault, infer_or_recover};
use super::layer::Layer;
use super::{LayerId, Network, Node, Shape, Table};
use crate::message;
use crate::text::Message;

/// Output shape of each layer; `None` if it cannot be known.
pub type Shapes = Table<Option<Shape>>;

/// A violation of a rule by a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Id of the rule.
    pub rule: &'static str,
    /// Layer at fault, if it is a single one.
    pub layer: Option<LayerId>,
    /// The problem, without the path.
    pub message: Message,
    /// Shapes at fault, if the rule is about shapes.
    pub shape: Option<ShapeFault>,
}

/// A rule of legality: an id, a sentence, and a judge.
pub struct Rule {
    /// Id in messages and documents: `one-source`.
    pub id: &'static str,
    /// The id of the text that states it.
    pub sentence: &'static str,
    judge: fn(&Network, &[Fault]) -> Vec<Fault>,
}

/// All rules, in the order in which they are checked.
pub const RULES: &[Rule] = &[
    Rule {
        id: "acyclic",
        sentence: "legality-acyclic",
        judge: acyclic,
    },
    Rule {
        id: "one-source",
        sentence: "legality-one-source",
        judge: one_source,
    },
    Rule {
        id: "one-sink",
        sentence: "legality-one-sink",
        judge: one_sink,
    },
    Rule {
        id: "arity",
        sentence: "legality-arity",
        judge: arity,
    },
    Rule {
        id: "unique-paths",
        sentence: "legality-unique-paths",
        judge: |network, faults| {
            let mut found = unique_paths(network, faults);
            found.extend(shared_tensors(network, faults));
            found
        },
    },
    Rule {
        id: "stage-paths",
        sentence: "legality-stage-paths",
        judge: stage_paths,
    },
    Rule {
        id: "shapes",
        sentence: "legality-shapes",
        judge: |_, of_shapes| of_shapes.to_vec(),
    },
];

/// Checks every rule; the network is legal if the list is empty.
pub fn check(network: &Network) -> Vec<Fault> {
    judge(network).1
}

/// Checks every rule, and also returns the shapes, which are inferred once for both.
pub fn judge(network: &Network) -> (Shapes, Vec<Fault>) {
    let (shapes, of_shapes) = shapes(network);
    let faults = RULES
        .iter()
        .flat_map(|rule| (rule.judge)(network, &of_shapes));
    (shapes, faults.collect())
}

/// The first layer that breaks a rule, in the order of execution: those before it can run.
pub fn first_at_fault(network: &Network) -> Option<LayerId> {
    let faults = check(network);
    faults.into_iter().filter_map(|fault| fault.layer).min()
}

/// Output shape of every layer, and a fault for each layer whose inputs do not fit.
///
/// After a fault, inference continues as described at [`infer_or_recover`].
pub fn shapes(network: &Network) -> (Shapes, Vec<Fault>) {
    let mut shapes: Shapes = Table::new(network, |_| None);
    let mut faults = Vec::new();
    for (id, node) in network.nodes() {
        let inputs: Option<SmallVec<[Shape; 4]>> = network
            .inputs(id)
            .into_iter()
            .map(|input| if input < id { shapes[input] } else { None })
            .collect();
        let Some(inputs) = inputs.filter(|inputs| inputs.len() == node.layer.arity()) else {
            continue;
        };
        let (shape, fault) = infer_or_recover(&node.layer, &inputs);
        shapes[id] = shape;
        faults.extend(fault.map(|shape| Fault {
            rule: "shapes",
            layer: Some(id),
            message: match node.scope.branch {
                Some(_) => shape.message_within(),
                None => shape.message(),
            },
            shape: Some(shape),
        }));
    }
    (shapes, faults)
}

fn fault(rule: &'static str, layer: Option<LayerId>, message: Message) -> Fault {
    Fault {
        rule,
        layer,
        message,
        shape: None,
    }
}

/// If every layer reads only earlier ones, none can read itself through others.
fn acyclic(network: &Network, _: &[Fault]) -> Vec<Fault> {
    network
        .ids()
        .filter(|&id| network.inputs(id).iter().any(|&input| input >= id))
        .map(|id| fault("acyclic", Some(id), message!("problem-reads-later")))
        .collect()
}

fn one_source(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let inputs: Vec<_> = network
        .nodes()
        .filter(|(_, node)| matches!(node.layer, Layer::Input { .. }))
        .collect();
    match inputs.as_slice() {
        [_] => vec![],
        [] => vec![fault("one-source", None, message!("problem-no-input"))],
        [_, rest @ ..] => rest
            .iter()
            .map(|(id, _)| fault("one-source", Some(*id), message!("problem-second-input")))
            .collect(),
    }
}

fn one_sink(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let last = network.sink();
    network
        .ids()
        .filter(|&id| Some(id) != last && !network.is_read(id))
        .map(|id| fault("one-sink", Some(id), message!("problem-not-read")))
        .collect()
}

fn arity(network: &Network, _: &[Fault]) -> Vec<Fault> {
    network
        .nodes()
        .filter_map(|(id, node)| {
            let (found, wanted) = (network.inputs(id).len(), node.layer.arity());
            (found != wanted).then(|| {
                let op = node.layer.op();
                let message = message!("problem-arity", op = op, wanted = wanted, found = found);
                fault("arity", Some(id), message)
            })
        })
        .collect()
}

fn unique_paths(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let has_parameters = |node: &Node| node.layer.has_parameters();
    // A module's parameters belong to its first call; the owners are looked up only if a later call has some.
    let is_odd = |(_, node): &(LayerId, &Node)| node.path.call > 1 && has_parameters(node);
    let mut owners = network.nodes().any(|node| is_odd(&node)).then(HashSet::new);
    let mut faults = Vec::new();
    for (id, node) in network.nodes() {
        let again = network.first_at(&node.path) != Some(id);
        let shared = owners
            .as_mut()
            .is_some_and(|owners| has_parameters(node) && !owners.insert(&node.path.module));
        if again || shared {
            faults.push(fault(
                "unique-paths",
                Some(id),
                message!("problem-path-taken", path = &node.path.module),
            ));
        }
    }
    faults
}

/// Layers that are a single tensor, at a path that another layer uses for one of its tensors.
fn shared_tensors(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let is_tensor =
        |node: &Node| matches!(node.layer, Layer::Scalar(scalar) if scalar.is_learned());
    if !network.nodes().any(|(_, node)| is_tensor(node)) {
        return Vec::new();
    }
    let mut owners: HashMap<String, usize> = HashMap::new();
    for (key, _) in network.state_dict() {
        *owners.entry(key).or_default() += 1;
    }
    let shared = network.nodes().filter(|(_, node)| {
        is_tensor(node)
            && owners
                .get(&node.path.module)
                .is_some_and(|&count| count > 1)
    });
    let message = |node: &Node| message!("problem-tensor-taken", path = &node.path.module);
    shared
        .map(|(id, node)| fault("unique-paths", Some(id), message(node)))
        .collect()
}

fn stage_paths(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let mut owners: HashMap<&str, &'static str> = HashMap::new();
    for stage in network.stages() {
        let blocks = stage.blocks.iter().map(String::as_str);
        owners.extend(blocks.map(|block| (block, "problem-path-of-block")));
        owners.insert(&stage.name, "problem-path-of-stage");
    }
    network
        .nodes()
        .filter_map(|(id, node)| {
            let owner = owners.get(node.path.module.as_str())?;
            Some(fault(
                "stage-paths",
                Some(id),
                Message::new(owner).with("path", &node.path.module),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests;
