//! Modules of a network as a tree, by the parts of their paths.

use std::collections::HashMap;

use crate::network::{LayerId, Network, Stage};

/// A step of a module's `forward`: a layer, or a submodule.
#[derive(Debug)]
pub(super) enum Item {
    /// One layer, and the name of its module in its parent: `conv1`, or `paths.0.conv` if the modules in between are mere
    /// containers.
    Leaf {
        /// Number of the layer.
        id: LayerId,
        /// Path below its parent.
        name: String,
    },
    /// Consecutive layers with one input and one output.
    Child(Component),
}

/// A module with layers below it.
#[derive(Debug)]
pub(super) struct Component {
    /// Path below its parent; empty for the whole network.
    pub(super) name: String,
    /// Path of the module itself.
    pub(super) prefix: String,
    /// Input value.
    pub(super) input: LayerId,
    /// Output value.
    pub(super) output: LayerId,
    /// Steps in the order in which they run.
    pub(super) items: Vec<Item>,
}

/// Modules of the network after its preprocessing; `None` if there are none.
pub(super) fn tree(network: &Network) -> Option<Component> {
    let layers: Vec<LayerId> = network
        .ids()
        .filter(|&id| network[id].scope.stage != Stage::Preprocess)
        .collect();
    let first = *layers.first()?;
    let input = *network.inputs(first).first()?;
    Some(Component {
        name: String::new(),
        prefix: String::new(),
        input,
        output: *layers.last()?,
        items: items(network, &Spans::new(network, &layers), "", &layers),
    })
}

/// Number of layers at and below each path.
struct Spans<'a>(HashMap<&'a str, usize>);

impl<'a> Spans<'a> {
    fn new(network: &'a Network, layers: &[LayerId]) -> Self {
        let mut counts = HashMap::new();
        for &id in layers {
            let path = network[id].path.module.as_str();
            let ends = path.match_indices('.').map(|(at, _)| at);
            for end in ends.chain([path.len()]) {
                *counts.entry(&path[..end]).or_default() += 1;
            }
        }
        Self(counts)
    }

    fn count(&self, path: &str) -> usize {
        self.0.get(path).copied().unwrap_or(0)
    }
}

/// Steps of `layers`, a run of consecutive layers below `prefix`.
fn items(network: &Network, spans: &Spans, prefix: &str, layers: &[LayerId]) -> Vec<Item> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&first) = layers.get(at) {
        let name = below(&network[first].path.module, prefix);
        if let Some((component, count)) = child((network, spans), prefix, name, (layers, at)) {
            found.push(Item::Child(component));
            at += count;
        } else {
            found.push(Item::Leaf {
                id: first,
                name: name.to_owned(),
            });
            at += 1;
        }
    }
    found
}

/// The module that begins at index `at` of `layers`: the shortest prefix of its path that covers consecutive layers with one
/// input and one output, and no layer elsewhere.
fn child(
    (network, spans): (&Network, &Spans),
    prefix: &str,
    name: &str,
    (layers, at): (&[LayerId], usize),
) -> Option<(Component, usize)> {
    let mut ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
    ends.push(name.len());
    for end in ends {
        let own = &name[..end];
        let full = if prefix.is_empty() {
            own.to_owned()
        } else {
            format!("{prefix}.{own}")
        };
        let inside = |id: &LayerId| {
            let path = &network[*id].path.module;
            path == &full
                || path
                    .strip_prefix(&full)
                    .is_some_and(|rest| rest.starts_with('.'))
        };
        // They follow each other, and no layer elsewhere is below the path.
        let count = spans.count(&full);
        let Some(own_layers) = layers
            .get(at..at + count)
            .filter(|own| own.iter().all(inside))
        else {
            continue;
        };
        if count < 2 {
            continue;
        }
        // A layer with tensors at the path itself is a module, below which PyTorch has no room for others.
        if own_layers.iter().any(|&id| {
            network[id].path.module == full && !network[id].layer.parameters().is_empty()
        }) {
            continue;
        }
        if count == layers.len() && prefix.is_empty() {
            continue;
        }
        let Some((input, output)) = ends_of(network, own_layers) else {
            continue;
        };
        return Some((
            Component {
                name: own.to_owned(),
                items: items(network, spans, &full, own_layers),
                prefix: full,
                input,
                output,
            },
            count,
        ));
    }
    None
}

/// The single input of consecutive layers, and the single output that others read.
fn ends_of(network: &Network, layers: &[LayerId]) -> Option<(LayerId, LayerId)> {
    let (&first, &last) = (layers.first()?, layers.last()?);
    let within = |id: LayerId| first <= id && id <= last;
    let mut outside: Vec<LayerId> = layers
        .iter()
        .flat_map(|&id| network.inputs(id))
        .filter(|&id| !within(id))
        .collect();
    outside.sort_unstable();
    outside.dedup();
    let [input] = outside[..] else { return None };
    let only_last = layers
        .iter()
        .filter(|&&id| id != last)
        .all(|&id| network.users(id).into_iter().all(within));
    only_last.then_some((input, last))
}

/// A path below a prefix; the last part of the prefix if both are equal.
fn below<'a>(path: &'a str, prefix: &str) -> &'a str {
    if prefix.is_empty() {
        return path;
    }
    path.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or_else(|| path.rsplit('.').next().unwrap_or(path))
}
