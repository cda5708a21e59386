//! The tensors that a spec is to have, and the measure of how far it is from them.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::candidate::Candidate;
use crate::network::{Network, ParameterKind, Stage};
use crate::weights::fit::{Named, shape_of};

/// Layers that are built in one search: a search ends in seconds whatever the file.
const MOST_LAYERS: usize = 1_000_000;

/// The tensors to arrive at.
pub(super) struct Goal<'f> {
    /// Tensors of the file, without bookkeeping.
    pub(super) found: &'f [Named],
    shapes: HashMap<&'f str, &'f [usize]>,
    /// Every path above a tensor.
    paths: HashSet<&'f str>,
    built: Cell<usize>,
    allowed: Cell<usize>,
}

/// Tensors of a block by their names in it.
pub(super) type Block<'f> = BTreeMap<&'f str, &'f [usize]>;

/// Number of tensors that differ, by the part of the network.
#[derive(Debug, Clone, Default)]
pub(super) struct Judged {
    /// In each block of each stage.
    pub(super) blocks: Vec<Vec<usize>>,
    /// Outside the blocks.
    pub(super) beside: usize,
    /// The names of the file's tensors that have no place.
    pub(super) unplaced: Vec<String>,
    /// The names in their blocks of those tensors of blocks.
    pub(super) tails: HashSet<String>,
}

impl Judged {
    /// Number of all tensors that differ.
    pub(super) fn total(&self) -> usize {
        self.beside + self.in_blocks()
    }

    /// Number of those in blocks.
    pub(super) fn in_blocks(&self) -> usize {
        self.blocks.iter().flatten().sum()
    }
}

impl<'f> Goal<'f> {
    /// The tensors of a file.
    pub(super) fn new(found: &'f [Named]) -> Self {
        let mut paths = HashSet::new();
        for (name, _) in found {
            paths.extend(name.match_indices('.').map(|(at, _)| &name[..at]));
            paths.insert(name);
        }
        let shapes = found.iter();
        let shapes = shapes.map(|(name, shape)| (name.as_str(), shape.as_slice()));
        Self {
            found,
            shapes: shapes.collect(),
            paths,
            built: Cell::new(0),
            allowed: Cell::new(MOST_LAYERS),
        }
    }

    /// Allows so many layers more from here on, as far as the search may build any.
    pub(super) fn allow(&self, layers: usize) {
        self.allowed
            .set((self.built.get() + layers).min(MOST_LAYERS));
    }

    /// Shape of the tensor of that name.
    pub(super) fn shape(&self, name: &str) -> Option<&'f [usize]> {
        self.shapes.get(name).copied()
    }

    /// Whether there are tensors below a path.
    pub(super) fn has_path(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The network of a candidate; `None` if it cannot be built, or once enough was built.
    pub(super) fn network(&self, candidate: &Candidate) -> Option<Network> {
        if self.built.get() > self.allowed.get() {
            return None;
        }
        let network = candidate.network();
        let layers = network.as_ref().map_or(100, Network::len);
        self.built.set(self.built.get() + layers + 100);
        network
    }

    /// Distance of a candidate from the tensors, by their shapes too or by their names alone.
    pub(super) fn judge(&self, candidate: &Candidate, by_shape: bool) -> Option<Judged> {
        Some(self.judge_network(&self.network(candidate)?, by_shape))
    }

    /// Distance of a candidate from the tensors, however much was built.
    pub(super) fn judge_last(&self, candidate: &Candidate) -> Option<Judged> {
        Some(self.judge_network(&candidate.network()?, true))
    }

    fn judge_network(&self, network: &Network, by_shape: bool) -> Judged {
        let places = places(network);
        let stages = network.stages().iter();
        let mut judged = Judged {
            blocks: stages.map(|stage| vec![0; stage.blocks.len()]).collect(),
            ..Judged::default()
        };
        let mut matched: HashSet<&str> = HashSet::new();
        for (_, node) in network.nodes() {
            let place = match (node.scope.stage, node.scope.block) {
                (Stage::Body(stage), Some(block)) => Some((stage as usize - 1, block as usize)),
                _ => None,
            };
            for parameter in node.layer.parameters() {
                if parameter.kind == ParameterKind::Counter {
                    continue;
                }
                let name = node.path.parameter(parameter.name);
                let found = self.shapes.get_key_value(name.as_str());
                match found {
                    Some((own, shape)) if !by_shape || **shape == *shape_of(&parameter) => {
                        matched.insert(own);
                    }
                    _ => *judged.at(place) += 1,
                }
            }
        }
        for (name, _) in self.found {
            if matched.contains(name.as_str()) {
                continue;
            }
            let place = above(name).find_map(|path| Some((path, *places.get(path)?)));
            if let Some((path, _)) = place {
                let tail = &name[(path.len() + 1).min(name.len())..];
                judged.tails.insert(tail.to_owned());
            }
            *judged.at(place.map(|(_, place)| place)) += 1;
            judged.unplaced.push(name.clone());
        }
        judged
    }

    /// The file's tensors in each block of a network.
    pub(super) fn blocks(&self, network: &Network) -> Vec<Vec<Block<'f>>> {
        let places = places(network);
        let stages = network.stages().iter();
        let mut blocks: Vec<Vec<Block<'f>>> = stages
            .map(|stage| vec![Block::new(); stage.blocks.len()])
            .collect();
        for (name, shape) in self.found {
            let place = above(name).find_map(|path| Some((path, *places.get(path)?)));
            if let Some((path, (stage, block))) = place {
                blocks[stage][block].insert(&name[path.len() + 1..], shape);
            }
        }
        blocks
    }
}

impl Judged {
    fn at(&mut self, place: Option<(usize, usize)>) -> &mut usize {
        let block = place.and_then(|(stage, block)| self.blocks.get_mut(stage)?.get_mut(block));
        block.unwrap_or(&mut self.beside)
    }
}

/// The paths above a name, the shortest first.
fn above(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.').map(|(at, _)| &name[..at])
}

/// Blocks of a network by their paths.
fn places(network: &Network) -> HashMap<&str, (usize, usize)> {
    let stages = network.stages().iter().enumerate();
    let all = stages.flat_map(|(stage, info)| {
        let blocks = info.blocks.iter().enumerate();
        blocks.map(move |(block, path)| (path.as_str(), (stage, block)))
    });
    all.collect()
}
