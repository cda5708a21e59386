//! Graphs that other programs lay out match the network, and stay within the limits of those programs.

use std::collections::HashMap;

use resnet_explore::export::style::{Direction, Options};
use resnet_explore::export::{dot, mermaid};
use resnet_explore::report::{Level, Subject};
use resnet_explore::spec::catalog;

use super::edges::{every_subject, folded};
use super::subject;

/// A graph as it was read back: names of the boxes if the format has them, and edges between boxes by their numbers.
#[derive(Default)]
struct Graph {
    names: Vec<String>,
    edges: Vec<(usize, usize)>,
    /// Shortcuts of blocks that are drawn as one box: from a box, around another.
    bypasses: Vec<(usize, usize)>,
}

impl Graph {
    /// Sorts the edges; a block's shortcut must read what the block reads.
    fn sound(mut self, which: &str) -> Self {
        self.edges.sort_unstable();
        self.bypasses.sort_unstable();
        for bypass in &self.bypasses {
            assert!(self.edges.contains(bypass), "{which}: {bypass:?}");
        }
        let mut blocks: Vec<usize> = self.bypasses.iter().map(|&(_, block)| block).collect();
        blocks.dedup();
        assert_eq!(
            blocks.len(),
            self.bypasses.len(),
            "{which}: one shortcut per block"
        );
        self
    }

    fn named_edges(&self) -> Vec<(String, String)> {
        let name = |i: usize| self.names[i].clone();
        let mut edges: Vec<_> = self
            .edges
            .iter()
            .map(|&(a, b)| (name(a), name(b)))
            .collect();
        edges.sort();
        edges
    }
}

/// Number of a node called `n7` or, with the prefix of its addition, `p7`.
fn number(node: &str, prefix: &str) -> Option<usize> {
    node.strip_prefix(prefix)?.parse().ok()
}

fn of_mermaid(text: &str, which: &str) -> Graph {
    let mut graph = Graph::default();
    let mut items = 0;
    // Last item of the column before, by the node for a column's input.
    let mut inputs: HashMap<String, usize> = HashMap::new();
    // Number of items before each column.
    let mut starts: HashMap<usize, usize> = HashMap::new();
    for line in text.lines().map(str::trim) {
        let words: Vec<&str> = line.split(' ').collect();
        let (first, last) = (words[0], words[words.len() - 1]);
        let id = first.split(['[', '(']).next().unwrap_or_default();
        if !line.contains("-->") && !line.contains(".->") {
            if number(id, "n").is_some() && line.contains(":::") {
                assert_eq!(number(id, "n"), Some(items), "{which}");
                items += 1;
            } else if number(id, "e").is_some() && line.contains("([") {
                inputs.insert(id.to_owned(), items - 1);
            } else if let ("subgraph", Some(&box_of)) = (first, words.get(1)) {
                let column = box_of.split('[').next().unwrap_or_default();
                starts.extend(number(column, "s").map(|column| (column, items)));
            }
            continue;
        }
        if let (Some(from), Some(to)) = (number(first, "s"), number(last, "s")) {
            assert_eq!(from + 1, to, "{which}: {line}");
            // A column without a node for its input has it on the line to it.
            if !inputs.contains_key(&format!("e{to}")) {
                graph.edges.push((starts[&to] - 1, starts[&to]));
            }
            continue;
        }
        if first.starts_with('k') {
            continue;
        }
        let own = number(first, "n").or_else(|| number(first, "p"));
        let from = own.or_else(|| inputs.get(first).copied());
        let from = from.unwrap_or_else(|| panic!("{which}: {line}"));
        match (number(last, "n"), number(last, "p")) {
            (Some(to), _) => graph.edges.push((from, to)),
            (None, Some(to)) if to == from && first.starts_with('n') => {}
            (None, Some(to)) => graph.bypasses.push((from, to)),
            (None, None) => panic!("{which}: {line}"),
        }
    }
    graph.sound(which)
}

fn of_dot(text: &str, which: &str) -> Graph {
    let mut graph = Graph::default();
    let edge = |line: &str| {
        let (tail, rest) = line.trim().split_once(" -> ")?;
        Some((tail.to_owned(), rest.split(' ').next()?.to_owned()))
    };
    let edges: Vec<(String, String, &str)> = text
        .lines()
        .filter_map(|line| edge(line).map(|(tail, head)| (tail, head, line)))
        .collect();
    let mut names: HashMap<usize, String> = HashMap::new();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.contains(" -> "))
    {
        let id = line.split(' ').next().and_then(|id| number(id, "n"));
        if let (Some(id), Some((_, tooltip))) = (id, line.split_once(" tooltip=\"")) {
            let name = tooltip.split(['\\', '"']).next().unwrap_or_default();
            names.insert(id, name.to_owned());
        }
    }
    graph.names = (0..names.len()).map(|id| names[&id].clone()).collect();
    let own = |node: &str| number(node, "n").or_else(|| number(node, "sum"));
    // The corner of a column is joined to the last box of the column before.
    let mut inputs: HashMap<String, usize> = HashMap::new();
    for (tail, head, line) in &edges {
        let (corner, other) = if tail.starts_with("low") {
            (tail, head)
        } else {
            (head, tail)
        };
        if let (Some(column), Some(last)) = (number(corner, "low"), own(other)) {
            assert!(line.contains("dir=none"), "{which}: {line}");
            inputs.insert(format!("in{column}"), last);
        }
    }
    let start = |node: &str| own(node).or_else(|| inputs.get(node).copied());
    let mut passing: HashMap<&str, usize> = HashMap::new();
    for (tail, head, line) in &edges {
        let is_corner = |node: &str| node.starts_with("low") || node.starts_with("high");
        if line.contains("style=invis") || is_corner(tail) || is_corner(head) {
            continue;
        }
        let from = passing.get(tail.as_str()).copied().or_else(|| start(tail));
        let from = from.unwrap_or_else(|| panic!("{which}: {line}"));
        if head.starts_with("by_") {
            passing.insert(head, from);
            let pinned = format!("; {head} }}");
            let pins = text
                .lines()
                .filter(|line| line.contains("rank=same") && line.ends_with(&pinned));
            assert_eq!(pins.count(), 1, "{which}: {head} has one rank");
            continue;
        }
        match (number(head, "n"), number(head, "sum")) {
            (Some(to), _) => graph.edges.push((from, to)),
            (None, Some(to)) if to == from && tail.starts_with('n') => {}
            (None, Some(to)) => graph.bypasses.push((from, to)),
            (None, None) => panic!("{which}: {line}"),
        }
    }
    graph.sound(which)
}

/// Every level, folded and not.
fn views(subject: &Subject) -> impl Iterator<Item = (Options, String)> {
    let name = subject.model.spec.name.clone();
    Level::ALL.into_iter().flat_map(move |level| {
        let name = name.clone();
        [true, false].map(move |fold| {
            let options = Options {
                level,
                fold,
                ..Options::default()
            };
            (options, format!("{name} {level:?}, folded: {fold}"))
        })
    })
}

#[test]
fn every_edge_of_dot_and_mermaid_is_one_of_the_network_and_each_is_drawn() {
    let mut replayed = 0;
    for subject in every_subject() {
        for (options, which) in views(&subject) {
            let graph = of_dot(&dot::dot(&subject, &options), &which);
            let edges = graph.named_edges();
            let expected = folded(&subject, options.level, graph.names.clone(), &which);
            assert_eq!(edges, expected, "{which}");
            replayed += edges.len();
            let chart = of_mermaid(&mermaid::flowchart(&subject, &options), &which);
            assert_eq!(chart.edges, graph.edges, "{which}");
            assert_eq!(chart.bypasses, graph.bypasses, "{which}");
            if options.level == Level::Block && options.fold {
                let right = Options {
                    direction: Direction::Right,
                    ..options
                };
                assert_eq!(
                    of_dot(&dot::dot(&subject, &right), &which).edges,
                    graph.edges
                );
                assert_eq!(
                    of_mermaid(&mermaid::flowchart(&subject, &right), &which).edges,
                    graph.edges
                );
            }
        }
    }
    assert!(replayed > 100_000, "{replayed}");
}

#[test]
fn an_edge_that_is_not_the_networks_is_seen() {
    let subject = subject("resnet18");
    let options = Options {
        level: Level::Layer,
        ..Options::default()
    };
    let text = mermaid::flowchart(&subject, &options);
    let right = of_mermaid(&text, "resnet18").edges;
    let edges: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with(['n', 'e', 's']) && line.contains("->"))
        .collect();
    assert!(edges.len() > 40, "{}", edges.len());
    for edge in edges {
        let without = text.replacen(&format!("{edge}\n"), "", 1);
        let is_column = edge.starts_with('s') && !edge.contains('"');
        assert_eq!(
            of_mermaid(&without, "resnet18").edges == right,
            is_column,
            "{edge}"
        );
    }
}

/// Characters and edges, as Mermaid counts them.
fn size(text: &str) -> (usize, usize) {
    let is_edge = |line: &&str| line.contains("-->") || line.contains(".->");
    (
        text.encode_utf16().count(),
        text.lines().filter(is_edge).count(),
    )
}

#[test]
fn every_flowchart_is_within_the_limits_of_github_and_says_what_was_folded() {
    let mut beyond = Vec::new();
    for subject in every_subject() {
        for (options, which) in views(&subject) {
            let within = |(characters, edges)| characters <= 50_000 && edges <= 500;
            let chart = mermaid::mermaid(&subject, &options);
            assert!(
                within(size(&chart.text)),
                "{which}: {:?}",
                size(&chart.text)
            );
            let full = mermaid::flowchart(&subject, &options);
            assert_eq!(chart.notice.is_none(), within(size(&full)), "{which}");
            let is_said = chart.text.contains("\n---\n%% drawn as ");
            assert_eq!(chart.notice.is_some(), is_said, "{which}");
            if options.fold && chart.notice.is_some() {
                beyond.push(which);
            }
        }
    }
    // Pruning made all blocks of the first different, and the others widen with every block, so that none is folded.
    let none_equal = [
        "ecaresnet101d_pruned",
        "pyramidnet164_a270",
        "pyramidnet272_a200",
    ];
    let expected: Vec<String> = catalog::names()
        .iter()
        .filter(|name| none_equal.contains(name))
        .map(|name| format!("{name} Layer, folded: true"))
        .collect();
    assert_eq!(beyond, expected);
}

#[test]
fn a_network_of_a_thousand_stages_says_that_nothing_makes_it_small_enough() {
    let subject = super::edges::of_text(&thousand_stages());
    let chart = mermaid::mermaid(&subject, &Options::default());
    assert!(chart.notice.is_some());
    let comment = chart.text.lines().find(|line| line.starts_with("%% "));
    let says = " edges, more than the 500 that Mermaid draws";
    assert!(
        comment.is_some_and(|comment| comment.contains(says)),
        "{comment:?}"
    );
}

fn thousand_stages() -> String {
    let each = |value: &str| format!("[{}]", vec![value; 1000].join(", "));
    let (one, width) = (each("1"), each("16"));
    format!("inherits = \"resnet20_cifar\"\nblocks = {one}\nwidths = {width}\nstrides = {one}\n")
}

#[test]
fn a_small_flowchart_is_legible_text() {
    let text = mermaid::mermaid(&subject("resnet18"), &Options::default()).text;
    insta::assert_snapshot!("resnet18.mmd", text);
}
