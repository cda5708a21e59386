//! Words that training code puts inside the names of a network: a module around a module is one more word.

use crate::weights::fit::Named;
use crate::weights::naming::is_bookkeeping;
use std::collections::HashSet;

/// Modules of PyTorch that hold another and nothing else: `torch.compile`, FSDP, activation checkpointing, `DataParallel`.
const WRAPPERS: [&str; 4] = [
    "_orig_mod",
    "_fsdp_wrapped_module",
    "_checkpoint_wrapped_module",
    "module",
];

/// Names without the wrappers in them, and which wrappers there were. Names that the network has itself, or that would then be
/// there twice, keep theirs.
pub(super) fn without(found: &[Named], own: &HashSet<&str>) -> (Vec<Named>, Vec<&'static str>) {
    let mut bare = found.to_vec();
    let mut taken_off = Vec::new();
    for wrapper in WRAPPERS {
        let is_own = |name: &&str| words(name).any(|word| word == wrapper);
        let is_there = bare.iter().any(|(name, _)| is_own(&name.as_str()));
        if !is_there || own.iter().any(is_own) {
            continue;
        }
        let names: Vec<String> = bare.iter().map(|(name, _)| taken(name, wrapper)).collect();
        let different: HashSet<&str> = names.iter().map(String::as_str).collect();
        if different.len() == names.len() {
            taken_off.push(wrapper);
            for ((name, _), bare) in bare.iter_mut().zip(names) {
                *name = bare;
            }
        }
    }
    (bare, taken_off)
}

/// Wrappers that are a prefix of every name: `_orig_mod.module.`.
pub(super) fn leading<'a>(found: &'a [Named], taken_off: &[&str]) -> &'a str {
    let mut names = found
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !is_bookkeeping(name));
    let Some(first) = names.next() else { return "" };
    let mut end = 0;
    while let Some((word, _)) = first[end..].split_once('.')
        && taken_off.contains(&word)
    {
        let next = end + word.len() + 1;
        if !names.clone().all(|name| name.starts_with(&first[..next])) {
            break;
        }
        end = next;
    }
    &first[..end]
}

/// The words of a name that are modules: all but the last, which is the tensor's.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let modules = name.rsplit_once('.').map_or("", |(modules, _)| modules);
    modules.split('.')
}

fn taken(name: &str, wrapper: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or_default();
    let kept = words(name).filter(|word| *word != wrapper && !word.is_empty());
    kept.chain([last]).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(names: &[&str], own: &[&str]) -> (Vec<String>, Vec<&'static str>) {
        let found: Vec<Named> = names
            .iter()
            .map(|name| ((*name).to_owned(), vec![]))
            .collect();
        let (bare, words) = super::without(&found, &own.iter().copied().collect());
        (bare.into_iter().map(|(name, _)| name).collect(), words)
    }

    #[test]
    fn wrappers_inside_names_are_taken_off() {
        let names = [
            "layer1._orig_mod.0.weight",
            "module.layer2._fsdp_wrapped_module.module.0.weight",
            "fc.weight",
        ];
        let (bare, words) = without(&names, &[]);
        assert_eq!(bare, ["layer1.0.weight", "layer2.0.weight", "fc.weight"]);
        assert_eq!(words, ["_orig_mod", "_fsdp_wrapped_module", "module"]);
    }

    #[test]
    fn a_networks_own_word_stays_and_no_name_comes_twice() {
        let names = ["module.fc.weight", "_orig_mod.fc2.module"];
        let (bare, _) = without(&names, &["module.fc.weight"]);
        assert_eq!(bare, ["module.fc.weight", "fc2.module"]);
        let names = ["module.fc.weight", "fc.weight"];
        assert_eq!(without(&names, &[]).0, names);
    }
}
