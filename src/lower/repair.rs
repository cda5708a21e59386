//! What the rules of legality found, told with the place in the spec and the repair.

use std::sync::Arc;

use crate::network::infer::ShapeFault;
use crate::network::{Branch, Fault, Layer, LayerId, Network, Scope, Shape, Shapes, check};
use crate::spec::fix::{Change, Edit, Fix, Key, keys_at};
use crate::spec::problem::grouped;
use crate::spec::{Place, Problem, Source};

/// A problem for each fault of `network`; faults with one cause (one line of a block that every stage uses) are one.
pub(super) fn problems(
    network: &Network,
    origins: &[Option<Place>],
    source: &Arc<Source>,
) -> Vec<Problem> {
    let (shapes, _) = check::shapes(network);
    let problems = check::check(network).into_iter().map(|fault| {
        let repair = repair(network, &shapes, &fault);
        let blamed = repair.culprit.or(fault.layer);
        let edit = repair.edit.and_then(|edit| edit.of(origins, source));
        Problem {
            fix: edit.map(|edit| {
                Box::new(Fix {
                    source: source.clone(),
                    edits: vec![edit],
                })
            }),
            place: blamed.and_then(|id| origins.get(id.index())?.clone()),
            path: fault.layer.map(|id| network[id].path.to_string()),
            help: repair.help,
            ..Problem::error(fault.rule, fault.message)
        }
    });
    grouped(problems.collect())
}

#[derive(Default)]
struct Repair {
    help: Option<String>,
    /// The layer to change, where it is another than the one that fails.
    culprit: Option<LayerId>,
    /// The edit that does it, where it is plain.
    edit: Option<Wanted>,
}

/// A key of the spec, or of the line that a layer was written in, and its value.
struct Wanted {
    layer: Option<LayerId>,
    key: &'static str,
    value: String,
}

impl Wanted {
    /// The edit of the network's own spec; `None` where the layer was written in another file.
    fn of(self, origins: &[Option<Place>], source: &Arc<Source>) -> Option<Edit> {
        let mut keys = match self.layer {
            Some(id) => keys_at(source, origins.get(id.index())?.as_ref()?)?,
            None => Vec::new(),
        };
        keys.push(Key::Name(self.key.to_owned()));
        Some(Edit {
            keys,
            change: Change::Set(self.value),
        })
    }
}

impl Repair {
    fn say(help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..Self::default()
        }
    }
}

fn repair(network: &Network, shapes: &Shapes, fault: &Fault) -> Repair {
    if fault.rule == "unique-paths" {
        return Repair::say("give one of the two layers another name");
    }
    let (Some(shape), Some(layer)) = (&fault.shape, fault.layer) else {
        return Repair::default();
    };
    match shape {
        ShapeFault::Operands { left, right } => addition(network, shapes, layer, *left, *right),
        ShapeFault::Groups {
            groups, channels, ..
        } => {
            let below = channels / groups * groups;
            let near = if below == 0 { *groups } else { below };
            Repair::say(format!(
                "choose a width that {groups} divides, such as {near}, or fewer groups"
            ))
        }
        ShapeFault::Window { .. } => {
            Repair::say("use a larger input, a smaller kernel, or fewer strides before it")
        }
        ShapeFault::Narrowing { .. } => {
            Repair::say("use a projection (shortcut = \"projection\") where channels are dropped")
        }
        ShapeFault::Rank { .. } => {
            Repair::say("check the order: feature maps, then flatten, then linear layers")
        }
        ShapeFault::Channels { .. } | ShapeFault::Size { .. } => Repair::default(),
    }
}

/// Why the two operands of an addition differ, the likeliest cause first.
fn addition(network: &Network, shapes: &Shapes, add: LayerId, left: Shape, right: Shape) -> Repair {
    let scope = network[add].scope;
    let block: Vec<LayerId> = network
        .ids()
        .rev()
        .skip_while(|&id| id >= add)
        .take_while(|&id| same_block(network[id].scope, scope))
        .collect();
    if let Some(repair) = overpadded(network, shapes, &block) {
        return repair;
    }
    if let Some(repair) = stride_twice(network, &block, left, right) {
        return repair;
    }
    let has_shortcut = block
        .iter()
        .any(|&id| network[id].scope.branch == Some(Branch::Shortcut));
    if !has_shortcut {
        let step = match (left.size(), right.size()) {
            (Some(left), Some(right)) if left[0] > 0 => right[0].div_ceil(left[0]).max(1),
            _ => 1,
        };
        let help = format!(
            "the identity shortcut does not fit: give the block a projection shortcut (shortcut = \"projection\"), here a 1×1 convolution {} → {} channels with stride {step}",
            right.channels(),
            left.channels()
        );
        return Repair {
            edit: Some(Wanted {
                layer: None,
                key: "shortcut",
                value: "\"projection\"".to_owned(),
            }),
            ..Repair::say(help)
        };
    }
    if left.size() == right.size() {
        return Repair::say(format!(
            "let the shortcut put out as many channels as the main path: {}",
            left.channels()
        ));
    }
    Repair::say("give the main path and the shortcut the same stride")
}

fn same_block(a: Scope, b: Scope) -> bool {
    a.stage == b.stage && a.block == b.block
}

/// A convolution that makes the map larger: its padding is more than what keeps the size.
fn overpadded(network: &Network, shapes: &Shapes, block: &[LayerId]) -> Option<Repair> {
    block.iter().rev().find_map(|&id| {
        let Layer::Conv2d(conv) = &network[id].layer else {
            return None;
        };
        let window = &conv.window;
        let keeps = (window.extent()[0] - 1) / 2;
        let input = shapes[*network.inputs(id).first()?]?.size()?;
        let output = shapes[id]?.size()?;
        (window.padding[0] > keeps).then(|| Repair {
            help: Some(format!(
                "{} is {window} with padding {}, which turns {} into {} pixels: write padding = {keeps}",
                network[id].path, window.padding[0], input[0], output[0]
            )),
            culprit: Some(id),
            edit: Some(Wanted {
                layer: Some(id),
                key: "padding",
                value: keeps.to_string(),
            }),
        })
    })
}

/// Two strides on the main path where the shortcut has taken one.
fn stride_twice(network: &Network, block: &[LayerId], left: Shape, right: Shape) -> Option<Repair> {
    let strided: Vec<_> = block
        .iter()
        .rev()
        .copied()
        .filter(|&id| {
            network[id].scope.branch == Some(Branch::Main) && network[id].layer.stride() != [1; 2]
        })
        .collect();
    let [first, .., last] = strided.as_slice() else {
        return None;
    };
    let smaller = left.size()?[0] < right.size()?[0];
    smaller.then(|| Repair {
        help: Some(format!(
            "the main path has a stride twice, at {} and {}: keep one of them",
            network[*first].path, network[*last].path
        )),
        culprit: Some(*last),
        edit: Some(Wanted {
            layer: Some(*last),
            key: "stride",
            value: "1".to_owned(),
        }),
    })
}
