//! Promise: the lint has no findings for the shipped networks, and every mistake in the museum is found by its rule and by no
//! other.

use std::collections::BTreeSet;
use std::fs;

use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::report::checks::check;
use resnet_explore::spec::{Problem, Severity, catalog};

fn problems(name: &str) -> Vec<Problem> {
    match open(name, &Overrides::default()) {
        Ok(model) => check::check(&model),
        Err(problems) => problems,
    }
}

fn notes(name: &str) -> BTreeSet<&'static str> {
    let problems = problems(name);
    let notes = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Note);
    notes.map(|problem| problem.rule).collect()
}

/// Text after `key` in a comment at the head of a piece.
fn notice<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix("# ")?.strip_prefix(key))
        .map(str::trim)
}

#[test]
fn every_piece_of_the_museum_is_caught_by_its_rule_alone() {
    let pieces = catalog::museum();
    assert!(pieces.len() >= 10, "{pieces:?}");
    let mut wrong = Vec::new();
    for piece in pieces {
        let file = piece.replace("museum:", "");
        let text = fs::read_to_string(format!("docs/src/museum/{file}.toml")).expect("the piece");
        let rule = notice(&text, "Rule:").expect("a piece names its rule");
        assert!(
            notice(&text, "Found:").is_some_and(|source| source.len() > 20),
            "{piece} says where it was found"
        );
        let parent = text
            .lines()
            .find_map(|line| line.strip_prefix("inherits = \"")?.strip_suffix('"'))
            .expect("a piece changes a shipped network");
        let found = problems(&piece);
        let of_parent = notes(parent);
        let others: Vec<_> = found
            .iter()
            .filter(|problem| problem.rule != rule && !of_parent.contains(problem.rule))
            .map(|problem| (problem.rule, problem.message.to_string()))
            .collect();
        if !others.is_empty() || !found.iter().any(|problem| problem.rule == rule) {
            wrong.push(format!("{piece} is about {rule}: {others:?}"));
        }
        if let Some(problem) = found.iter().find(|problem| problem.rule == rule) {
            assert!(problem.help.is_some(), "{piece}: a fix");
            assert!(problem.path.is_some(), "{piece}: a layer");
            assert!(problem.place.is_some(), "{piece}: a line");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_shipped_network_is_warned_of() {
    let mut warned = Vec::new();
    for name in catalog::names() {
        for problem in problems(name) {
            if problem.severity > Severity::Note {
                warned.push(format!("{name}: {}: {}", problem.rule, problem.message));
            }
        }
    }
    assert!(warned.is_empty(), "{warned:#?}");
}

#[test]
fn the_book_shows_every_piece() {
    let page = fs::read_to_string("docs/src/museum.md").expect("the museum's page");
    for piece in catalog::museum() {
        assert!(page.contains(&format!("`{piece}`")), "{piece}");
    }
}

/// Pieces without an automatic fix, since it depends on the intention.
const WITHOUT_FIX: [&str; 0] = [];

#[test]
fn a_pieces_repair_only_needs_to_be_applied_and_leaves_nothing_of_its_rule() {
    for piece in catalog::museum() {
        let file = piece.replace("museum:", "");
        if WITHOUT_FIX.contains(&file.as_str()) {
            continue;
        }
        let text = fs::read_to_string(format!("docs/src/museum/{file}.toml")).expect("the piece");
        let rule = notice(&text, "Rule:").expect("a piece names its rule");
        let mut now = text.clone();
        for _ in 0..10 {
            let model = open_text(&piece, &now, &Overrides::default());
            let found = check::check(&model);
            let Some(problem) = found.iter().find(|problem| problem.rule == rule) else {
                break;
            };
            let fix = problem.fix().unwrap_or_else(|| panic!("{piece}: a fix"));
            now = fix
                .apply()
                .unwrap_or_else(|reason| panic!("{piece}: {reason}"));
        }
        let model = open_text(&piece, &now, &Overrides::default());
        let left: Vec<_> = check::check(&model)
            .into_iter()
            .filter(|problem| problem.rule == rule || problem.severity > Severity::Note)
            .map(|problem| problem.headline())
            .collect();
        assert!(left.is_empty(), "{piece}: {left:?} in\n{now}");
        // The text of the file is preserved, including the comments at its head.
        assert!(now.starts_with(&text[..text.find("inherits").expect("a parent")]));
    }
}
