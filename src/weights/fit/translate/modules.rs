//! Tensors by module, and modules by their contents.

use super::role::{Role, role};
use crate::network::{Branch, Network, ParameterKind, Stage};
use crate::sorting::Sorting;
use crate::weights::fit::{Named, shape_of};
use crate::weights::naming::is_bookkeeping;
use std::collections::HashMap;

/// A tensor's name in its module and its shape, of each tensor of a module: what a module is known by.
pub(super) type Signature = Vec<(String, Vec<usize>)>;

/// A module with tensors.
#[derive(Debug)]
pub(super) struct Module<'a> {
    pub(super) path: &'a str,
    /// The number of its signature.
    pub(super) kind: usize,
    /// The numbers of its tensors, in the order of their names.
    pub(super) tensors: Vec<usize>,
    /// In a block.
    pub(super) role: Role,
}

/// Signatures by number.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    all: Vec<Signature>,
    numbers: HashMap<Signature, usize>,
}

impl Kinds {
    fn number(&mut self, signature: Signature) -> usize {
        if let Some(number) = self.numbers.get(&signature) {
            return *number;
        }
        self.all.push(signature.clone());
        self.numbers.insert(signature, self.all.len() - 1);
        self.all.len() - 1
    }

    /// The signature of that number.
    pub(super) fn signature(&self, number: usize) -> &Signature {
        &self.all[number]
    }
}

/// The path of a tensor's module, and its name in it.
pub(super) fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// The modules of tensors, in the order in which they come up.
pub(super) fn modules<'a>(tensors: &'a [Named], kinds: &mut Kinds) -> Vec<Module<'a>> {
    let mut order = Vec::new();
    let mut by_path: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, (name, _)) in tensors.iter().enumerate() {
        if is_bookkeeping(name) {
            continue;
        }
        let (path, _) = split(name);
        let held = by_path.entry(path).or_default();
        if held.is_empty() {
            order.push(path);
        }
        held.push(number);
    }
    let module = |path| {
        let mut held = by_path.remove(path).unwrap_or_default();
        held.order_by_key(|number| split(&tensors[*number].0).1);
        let signature = held.iter().map(|number| {
            let (name, shape) = &tensors[*number];
            (split(name).1.to_owned(), shape.clone())
        });
        Module {
            path,
            kind: kinds.number(signature.collect()),
            tensors: held,
            role: Role::Main,
        }
    };
    order.into_iter().map(module).collect()
}

/// A network's tensors, and where the layers that read them are.
#[derive(Debug, Clone)]
pub(in crate::weights) struct Wanted {
    /// Every tensor that a pass reads, in the order of execution.
    pub(super) tensors: Vec<Named>,
    /// The stage and block of each, and whether it is on a shortcut.
    places: Vec<Option<(u32, u32, bool)>>,
}

impl Wanted {
    pub(in crate::weights) fn of(network: &Network) -> Self {
        let mut made = Self {
            tensors: Vec::new(),
            places: Vec::new(),
        };
        let mut seen = std::collections::HashSet::new();
        for (_, node) in network.nodes() {
            let place = match (node.scope.stage, node.scope.block) {
                (Stage::Body(stage), Some(block)) => {
                    Some((stage, block, node.scope.branch == Some(Branch::Shortcut)))
                }
                _ => None,
            };
            for parameter in node.layer.parameters() {
                let name = node.path.parameter(parameter.name);
                if parameter.kind != ParameterKind::Counter && seen.insert(name.clone()) {
                    made.tensors.push((name, shape_of(&parameter)));
                    made.places.push(place);
                }
            }
        }
        made
    }

    /// The same network with another number of classes, the outputs of the last module.
    pub(in crate::weights) fn with_classes(&self, classes: usize) -> Self {
        Self {
            tensors: crate::weights::fit::head::with_classes(&self.tensors, classes),
            places: self.places.clone(),
        }
    }

    /// Modules of each block, in order, and those outside the blocks.
    pub(super) fn parts<'a>(
        &'a self,
        kinds: &mut Kinds,
    ) -> (Vec<Vec<Module<'a>>>, Vec<Module<'a>>) {
        let mut blocks: Vec<((u32, u32), Vec<Module<'a>>)> = Vec::new();
        let mut beside = Vec::new();
        for mut module in modules(&self.tensors, kinds) {
            match self.places[module.tensors[0]] {
                None => beside.push(module),
                Some((stage, block, is_shortcut)) => {
                    module.role = if is_shortcut {
                        Role::Shortcut
                    } else {
                        // A word of a shortcut names one here only where the layer is on it.
                        match role(module.path) {
                            Role::Shortcut => Role::Main,
                            other => other,
                        }
                    };
                    let at = (stage, block);
                    match blocks.iter_mut().rev().find(|(other, _)| *other == at) {
                        Some((_, block)) => block.push(module),
                        None => blocks.push((at, vec![module])),
                    }
                }
            }
        }
        (blocks.into_iter().map(|(_, block)| block).collect(), beside)
    }
}
