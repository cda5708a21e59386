//! Complete fits by name: the prefix before every tensor of a network.

use super::Named;
use super::prefix::Copy;
use super::surplus::Parts;
use crate::sorting::Sorting;
use crate::weights::naming::is_bookkeeping;
use std::collections::HashMap;

/// A fit of every tensor that a network needs, by name and shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::weights) struct Complete {
    /// Prefix of every name.
    pub(in crate::weights) prefix: String,
    /// The numbers of the tensors that are no part of the network.
    pub(in crate::weights) passed_over: Vec<usize>,
}

/// A fit that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::weights) enum Incomplete {
    /// Something is missing, or a part of the network is left over.
    No,
    /// The network is there under both of these prefixes, and nothing decides between them.
    Twice([String; 2]),
}

/// The prefix that leaves every wanted tensor, if one does; of several the one of averaged weights, which are those to infer with.
pub(in crate::weights) fn complete(
    wanted: &[Named],
    found: &[Named],
) -> Result<Complete, Incomplete> {
    let shapes: HashMap<&str, &Vec<usize>> = wanted
        .iter()
        .map(|(name, shape)| (name.as_str(), shape))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, shape) in found {
        for end in ends(name) {
            if shapes.get(&name[end..]) == Some(&shape) {
                *counts.entry(&name[..end]).or_default() += 1;
            }
        }
    }
    let all = counts
        .into_iter()
        .filter(|(_, count)| *count == wanted.len());
    let fits = all.filter_map(|(prefix, _)| {
        let passed_over = passed_over(&shapes, found, prefix)?;
        let prefix = prefix.to_owned();
        Some(Complete {
            prefix,
            passed_over,
        })
    });
    best(fits.collect(), |fit| &fit.prefix)
}

/// The places at which what may be a name begins: the start, and after each point.
fn ends(name: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(name.match_indices('.').map(|(at, _)| at + 1))
}

/// The tensors that are left over; `None` if one of them is a part of the network.
fn passed_over(
    wanted: &HashMap<&str, &Vec<usize>>,
    found: &[Named],
    prefix: &str,
) -> Option<Vec<usize>> {
    let parts = Parts::of(wanted.keys().copied());
    let mut left = Vec::new();
    for (number, (name, _)) in found.iter().enumerate() {
        let bare = name.strip_prefix(prefix);
        if bare.is_some_and(|bare| wanted.contains_key(bare)) || is_bookkeeping(name) {
            continue;
        }
        if bare.is_some_and(|bare| parts.include(bare)) {
            return None;
        }
        left.push(number);
    }
    Some(left)
}

/// Of several fits the one to infer with.
pub(super) fn best<T>(mut fits: Vec<T>, prefix: impl Fn(&T) -> &str) -> Result<T, Incomplete> {
    fits.order_by(|one, other| {
        let key = |fit| (Copy::of(prefix(fit)), prefix(fit).to_owned());
        key(one).cmp(&key(other))
    });
    if let [first, second, ..] = fits.as_slice()
        && !prefix(first).is_empty()
        && Copy::of(prefix(first)) == Copy::of(prefix(second))
    {
        let both = [first, second].map(|fit| prefix(fit).to_owned());
        return Err(Incomplete::Twice(both));
    }
    if fits.is_empty() {
        return Err(Incomplete::No);
    }
    Ok(fits.swap_remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<Named> {
        let shape = |name: &str| {
            if name.ends_with("weight") {
                vec![4, 2]
            } else {
                vec![4]
            }
        };
        list.iter()
            .map(|name| ((*name).to_owned(), shape(name)))
            .collect()
    }

    fn prefix(found: &[&str]) -> Result<String, Incomplete> {
        let wanted = names(&["conv.weight", "fc.weight", "fc.bias"]);
        complete(&wanted, &names(found)).map(|fit| fit.prefix)
    }

    #[test]
    fn any_prefix_that_leaves_a_complete_fit_is_taken_off() {
        let after = |prefixes: &[&str]| -> Result<String, Incomplete> {
            let all = prefixes.iter().flat_map(|prefix| {
                ["conv.weight", "fc.weight", "fc.bias"].map(|name| format!("{prefix}{name}"))
            });
            let all: Vec<String> = all.collect();
            self::prefix(&all.iter().map(String::as_str).collect::<Vec<_>>())
        };
        assert_eq!(after(&[""]).unwrap(), "");
        assert_eq!(after(&["a.b.c."]).unwrap(), "a.b.c.");
        assert_eq!(after(&["model.", "model_ema."]).unwrap(), "model_ema.");
        assert_eq!(after(&["encoder_k.", "encoder_q."]).unwrap(), "encoder_q.");
        assert_eq!(after(&["", "other."]).unwrap(), "");
        let twice = ["one.", "two."].map(str::to_owned);
        assert_eq!(after(&["two.", "one."]), Err(Incomplete::Twice(twice)));
    }

    #[test]
    fn a_part_of_the_network_that_is_left_over_is_no_fit() {
        let own = ["conv.weight", "fc.weight", "fc.bias"];
        let with = |more: &str| prefix(&[own.as_slice(), &[more]].concat());
        assert_eq!(with("criterion.weight").unwrap(), "");
        assert_eq!(with("conv2.weight"), Err(Incomplete::No));
        assert_eq!(with("layer4.0.conv1.weight"), Err(Incomplete::No));
        assert_eq!(prefix(&own[..2]), Err(Incomplete::No));
    }
}
