//! Detection of English sentences in a text that should be Chinese.
#![allow(dead_code, reason = "each test file uses a part of it")]

/// Words that are the same in every language: settings, operations, names of files and of statistics.
const NAMES: [&str; 15] = [
    "conv", "fc", "bn", "relu", "stem", "head", "std", "run", "top", "min", "max", "mean", "zh",
    "lang", "input",
];

/// English part of a line: two lower-case words in a row, also between Chinese characters or in a frame. Text in backquotes,
/// and lines of a spec, are ignored.
pub(crate) fn left(line: &str) -> Option<String> {
    line.split(['│', '╭', '╰', '▸']).find_map(|part| {
        let is_of_spec =
            part.contains(" = ") || part.contains('{') || part.trim_start().starts_with('#');
        let pair = if is_of_spec { None } else { sentence(part) };
        pair.map(|pair| format!("{pair}: {line}"))
    })
}

/// Two English words in a row.
fn sentence(text: &str) -> Option<String> {
    let plain: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ` ");
    // A character of another script ends a word, and is not between two that belong together.
    let spaced: String = plain
        .chars()
        .flat_map(|c| {
            if c.is_ascii() {
                vec![c]
            } else {
                vec![' ', c, ' ']
            }
        })
        .collect();
    let is_english = |word: &str| {
        let word = word.trim_end_matches([',', ':', '.', ';', '?']);
        word.len() > 1
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !NAMES.contains(&word)
    };
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut pairs = words.windows(2);
    let pair = pairs.find(|pair| pair.iter().all(|word| is_english(word)))?;
    Some(pair.join(" "))
}

#[test]
fn english_is_found_in_frames_and_between_other_characters() {
    for line in [
        "two words",
        "这是two words",
        "│ 层 │ two words │",
        "（two words）",
        "a `b` two words.",
    ] {
        assert!(left(line).is_some(), "{line}");
    }
    for line in [
        "两个 words",
        "two 个 words",
        "`two words`",
        "│ x = \"two words\"",
        "conv relu",
    ] {
        assert_eq!(left(line), None, "{line}");
    }
}
