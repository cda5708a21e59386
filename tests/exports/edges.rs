//! What is drawn is the network: each line of an SVG and of the page joins the boxes that the network joins, and there is a line
//! for each of its edges.

use std::collections::BTreeMap;

use resnet_explore::analysis::Rule;
use resnet_explore::export::style::{Direction, Options, Theme};
use resnet_explore::export::{html, svg};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::{LayerId, Stage};
use resnet_explore::report::{Level, Subject, formula, json};
use resnet_explore::spec::catalog;
use serde_json::Value;

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

fn of_text(text: &str) -> Subject {
    let model = open_text("branches.toml", text, &Overrides::default());
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    Subject::new(model, Rule::ConvFc, 1)
}

/// Every network of the catalogue, and one of one's own.
fn every_subject() -> impl Iterator<Item = Subject> {
    let own = std::iter::once_with(|| of_text(BRANCHES));
    catalog::names().iter().map(|name| subject(name)).chain(own)
}

/// A panel of an SVG.
#[derive(Default)]
struct Panel {
    drawing: Drawing,
    names: Vec<String>,
    /// The line from the last box to the panel's end.
    exit: Option<Line>,
    /// For each box the shortcut at its side.
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

/// The corners of a path of straight parts.
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

/// The panels of an SVG and the lines from one to the next, in the picture's coordinates.
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

/// Every edge that is drawn, by the names of the boxes: what comes into a panel is the last box of the one before.
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
        // A block's own shortcut leaves a line that goes to the block and comes back to one that leaves it.
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

/// The name of the box that stands for a layer when nothing is folded.
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

/// Every edge of the network between boxes: at layer level one for each operand, above it one for each pair.
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
    assert!(replayed > 100_000, "{replayed}");
}

#[test]
fn folded_blocks_are_joined_as_those_that_they_stand_for() {
    for subject in every_subject() {
        let name = &subject.model.spec.name;
        let network = &subject.model.network;
        for direction in [Direction::Down, Direction::Right] {
            let options = Options {
                level: Level::Layer,
                direction,
                ..Options::default()
            };
            let text = svg::svg(&subject, &options);
            let edges = drawn(&text).unwrap_or_else(|e| panic!("{name} {direction:?}: {e}"));
            let names: Vec<String> = read(&text)
                .0
                .into_iter()
                .flat_map(|panel| panel.names)
                .collect();
            let shown: Vec<LayerId> = names.iter().filter_map(|name| network.find(name)).collect();
            assert_eq!(shown.len(), names.len(), "{name}");
            assert!(shown.is_sorted(), "{name}");
            // Blocks follow each other, so that the last layer that is drawn stands for those after it that are not.
            let mut expected: Vec<(String, String)> = Vec::new();
            for &to in &shown {
                for from in network.inputs(to) {
                    let drawn = shown[shown.partition_point(|&shown| shown <= from) - 1];
                    assert_eq!(network[drawn].layer, network[from].layer, "{name}");
                    expected.push((
                        network[drawn].path.to_string(),
                        network[to].path.to_string(),
                    ));
                }
            }
            expected.sort();
            assert_eq!(edges, expected, "{name} {direction:?}");
        }
    }
}

/// The data of a page.
fn data(subject: &Subject) -> Value {
    let page = html::html(subject, None, Theme::Auto).expect("a page");
    let data = page
        .split_once("id=\"data\">")
        .and_then(|(_, rest)| rest.split_once("</script>"));
    serde_json::from_str(data.expect("the data").0).expect("JSON")
}

fn list(value: &Value) -> &Vec<Value> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("no list: {value}"))
}

fn rect(sign: &Value) -> Rect {
    let at: Vec<f64> = list(&sign["at"]).iter().filter_map(Value::as_f64).collect();
    Rect {
        x: at[0],
        y: at[1],
        width: at[2],
        height: at[3],
        round: sign["round"] == true,
    }
}

fn line(corners: &Value) -> Line {
    let numbers: Vec<f64> = list(corners).iter().filter_map(Value::as_f64).collect();
    numbers
        .chunks(2)
        .map(|corner| (corner[0], corner[1]))
        .collect()
}

/// For each piece the edges between its layers and from the one before it, which is `None`.
fn edges_of_pieces(net: &Value, name: &str) -> Vec<Vec<(Option<usize>, usize)>> {
    let edges = |piece: &Value| {
        let picture = &piece["picture"];
        let drawing = Drawing {
            entry: picture
                .get("entry")
                .filter(|entry| !entry.is_null())
                .map(rect),
            boxes: list(&picture["boxes"]).iter().map(rect).collect(),
            lines: list(&picture["edges"])
                .iter()
                .map(|edge| line(&edge[1]))
                .collect(),
        };
        assert_eq!(drawing.boxes.len(), list(&piece["layers"]).len(), "{name}");
        let exit = drawing.at(line(&picture["exit"])[0]);
        assert_eq!(exit, Ok(Some(drawing.boxes.len() - 1)), "{name}");
        let mut edges = drawing
            .edges()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        edges.sort_unstable();
        edges
    };
    list(&net["pieces"]).iter().map(edges).collect()
}

#[test]
fn every_line_of_the_page_is_an_edge_and_every_edge_a_line() {
    let mut replayed = 0;
    for subject in every_subject() {
        let name = &subject.model.spec.name;
        let network = &subject.model.network;
        let data = data(&subject);
        let net = &data["networks"][0];
        let pieces = edges_of_pieces(net, name);
        let mut start = 0;
        for part in list(&net["parts"]) {
            let number = part["piece"].as_u64().expect("a number") as usize;
            let count = list(&net["pieces"][number]["layers"]).len();
            // An arrow stands between two parts: the second reads the last layer of the first, and nothing further back.
            let mut expected: Vec<(Option<usize>, usize)> = Vec::new();
            for id in network.ids_at(start..start + count) {
                for from in network.inputs(id) {
                    assert!(from.index() + 1 >= start, "{name}: {}", network[id].path);
                    expected.push((from.index().checked_sub(start), id.index() - start));
                }
            }
            expected.sort_unstable();
            assert_eq!(pieces[number], expected, "{name} {part}");
            assert_eq!(
                start > 0,
                expected.iter().any(|(from, _)| from.is_none()),
                "{name} {part}"
            );
            replayed += expected.len();
            start += count;
        }
        assert_eq!(start, network.len(), "{name}");
    }
    assert!(replayed > 20_000, "{replayed}");
}

/// The layers of a page's network as its program spreads them: name, and the layer of the piece with its reads made whole.
fn spread(net: &Value) -> Vec<(String, &Value, Vec<usize>, Option<[i128; 3]>)> {
    let whole = |value: &Value| -> i128 {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text.parse().expect("a whole number")
    };
    let mut layers = Vec::new();
    for part in list(&net["parts"]) {
        let start = layers.len();
        for layer in
            list(&net["pieces"][part["piece"].as_u64().expect("a number") as usize]["layers"])
        {
            let module = layer["module"].as_str().expect("a path");
            let group = part["group"].as_str().filter(|_| module.starts_with('.'));
            let call = layer
                .get("call")
                .map_or_else(String::new, |call| format!("#{call}"));
            let reads = list(&layer["reads"]).iter().filter_map(Value::as_i64);
            let sees = layer["sees"].as_array().map(|sees| {
                [
                    whole(&part["field"][0]) + whole(&sees[0]),
                    whole(&part["field"][1]) + whole(&sees[1]),
                    whole(&sees[2]),
                ]
            });
            layers.push((
                format!("{}{module}{call}", group.unwrap_or_default()),
                layer,
                reads.map(|from| (from + start as i64) as usize).collect(),
                sees,
            ));
        }
    }
    layers
}

#[test]
fn the_page_stores_equal_blocks_once_and_loses_nothing() {
    for name in [
        "resnet152",
        "res2net50_26w_4s",
        "preact_resnet164_cifar",
        "ecaresnet101d_pruned",
        "resnet1202_cifar",
    ] {
        let subject = subject(name);
        let network = &subject.model.network;
        let data = data(&subject);
        let net = &data["networks"][0];
        let layers = spread(net);
        assert_eq!(layers.len(), network.len());
        for (id, (path, layer, reads, sees)) in network.ids().zip(layers) {
            let (node, row) = (&network[id], json::layer(&subject, id));
            assert_eq!(path, node.path.to_string());
            assert_eq!(layer["summary"], node.layer.summary());
            assert_eq!(layer["op"], row.op);
            assert_eq!(layer["kind"], node.layer.category().name());
            assert_eq!(layer["output"], serde_json::json!(row.output));
            assert_eq!(layer["params"].as_u64().map(u128::from), Some(row.params));
            assert_eq!(layer["macs"].as_u64().map(u128::from), Some(row.macs));
            let inputs: Vec<usize> = network.inputs(id).iter().map(|from| from.index()).collect();
            assert_eq!(reads, inputs);
            let field = subject.analysis.receptive_field[id];
            assert_eq!(
                sees,
                field.map(|field| [field.start, field.end, field.stride])
            );
            let parameters: Vec<(String, Value)> = list(&layer["parameters"])
                .iter()
                .map(|parameter| {
                    let name = parameter[0].as_str().expect("a name");
                    (node.path.parameter(name), parameter[1].clone())
                })
                .collect();
            let expected: Vec<(String, Value)> = row
                .parameters
                .into_iter()
                .map(|row| (row.name, serde_json::json!(row.shape)))
                .collect();
            assert_eq!(parameters, expected);
            let mut told: BTreeMap<&str, String> = list(&layer["formulas"])
                .iter()
                .map(|text| &net["texts"][text.as_u64().expect("a number") as usize])
                .map(|text| {
                    (
                        text[0].as_str().expect("a label"),
                        text[1].as_str().expect("a text").to_owned(),
                    )
                })
                .collect();
            if let Some([start, end, stride]) = sees {
                let sentence = data["field"][1].as_str().expect("a sentence");
                let numbers = [
                    ("{size}", end - start + 1),
                    ("{stride}", stride),
                    ("{start}", start),
                    ("{end}", end),
                ];
                let sentence = numbers
                    .into_iter()
                    .fold(sentence.to_owned(), |text, (place, number)| {
                        text.replace(place, &number.to_string())
                    });
                told.insert(data["field"][0].as_str().expect("a label"), sentence);
            }
            let formulas = formula::formulas(&subject, id);
            let expected: BTreeMap<&str, String> = formulas
                .into_iter()
                .filter(|line| line.label != "rule")
                .map(|line| (line.label, line.text))
                .collect();
            assert_eq!(told, expected, "{path}");
        }
    }
    // A stage's first block, its others, and what is outside blocks; the second block sees as much more as the third.
    let data = data(&subject("resnet1202_cifar"));
    assert!(list(&data["networks"][0]["pieces"]).len() < 12);
}

#[test]
fn a_page_of_very_many_blocks_is_small_or_refused() {
    let deep = |stages: &str| {
        of_text(&format!(
            "inherits = \"resnet20_cifar\"\nblocks = {stages}\n"
        ))
    };
    let page = |subject: &Subject| html::html(subject, None, Theme::Auto);
    let (one, two) = (deep("[2000, 2000, 96]"), deep("[4000, 4096, 96]"));
    let (small, large) = (
        page(&one).expect("a page").len(),
        page(&two).expect("a page").len(),
    );
    assert!(
        small < 500_000 && large < 2 * small,
        "{small} and {large} bytes"
    );
}
