//! The names that a file's tensors would have in a relative, by the order in which modules are registered.
//!
//! Modules of one block share a path. Where the blocks are, and which of a relative's kinds each is, shows in what their modules hold, one
//! after the other; the names themselves are not read.

use std::collections::{BTreeSet, HashMap};

use super::numbers::Frame;
use crate::lower;
use crate::network::{Branch, Network, ParameterKind, Stage};
use crate::sorting::Sorting;
use crate::weights::fit::{Named, shape_of};

/// The deepest path that is taken for a block's.
const DEEPEST: usize = 8;

/// Names of a module's tensors with the number of their dimensions, and the sides of a kernel.
type Kind = Vec<(String, usize, Vec<usize>)>;

/// A module: its path, its kind, and the numbers of its tensors.
#[derive(Debug)]
pub(super) struct Module {
    path: String,
    kind: Kind,
    tensors: Vec<usize>,
    /// Number of its outputs.
    outputs: usize,
}

/// Modules of a list of tensors, in its order.
pub(super) fn modules(tensors: &[Named]) -> Vec<Module> {
    let mut all: Vec<Module> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (number, (name, shape)) in tensors.iter().enumerate() {
        let (path, leaf) = name.rsplit_once('.').unwrap_or(("", name));
        let at = *numbers.entry(path).or_insert(all.len());
        if at == all.len() {
            all.push(Module {
                path: path.to_owned(),
                kind: Kind::new(),
                tensors: Vec::new(),
                outputs: shape.first().copied().unwrap_or(0),
            });
        }
        let kernel = if shape.len() == 4 {
            shape[2..].to_vec()
        } else {
            Vec::new()
        };
        all[at].kind.push((leaf.to_owned(), shape.len(), kernel));
        all[at].tensors.push(number);
    }
    for module in &mut all {
        let mut order: Vec<usize> = (0..module.kind.len()).collect();
        order.order_by(|one, other| module.kind[*one].cmp(&module.kind[*other]));
        module.kind = order.iter().map(|at| module.kind[*at].clone()).collect();
        module.tensors = order.iter().map(|at| module.tensors[*at]).collect();
    }
    all
}

/// A relative's modules: those before the blocks, the kinds of blocks, and those after them.
struct Plan {
    stem: Vec<Module>,
    /// By what a block's modules hold, their names in it, and which one has the block's outputs.
    blocks: HashMap<Vec<Kind>, (Vec<String>, usize)>,
    head: Vec<Module>,
    stages: usize,
}

impl Plan {
    fn of(network: &Network) -> Option<Self> {
        let mut parts: [Vec<Named>; 2] = [Vec::new(), Vec::new()];
        let mut blocks: HashMap<(u32, u32), Vec<(Named, bool)>> = HashMap::new();
        for (_, node) in network.nodes() {
            for parameter in node.layer.parameters() {
                if parameter.kind == ParameterKind::Counter {
                    continue;
                }
                let tensor = (node.path.parameter(parameter.name), shape_of(&parameter));
                match (node.scope.stage, node.scope.block) {
                    (Stage::Body(stage), Some(block)) => {
                        let is_main = node.scope.branch != Some(Branch::Shortcut);
                        blocks
                            .entry((stage, block))
                            .or_default()
                            .push((tensor, is_main));
                    }
                    // A layer of a stage around its blocks.
                    (Stage::Body(_), None) => return None,
                    (Stage::Head, _) => parts[1].push(tensor),
                    _ => parts[0].push(tensor),
                }
            }
        }
        let mut kinds = HashMap::new();
        for (stage, info) in network.stages().iter().enumerate() {
            for (block, path) in info.blocks.iter().enumerate() {
                let own = blocks.remove(&(stage as u32 + 1, block as u32))?;
                let (main, beside): (Vec<_>, Vec<_>) = own.into_iter().partition(|(_, main)| *main);
                let [main, beside] = [main, beside].map(|list| {
                    let list: Vec<Named> = list.into_iter().map(|(tensor, _)| tensor).collect();
                    modules(&list)
                });
                let last = main.iter().rposition(|module| is_conv(&module.kind))?;
                let tail = |module: &Module| {
                    let below = module.path.strip_prefix(path.as_str());
                    below.map(|tail| tail.trim_start_matches('.').to_owned())
                };
                // Code may make the shortcut before the main path.
                let orders = [
                    (&main, &beside, last),
                    (&beside, &main, beside.len() + last),
                ];
                for (first, second, last) in orders {
                    let all = || first.iter().chain(second);
                    let held: Vec<Kind> = all().map(|module| module.kind.clone()).collect();
                    let names: Option<Vec<String>> = all().map(tail).collect();
                    kinds.entry(held).or_insert((names?, last));
                }
            }
        }
        let [stem, head] = parts.map(|tensors| modules(&tensors));
        Some(Self {
            stem,
            blocks: kinds,
            head,
            stages: network.stages().len(),
        })
    }
}

fn is_conv(kind: &Kind) -> bool {
    kind.iter()
        .any(|(name, rank, _)| name == "weight" && *rank == 4)
}

/// The tensors under the names that they would have in a relative of that name; `None` if the file has another order.
pub(super) fn renamed(
    found: &[Named],
    all: &[Module],
    relative: &'static str,
) -> Option<Vec<Named>> {
    let model = lower::open_shipped(relative).ok()?;
    let plan = Plan::of(&model.network)?;
    let frame = Frame::of(&model.spec.file);
    (1..=DEEPEST).find_map(|depth| at_depth(all, depth, &plan, &frame, found))
}

/// The same if the path of a block has so many words.
fn at_depth(
    all: &[Module],
    depth: usize,
    plan: &Plan,
    frame: &Frame,
    found: &[Named],
) -> Option<Vec<Named>> {
    let runs = runs(all, depth);
    let kind =
        |run: &[Module]| -> Vec<Kind> { run.iter().map(|module| module.kind.clone()).collect() };
    let known: Vec<Option<&(Vec<String>, usize)>> =
        runs.iter().map(|run| plan.blocks.get(&kind(run))).collect();
    let first = known.iter().position(Option::is_some)?;
    let count = known[first..]
        .iter()
        .take_while(|run| run.is_some())
        .count();
    let (stem, rest) = runs.split_at(first);
    let (blocks, head) = rest.split_at(count);
    let mut names: HashMap<usize, String> = HashMap::new();
    for (own, theirs) in [(&plan.stem, stem), (&plan.head, head)] {
        let theirs: Vec<&Module> = theirs.iter().copied().flatten().collect();
        let fits = own.len() == theirs.len()
            && own
                .iter()
                .zip(&theirs)
                .all(|(own, other)| alike(&own.kind, &other.kind));
        if !fits {
            return None;
        }
        for (own, module) in own.iter().zip(theirs) {
            give(&mut names, &own.path, module, found);
        }
    }
    let known: Vec<&(Vec<String>, usize)> = known[first..first + count]
        .iter()
        .copied()
        .flatten()
        .collect();
    for (number, (stage, block)) in numbered(blocks, &known, depth, plan.stages)?
        .into_iter()
        .enumerate()
    {
        let path = frame.path(stage, block);
        for (tail, module) in known[number].0.iter().zip(blocks[number]) {
            let own = if tail.is_empty() {
                path.clone()
            } else {
                format!("{path}.{tail}")
            };
            give(&mut names, &own, module, found);
        }
    }
    let renamed = found
        .iter()
        .enumerate()
        .map(|(number, (_, shape))| Some((names.remove(&number)?, shape.clone())));
    let renamed: Option<Vec<Named>> = renamed.collect();
    let renamed = renamed?;
    let distinct: BTreeSet<&str> = renamed.iter().map(|(name, _)| name.as_str()).collect();
    (distinct.len() == renamed.len()).then_some(renamed)
}

/// Whether both hold the same, whatever the sides of their kernels.
fn alike(one: &Kind, other: &Kind) -> bool {
    let bare = |kind: &Kind| -> Vec<(String, usize)> {
        let all = kind.iter();
        all.map(|(name, rank, _)| (name.clone(), *rank)).collect()
    };
    bare(one) == bare(other)
}

/// Names the tensors of a module.
fn give(names: &mut HashMap<usize, String>, path: &str, module: &Module, found: &[Named]) {
    for number in &module.tensors {
        let name = &found[*number].0;
        let leaf = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(_, leaf)| leaf);
        let own = if path.is_empty() {
            leaf.to_owned()
        } else {
            format!("{path}.{leaf}")
        };
        names.insert(*number, own);
    }
}

/// The first words of a path, so many at most.
fn above(path: &str, depth: usize) -> &str {
    let end = path.match_indices('.').nth(depth.saturating_sub(1));
    match (depth, end) {
        (0, _) => "",
        (_, Some((at, _))) => &path[..at],
        (_, None) => path,
    }
}

/// Modules next to each other whose paths begin with the same words.
fn runs(all: &[Module], depth: usize) -> Vec<&[Module]> {
    all.chunk_by(|one, other| above(&one.path, depth) == above(&other.path, depth))
        .collect()
}

/// Stage and number of each block: stages have a path of their own, or begin where the number of outputs changes.
fn numbered(
    blocks: &[&[Module]],
    known: &[&(Vec<String>, usize)],
    depth: usize,
    stages: usize,
) -> Option<Vec<(usize, usize)>> {
    let outputs = |number: usize| blocks[number].get(known[number].1).map(|last| last.outputs);
    let place = |number: usize| above(&blocks[number][0].path, depth - 1);
    let by_path: Vec<bool> = (1..blocks.len())
        .map(|number| place(number) != place(number - 1))
        .collect();
    let by_size: Vec<bool> = (1..blocks.len())
        .map(|number| outputs(number) != outputs(number - 1))
        .collect();
    let count = |changes: &[bool]| 1 + changes.iter().filter(|changes| **changes).count();
    let changes = [by_path, by_size]
        .into_iter()
        .find(|changes| count(changes) == stages)?;
    let (mut stage, mut block) = (1, 0);
    let mut all = vec![(stage, block)];
    for changes in changes {
        (stage, block) = if changes {
            (stage + 1, 0)
        } else {
            (stage, block + 1)
        };
        all.push((stage, block));
    }
    Some(all)
}
