//! The part that a module has in a residual block.

use crate::weights::fit::structure::gate;

/// A part of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Main,
    Shortcut,
    /// Attention on the main path.
    Gate,
}

/// Words for the shortcut.
const SHORTCUT: [&str; 12] = [
    "downsample",
    "down_sample",
    "shortcut",
    "short_cut",
    "skip",
    "skip_connection",
    "proj",
    "projection",
    "identity",
    "idconv",
    "idpath",
    "branch1",
];

/// The role of a module by its path in the block.
pub(super) fn role(path: &str) -> Role {
    let is_shortcut = |word: &str| {
        let bare = word.trim_end_matches(|digit: char| digit.is_ascii_digit());
        SHORTCUT.contains(&word) || SHORTCUT.contains(&bare.trim_end_matches('_'))
    };
    if path.split('.').any(is_shortcut) {
        Role::Shortcut
    } else if gate(path).is_some() {
        Role::Gate
    } else {
        Role::Main
    }
}

/// The number at the end of a module's path: 1 of `downsample.1`.
pub(super) fn number(path: &str) -> Option<u64> {
    path.rsplit('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_the_shortcut_and_the_gate() {
        for (path, expected) in [
            ("downsample.0", Role::Shortcut),
            ("shortcut.convolution", Role::Shortcut),
            ("conv_skip.0", Role::Main),
            ("residual_function.0", Role::Main),
            ("layer.0.normalization", Role::Main),
            ("se.fc1", Role::Gate),
            ("conv3.norm", Role::Main),
        ] {
            assert_eq!(role(path), expected, "{path}");
        }
        assert_eq!(number("downsample.1"), Some(1));
        assert_eq!(number("shortcut"), None);
    }
}
