//! Whether a Chinese text has words of another language left.

/// Words that are the same in any language: names of functions, programs, data, people and parts of a network, and units.
const NAMES: [&str; 24] = [
    "TOML",
    "UTF",
    "KiB",
    "MiB",
    "GELU",
    "ReLU",
    "SiLU",
    "Tanh",
    "PReLU",
    "ELU",
    "Leaky",
    "PyTorch",
    "TensorFlow",
    "Keras",
    "torchvision",
    "CIFAR",
    "ImageNet",
    "Ioffe",
    "Szegedy",
    "stem",
    "head",
    "Linear",
    "Add",
    "Multiply",
];

/// The words of three letters or more in a text, without code in backquotes, names, paths and files.
pub(crate) fn left(text: &str) -> Vec<String> {
    let plain: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-/#[]".contains(c);
    let words = plain.split(|c: char| !is_name(c));
    let is_word = |word: &&str| word.len() >= 3 && word.bytes().all(|c| c.is_ascii_alphabetic());
    words
        .map(|word| word.trim_matches(['.', '-', '/', '#', '[', ']']))
        .filter(is_word)
        .filter(|word| !NAMES.contains(word))
        .map(str::to_owned)
        .collect()
}
