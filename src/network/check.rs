//! Rules of legality, always on: conditions of every network that the analyses rely on.

use std::collections::{HashMap, HashSet};

use smallvec::SmallVec;

use super::infer::{ShapeFault, infer_or_recover};
use super::layer::Layer;
use super::{LayerId, Network, Node, Shape, Table};

/// Output shape of each layer; `None` if it cannot be known.
pub type Shapes = Table<Option<Shape>>;

/// A violation of a rule by a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Id of the rule.
    pub rule: &'static str,
    /// Layer at fault, if it is a single one.
    pub layer: Option<LayerId>,
    /// Description of the problem, without the path.
    pub message: String,
    /// Shapes at fault, if the rule is about shapes.
    pub shape: Option<ShapeFault>,
}

/// A rule for every network: an id, a sentence, and a function that checks it.
pub struct Rule {
    /// Id in messages and documents: `one-source`.
    pub id: &'static str,
    /// Condition that must hold.
    pub sentence: &'static str,
    judge: fn(&Network, &[Fault]) -> Vec<Fault>,
}

/// All rules, in the order in which they are checked.
pub const RULES: &[Rule] = &[
    Rule {
        id: "acyclic",
        sentence: "No layer reads, directly or through others, what it puts out; a layer reads only earlier ones.",
        judge: acyclic,
    },
    Rule {
        id: "one-source",
        sentence: "Exactly one layer reads nothing: the input.",
        judge: one_source,
    },
    Rule {
        id: "one-sink",
        sentence: "Exactly one layer is read by no other: the output.",
        judge: one_sink,
    },
    Rule {
        id: "arity",
        sentence: "An addition reads two layers, the input none, every other layer one.",
        judge: arity,
    },
    Rule {
        id: "unique-paths",
        sentence: "No two layers have the same path and call, and no two modules with parameters share a path.",
        judge: |network, faults| {
            let mut found = unique_paths(network, faults);
            found.extend(shared_tensors(network, faults));
            found
        },
    },
    Rule {
        id: "stage-paths",
        sentence: "No layer has the path of a stage or of a block: that is a module which holds layers.",
        judge: stage_paths,
    },
    Rule {
        id: "shapes",
        sentence: "Every layer can read the shapes that come in, and no size is zero or beyond the limits.",
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
            message: shape.to_string(),
            shape: Some(shape),
        }));
    }
    (shapes, faults)
}

fn fault(rule: &'static str, layer: Option<LayerId>, message: String) -> Fault {
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
        .map(|id| {
            fault(
                "acyclic",
                Some(id),
                "reads a layer that runs later".to_owned(),
            )
        })
        .collect()
}

fn one_source(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let inputs: Vec<_> = network
        .nodes()
        .filter(|(_, node)| matches!(node.layer, Layer::Input { .. }))
        .collect();
    match inputs.as_slice() {
        [_] => vec![],
        [] => vec![fault("one-source", None, "there is no input".to_owned())],
        [_, rest @ ..] => rest
            .iter()
            .map(|(id, _)| fault("one-source", Some(*id), "a second input".to_owned()))
            .collect(),
    }
}

fn one_sink(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let last = network.sink();
    network
        .ids()
        .filter(|&id| Some(id) != last && !network.is_read(id))
        .map(|id| {
            fault(
                "one-sink",
                Some(id),
                "no layer reads what it puts out".to_owned(),
            )
        })
        .collect()
}

fn arity(network: &Network, _: &[Fault]) -> Vec<Fault> {
    network
        .nodes()
        .filter_map(|(id, node)| {
            let (found, wanted) = (network.inputs(id).len(), node.layer.arity());
            (found != wanted).then(|| {
                fault(
                    "arity",
                    Some(id),
                    format!("{} reads {wanted} layers, not {found}", node.layer.op()),
                )
            })
        })
        .collect()
}

fn unique_paths(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let has_parameters = |node: &Node| !node.layer.parameters().is_empty();
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
                format!("the path {} is taken by an earlier layer", node.path.module),
            ));
        }
    }
    faults
}

/// Layers that are a single tensor, at a path that another layer uses for one of its tensors.
fn shared_tensors(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let is_tensor = |node: &Node| matches!(node.layer, Layer::Scalar(_));
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
    let message = |node: &Node| format!("another layer has the tensor {}", node.path.module);
    shared
        .map(|(id, node)| fault("unique-paths", Some(id), message(node)))
        .collect()
}

fn stage_paths(network: &Network, _: &[Fault]) -> Vec<Fault> {
    let mut owners: HashMap<&str, &str> = HashMap::new();
    for stage in network.stages() {
        owners.extend(stage.blocks.iter().map(|block| (block.as_str(), "block")));
        owners.insert(&stage.name, "stage");
    }
    network
        .nodes()
        .filter_map(|(id, node)| {
            let owner = owners.get(node.path.module.as_str())?;
            Some(fault(
                "stage-paths",
                Some(id),
                format!("the path {} is that of a {owner}", node.path.module),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests;
