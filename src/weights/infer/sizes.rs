//! Widths and parameters of blocks, each taken from a size that a tensor of the block has.

use std::collections::{BTreeSet, HashSet};

use super::candidate::{Candidate, Values};
use super::goal::{Block, Goal, Judged};
use crate::sorting::Sorting;
use crate::spec::ArchitectureFile;
use crate::spec::catalog;
use crate::spec::decode::{Named, PerStage};
use crate::spec::expr::Expr;

/// Values that no size shows: switches, and counts of parts.
const CONSTANTS: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 8, 16, 24, 32, 64];

/// Rounds over all parameters: one may be right only once another is.
const ROUNDS: usize = 3;

/// Knowledge of the search for the sizes of one relative.
pub(super) struct Sizes<'a, 'f> {
    goal: &'a Goal<'f>,
    file: &'a ArchitectureFile,
    /// The file's tensors in each block.
    blocks: Vec<Vec<Block<'f>>>,
}

/// A value for each block, `None` where its tensors show none.
type Guess = Vec<Vec<Option<usize>>>;

impl<'a, 'f> Sizes<'a, 'f> {
    pub(super) const fn new(
        goal: &'a Goal<'f>,
        file: &'a ArchitectureFile,
        blocks: Vec<Vec<Block<'f>>>,
    ) -> Self {
        Self { goal, file, blocks }
    }

    /// Sets widths and parameters, each where that brings the candidate nearer.
    pub(super) fn settle(&self, candidate: &mut Candidate) -> Option<Judged> {
        let mut judged = self.goal.judge_last(candidate)?;
        for _ in 0..ROUNDS {
            let before = judged.total();
            let parameters = self.parameters(candidate);
            let names = std::iter::once(None).chain(parameters.iter().map(Some));
            for name in names {
                if judged.in_blocks() == 0 {
                    return Some(judged);
                }
                self.set(candidate, &mut judged, name);
                if name.is_none() {
                    self.set_groups(candidate, &mut judged, &parameters);
                }
            }
            if judged.total() == before {
                break;
            }
        }
        Some(judged)
    }

    /// Parameters of the blocks and of their attention, with their defaults.
    fn parameters(&self, candidate: &Candidate) -> Vec<(String, String)> {
        let named = |key: &'static str, own: Option<&PerStage<String>>| -> Vec<String> {
            match candidate.keys.get(key) {
                Some(text) => text
                    .split('"')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect(),
                None => own.map_or_else(Vec::new, |own| {
                    own.all().iter().map(|name| name.value.clone()).collect()
                }),
            }
        };
        let mut all: Vec<(String, String)> = Vec::new();
        let mut add = |parameters: Option<&Named<Expr>>| {
            for (name, value) in parameters.iter().flat_map(|own| &own.0) {
                if !all.iter().any(|(own, _)| *own == name.value) {
                    all.push((name.value.clone(), value.value.to_string()));
                }
            }
        };
        for name in named("block", self.file.block.as_ref().map(|own| &own.value)) {
            let block = catalog::block(&name, &mut Vec::new());
            add(block.and_then(|own| Some(&own.value.parameters.as_ref()?.value)));
        }
        for name in named(
            "attention",
            self.file.attention.as_ref().map(|own| &own.value),
        ) {
            let attention = catalog::attention(&name, &mut Vec::new());
            add(attention.and_then(|own| Some(&own.value.parameters.as_ref()?.value)));
        }
        all
    }

    /// Sets one parameter, or with no name the width, to what is best in each block.
    fn set(
        &self,
        candidate: &mut Candidate,
        judged: &mut Judged,
        parameter: Option<&(String, String)>,
    ) {
        let name = parameter.map(|(name, _)| name.as_str());
        let default = parameter.map(|(_, default)| default.as_str());
        let mut tried: Vec<(Values, Judged)> = Vec::new();
        for guess in self.guesses(name, &judged.tails) {
            let Some(values) = self.values(candidate, name, default, &guess) else {
                continue;
            };
            let changed = with_values(candidate, name, &values);
            if let Some(found) = self.goal.judge(&changed, true)
                && same_blocks(&found, judged)
            {
                if found.total() == 0 {
                    (*candidate, *judged) = (changed, found);
                    return;
                }
                tried.push((values, found));
            }
        }
        tried.order_by_key(|(_, found)| found.total());
        let Some((first, nearest)) = tried.first() else {
            return;
        };
        let best = |stage: usize, block: usize| {
            let scores = tried.iter().map(|(_, found)| found.blocks[stage][block]);
            let least = scores.min().unwrap_or(0);
            let mut all = tried.iter();
            all.find(|(_, found)| found.blocks[stage][block] == least)
                .map_or_else(String::new, |(values, _)| values[stage][block].clone())
        };
        let mixed: Values = self
            .blocks
            .iter()
            .enumerate()
            .map(|(stage, blocks)| (0..blocks.len()).map(|block| best(stage, block)).collect())
            .collect();
        let mut options = vec![(first.clone(), nearest.clone())];
        if mixed != *first {
            let changed = with_values(candidate, name, &mixed);
            options.extend(self.goal.judge(&changed, true).map(|found| (mixed, found)));
        }
        let nearest = options.into_iter().min_by_key(|(_, found)| found.total());
        if let Some((values, found)) = nearest
            && found.total() < judged.total()
        {
            (*candidate, *judged) = (with_values(candidate, name, &values), found);
        }
    }

    /// Sets groups and the width of a group together, as ResNeXt's authors state them: neither is right without the other.
    fn set_groups(
        &self,
        candidate: &mut Candidate,
        judged: &mut Judged,
        parameters: &[(String, String)],
    ) {
        let has = |wanted: &str| parameters.iter().any(|(name, _)| name == wanted);
        if !has("groups") || !has("base_width") {
            return;
        }
        for tail in self.tails(&judged.tails) {
            let shape = self
                .blocks
                .first()
                .and_then(|blocks| blocks.first()?.get(tail));
            let Some([outputs, inputs, _, _]) = shape.copied() else {
                continue;
            };
            let Some(width) = self.width(candidate, 0, 0) else {
                continue;
            };
            let own = outputs.checked_div(*inputs).unwrap_or(1).max(1);
            for groups in [own, 1, 2, 4, 8, 16, 32, 64] {
                let base = outputs
                    .saturating_mul(64)
                    .checked_div(width.saturating_mul(groups))
                    .unwrap_or(0);
                if base == 0 || judged.in_blocks() == 0 {
                    continue;
                }
                let mut changed = candidate.clone();
                for (name, value) in [("groups", groups), ("base_width", base)] {
                    let values = self.blocks.iter();
                    let values = values.map(|blocks| vec![value.to_string(); blocks.len()]);
                    changed.with.insert(name.to_owned(), values.collect());
                }
                if let Some(found) = self.goal.judge(&changed, true)
                    && same_blocks(&found, judged)
                    && found.total() < judged.total()
                {
                    (*candidate, *judged) = (changed, found);
                }
            }
        }
    }

    /// Width of a block.
    fn width(&self, candidate: &Candidate, stage: usize, block: usize) -> Option<usize> {
        if let Some(widths) = &candidate.widths {
            return widths.get(stage)?.get(block)?.parse().ok();
        }
        let own = &self.file.widths.as_ref()?.value.get(stage)?.value;
        own.get(block).map(|width| width.value as usize)
    }

    /// The names of these in the blocks of the file, in order.
    fn tails(&self, wrong: &HashSet<String>) -> BTreeSet<&'f str> {
        let all = self.blocks.iter().flatten().flat_map(Block::keys);
        all.filter(|tail| wrong.contains(**tail)).copied().collect()
    }

    /// Values that a parameter may have: sizes of tensors that have no place yet, their ratios, and constants.
    fn guesses(&self, name: Option<&str>, wrong: &HashSet<String>) -> Vec<Guess> {
        let tails = self.tails(wrong);
        let of_blocks = |value: &dyn Fn(&Block<'f>) -> Option<usize>| -> Guess {
            let stages = self.blocks.iter();
            stages
                .map(|blocks| blocks.iter().map(value).collect())
                .collect()
        };
        let size = |tail: &str, side: usize| {
            let tail = tail.to_owned();
            move |block: &Block<'f>| block.get(tail.as_str())?.get(side).copied()
        };
        let mut all: Vec<Guess> = Vec::new();
        let mut add = |guess: Guess| {
            let shows_some = guess.iter().flatten().any(Option::is_some);
            if shows_some && !all.contains(&guess) {
                all.push(guess);
            }
        };
        for tail in &tails {
            for side in 0..3 {
                add(of_blocks(&size(tail, side)));
            }
            if name.is_none() {
                for part in [2, 4] {
                    let own = size(tail, 0);
                    add(of_blocks(&|block| {
                        own(block)
                            .filter(|size| size % part == 0)
                            .map(|size| size / part)
                    }));
                }
            } else {
                let (outputs, inputs) = (size(tail, 0), size(tail, 1));
                add(of_blocks(&|block| {
                    outputs(block)?.checked_div(inputs(block)?)
                }));
            }
        }
        if name.is_some_and(|name| name.starts_with("reduc")) {
            let any: BTreeSet<&str> = self
                .blocks
                .iter()
                .flatten()
                .flat_map(Block::keys)
                .copied()
                .collect();
            for (wide, narrow) in any
                .iter()
                .flat_map(|wide| tails.iter().map(move |own| (wide, own)))
            {
                let [wide, narrow] = [wide, narrow].map(|tail| size(tail, 0));
                add(of_blocks(&|block| wide(block)?.checked_div(narrow(block)?)));
            }
        }
        if name.is_some() {
            for constant in CONSTANTS {
                add(of_blocks(&|_| Some(constant)));
            }
        }
        all
    }

    /// The text of each block's value, as it is where the tensors show none.
    fn values(
        &self,
        candidate: &Candidate,
        name: Option<&str>,
        default: Option<&str>,
        guess: &Guess,
    ) -> Option<Values> {
        let own = |stage: usize, block: usize| match name {
            None => Some(self.width(candidate, stage, block)?.to_string()),
            Some(name) => match candidate.with.get(name) {
                Some(values) => values.get(stage)?.get(block).cloned(),
                None => default.map(str::to_owned),
            },
        };
        let value = |stage: usize, block: usize| match guess[stage][block] {
            Some(size) => Some(size.to_string()),
            None => own(stage, block),
        };
        let stages = self.blocks.iter().enumerate();
        let values = stages.map(|(stage, blocks)| {
            let blocks = 0..blocks.len();
            blocks
                .map(|block| value(stage, block))
                .collect::<Option<Vec<_>>>()
        });
        values.collect()
    }
}

/// Whether both are of as many blocks.
fn same_blocks(one: &Judged, other: &Judged) -> bool {
    let counts = |judged: &Judged| judged.blocks.iter().map(Vec::len).collect::<Vec<_>>();
    counts(one) == counts(other)
}

fn with_values(candidate: &Candidate, name: Option<&str>, values: &Values) -> Candidate {
    let mut changed = candidate.clone();
    match name {
        None => changed.widths = Some(values.clone()),
        Some(name) => {
            changed.with.insert(name.to_owned(), values.clone());
        }
    }
    changed
}
