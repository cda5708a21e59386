//! Every rule of `check` has a page that shows it: a spec that breaks it, and the fixed spec.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use resnet_explore::network::check::RULES;
use resnet_explore::report::checks::rule_pages;
use resnet_explore::text::Language;

use super::{blocks, english, files, read, root, run};

/// Rules that no spec breaks: those of networks built by a program, of the course's files, and of a file in another encoding.
const BY_NO_SPEC: [&str; 6] = [
    "acyclic",
    "arity",
    "encoding",
    "lesson",
    "one-sink",
    "one-source",
];

/// Rules about something next to the spec, which the same spec satisfies with another file or budget.
const BESIDE_THE_SPEC: [&str; 5] = [
    "budget-activations",
    "budget-macs",
    "budget-memory",
    "budget-params",
    "weights",
];

/// Literal ids of problems and findings in the sources.
fn ids_in_sources() -> BTreeSet<String> {
    let mut ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    for path in files(&root().join("src"), ".rs") {
        let text = fs::read_to_string(path).expect("a source");
        for opening in ["Problem::error(", "rule: ", " id: "] {
            for (at, _) in text.match_indices(opening) {
                let literal = text[at + opening.len()..].trim_start().strip_prefix('"');
                ids.extend(literal.and_then(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }
    ids
}

#[test]
fn every_rule_has_a_page_and_no_page_has_no_rule() {
    let ids = ids_in_sources();
    let pages: BTreeSet<_> = rule_pages::rules().map(str::to_owned).collect();
    assert_eq!(pages, ids);
    let chinese = read("docs/src/checks-zh.md");
    let index = read("docs/src/checks.md");
    for id in &ids {
        let page = read(&format!("docs/src/checks/{id}.md"));
        for heading in [
            "## Why it matters",
            "## How to fix it",
            "## When it is fine",
        ] {
            assert!(page.contains(heading), "{id}: {heading}");
        }
        assert!(chinese.contains(&format!("### `{id}`：")), "{id}");
        // The index has the page's title and severity, and says whether the program can fix it itself.
        let (_, title) = page
            .lines()
            .next()
            .and_then(|line| line.split_once(": "))
            .expect("a title");
        let (_, severity) = page.split_once("\n\n*").expect("a severity");
        let severity = severity.split('.').next().expect("a word").to_lowercase();
        let row = format!("| [`{id}`](checks/{id}.md) | {severity} | {title} |");
        let rest = index.split_once(&row).unwrap_or_else(|| panic!("{row}")).1;
        let is_fixable = !rest
            .lines()
            .next()
            .expect("a cell")
            .trim_matches([' ', '|'])
            .is_empty();
        assert_eq!(is_fixable, page.contains("check --fix"), "{id}: --fix");
    }
    for rule in RULES {
        // A sentence may be broken over lines.
        let page = read(&format!("docs/src/checks/{}.md", rule.id)).replace('\n', " ");
        let sentence = Language::ENGLISH.word(rule.sentence);
        assert!(page.contains(sentence), "{}: {sentence}", rule.id);
    }
}

/// Files of a page, written to a folder, and its commands.
fn page(id: &str, folder: &Path) -> Vec<String> {
    let text = read(&format!("docs/src/checks/{id}.md"));
    let mut commands = Vec::new();
    for (words, _, lines) in blocks(&text) {
        if let Some(name) = words.strip_prefix("toml file=") {
            fs::write(folder.join(name), lines.join("\n") + "\n").expect("a file");
        }
        if words == "console" {
            commands.extend(
                lines
                    .iter()
                    .filter_map(|line| line.strip_prefix("$ "))
                    .map(str::to_owned),
            );
        }
    }
    commands
}

/// Rules in the output of `check`, with their severities.
fn named(text: &str) -> BTreeSet<(String, String)> {
    let heads = text.lines().filter_map(|line| line.split_once("]: "));
    heads
        .filter_map(|(head, _)| head.split_once('['))
        .filter(|(severity, _)| ["error", "warning", "note"].contains(severity))
        .map(|(severity, rule)| (rule.to_owned(), severity.to_owned()))
        .collect()
}

#[test]
fn a_pages_example_breaks_its_rule_and_no_other_and_is_fixed() {
    for id in rule_pages::rules() {
        if BY_NO_SPEC.contains(&id) {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let weights = "resnet20_fashion.safetensors";
        fs::copy(
            root().join("architectures/fashion").join(weights),
            folder.path().join(weights),
        )
        .expect("the shipped weights");
        let (mut broken, mut fixed) = (0, 0);
        for command in page(id, folder.path()) {
            let (text, code) = run(&command, folder.path());
            let rules = named(&text);
            if command.contains("fixed.toml") {
                fixed += 1;
                assert_eq!(code, 0, "{id}: {text}");
                assert!(
                    rules
                        .iter()
                        .all(|(rule, severity)| rule != id && severity == "note"),
                    "{id}: {text}"
                );
            } else if rules.iter().any(|(rule, _)| rule == id) {
                broken += 1;
                let others = rules
                    .iter()
                    .filter(|(rule, severity)| rule != id && severity != "note");
                assert_eq!(others.count(), 0, "{id}: {text}");
            } else {
                assert!(BESIDE_THE_SPEC.contains(&id) && code == 0, "{id}: {text}");
            }
        }
        assert!(broken > 0, "{id}: an example");
        assert!(fixed > 0 || BESIDE_THE_SPEC.contains(&id), "{id}: fixed");
    }
}

#[test]
fn every_examples_problem_is_told_in_chinese() {
    let mut left = Vec::new();
    for id in rule_pages::rules().filter(|id| !BY_NO_SPEC.contains(id) && *id != "weights") {
        let folder = tempfile::tempdir().expect("a folder");
        for command in page(id, folder.path()) {
            let (text, _) = run(&format!("{command} --lang zh"), folder.path());
            left.extend(
                text.lines()
                    .filter_map(english::left)
                    .map(|line| format!("{id}: {line}")),
            );
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}
