//! The page as drawn by a browser: the boxes, lines and arrows of Chromium, at each depth and in both directions, match the
//! network.

use std::path::Path;
use std::process::Command;

use resnet_explore::export::html;
use resnet_explore::export::style::Theme;
use resnet_explore::network::{Branch, LayerId, Network};
use resnet_explore::text::Language;
use serde::Deserialize;

use super::drawing::{Drawing, Line, Rect};
use super::edges::every_subject;

/// Everything visible at a depth.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct View {
    depth: usize,
    is_right: bool,
    groups: Vec<Group>,
    pictures: Vec<Picture>,
}

/// Stages, or the blocks and diagrams of a stage, with the arrows between them.
#[derive(Deserialize)]
struct Group {
    parts: Vec<Part>,
    ways: Vec<Way>,
}

#[derive(Deserialize)]
struct Part {
    /// The first layer, and one past the last.
    ids: [usize; 2],
    at: [f64; 4],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Way {
    at: [f64; 4],
    is_across: bool,
}

#[derive(Deserialize)]
struct Picture {
    entry: Option<[f64; 4]>,
    layers: Vec<Layer>,
    lines: Vec<Drawn>,
}

#[derive(Deserialize)]
struct Layer {
    id: usize,
    at: [f64; 4],
    round: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Drawn {
    corners: Line,
    tip: Option<(f64, f64)>,
    is_shortcut: bool,
    is_dashed: bool,
}

const fn rect([x, y, width, height]: [f64; 4], round: bool) -> Rect {
    Rect {
        x,
        y,
        width,
        height,
        round,
    }
}

/// Views of a page, as reported by the browser.
fn views(browser: &str, page: &str, file: &Path) -> Result<Vec<View>, String> {
    let script = include_str!("../html/drawn.js");
    let (body, end) = page.rsplit_once("</body>").ok_or("no end of the page")?;
    let page = format!("{body}<script>{script}</script></body>{end}");
    std::fs::write(file, page).map_err(|error| error.to_string())?;
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .args(["--window-size=1600,1200", "--dump-dom"])
        .arg(format!("file://{}", file.display()))
        .output()
        .map_err(|error| error.to_string())?;
    let dom = String::from_utf8_lossy(&output.stdout);
    let drawn = dom
        .split_once("<pre id=\"drawn\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"));
    let text = drawn.ok_or_else(|| format!("the page failed: {:.300}", dom.trim()))?;
    serde_json::from_str(text.0).map_err(|error| error.to_string())
}

/// Parts of a group that an arrow joins, in its direction.
fn joined(group: &Group, way: &Way) -> Result<(usize, usize), String> {
    let [x, y, width, height] = way.at;
    // Rotated to point down.
    let turned = |[x, y, width, height]: [f64; 4]| [y, x, height, width];
    let ([x, y, width, height], turn) = if way.is_across {
        (turned([x, y, width, height]), true)
    } else {
        ([x, y, width, height], false)
    };
    let middle = x + width / 2.0;
    let near = |end: f64, side: usize| {
        let parts = group.parts.iter().enumerate().filter(|(_, part)| {
            let at = if turn { turned(part.at) } else { part.at };
            let edge = at[1] + if side == 0 { at[3] } else { 0.0 };
            (at[0]..at[0] + at[2]).contains(&middle) && (edge - end).abs() < 14.0
        });
        let found: Vec<usize> = parts.map(|(i, _)| i).collect();
        match found[..] {
            [one] => Ok(one),
            _ => Err(format!("an arrow ends at {found:?}")),
        }
    };
    Ok((near(y, 0)?, near(y + height, 1)?))
}

/// Replays a view; returns the number of edges drawn.
fn replay(network: &Network, view: &View) -> Result<usize, String> {
    let edges: Vec<(usize, usize)> = network
        .ids()
        .flat_map(|to| network.inputs(to).into_iter().map(move |from| (from, to)))
        .map(|(from, to)| (from.index(), to.index()))
        .collect();
    let ids: Vec<LayerId> = network.ids().collect();
    let mut replayed = 0;
    for group in &view.groups {
        let part_of = |id: usize| {
            let holds = |part: &Part| (part.ids[0]..part.ids[1]).contains(&id);
            group.parts.iter().position(holds)
        };
        let mut expected: Vec<(usize, usize)> = edges
            .iter()
            .filter_map(|&(from, to)| Some((part_of(from)?, part_of(to)?)))
            .filter(|(from, to)| from != to)
            .collect();
        expected.sort_unstable();
        expected.dedup();
        let ways: Result<Vec<_>, _> = group.ways.iter().map(|way| joined(group, way)).collect();
        let mut ways = ways?;
        ways.sort_unstable();
        if ways != expected {
            return Err(format!("arrows {ways:?} where {expected:?} are"));
        }
        replayed += ways.len();
    }
    let mut shown = vec![false; network.len()];
    for picture in &view.pictures {
        let layers: Vec<usize> = picture.layers.iter().map(|layer| layer.id).collect();
        let (first, last) = (layers[0], layers[layers.len() - 1]);
        if !layers.iter().copied().eq(first..=last) {
            return Err(format!("a picture of {layers:?}"));
        }
        shown[first..=last].fill(true);
        let (lines, out): (Vec<&Drawn>, Vec<&Drawn>) =
            picture.lines.iter().partition(|line| line.tip.is_some());
        for line in &lines {
            let end = line.corners.last().copied();
            if line.tip != end {
                return Err(format!("a head at {:?} of a line to {end:?}", line.tip));
            }
        }
        let drawing = Drawing {
            entry: picture.entry.map(|at| rect(at, false)),
            boxes: picture
                .layers
                .iter()
                .map(|layer| rect(layer.at, layer.round))
                .collect(),
            lines: lines.iter().map(|line| line.corners.clone()).collect(),
        };
        let joined = drawing.edges()?;
        let mut drawn: Vec<(Option<usize>, usize)> = joined
            .iter()
            .map(|&(from, to)| (from.map(|from| first + from), first + to))
            .collect();
        // A dashed line is a shortcut without a layer; the line of a shortcut ends at its layers or at the addition.
        for (line, &(from, to)) in lines.iter().zip(&joined) {
            let is_beside =
                |item: usize| network[ids[first + item]].scope.branch == Some(Branch::Shortcut);
            let has_layers = from.is_some_and(is_beside) || is_beside(to);
            if has_layers && (!line.is_shortcut || line.is_dashed) {
                return Err(format!("{:?} does not look as a shortcut", line.corners));
            }
        }
        drawn.sort_unstable();
        let mut expected: Vec<(Option<usize>, usize)> = edges
            .iter()
            .filter(|(_, to)| (first..=last).contains(to))
            .map(|&(from, to)| ((from >= first).then_some(from), to))
            .collect();
        expected.sort_unstable();
        if drawn != expected {
            return Err(format!("lines {drawn:?} where {expected:?} are"));
        }
        // The group is left if something follows, and by its last layer.
        let leaves: Result<Vec<_>, _> =
            out.iter().map(|line| drawing.at(line.corners[0])).collect();
        let follows = last + 1 < network.len();
        if leaves? != vec![Some(last - first); usize::from(follows)] {
            return Err(format!(
                "the picture from {first} to {last} is not left as it should"
            ));
        }
        if edges
            .iter()
            .any(|&(from, to)| to > last && (first..last).contains(&from))
        {
            return Err(format!(
                "a layer within {first} to {last} is read from outside"
            ));
        }
        replayed += drawn.len();
    }
    if view.depth == 2 && !shown.iter().all(|&shown| shown) {
        return Err("some layers are not shown".to_owned());
    }
    Ok(replayed)
}

#[test]
#[ignore = "needs Chromium: CHROMIUM=/usr/bin/chromium cargo test --profile checked --test exports -- --ignored"]
fn chromium_draws_every_edge_of_every_page_and_no_other() {
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let folder = tempfile::tempdir().expect("a folder");
    let (mut replayed, mut wrong) = (0, Vec::new());
    for subject in every_subject() {
        let name = &subject.model.spec.name;
        let page = html::html(&subject, None, Theme::Auto, Language::ENGLISH).expect("a page");
        let file = folder.path().join("page.html");
        let views = views(&browser, &page, &file).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(views.len(), 6, "{name}");
        for view in &views {
            match replay(&subject.model.network, view) {
                Ok(edges) => replayed += edges,
                Err(error) => wrong.push(format!(
                    "{name}, depth {}, to the right {}: {error}",
                    view.depth, view.is_right
                )),
            }
        }
    }
    // A wrongly drawn page is detected.
    let subject = every_subject().next().expect("a network");
    let page = html::html(&subject, None, Theme::Auto, Language::ENGLISH).expect("a page");
    for (right, wrong) in [
        ("= edges.map(([", "= edges.slice(1).map((["),
        (
            "class=\"${lines[kind]}${name}\" d=\"M${corners",
            "class=\"${lines[kind]}${name}\" d=\"M${[3, ...corners.slice(1)]",
        ),
        (
            ".picture svg{position:absolute;inset:0;",
            ".picture svg{position:absolute;top:3px;left:0;",
        ),
        ("if (i && readsBefore(part))", "if (readsBefore(part))"),
        (
            ".layer{all:unset;position:absolute;",
            ".layer{all:unset;position:relative;",
        ),
    ] {
        assert!(page.contains(right), "{right}");
        let page = page.replace(right, wrong);
        let file = folder.path().join("page.html");
        let views = views(&browser, &page, &file).expect("views");
        let network = &subject.model.network;
        assert!(
            views.iter().any(|view| replay(network, view).is_err()),
            "{wrong}"
        );
    }
    let some = &wrong[..wrong.len().min(12)];
    assert!(wrong.is_empty(), "{} are wrong: {some:#?}", wrong.len());
    assert!(replayed > 175_000, "{replayed}");
}
