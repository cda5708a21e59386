//! Prefixes of the names of a network that is part of a larger saved model: `backbone.body.`.

use super::Named;
use crate::sorting::Sorting;
use crate::weights::naming::is_bookkeeping;
use std::collections::{HashMap, HashSet};

/// Prefixes that, once removed, each turn at least `least` names into `wanted` ones; the one with the most first, and of two
/// equal ones that of averaged weights, which are meant for inference.
pub(super) fn prefixes<'a>(
    wanted: &[Named],
    found: &'a [Named],
    least: usize,
) -> Vec<(&'a str, usize)> {
    let known: HashSet<&str> = wanted.iter().map(|(name, _)| name.as_str()).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in found.iter().filter(|(name, _)| !is_bookkeeping(name)) {
        for (at, _) in name.match_indices('.') {
            if known.contains(&name[at + 1..]) {
                *counts.entry(&name[..=at]).or_default() += 1;
            }
        }
    }
    let mut prefixes: Vec<_> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    prefixes
        .order_by_key(|(prefix, count)| (std::cmp::Reverse(*count), !is_average(prefix), *prefix));
    prefixes
}

/// Whether training code keeps averaged weights under a prefix.
pub(in crate::weights) fn is_average(prefix: &str) -> bool {
    Copy::of(prefix) == Copy::Averaged
}

/// Prefixes under which training code keeps several copies of a network, the one for inference first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Copy {
    /// Averaged over training, to infer with.
    Averaged,
    /// The trained copy.
    Own,
    /// One that follows it to train against: the momentum encoder of `MoCo`, the target of BYOL.
    Follower,
}

impl Copy {
    pub(super) fn of(prefix: &str) -> Self {
        let any = |words: &[&str]| prefix.split(['.', '_']).any(|word| words.contains(&word));
        if any(&["ema", "averaged", "avg", "swa", "teacher"]) {
            Self::Averaged
        } else if any(&["momentum", "target", "k", "key"]) {
            Self::Follower
        } else {
            Self::Own
        }
    }
}

/// Tensors with a prefix removed from their names.
pub(super) fn taken_off(found: &[Named], prefix: &str) -> Vec<Named> {
    found
        .iter()
        .map(|(name, shape)| {
            let name = name.strip_prefix(prefix).unwrap_or(name);
            (name.to_owned(), shape.clone())
        })
        .collect()
}
