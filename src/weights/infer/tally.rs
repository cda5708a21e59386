//! Tensors counted by name and shape, or by shape alone.

use std::collections::{HashMap, HashSet};

use crate::weights::fit::Named;

/// How often each kind of tensor occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally(HashMap<Named, i64>);

impl Tally {
    /// Counts tensors, by their names too or by their shapes alone.
    pub(super) fn of(tensors: &[Named], by_name: bool) -> Self {
        Self::by(tensors, |name| {
            if by_name {
                name.to_owned()
            } else {
                String::new()
            }
        })
    }

    /// Counts tensors by shapes and, with `by_name`, by names without their numbers, so that equal layers of all blocks are one kind.
    pub(super) fn of_kinds(tensors: &[Named], by_name: bool) -> Self {
        Self::by(tensors, |name| {
            if by_name {
                without_numbers(name)
            } else {
                String::new()
            }
        })
    }

    fn by(tensors: &[Named], key: impl Fn(&str) -> String) -> Self {
        let mut counts = HashMap::new();
        for (name, shape) in tensors {
            *counts.entry((key(name), shape.clone())).or_insert(0) += 1;
        }
        Self(counts)
    }

    /// Number of tensors of one kind.
    pub(super) fn count(&self, kind: &Named) -> i64 {
        self.0.get(kind).copied().unwrap_or(0)
    }

    /// Kinds of which there are more here than there, with the surplus.
    pub(super) fn beyond<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a Named, i64)> {
        self.0.iter().filter_map(|(kind, count)| {
            let more = count - other.count(kind);
            (more > 0).then_some((kind, more))
        })
    }

    /// Number of tensors here that the other lacks, and the reverse.
    pub(super) fn differences(&self, other: &Self) -> [usize; 2] {
        [self.beyond(other), other.beyond(self)]
            .map(|surplus| surplus.map(|(_, more)| more as usize).sum())
    }
}

/// A name whose numbers are all one sign: `layer#.#.conv#.weight`.
fn without_numbers(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        if !c.is_ascii_digit() {
            text.push(c);
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    text
}

/// Likeness from 0 to 1: kinds of tensors that both have, as a share of all.
pub(super) fn alike(own: &[Named], found: &[Named], by_name: bool) -> f64 {
    let kinds = |list: &[Named]| -> HashSet<Named> {
        Tally::of_kinds(list, by_name).0.into_keys().collect()
    };
    let [own, found] = [own, found].map(kinds);
    let both = own.intersection(&found).count();
    both as f64 / own.union(&found).count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensors(list: &[(&str, &[usize])]) -> Vec<Named> {
        let list = list.iter();
        list.map(|(name, shape)| ((*name).to_owned(), shape.to_vec()))
            .collect()
    }

    #[test]
    fn differences_count_both_ways() {
        let own = tensors(&[("layer1.0.a", &[2]), ("layer1.1.a", &[2]), ("b", &[3])]);
        let other = tensors(&[("layer1.0.a", &[2]), ("b", &[4]), ("c", &[3])]);
        let by = |by_name: bool| {
            let [own, other] = [&own, &other].map(|list| Tally::of(list, by_name));
            own.differences(&other)
        };
        assert_eq!(by(true), [2, 2]);
        assert_eq!(by(false), [1, 1]);
        assert_eq!(without_numbers("layer10.2.conv1"), "layer#.#.conv#");
        let kinds = Tally::of_kinds(&own, true);
        assert_eq!(kinds.count(&("layer#.#.a".to_owned(), vec![2])), 2);
    }
}
