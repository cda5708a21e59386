//! What training code puts around the names and the tensors of a network.

/// Put before every name by `DataParallel`, `torch.compile`, and by networks that are a field of another.
const PREFIXES: [&str; 7] = [
    "module.",
    "_orig_mod.",
    "model.",
    "net.",
    "network.",
    "backbone.",
    "encoder.",
];

/// The prefixes that all names have in common: `module.`, or `module.model.`.
pub(super) fn common_prefix<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
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

/// Whether a tensor is a counter of training, which no inference reads.
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
