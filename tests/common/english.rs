//! Whether a text that should be Chinese has English sentences left.
#![allow(dead_code, reason = "each test file uses a part of it")]

/// Words that stay in any language: settings, operations, names of files and of statistics.
const NAMES: [&str; 14] = [
    "conv", "fc", "bn", "relu", "stem", "head", "std", "run", "top", "min", "max", "mean", "zh",
    "lang",
];

/// What is English in a line: two words of small letters in a row. What stands in backquotes, and lines that show a file, are not
/// looked at.
pub(crate) fn left(line: &str) -> Option<String> {
    if line.contains(['│', '╭']) || line.contains(" = \"") {
        return None;
    }
    let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ` ");
    let is_english = |word: &str| {
        let word = word.trim_end_matches([',', ':', '.', ';', '?']);
        word.len() > 1
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !NAMES.contains(&word)
    };
    let words: Vec<&str> = plain.split(' ').collect();
    let pair = words
        .windows(2)
        .find(|pair| pair.iter().all(|word| is_english(word)))?;
    Some(format!("{}: {line}", pair.join(" ")))
}
