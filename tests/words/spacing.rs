//! Chinese stands apart from the numbers and Latin words next to it.

use std::fs;
use std::path::{Path, PathBuf};

/// Forms that people type, in which the letter is part of the word.
const TYPED: [&str; 2] = ["高x宽", "宽x高"];

const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

/// The places of a line in which a Chinese character touches a number or a Latin letter.
fn touching(line: &str) -> Vec<String> {
    let line = TYPED
        .iter()
        .fold(line.to_owned(), |line, typed| line.replace(typed, ""));
    let letters: Vec<char> = line.chars().collect();
    let pairs = letters.windows(2).filter(|pair| {
        let (one, other) = (pair[0], pair[1]);
        is_han(one) && other.is_ascii_alphanumeric() || one.is_ascii_alphanumeric() && is_han(other)
    });
    pairs.map(|pair| pair.iter().collect()).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|own| own == "toml" || own == "md" || own == "ftl")
        {
            found.push(path);
        }
    }
}

#[test]
fn chinese_stands_apart_from_numbers_and_latin_words() {
    let mut found = vec![PathBuf::from("README.zh.md")];
    for folder in ["architectures", "docs/src", "src/text/languages"] {
        files(Path::new(folder), &mut found);
    }
    let mut lines = 0;
    let mut touch = Vec::new();
    for path in found {
        let text = fs::read_to_string(&path).expect("a text");
        for (number, line) in text.lines().enumerate() {
            lines += usize::from(line.chars().any(is_han));
            touch.extend(
                touching(line)
                    .into_iter()
                    .map(|pair| format!("{}:{}: {pair}", path.display(), number + 1)),
            );
        }
    }
    assert!(lines > 4000, "only {lines} lines have Chinese");
    assert!(
        touch.is_empty(),
        "a space is missing:\n{}",
        touch.join("\n")
    );
}

#[test]
fn a_missing_space_is_seen_on_either_side() {
    assert_eq!(touching("阶段 3有 23 个"), ["3有"]);
    assert_eq!(touching("有23 个 conv层"), ["有2", "v层"]);
    assert_eq!(touching("边长，例如 224，或 高x宽"), Vec::<String>::new());
}
