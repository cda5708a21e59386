//! Statements of a class's `forward`: one line per module, joined with the next operation if nothing else reads the value.

use std::collections::{BTreeMap, HashMap};

use super::{Builder, Shortcut};
use crate::export::pytorch::module::expression;
use crate::export::pytorch::template::{Piece, text};
use crate::export::pytorch::tree::{Component, Item};
use crate::network::layer::Scalar;
use crate::network::{Gate, Layer, LayerId, Network, Pool, Reshape};

impl Builder<'_> {
    /// The statements of `forward`.
    pub(super) fn forward(
        &self,
        component: &Component,
        shortcut: Option<&Shortcut>,
        reached: &[Option<&str>],
    ) -> Vec<Vec<Piece>> {
        let network = self.network;
        let skipped = shortcut.and_then(|shortcut| shortcut.item);
        let steps: Vec<usize> = (0..component.items.len())
            .filter(|&at| Some(at) != skipped)
            .collect();
        let reads = |at: usize| {
            let mut reads = component.items[at].reads(network);
            if let Some(shortcut) = shortcut
                && shortcut.add == at
            {
                reads.truncate(1);
            }
            reads
        };
        let mut uses: BTreeMap<LayerId, usize> = BTreeMap::new();
        for &at in &steps {
            for id in reads(at) {
                *uses.entry(id).or_default() += 1;
            }
        }
        let mut scope = Scope {
            uses,
            live: HashMap::new(),
            names: HashMap::new(),
            pending: HashMap::new(),
        };
        scope.hold(component.input, "x".to_owned());
        let mut lines = Vec::new();
        let source = shortcut.map(|shortcut| shortcut.source);
        let begin = |scope: &Scope| {
            let of = source.and_then(|source| scope.names.get(&source).cloned());
            vec![text("shortcut = "), Piece::Shortcut(of.unwrap_or_default())]
        };
        if source == Some(component.input) {
            lines.push(begin(&scope));
        }
        for (place, &at) in steps.iter().enumerate() {
            let item = &component.items[at];
            let (read, out) = (reads(at), item.output());
            let mut inputs: Vec<Vec<Piece>> = read.iter().map(|id| scope.take(*id)).collect();
            if shortcut.is_some_and(|shortcut| shortcut.add == at) {
                inputs.push(vec![text("shortcut")]);
            }
            let root = read.first().copied();
            let made = match (reached[at], item) {
                (None, Item::Leaf { id, .. }) => expression(&network[*id].layer, &inputs),
                (Some(number), _) if scalar(item, network).is_some() => {
                    let [operator, _] = scalar(item, network).map_or(["+"; 2], Scalar::operators);
                    let mut made = inputs.concat();
                    made.push(text(format!(" {operator} {number}")));
                    made
                }
                (accessor, _) => {
                    let mut call = vec![text(format!("{}(", accessor.unwrap_or_default()))];
                    call.extend(inputs.into_iter().flatten());
                    call.push(text(")"));
                    call
                }
            };
            let next = steps.get(place + 1).copied();
            let Some(next) = next else {
                lines.push(std::iter::once(text("return ")).chain(made).collect());
                break;
            };
            let follows = matches!(&component.items[next], Item::Leaf { id, .. } if continues(&network[*id].layer));
            if follows
                && reads(next) == [out]
                && scope.uses.get(&out) == Some(&1)
                && source != Some(out)
            {
                scope
                    .pending
                    .insert(out, (made, root.map_or(out, |root| scope.root(root))));
                continue;
            }
            let name = scope.name(root, item, network);
            lines.push(
                [text(format!("{name} = "))]
                    .into_iter()
                    .chain(made)
                    .collect(),
            );
            scope.hold(out, name);
            if source == Some(out) {
                lines.push(begin(&scope));
            }
        }
        lines
    }
}

/// Operation of an item that is a single learned number.
fn scalar(item: &Item, network: &Network) -> Option<Scalar> {
    match item {
        Item::Leaf { id, .. } => match network[*id].layer {
            Layer::Scalar(scalar) if scalar.is_learned() => Some(scalar),
            _ => None,
        },
        Item::Child(_) => None,
    }
}

/// Whether a layer is written on the same line as its operand: a normalisation or an activation.
fn continues(layer: &Layer) -> bool {
    matches!(layer, Layer::Norm(_) | Layer::Activation(_))
}

/// Variables of a `forward`.
struct Scope {
    /// Number of remaining reads of each value.
    uses: BTreeMap<LayerId, usize>,
    /// Number of values in each variable that are still needed.
    live: HashMap<String, usize>,
    /// Variable that holds a value.
    names: HashMap<LayerId, String>,
    /// Expressions that the next line includes, with the value of the variable they start from.
    pending: HashMap<LayerId, (Vec<Piece>, LayerId)>,
}

impl Scope {
    /// Assigns a value to the variable `name`.
    fn hold(&mut self, id: LayerId, name: String) {
        if self.uses.get(&id).is_some_and(|&left| left > 0) {
            *self.live.entry(name.clone()).or_default() += 1;
        }
        self.names.insert(id, name);
    }

    /// Expression for a value that is read here.
    fn take(&mut self, id: LayerId) -> Vec<Piece> {
        if let Some(left) = self.uses.get_mut(&id).filter(|left| **left > 0) {
            *left -= 1;
            if *left == 0
                && let Some(count) = self.names.get(&id).and_then(|name| self.live.get_mut(name))
            {
                *count -= 1;
            }
        }
        match self.pending.get(&id) {
            Some((pieces, _)) => pieces.clone(),
            None => vec![text(self.names.get(&id).cloned().unwrap_or_default())],
        }
    }

    /// Value of the variable that an expression starts from.
    fn root(&self, id: LayerId) -> LayerId {
        self.pending.get(&id).map_or(id, |(_, root)| *root)
    }

    /// Variable for the output of `item`: that of its operand, if its value is no longer needed.
    fn name(&self, root: Option<LayerId>, item: &Item, network: &Network) -> String {
        let is_live = |name: &str| self.live.get(name).is_some_and(|&count| count > 0);
        if let Some(name) = root.and_then(|root| self.names.get(&self.root(root)))
            && !is_live(name)
        {
            return name.clone();
        }
        let hint = match item {
            Item::Child(_) => "y",
            Item::Leaf { id, .. } => match network[*id].layer {
                Layer::Reshape(Reshape::Slice { .. }) => "part",
                Layer::Pool(Pool::Global) | Layer::Gate(Gate::RadixSum { .. }) => "gate",
                _ => "y",
            },
        };
        let numbered = (2..).map(|number| format!("{hint}{number}"));
        std::iter::once(hint.to_owned())
            .chain(numbered)
            .find(|name| !is_live(name))
            .unwrap_or_default()
    }
}
