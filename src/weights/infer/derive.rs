//! Facts that shapes determine: classes, input channels, numbers and widths of blocks.

use std::collections::HashMap;

use super::candidate::Candidate;
use super::goal::Goal;
use super::tally::Tally;
use crate::lower::Model;
use crate::network::{Branch, Layer, Network, Stage};
use crate::spec::decode::OneOrEach;
use crate::weights::fit::{Named, shape_of, wanted};

/// Sets all of it, where that makes a legal network.
pub(super) fn derive(candidate: &mut Candidate, goal: &Goal) {
    for step in [classes, channels, widths, blocks] {
        if let Some(changed) = candidate
            .model()
            .and_then(|model| step(candidate, &model, goal))
            && changed.model().is_some()
        {
            *candidate = changed;
        }
    }
}

/// The classes: outputs of the last module with a matrix.
fn classes(candidate: &Candidate, model: &Model, goal: &Goal) -> Option<Candidate> {
    let own = wanted(&model.network);
    let (name, shape) = own.iter().rev().find(|(_, shape)| shape.len() >= 2)?;
    let features = &shape[1..];
    // Of a matrix by shape alone, if there is one.
    let by_shape = || {
        let is_like =
            |shape: &Vec<usize>| shape.len() == features.len() + 1 && shape[1..] == *features;
        let mut like = goal.found.iter().filter(|(_, shape)| is_like(shape));
        let first = like.next();
        first
            .filter(|_| like.next().is_none())
            .map(|(_, shape)| shape)
    };
    let found = goal.shape(name).or_else(by_shape)?;
    let changed = found.first().filter(|_| found[1..] == *features)?;
    (*changed != shape[0]).then(|| Candidate {
        classes: Some(*changed as u64),
        ..candidate.clone()
    })
}

/// The input's channels: those of the first convolution.
fn channels(candidate: &Candidate, model: &Model, goal: &Goal) -> Option<Candidate> {
    let own = wanted(&model.network);
    let (name, shape) = own.iter().find(|(_, shape)| shape.len() == 4)?;
    let found = goal.shape(name)?;
    let input = model.spec.file.input.as_ref()?;
    let input: Vec<u64> = input.value.iter().map(|side| side.value).collect();
    let is_same = found.len() == 4 && found[1] == shape[1];
    (!is_same && found.len() == 4).then(|| {
        let mut input = input;
        input[0] = found[1] as u64;
        Candidate {
            input: Some(input),
            ..candidate.clone()
        }
    })
}

/// The numbers of the file's tensors by which a stage's widths differ from the relative's.
fn widths(candidate: &Candidate, model: &Model, goal: &Goal) -> Option<Candidate> {
    let own = plain_numbers(model)?;
    let mut changed = own.clone();
    for (stage, width) in changed.iter_mut().enumerate() {
        let (name, outputs) = last_conv(&model.network, stage as u32 + 1)?;
        let Some(found) = goal.shape(&name) else {
            continue;
        };
        let scaled = *width * *found.first()? as u64;
        if outputs == 0 || !scaled.is_multiple_of(outputs) {
            return None;
        }
        *width = scaled / outputs;
    }
    (changed != own).then(|| Candidate {
        widths: Some(changed),
        ..candidate.clone()
    })
}

/// Widths of a spec that has one per stage.
fn plain_numbers(model: &Model) -> Option<Vec<u64>> {
    let widths = model.spec.file.widths.as_ref()?;
    let widths = widths.value.iter();
    widths
        .map(|width| match &width.value {
            OneOrEach::All(width) => Some(width.value),
            OneOrEach::Each(_) => None,
        })
        .collect()
}

/// The tensor of the convolution on the main path of a stage's first block that makes the block's channels, and how many those are.
fn last_conv(network: &Network, stage: u32) -> Option<(String, u64)> {
    let of_block = |stage: u32| {
        network.nodes().filter(move |(_, node)| {
            node.scope.stage == Stage::Body(stage) && node.scope.block == Some(0)
        })
    };
    let convs = of_block(stage).filter(|(_, node)| {
        matches!(node.layer, Layer::Conv(_)) && node.scope.branch != Some(Branch::Shortcut)
    });
    let shaped: Vec<(String, Vec<usize>)> = convs
        .filter_map(|(_, node)| {
            let weight = node.layer.parameters().into_iter().next()?;
            Some((node.path.parameter(weight.name), shape_of(&weight)))
        })
        .filter(|(_, shape)| shape.len() == 4)
        .collect();
    let (name, shape) = shaped.last()?;
    Some((name.clone(), shape[0] as u64))
}

/// The number of blocks of each stage: so many as make the kinds of tensors that only its later blocks have as frequent as in the file.
fn blocks(candidate: &Candidate, model: &Model, goal: &Goal) -> Option<Candidate> {
    let own = &model.spec.file.blocks.as_ref()?.value;
    let own: Vec<u64> = own.iter().map(|count| count.value).collect();
    let kinds = |tensors: &[Named]| Tally::of_kinds(tensors, goal.by_name);
    let base = kinds(&wanted(&model.network));
    let with = |stage: usize| {
        let mut counts = own.clone();
        counts[stage] += 1;
        let more = Candidate {
            blocks: Some(counts),
            ..candidate.clone()
        };
        Some(kinds(&more.tensors()?))
    };
    let more: Vec<Tally> = (0..own.len()).map(with).collect::<Option<_>>()?;
    let found = kinds(&goal.found);
    let mut counts = own.clone();
    for (stage, count) in counts.iter_mut().enumerate() {
        let is_own = |kind: &Named| {
            let mut others = more.iter().enumerate().filter(|(other, _)| *other != stage);
            others.all(|(_, tally)| tally.count(kind) == base.count(kind))
        };
        let mut votes: HashMap<i64, usize> = HashMap::new();
        for (kind, per_block) in more[stage].beyond(&base) {
            let lacking = found.count(kind) - base.count(kind);
            if is_own(kind) && lacking % per_block == 0 {
                *votes.entry(lacking / per_block).or_default() += 1;
            }
        }
        let most = votes.into_iter().max_by_key(|(by, votes)| (*votes, *by));
        if let Some((by, _)) = most {
            *count = count.saturating_add_signed(by).clamp(1, MOST_BLOCKS);
        }
    }
    (counts != own).then(|| Candidate {
        blocks: Some(counts),
        ..candidate.clone()
    })
}

/// Most blocks of a stage: those of ResNet-1202, and room.
const MOST_BLOCKS: u64 = 1000;
