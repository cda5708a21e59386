//! Promise: a spec states what distinguishes its network, in few lines, and repeats nothing that it inherits.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use resnet_explore::spec::catalog;
use toml::{Table, Value};

/// Keys about one network alone, which no variant inherits.
const OWN: [&str; 6] = [
    "inherits", "title", "summary", "aliases", "weights", "samples",
];
/// Tables that are merged key by key.
const MERGED: [&str; 6] = ["preprocess", "norm", "conv", "names", "with", "published"];

/// Every shipped architecture: its file and its contents.
fn files() -> Vec<(PathBuf, Table)> {
    let names = catalog::names().iter();
    names
        .map(|name| {
            let source = catalog::shipped(name).expect("a shipped network");
            (PathBuf::from(&source.name), read(&source.text))
        })
        .collect()
}

fn read(text: &str) -> Table {
    text.parse().expect("TOML")
}

/// Keys that a variant of the network inherits from it.
fn inherited(mut keys: Table) -> Table {
    keys.retain(|key, _| !OWN.contains(&key));
    if let Some(Value::Table(published)) = keys.get_mut("published") {
        published.remove("accuracy");
    }
    keys
}

/// Keys of a file merged with those it inherits.
fn resolved(file: &Table) -> Table {
    let mut keys = parent(file);
    if file.contains_key("block") {
        keys.remove("with");
    }
    for (key, value) in file {
        match (keys.get_mut(key), value) {
            (Some(Value::Table(old)), Value::Table(new)) if MERGED.contains(&key.as_str()) => {
                old.extend(new.clone());
            }
            _ => {
                keys.insert(key.clone(), value.clone());
            }
        }
    }
    keys
}

/// Keys that a file inherits.
fn parent(file: &Table) -> Table {
    let Some(Value::String(name)) = file.get("inherits") else {
        return Table::new();
    };
    let source = catalog::shipped(name).expect("a shipped parent");
    inherited(resolved(&read(&source.text)))
}

/// Keys of a file that repeat what would hold without them.
fn repeated(file: &Table) -> Vec<String> {
    let mut parent = parent(file);
    if file.get("block") != parent.get("block") && file.contains_key("block") {
        parent.remove("with");
    }
    let mut found = Vec::new();
    for (key, value) in file {
        if parent.get(key) == Some(value) {
            found.push(key.clone());
        }
        if let (Some(Value::Table(old)), Value::Table(new)) = (parent.get(key), value)
            && MERGED.contains(&key.as_str())
        {
            let same = new
                .iter()
                .filter(|(name, value)| old.get(*name) == Some(value));
            found.extend(same.map(|(name, _)| format!("{key}.{name}")));
        }
    }
    found
}

#[test]
fn no_spec_repeats_what_it_inherits() {
    let mut wrong = Vec::new();
    for (path, file) in files() {
        for key in repeated(&file) {
            wrong.push(format!("{}: {key}", path.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "keys that change nothing:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_repeated_key_is_found() {
    let repeated = |text: &str| repeated(&read(text));
    assert_eq!(
        repeated("inherits = \"resnet50\"\nblocks = [3, 4, 6, 3]"),
        ["blocks"]
    );
    assert_eq!(
        repeated("inherits = \"resnext50_32x4d\"\nwith = { groups = 32, base_width = 8 }"),
        ["with.groups"]
    );
    assert_eq!(
        repeated("inherits = \"resnet101\"\n[preprocess]\nresize = 256\n[paper]\nyear = 2015"),
        ["preprocess.resize"]
    );
    assert!(
        repeated("inherits = \"resnet50\"\ntitle = \"ResNet-50\"\nblocks = [3, 4, 5, 3]")
            .is_empty()
    );
}

#[test]
fn the_median_variant_has_at_most_15_lines() {
    let mut lines: Vec<usize> = files()
        .iter()
        .filter(|(_, file)| file.contains_key("inherits"))
        .map(|(path, _)| {
            fs::read_to_string(path)
                .expect("a shipped file")
                .lines()
                .count()
        })
        .collect();
    lines.sort_unstable();
    assert!(lines.len() > 140);
    assert!(lines[lines.len() / 2] <= 15, "{lines:?}");
}

#[test]
fn every_spec_states_its_paper_and_what_distinguishes_it() {
    for (path, file) in files() {
        let path = path.display();
        let mut keys = resolved(&file);
        keys.retain(|_, value| value.as_str() != Some(""));
        for key in ["title", "summary", "family", "paper"] {
            assert!(keys.contains_key(key), "{path}: {key}");
        }
        let summary = keys["summary"].as_str().expect("a text");
        assert!(summary.split_whitespace().count() >= 3, "{path}: {summary}");
        let year = keys["paper"].get("year").and_then(Value::as_integer);
        assert!(
            year.is_some_and(|year| (2015..=2026).contains(&year)),
            "{path}: {year:?}"
        );
        for key in ["title", "authors", "url"] {
            assert!(keys["paper"].get(key).is_some(), "{path}: paper.{key}");
        }
    }
}

#[test]
fn every_paper_is_quoted_once_in_a_few_words() {
    let mut quoted = BTreeMap::new();
    for (path, file) in files() {
        let Some(paper) = file.get("paper").and_then(Value::as_table) else {
            continue;
        };
        let title = paper["title"].as_str().expect("a text").to_owned();
        let count: &mut usize = quoted.entry(title).or_default();
        if let Some(quote) = paper.get("quote").and_then(Value::as_str) {
            *count += 1;
            let words = quote.split_whitespace().count();
            assert!((8..=35).contains(&words), "{}: {quote}", path.display());
        }
    }
    assert!(quoted.len() > 15, "{quoted:?}");
    let wrong: Vec<_> = quoted.iter().filter(|(_, count)| **count != 1).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
