//! Diagrams match the network: each line of an SVG joins boxes that the network joins, and every edge has a line.

use std::collections::BTreeSet;

use resnet_explore::analysis::Rule;
use resnet_explore::export::style::{Direction, Options};
use resnet_explore::export::svg;
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::{LayerId, Stage};
use resnet_explore::report::{Level, Subject};
use resnet_explore::spec::catalog;

use super::drawing::{Drawing, Line, Rect};
use super::subject;

/// Every unit that branches, outside blocks: in the stem and in the head.
const BRANCHES: &str = r#"
inherits = "resnet18"
title = "branches"
[stem]
layers = [
  { conv = "conv1", kernel = 3, out = 32, stride = 2 },
  { gate = "se", layers = [{ mean = "mean" }, { conv = "fc", kernel = 1, out = "in" }, { sigmoid = "gate" }] },
  { res2net = "convs", norms = "bns", scale = 4, first = 0 },
  { selective_kernel = "sk", out = 64, reduced = 16 },
  { act = "relu" },
]
"#;

pub(super) fn of_text(text: &str) -> Subject {
    let model = open_text("branches.toml", text, &Overrides::default());
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    Subject::new(model, Rule::ConvFc, 1)
}

/// Every network in the catalogue, and one of one's own.
pub(super) fn every_subject() -> impl Iterator<Item = Subject> {
    let own = std::iter::once_with(|| of_text(BRANCHES));
    catalog::names().iter().map(|name| subject(name)).chain(own)
}

/// A panel of an SVG.
#[derive(Default)]
struct Panel {
    drawing: Drawing,
    names: Vec<String>,
    /// Line from the last box to the panel's end.
    exit: Option<Line>,
    /// Shortcut at the side of each box.
    bypasses: Vec<(usize, Line)>,
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    rest.split('"').next()
}

fn number(tag: &str, name: &str) -> f64 {
    let text = attribute(tag, name).unwrap_or_else(|| panic!("{name} of {tag}"));
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

/// Corners of a path of straight segments.
fn corners(path: &str, (left, top): (f64, f64)) -> Line {
    let mut line: Line = Vec::new();
    let is_step = |c: char| c.is_ascii_alphabetic();
    let mut rest = path;
    while let Some(step) = rest.chars().next() {
        let end = rest[1..].find(is_step).map_or(rest.len(), |end| end + 1);
        let numbers: Vec<f64> = rest[1..end]
            .split(' ')
            .map(|number| number.parse().expect("a number"))
            .collect();
        let (x, y) = line.last().copied().unwrap_or_default();
        line.push(match (step, &numbers[..]) {
            ('M' | 'L', &[x, y]) => (x + left, y + top),
            ('H', &[to]) => (to + left, y),
            ('V', &[to]) => (x, to + top),
            ('h', &[by]) => (x + by, y),
            ('v', &[by]) => (x, y + by),
            _ => panic!("{path}"),
        });
        rest = &rest[end..];
    }
    line
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    entities
        .into_iter()
        .fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

/// Panels of an SVG and the lines between them, in the coordinates of the image.
fn read(svg: &str) -> (Vec<Panel>, Vec<Line>) {
    let (mut panels, mut between): (Vec<Panel>, Vec<Line>) = Default::default();
    let (mut origin, mut depth) = ((0.0, 0.0), 0);
    let body = svg.split_once("</defs>").expect("the definitions").1;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        let class = attribute(tag, "class").unwrap_or_default();
        let rect = || Rect {
            x: number(tag, "x") + origin.0,
            y: number(tag, "y") + origin.1,
            width: number(tag, "width"),
            height: number(tag, "height"),
            round: false,
        };
        match tag.split(' ').next().unwrap_or_default() {
            "g" => {
                depth += 1;
                if let Some(moved) = attribute(tag, "transform") {
                    let inside = moved
                        .strip_prefix("translate(")
                        .and_then(|m| m.strip_suffix(')'));
                    let (x, y) = inside.and_then(|m| m.split_once(' ')).expect("two numbers");
                    origin = (x.parse().expect("a number"), y.parse().expect("a number"));
                    panels.push(Panel::default());
                }
            }
            "/g" => {
                depth -= 1;
                if depth == 0 {
                    origin = (0.0, 0.0);
                }
            }
            "path" if depth == 0 && tag.contains("marker-end") => {
                between.push(corners(attribute(tag, "d").expect("a path"), origin));
            }
            name if depth > 0 => {
                let panel = panels.last_mut().expect("a panel");
                let place = match name {
                    "title" => {
                        let name = text.lines().next().unwrap_or_default();
                        panel.names.push(unescaped(name));
                        None
                    }
                    "rect" if class == "in" => {
                        panel.drawing.entry = Some(rect());
                        None
                    }
                    "rect" if class.starts_with("b ") => Some(rect()),
                    "circle" => {
                        let radius = number(tag, "r");
                        Some(Rect {
                            x: number(tag, "cx") + origin.0 - radius,
                            y: number(tag, "cy") + origin.1 - radius,
                            width: 2.0 * radius,
                            height: 2.0 * radius,
                            round: true,
                        })
                    }
                    "path" => {
                        let line = corners(attribute(tag, "d").expect("a path"), origin);
                        if depth > 1 {
                            panel.bypasses.push((panel.names.len() - 1, line));
                        } else if tag.contains("marker-end") {
                            panel.drawing.lines.push(line);
                        } else {
                            assert!(panel.exit.replace(line).is_none(), "two ways out");
                        }
                        None
                    }
                    _ => None,
                };
                panel.drawing.boxes.extend(place);
            }
            _ => {}
        }
    }
    (panels, between)
}

/// Every edge that is drawn, by the names of the boxes: the input of a panel is the last box of the one before.
fn drawn(svg: &str) -> Result<Vec<(String, String)>, String> {
    let (panels, between) = read(svg);
    if between.len() + 1 != panels.len() {
        return Err(format!(
            "{} lines between {} panels",
            between.len(),
            panels.len()
        ));
    }
    let mut edges = Vec::new();
    for (number, panel) in panels.iter().enumerate() {
        let drawing = &panel.drawing;
        assert_eq!(panel.names.len(), drawing.boxes.len());
        let before = number
            .checked_sub(1)
            .map(|before| (&panels[before], &between[before]));
        if let Some((before, line)) = before {
            let exit = before.exit.as_ref().ok_or("no way out")?;
            let last = before.drawing.boxes.len() - 1;
            let (a, b) = (exit[exit.len() - 1], line[0]);
            let meets = (a.0 - b.0).hypot(a.1 - b.1) < 0.2;
            if before.drawing.at(exit[0])? != Some(last) || !meets {
                return Err(format!("{exit:?} and {line:?} do not lead on"));
            }
            if drawing.at(line[line.len() - 1])?.is_some() {
                return Err(format!("{line:?} does not lead to what comes in"));
            }
        }
        for (from, to) in drawing.edges()? {
            let from = match (from, before) {
                (Some(from), _) => &panel.names[from],
                (None, Some((before, _))) => &before.names[before.names.len() - 1],
                (None, None) => return Err("something comes into the first".to_owned()),
            };
            edges.push((from.clone(), panel.names[to].clone()));
        }
        // The line of a block's own shortcut starts on a line to the block and ends on one that leaves it.
        for (block, line) in &panel.bypasses {
            let on = |line: &Line, (x, y): (f64, f64)| {
                line.windows(2).any(|part| {
                    let ((a, b), (c, d)) = (part[0], part[1]);
                    x > a.min(c) - 1.2
                        && x < a.max(c) + 1.2
                        && y > b.min(d) - 1.2
                        && y < b.max(d) + 1.2
                })
            };
            let lines = &drawing.lines;
            let into = lines
                .iter()
                .filter(|line| drawing.at(line[line.len() - 1]) == Ok(Some(*block)));
            let out = lines
                .iter()
                .chain(&panel.exit)
                .filter(|line| drawing.at(line[0]) == Ok(Some(*block)));
            let (first, last) = (line[0], line[line.len() - 1]);
            if !into.clone().any(|line| on(line, first)) || !out.clone().any(|line| on(line, last))
            {
                return Err(format!("the shortcut {line:?} leaves or joins no line"));
            }
        }
    }
    edges.sort();
    Ok(edges)
}

/// Name of the box for a layer if no blocks are merged.
fn box_of(subject: &Subject, level: Level, id: LayerId) -> String {
    let node = &subject.model.network[id];
    let stage = subject.stage_name(node.scope.stage);
    match (level, node.scope.stage, node.scope.block) {
        (Level::Stage, of, _) => match (of, subject.paper_name(of)) {
            (Stage::Body(_), Some(paper)) => format!("{stage} ({paper})"),
            _ => stage,
        },
        (Level::Block, Stage::Preprocess, _) => stage,
        (Level::Block, Stage::Body(number), Some(block)) => {
            let stage = subject.model.network.stage(number).expect("a stage");
            stage.blocks[block as usize].clone()
        }
        _ => node.path.to_string(),
    }
}

/// Every edge of the network between boxes: at layer level one per operand, above it one per pair.
fn named(subject: &Subject, level: Level) -> Vec<(String, String)> {
    let network = &subject.model.network;
    let mut edges: Vec<(String, String)> = network
        .ids()
        .flat_map(|to| network.inputs(to).into_iter().map(move |from| (from, to)))
        .map(|(from, to)| (box_of(subject, level, from), box_of(subject, level, to)))
        .filter(|(from, to)| from != to)
        .collect();
    edges.sort();
    if level != Level::Layer {
        edges.dedup();
    }
    edges
}

/// Every edge of the network that is drawn when only the boxes `shown` are: the others are equal to the last one before them.
pub(super) fn folded(
    subject: &Subject,
    level: Level,
    mut shown: Vec<String>,
    which: &str,
) -> Vec<(String, String)> {
    let network = &subject.model.network;
    // A tensor that bypasses many blocks is drawn again in the panel that takes it.
    let mut seen = BTreeSet::new();
    shown.retain(|name| seen.insert(name.clone()));
    let mut all: Vec<String> = network.ids().map(|id| box_of(subject, level, id)).collect();
    all.dedup();
    let place = |name: &String| {
        let place = all.iter().position(|one| one == name);
        place.unwrap_or_else(|| panic!("{which}: {name} of {all:?}"))
    };
    let places: Vec<usize> = shown.iter().map(place).collect();
    assert!(places.is_sorted(), "{which}");
    let mut expected: Vec<(String, String)> = Vec::new();
    for (from, to) in named(subject, level) {
        if !shown.contains(&to) {
            continue;
        }
        let from = place(&from);
        let stand = &all[places[places.partition_point(|&place| place <= from) - 1]];
        if let (Some(stand), Some(from)) = (network.find(stand), network.find(&all[from])) {
            assert_eq!(network[stand].layer, network[from].layer, "{which}");
        }
        expected.push((stand.clone(), to));
    }
    expected.sort();
    expected
}

#[test]
fn every_line_of_an_svg_is_an_edge_and_every_edge_a_line() {
    let (mut replayed, mut wrong) = (0, Vec::new());
    for subject in every_subject() {
        let name = &subject.model.spec.name;
        for direction in [Direction::Down, Direction::Right] {
            for level in Level::ALL {
                let options = Options {
                    level,
                    direction,
                    fold: false,
                    ..Options::default()
                };
                let text = svg::svg(&subject, &options);
                let which = format!("{name} {level:?} {direction:?}");
                match drawn(&text) {
                    Err(error) => wrong.push(format!("{which}: {error}")),
                    Ok(edges) => {
                        replayed += edges.len();
                        assert_eq!(edges, named(&subject, level), "{which}");
                    }
                }
            }
        }
    }
    let some = &wrong[..wrong.len().min(12)];
    assert!(wrong.is_empty(), "{} are wrong: {some:#?}", wrong.len());
    assert!(replayed > 165_000, "{replayed}");
}

#[test]
fn folded_blocks_are_joined_as_those_that_they_stand_for() {
    let mut replayed = 0;
    for subject in every_subject() {
        let name = &subject.model.spec.name;
        for (level, direction) in [Level::Block, Level::Layer]
            .into_iter()
            .flat_map(|level| [Direction::Down, Direction::Right].map(|way| (level, way)))
        {
            let options = Options {
                level,
                direction,
                ..Options::default()
            };
            let text = svg::svg(&subject, &options);
            let which = format!("{name} {level:?} {direction:?}");
            let edges = drawn(&text).unwrap_or_else(|error| panic!("{which}: {error}"));
            let panels = read(&text).0.into_iter();
            let shown: Vec<String> = panels.flat_map(|panel| panel.names).collect();
            let expected = folded(&subject, level, shown, &which);
            assert_eq!(edges, expected, "{which}");
            replayed += edges.len();
        }
    }
    assert!(replayed > 46_000, "{replayed}");
}

#[test]
fn a_line_that_is_not_an_edge_is_seen() {
    let subject = subject("resnet18");
    let options = Options {
        level: Level::Layer,
        fold: false,
        ..Options::default()
    };
    let text = svg::svg(&subject, &options);
    let is_right = |text: &str| drawn(text) == Ok(named(&subject, Level::Layer));
    assert!(is_right(&text));
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let edges: Vec<usize> = (0..lines.len())
        .filter(|&i| lines[i].starts_with("<path") && lines[i].contains("marker-end"))
        .collect();
    assert!(edges.len() > 60, "{}", edges.len());
    for &edge in &edges {
        let changed = |with: &str| {
            let mut lines = lines.clone();
            lines[edge] = with;
            lines.concat()
        };
        let line = lines[edge];
        assert!(!is_right(&changed("")), "without {line}");
        assert!(
            !is_right(&changed(&format!("{line}{line}"))),
            "twice {line}"
        );
        // Its end next to the box that it should touch.
        let (path, rest) = line.split_once("\" marker-end").expect("an end");
        let is_number = |c: char| c.is_ascii_digit() || ".-".contains(c);
        let start = path.trim_end_matches(is_number).len();
        let beside = path[start..].parse::<f64>().expect("a number") + 4.0;
        let moved = format!("{}{beside:.1}\" marker-end{rest}", &path[..start]);
        assert!(!is_right(&changed(&moved)), "moved {line}");
    }
}
