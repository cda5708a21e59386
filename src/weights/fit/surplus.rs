//! Tensors of a file that no layer reads: parts of another network, or of none.

use std::collections::HashSet;

/// Words at the head of names that are a network's own: one more of them is one more layer.
const LAYERS: [&str; 15] = [
    "layers",
    "stages",
    "blocks",
    "res",
    "group",
    "conv",
    "bn",
    "norm",
    "gn",
    "in",
    "stem",
    "layer",
    "stage",
    "block",
    "downsample",
];

/// The first words of the names that a network has.
pub(super) struct Parts<'a> {
    words: HashSet<&'a str>,
    families: HashSet<&'a str>,
}

/// A word without the number at its end: `layer` of `layer4`.
fn family(word: &str) -> &str {
    word.trim_end_matches(|digit: char| digit.is_ascii_digit())
        .trim_end_matches('_')
}

fn first(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

impl<'a> Parts<'a> {
    pub(super) fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let words: HashSet<&str> = names.map(first).collect();
        let families = words.iter().map(|word| family(word)).collect();
        Self { words, families }
    }

    /// Whether a tensor that is left over belongs to the network: it is in one of its modules, or next to one under another
    /// number, or is a block's. Otherwise it is of something outside the network: a criterion, a projection head, a neck.
    pub(super) fn include(&self, name: &str) -> bool {
        let word = first(name);
        let family = family(word);
        self.words.contains(word) || self.families.contains(family) || LAYERS.contains(&family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_layer_is_of_the_network_and_a_criterion_is_not() {
        let own = [
            "conv1.weight",
            "bn1.weight",
            "layer1.0.conv1.weight",
            "fc.weight",
        ];
        let parts = Parts::of(own.into_iter());
        for name in [
            "layer1.2.conv1.weight",
            "layer4.0.conv1.weight",
            "conv2.weight",
            "fc.bias",
            "fc2.weight",
            "norm.weight",
            "stages.3.blocks.0.conv.weight",
        ] {
            assert!(parts.include(name), "{name}");
        }
        for name in [
            "criterion.weight",
            "projector.0.weight",
            "momentum_encoder.layer1.0.conv1.weight",
            "queue",
            "neck.lateral_convs.0.conv.weight",
        ] {
            assert!(!parts.include(name), "{name}");
        }
    }
}
