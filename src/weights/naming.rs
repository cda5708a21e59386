//! Names that training code adds around the names and tensors of a network.

use crate::network::Network;
use std::collections::HashSet;

/// Prefixes of every name, added by `DataParallel`, `torch.compile`, and networks that are a field of another.
const PREFIXES: [&str; 7] = [
    "module.",
    "_orig_mod.",
    "model.",
    "net.",
    "network.",
    "backbone.",
    "encoder.",
];

/// Prefix to remove from `names`: the common prefixes, `module.` or `module.model.`, as far as this yields names of
/// `network`, whose own may begin in the same way; all of them if no network is known, or none of the names is its.
pub(super) fn prefix_for<'a>(
    names: &(impl Iterator<Item = &'a str> + Clone),
    network: Option<&Network>,
) -> String {
    let mut whole = common_prefix(names.clone());
    let Some(network) = network.filter(|_| !whole.is_empty()) else {
        return whole;
    };
    let own = network.state_dict();
    let own: HashSet<&str> = own.iter().map(|(name, _)| name.as_str()).collect();
    let known = |prefix: &str| {
        let bare = names.clone().filter_map(|name| name.strip_prefix(prefix));
        bare.filter(|name| own.contains(name)).count()
    };
    let ends = std::iter::once(0).chain(whole.match_indices('.').map(|(at, _)| at + 1));
    // The longer one of two that yield equally many known names.
    let end = ends.max_by_key(|&end| known(&whole[..end])).unwrap_or(0);
    whole.truncate(end);
    whole
}

/// Known prefixes that all names have in common.
fn common_prefix<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let names = names.filter(|name| !is_bookkeeping(name));
    let mut prefix = String::new();
    if names.clone().next().is_none() {
        return prefix;
    }
    while let Some(next) = PREFIXES.iter().find(|next| {
        names.clone().all(|name| {
            name.strip_prefix(&prefix)
                .is_some_and(|rest| rest.starts_with(**next))
        })
    }) {
        prefix += next;
    }
    prefix
}

/// Whether a tensor is a counter of training, which inference ignores.
pub(super) fn is_bookkeeping(name: &str) -> bool {
    name.ends_with("num_batches_tracked") || name == "n_averaged"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_those_of_all_names() {
        let prefix = |names: &[&str]| common_prefix(names.iter().copied());
        assert_eq!(prefix(&["conv1.weight", "fc.bias"]), "");
        assert_eq!(
            prefix(&["module.conv1.weight", "module.fc.bias"]),
            "module."
        );
        assert_eq!(prefix(&["module.conv1.weight", "fc.bias"]), "");
        let averaged = ["n_averaged", "module._orig_mod.conv1.weight"];
        assert_eq!(prefix(&averaged), "module._orig_mod.");
        assert_eq!(prefix(&["n_averaged"]), "");
        assert_eq!(prefix(&[]), "");
    }
}
