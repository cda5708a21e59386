//! Detection of English sentences in a text that should be Chinese.
#![allow(dead_code, reason = "each test file uses a part of it")]

/// Words that are the same in every language: settings, operations, names of files and of statistics.
const NAMES: [&str; 14] = [
    "conv", "fc", "bn", "relu", "stem", "head", "std", "run", "top", "min", "max", "mean", "zh",
    "lang",
];

/// English part of a line: two lower-case words in a row. Text in backquotes, and lines that show a file, are ignored.
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
