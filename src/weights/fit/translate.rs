//! A network's tensors in a file of other names: each finds its place by where its module is in the tree of modules and by what
//! it holds, one to one. What more than one place would take is given none.

mod modules;
mod order;
mod role;
mod tree;

use super::Named;
use super::complete::{Incomplete, best};
use super::surplus::Parts;
pub(in crate::weights) use modules::Wanted;
use modules::{Kinds, Module, modules};
use role::{Role, number, role};
use std::collections::{HashMap, HashSet};
use tree::Tree;

/// A larger file is not translated: the largest network of the catalogue has some 7,000.
const MAX_TENSORS: usize = 50_000;

/// So many modules are looked at as what may hold the network.
const MAX_ROOTS: usize = 256;

/// A place in the file for every tensor of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::weights) struct Translation {
    /// The wanted names, each with the number of the file's tensor.
    pub(in crate::weights) places: Vec<(String, usize)>,
    /// Prefix of all their names.
    pub(in crate::weights) prefix: String,
    /// The numbers of the tensors that are no part of the network.
    pub(in crate::weights) passed_over: Vec<usize>,
}

/// A translation that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::weights) enum Untranslated {
    /// Some tensor has no place.
    NoPlace,
    /// A shortcut of the file begins with a layer without tensors, an average pool, and the network's does not, or the other way
    /// round.
    Pool,
    /// The names do not distinguish these two modules.
    Alike([String; 2]),
    /// The network is there twice.
    Twice([String; 2]),
}

/// Finds the place of every wanted tensor.
pub(in crate::weights) fn translate(
    wanted: &Wanted,
    found: &[Named],
) -> Result<Translation, Untranslated> {
    if wanted.tensors.is_empty() || found.len() > MAX_TENSORS {
        return Err(Untranslated::NoPlace);
    }
    let mut kinds = Kinds::default();
    let (blocks, beside) = wanted.parts(&mut kinds);
    let file = modules(found, &mut kinds);
    let tree = Tree::of(&file);
    let count = blocks.iter().map(Vec::len).sum::<usize>() + beside.len();
    let search = Search {
        blocks: &blocks,
        beside: &beside,
        file: &file,
        tree: &tree,
    };
    let mut fits: Vec<(String, Pairs, Vec<usize>)> = Vec::new();
    let mut why = Untranslated::NoPlace;
    for root in std::iter::once("").chain(tree.roots(count).into_iter().take(MAX_ROOTS)) {
        let root = match root {
            "" => String::new(),
            path => format!("{path}."),
        };
        match search.within(&root) {
            // A prefix of a fitting root leads to the same modules.
            Ok((pairs, _)) if fits.iter().any(|(_, other, _)| *other == pairs) => {}
            Ok((pairs, rest)) => fits.push((root, pairs, rest)),
            Err(error) if why == Untranslated::NoPlace => why = error,
            Err(_) => {}
        }
    }
    let (_, pairs, rest) = best(fits, |(root, ..)| root).map_err(|error| match error {
        Incomplete::No => why,
        Incomplete::Twice(both) => Untranslated::Twice(both),
    })?;
    let prefix = common(pairs.iter().map(|(_, module)| file[*module].path));
    let mut places = Vec::new();
    for (one, module) in pairs {
        // The same signature has the same names in the same order.
        for (own, other) in one.iter().zip(&file[module].tensors) {
            places.push((wanted.tensors[*own].0.clone(), *other));
        }
    }
    let passed_over = rest.iter().flat_map(|module| file[*module].tensors.clone());
    Ok(Translation {
        places,
        prefix,
        passed_over: passed_over.collect(),
    })
}

/// The words that all paths begin with: `backbone.bottom_up.`.
fn common<'a>(mut paths: impl Iterator<Item = &'a str>) -> String {
    let first = paths.next().unwrap_or_default();
    let mut words: Vec<&str> = first.split('.').collect();
    words.pop();
    for path in paths {
        let same = words.iter().zip(path.split('.'));
        let count = same.take_while(|(one, other)| *one == other).count();
        words.truncate(count);
    }
    words
        .iter()
        .fold(String::new(), |text, word| text + word + ".")
}

/// The classes of a file's head, which has a place in the network but for their number.
pub(in crate::weights) fn classes(wanted: &Wanted, found: &[Named]) -> Option<usize> {
    let own = super::head::head(&wanted.tensors)?;
    let of_head = |name: &str| modules::split(name).0 == own;
    let head: Vec<&Named> = wanted
        .tensors
        .iter()
        .filter(|(name, _)| of_head(name))
        .collect();
    let features = head.iter().find_map(|(_, shape)| match shape.as_slice() {
        [_, features] => Some(*features),
        _ => None,
    })?;
    let mut kinds = Kinds::default();
    let file = modules(found, &mut kinds);
    let mut all = file.iter().filter_map(|module| {
        let signature = kinds.signature(module.kind);
        let weight = signature.iter().find(|(_, shape)| shape.len() == 2)?;
        let is_alike = signature.len() == head.len() && weight.1[1] == features;
        is_alike.then_some(weight.1[0])
    });
    let first = all.next()?;
    all.next()
        .is_none()
        .then_some(first)
        .filter(|count| *count > 0)
}

/// The tensors of a wanted module, and the number of the file's module that they are in.
type Pairs = Vec<(Vec<usize>, usize)>;

struct Search<'s, 'a> {
    blocks: &'s [Vec<Module<'a>>],
    beside: &'s [Module<'a>],
    file: &'s [Module<'a>],
    tree: &'s Tree<'a>,
}

impl<'a> Search<'_, 'a> {
    /// Modules of the network among those under `root`, and the modules that are left over.
    fn within(&self, root: &str) -> Result<(Pairs, Vec<usize>), Untranslated> {
        let mut pairs = Pairs::new();
        let mut taken = HashSet::new();
        let nodes = self.nodes(root)?;
        for (block, (path, held)) in self.blocks.iter().zip(&nodes) {
            self.block(block, path, held, &mut pairs)?;
            taken.extend(held.iter().copied());
        }
        let near = nodes.first().map_or("", |(path, _)| path);
        self.beside(root, near, &mut taken, &mut pairs)?;
        pairs.sort_unstable();
        let rest = (0..self.file.len()).filter(|module| !taken.contains(module));
        let rest: Vec<usize> = rest.collect();
        let bare = |module: &usize| self.file[*module].path.strip_prefix(root);
        let parts = Parts::of(taken.iter().filter_map(bare));
        if rest.iter().filter_map(bare).any(|path| parts.include(path)) {
            return Err(Untranslated::NoPlace);
        }
        // One more block in a stage is of another network.
        let stages = nodes.iter().filter_map(|(path, _)| path.rsplit_once('.'));
        for stage in stages.map(|(stage, _)| stage).collect::<HashSet<_>>() {
            let is_within = stage.len() >= root.len();
            let below = self.tree.below(stage);
            if is_within && below.iter().any(|module| !taken.contains(module)) {
                return Err(Untranslated::NoPlace);
            }
        }
        Ok((pairs, rest))
    }

    /// The node of each block, in order.
    fn nodes(&self, root: &str) -> Result<Vec<(&'a str, &[usize])>, Untranslated> {
        let mut alike: HashMap<Vec<usize>, Vec<usize>> = HashMap::new();
        for (number, block) in self.blocks.iter().enumerate() {
            let mut kinds: Vec<usize> = block.iter().map(|module| module.kind).collect();
            kinds.sort_unstable();
            alike.entry(kinds).or_default().push(number);
        }
        let mut nodes: Vec<(&str, &[usize])> = vec![("", &[]); self.blocks.len()];
        let mut by_size: HashMap<usize, Vec<(&'a str, &[usize])>> = HashMap::new();
        for (kinds, blocks) in alike {
            let all = by_size
                .entry(kinds.len())
                .or_insert_with(|| self.tree.of_size(kinds.len()));
            let holds = |held: &[usize]| {
                let mut own: Vec<usize> = held.iter().map(|one| self.file[*one].kind).collect();
                own.sort_unstable();
                own == kinds
            };
            let mut found: Vec<_> = all
                .iter()
                .filter(|(path, held)| path.starts_with(root) && holds(held))
                .copied()
                .collect();
            if found.len() != blocks.len() {
                return Err(Untranslated::NoPlace);
            }
            sort(&mut found, |(path, _)| path)?;
            for (block, node) in blocks.into_iter().zip(found) {
                nodes[block] = node;
            }
        }
        Ok(nodes)
    }

    /// The modules of one block.
    fn block(
        &self,
        block: &[Module<'_>],
        path: &str,
        held: &[usize],
        pairs: &mut Pairs,
    ) -> Result<(), Untranslated> {
        let below = |module: usize| self.file[module].path[path.len()..].trim_start_matches('.');
        let mut wanted: HashMap<(Role, usize), Vec<&Module<'_>>> = HashMap::new();
        for module in block {
            let alike = wanted.entry((module.role, module.kind)).or_default();
            alike.push(module);
        }
        let mut found: HashMap<(Role, usize), Vec<usize>> = HashMap::new();
        for &module in held {
            let alike = (role(below(module)), self.file[module].kind);
            found.entry(alike).or_default().push(module);
        }
        // An average pool before the convolution of a shortcut has no tensors, and moves the numbers of what follows.
        let first = |paths: &mut dyn Iterator<Item = &str>| paths.filter_map(number).min();
        let own = block.iter().filter(|module| module.role == Role::Shortcut);
        let own = first(&mut own.map(|module| module.path));
        let other = held.iter().map(|module| below(*module));
        let other = first(&mut other.filter(|path| role(path) == Role::Shortcut));
        if own.zip(other).is_some_and(|(own, other)| own != other) {
            return Err(Untranslated::Pool);
        }
        for (alike, own) in wanted {
            let modules = found.remove(&alike).unwrap_or_default();
            if modules.len() != own.len() {
                return Err(Untranslated::NoPlace);
            }
            let modules = self.assigned(&own, modules)?;
            pairs.extend(
                own.iter()
                    .zip(modules)
                    .map(|(own, module)| (own.tensors.clone(), module)),
            );
        }
        if found.is_empty() {
            Ok(())
        } else {
            Err(Untranslated::NoPlace)
        }
    }

    /// Modules of one kind in the order of the network's: those of the same last words where all have them, else by their numbers.
    fn assigned(
        &self,
        own: &[&Module<'_>],
        mut modules: Vec<usize>,
    ) -> Result<Vec<usize>, Untranslated> {
        let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
        let by_name: HashMap<String, usize> = modules
            .iter()
            .map(|module| (last(self.file[*module].path), *module))
            .collect();
        let mut names = HashSet::new();
        let same: Option<Vec<usize>> = own
            .iter()
            .map(|module| {
                let name = last(module.path);
                let there = by_name.get(&name).copied();
                there.filter(|_| names.insert(name))
            })
            .collect();
        if let Some(same) = same {
            return Ok(same);
        }
        sort(&mut modules, |module| self.file[*module].path)?;
        Ok(modules)
    }

    /// Modules outside the blocks: the stem's and the head's.
    fn beside(
        &self,
        root: &str,
        near: &str,
        taken: &mut HashSet<usize>,
        pairs: &mut Pairs,
    ) -> Result<(), Untranslated> {
        let mut alike: HashMap<usize, Vec<&Module<'_>>> = HashMap::new();
        for module in self.beside {
            alike.entry(module.kind).or_default().push(module);
        }
        for (kind, own) in alike {
            let all = self.file.iter().enumerate().filter(|(number, module)| {
                module.kind == kind && module.path.starts_with(root) && !taken.contains(number)
            });
            let mut modules: Vec<usize> = all.map(|(number, _)| number).collect();
            if modules.len() > own.len() {
                // Of several, the nearest to the blocks.
                let common = |module: &usize| {
                    let words = self.file[*module].path.split('.').zip(near.split('.'));
                    words.take_while(|(one, other)| one == other).count()
                };
                let most = modules.iter().map(common).max().unwrap_or(0);
                let first = [modules[0], modules[1]];
                modules.retain(|module| common(module) == most);
                if modules.len() != own.len() {
                    return Err(Untranslated::Alike(
                        first.map(|module| self.file[module].path.to_owned()),
                    ));
                }
            }
            if modules.len() != own.len() {
                return Err(Untranslated::NoPlace);
            }
            let modules = self.assigned(&own, modules)?;
            taken.extend(modules.iter().copied());
            pairs.extend(
                own.iter()
                    .zip(modules)
                    .map(|(own, module)| (own.tensors.clone(), module)),
            );
        }
        Ok(())
    }
}

/// Sorts modules by the numbers in their paths.
fn sort<'a, T>(items: &mut [T], path: impl Fn(&T) -> &'a str) -> Result<(), Untranslated> {
    order::sort(items, path).map_err(|both| Untranslated::Alike(both.map(str::to_owned)))
}
