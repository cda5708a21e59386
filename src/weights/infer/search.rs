//! The nearest spec from a relative: its numbers first, then parts by the names of tensors, then sizes by their shapes.

use super::candidate::Candidate;
use super::goal::{Goal, Judged};
use super::numbers::{Frame, set_blocks, set_channels, set_classes};
use super::parts::Parts;
use super::sizes::Sizes;
use crate::spec;

/// Rounds of changed parts.
const ROUNDS: usize = 4;

/// The nearest spec from a relative, with the number of tensors that still differ.
pub(super) fn nearest(
    parent: &'static str,
    goal: &Goal<'_>,
    parts: &Parts,
) -> Option<(Candidate, usize)> {
    let spec = spec::load(parent).0?;
    let file = &spec.file;
    let mut best = Candidate::of(parent);
    let counts = Frame::of(file).counts(goal);
    if counts.is_empty() {
        return None;
    }
    set_blocks(&mut best, file, &counts);
    let numbers = best.clone();
    let network = goal.network(&best)?;
    set_classes(&mut best, &network, goal);
    set_channels(&mut best, &network, file, goal);
    replace_parts(&mut best, goal, parts)?;
    let network = goal.network(&best)?;
    set_classes(&mut best, &network, goal);
    set_channels(&mut best, &network, file, goal);
    let sizes = Sizes::new(goal, file, goal.blocks(&network));
    let mut judged = sizes.settle(&mut best)?;
    if judged.total() > 0 {
        // Parts of the same names may still differ in sizes.
        judged = replace_sized(&mut best, judged, goal, parts, &sizes);
        if judged.total() > 0 {
            judged = sizes.settle(&mut best)?;
        }
    }
    if judged.total() == 0 {
        simplify(&mut best, &numbers, goal);
        best.model()?;
    }
    Some((best, judged.total()))
}

/// Replaces parts as long as more names agree.
fn replace_parts(best: &mut Candidate, goal: &Goal<'_>, parts: &Parts) -> Option<()> {
    let mut judged = goal.judge(best, false)?;
    for _ in 0..ROUNDS {
        if judged.total() == 0 {
            break;
        }
        let before = judged.total();
        for in_blocks in [true, false] {
            let wrong = |judged: &Judged| {
                if in_blocks {
                    judged.in_blocks()
                } else {
                    judged.beside
                }
            };
            if wrong(&judged) == 0 {
                continue;
            }
            for changed in parts.changed(best, in_blocks, &judged.unplaced) {
                if let Some(found) = goal.judge(&changed, false)
                    && found.total() < judged.total()
                {
                    (*best, judged) = (changed, found);
                }
            }
        }
        if judged.total() == before {
            break;
        }
    }
    Some(())
}

/// Replaces parts outside the blocks as long as more shapes agree, and the kind of block by another with the same names, each with the sizes
/// that suit it.
fn replace_sized(
    best: &mut Candidate,
    mut judged: Judged,
    goal: &Goal<'_>,
    parts: &Parts,
    sizes: &Sizes<'_, '_>,
) -> Judged {
    if judged.beside > 0 {
        for changed in parts.changed(best, false, &judged.unplaced) {
            if let Some(found) = goal.judge(&changed, true)
                && found.total() < judged.total()
            {
                (*best, judged) = (changed, found);
            }
        }
    }
    let names = goal.judge(best, false).map_or(0, |found| found.total());
    for mut changed in parts.blocks(best) {
        if judged.in_blocks() == 0 {
            break;
        }
        let has_names = |found: &Judged| found.total() <= names;
        if goal.judge(&changed, false).as_ref().is_some_and(has_names)
            && let Some(found) = sizes.settle(&mut changed)
            && found.total() < judged.total()
        {
            (*best, judged) = (changed, found);
        }
    }
    judged
}

/// Takes back every change without which the tensors are the same, but not what the numbers of blocks require.
fn simplify(best: &mut Candidate, numbers: &Candidate, goal: &Goal<'_>) {
    let is_exact = |candidate: &Candidate| {
        let judged = goal.judge(candidate, true);
        judged.is_some_and(|judged| judged.total() == 0)
    };
    let parameters: Vec<String> = best.with.keys().cloned().collect();
    for name in parameters {
        let mut fewer = best.clone();
        if !numbers.with.contains_key(&name)
            && fewer.with.remove(&name).is_some()
            && is_exact(&fewer)
        {
            *best = fewer;
        }
    }
    for key in ["shortcut", "attention", "norm", "conv", "act", "strides"] {
        let mut fewer = best.clone();
        if !numbers.keys.contains_key(key) && fewer.keys.remove(key).is_some() && is_exact(&fewer) {
            *best = fewer;
        }
    }
}
