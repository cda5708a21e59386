//! A block opened: its layers, each convolution with the normalisation and activation after it in one box.

use std::ops::Range;

use super::fold::{Fold, folded};
use super::form::{Form, draw, formed, pill};
use super::{Choices, INK, LEADING, PATH, TEXT, widest};
use crate::analysis::downsample::{Shortcut, block_shortcut};
use crate::export::figure::{self, Item, Panel};
use crate::export::font::Weight;
use crate::export::place::Drawn;
use crate::export::scene::{Anchor, Scene};
use crate::export::style::Options;
use crate::message;
use crate::network::{Category, LayerId, Shape};
use crate::report::Subject;
use crate::report::network::rows::{self, Branch};
use crate::sorting::Sorting;
use crate::spec::problem::nearest;
use crate::text::Message;

/// A block to draw.
pub(super) struct Opened {
    /// Path of the block.
    pub(super) path: String,
    pub(super) shortcut: Option<Shortcut>,
    /// Number of blocks of this kind.
    pub(super) count: usize,
    panel: Panel,
    output: String,
    /// Whether its output map is smaller than its input.
    reduces: bool,
}

/// One block of each kind, the most frequent kinds first; or only the one that was chosen.
///
/// # Errors
/// There is no block of the chosen path.
pub(super) fn opened(subject: &Subject, choices: &Choices) -> Result<Vec<Opened>, Message> {
    let tree = rows::tree(&subject.model.network);
    let blocks = tree
        .iter()
        .flat_map(|stage| &stage.children)
        .filter(|child| !child.children.is_empty());
    if let Some(path) = &choices.block {
        let names: Vec<String> = blocks
            .clone()
            .map(|block| subject.name(&block.row))
            .collect();
        let found = blocks
            .into_iter()
            .find(|block| subject.name(&block.row) == *path);
        let found = found.ok_or_else(|| unknown(path, &names))?;
        return Ok(vec![open(subject, choices, found)]);
    }
    let mut kinds: Vec<(Vec<Sort>, Opened)> = Vec::new();
    for block in blocks {
        let new = open(subject, choices, block);
        let sort = sort(&new.panel);
        match kinds.iter_mut().find(|(known, _)| *known == sort) {
            None => kinds.push((sort, new)),
            // A block with a stride says more about its kind.
            Some((_, known)) if new.reduces && !known.reduces => {
                *known = Opened {
                    count: known.count + 1,
                    ..new
                };
            }
            Some((_, known)) => known.count += 1,
        }
    }
    let mut opened: Vec<Opened> = kinds.into_iter().map(|(_, opened)| opened).collect();
    opened.order_by_key(|opened| std::cmp::Reverse(opened.count));
    Ok(opened)
}

fn unknown(path: &str, names: &[String]) -> Message {
    match nearest(path, names.iter().map(String::as_str)) {
        Some(near) => message!("figure-no-block-near", path = path, near = near),
        None => message!(
            "figure-no-block",
            path = path,
            first = names.first().cloned().unwrap_or_default()
        ),
    }
}

/// Traits that blocks of one kind share: the layers without their widths and strides, and what each of them reads.
type Sort = (Category, String, Vec<Option<usize>>);

fn sort(panel: &Panel) -> Vec<Sort> {
    let of = |item: &Item| {
        let name = item.lines.first().map_or("", String::as_str);
        let name = name.split(',').next().unwrap_or_default().to_owned();
        (item.category, name, item.inputs.clone())
    };
    panel.items.iter().map(of).collect()
}

fn open(subject: &Subject, choices: &Choices, block: &Branch) -> Opened {
    let network = &subject.model.network;
    let layers = || block.row.layers(network);
    let range = range(layers());
    let options = Options {
        language: choices.language,
        ..Options::default()
    };
    let shape = |id: Option<LayerId>| id.and_then(|id| subject.analysis.shapes[id]);
    let input = layers()
        .next()
        .and_then(|first| network.inputs(first).first().copied());
    let (read, written) = (shape(input), shape(layers().next_back()));
    let reduces = match (read.and_then(Shape::size), written.and_then(Shape::size)) {
        (Some(read), Some(written)) => written[0] < read[0] || written[1] < read[1],
        _ => false,
    };
    Opened {
        path: subject.name(&block.row),
        shortcut: block_shortcut(network, layers()),
        count: 1,
        panel: fused(&figure::piece(subject, &options, range)),
        output: written.map_or_else(String::new, |shape| shape.to_string()),
        reduces,
    }
}

/// Places of consecutive layers in the order of execution.
pub(super) fn range(mut layers: impl DoubleEndedIterator<Item = LayerId>) -> Range<usize> {
    let first = layers.next().map_or(0, LayerId::index);
    let last = layers.next_back().map_or(first, LayerId::index);
    first..last + 1
}

/// The same panel with each normalisation and activation in the box of the layer before it, where nothing else reads that layer.
pub(super) fn fused(panel: &Panel) -> Panel {
    let mut readers = vec![0_usize; panel.items.len()];
    for &input in panel.items.iter().flat_map(|item| &item.inputs) {
        if let Some(input) = input {
            readers[input] += 1;
        }
    }
    let mut items: Vec<Item> = Vec::new();
    let mut places = Vec::with_capacity(panel.items.len());
    for item in &panel.items {
        let joins = matches!(item.category, Category::Norm | Category::Activation)
            && item.sign.is_none()
            && !item.is_again;
        let before = match item.inputs[..] {
            [Some(before)] if joins && readers[before] == 1 => Some(before),
            _ => None,
        };
        let host = before.map(|before| places[before]).filter(|&host: &usize| {
            let host = &items[host];
            host.sign.is_none() && !host.is_again && host.on_shortcut() == item.on_shortcut()
        });
        if let Some(host) = host {
            let what = described(item);
            match &mut items[host].lines[..] {
                [_, more] => *more = format!("{more}, {what}"),
                _ => items[host].lines.push(what),
            }
            items[host].output.clone_from(&item.output);
            if items[host].fault.is_none() {
                items[host].fault.clone_from(&item.fault);
            }
            places.push(host);
        } else {
            let mut own = item.clone();
            if item.sign.is_none() && !item.is_again {
                own.lines = vec![described(item)];
            }
            own.inputs = item
                .inputs
                .iter()
                .map(|input| input.map(|input| places[input]))
                .collect();
            places.push(items.len());
            items.push(own);
        }
    }
    Panel {
        items,
        ..panel.clone()
    }
}

/// The layer without its name.
fn described(item: &Item) -> String {
    let line = item.lines.last().map_or("", String::as_str);
    line.split_once(": ")
        .map_or(line, |(_, what)| what)
        .to_owned()
}

impl Opened {
    /// Categories of its boxes.
    pub(super) fn categories(&self) -> impl Iterator<Item = Category> {
        self.panel.items.iter().map(|item| item.category)
    }

    /// The drawing of the block with its name above; `None` if it cannot be folded so.
    pub(super) fn scene(&self, choices: &Choices, form: Form, fold: Fold) -> Option<Scene> {
        let mut heading = vec![self.path.clone()];
        if let Some(shortcut) = self.shortcut.filter(|_| !form.is_brief()) {
            let shortcut = message!("figure-shortcut", shortcut = shortcut.describe());
            heading.push(choices.language.say(&shortcut));
        }
        let panel = formed(&self.panel, form);
        let top = heading.len() as f64 * LEADING + 4.0;
        let body = if fold == Fold::NONE {
            let options = Options {
                direction: fold.direction,
                ..Options::default()
            };
            let drawn = Drawn::new(&panel, &options);
            let mut body = Scene::default();
            draw(&mut body, &drawn, form, choices);
            if let Some([from, to]) = drawn.way_out().filter(|_| !form.is_brief()) {
                let width = Weight::Regular.width(&self.output) * TEXT + 14.0;
                body.arrow(&[from, (to.0, from.1 + 15.0)], 0.0, PATH);
                let area = [to.0 - width / 2.0, from.1 + 15.0, width, 18.0];
                pill(&mut body, area, self.output.clone());
            }
            body
        } else {
            folded(&panel, form, fold, choices)?
        };
        let [left, upper, right, lower] = body.bounds();
        let width = (right - left).max(widest(&heading));
        let mut scene = Scene {
            size: (width, top + lower - upper),
            ..Scene::default()
        };
        for (index, line) in heading.iter().enumerate() {
            let weight = if index == 0 {
                Weight::Bold
            } else {
                Weight::Regular
            };
            scene.text(
                (0.0, TEXT + index as f64 * LEADING),
                line.as_str(),
                TEXT,
                weight,
                Anchor::Start,
                INK,
            );
        }
        scene.put(body, -left, top - upper);
        Some(scene)
    }

    /// Whether a shortcut without layers is drawn, and whether one with layers is.
    pub(super) fn shortcuts(&self) -> (bool, bool) {
        let is_identity = |identity| {
            self.panel
                .links()
                .any(|link| link.shortcut && link.identity == identity)
        };
        (is_identity(true), is_identity(false))
    }
}
