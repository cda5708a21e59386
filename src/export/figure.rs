//! What a picture shows, before it is laid out: panels of items and the edges between them, equal blocks folded.

mod item;

use super::style::{Direction, Options};
use crate::analysis::downsample::Shortcut;
use crate::network::{Category, LayerId, Stage};
use crate::report::Subject;
use crate::report::rows::{self, Branch as Tree, Level, Row, RowKind};
use item::{layer, summed};

/// A box or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Lines of text, the first the name.
    pub(super) lines: Vec<String>,
    /// The shape that it puts out.
    pub(super) output: String,
    /// Whether it stands for a stage or a block.
    pub(super) is_row: bool,
    /// Whether it puts out another shape than it reads.
    pub(super) reshapes: bool,
    /// What colours it by kind.
    pub(super) category: Category,
    /// What colours it by share.
    pub(super) share: Option<f64>,
    /// Everything about it, for who points at it.
    pub(super) tooltip: String,
    /// A sign in a circle in place of the lines.
    pub(super) sign: Option<char>,
    /// Whether it is on a shortcut.
    pub(super) on_shortcut: bool,
    /// The shortcut of the block that it stands for.
    pub(super) bypass: Option<Shortcut>,
    /// Items of the same panel that it reads; `None` is what comes into the panel.
    pub(super) inputs: Vec<Option<usize>>,
}

impl Item {
    /// Its lines without the shape that a stage or a block puts out.
    pub(super) fn bare(&self) -> Vec<String> {
        let output = format!("→ {}", self.output);
        let bare = |line: &String| match line.strip_suffix(&output) {
            Some(what) if self.is_row => what.trim_end().to_owned(),
            _ => line.clone(),
        };
        let mut lines: Vec<String> = self.lines.iter().map(bare).collect();
        lines.retain(|line| !line.is_empty());
        lines
    }
}

/// What one item of a panel reads from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    /// `None`: what comes into the panel.
    pub(super) from: Option<usize>,
    pub(super) to: usize,
    /// Whether it is on a shortcut.
    pub(super) shortcut: bool,
    /// Whether it is all of the shortcut.
    pub(super) identity: bool,
}

/// Items of one block that are drawn in a frame.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    pub(super) label: String,
    pub(super) items: std::ops::Range<usize>,
}

/// A part of the network that is drawn in a piece: a stage, or the whole when stages are the items.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Panel {
    pub(super) title: String,
    /// The shape that comes in; `None` for the first.
    pub(super) entry: Option<String>,
    pub(super) items: Vec<Item>,
    pub(super) frames: Vec<Frame>,
}

impl Panel {
    fn new(title: String, entry: Option<String>) -> Self {
        Self {
            title,
            entry,
            items: Vec::new(),
            frames: Vec::new(),
        }
    }

    /// What item `to` reads, in the order of its operands.
    pub(super) fn links_to(&self, to: usize) -> impl Iterator<Item = Link> {
        let item = &self.items[to];
        item.inputs.iter().enumerate().map(move |(operand, &from)| {
            let from_shortcut = from.is_some_and(|from| self.items[from].on_shortcut);
            let second = item.sign == Some('+') && operand > 0;
            Link {
                from,
                to,
                shortcut: item.on_shortcut || from_shortcut || second,
                identity: second && !from_shortcut,
            }
        })
    }

    /// All of them.
    pub(super) fn links(&self) -> impl Iterator<Item = Link> {
        (0..self.items.len()).flat_map(|to| self.links_to(to))
    }
}

/// The panels of a network.
pub(super) fn panels(subject: &Subject, options: &Options) -> Vec<Panel> {
    let network = &subject.model.network;
    let tree = rows::tree(network);
    if options.level == Level::Stage {
        let mut panel = Panel::new(String::new(), None);
        for stage in &tree {
            chain(&mut panel, summed(subject, options, &stage.row, 1));
        }
        return vec![panel];
    }
    let mut panels: Vec<Panel> = Vec::new();
    for stage in &tree {
        let kind = stage_of(stage);
        // Preparing the image is a step or two: no panel of its own.
        let joins = kind == Stage::Stem
            && panels.len() == 1
            && tree.first().map(stage_of) == Some(Stage::Preprocess);
        if !joins {
            panels.push(Panel::new(String::new(), entry(subject, &stage.row)));
        }
        if let Some(panel) = panels.last_mut() {
            panel.title = title(subject, kind);
            if kind == Stage::Preprocess && options.level == Level::Block {
                chain(panel, summed(subject, options, &stage.row, 1));
                continue;
            }
        }
        let mut places: Vec<Option<usize>> = vec![None; network.len()];
        let first = stage.row.layers(network).next();
        let enters = first.and_then(|first| network.inputs(first).first().copied());
        let mut children = stage.children.iter().peekable();
        while let Some(child) = children.next() {
            let mut last = child;
            let mut count = 1_u128;
            while options.fold
                && let Some(next) =
                    children.next_if(|next| rows::alike(subject, &child.row, &next.row))
            {
                last = next;
                count += 1;
            }
            // In one row all blocks of a stage would be wider than any page.
            let is_block = !child.children.is_empty();
            let wraps = options.level == Level::Layer && options.direction == Direction::Right;
            if wraps && is_block && panels.last().is_some_and(|panel| !panel.frames.is_empty()) {
                panels.push(Panel::new(title(subject, kind), entry(subject, &child.row)));
            }
            let Some(panel) = panels.last_mut() else {
                continue;
            };
            if options.level == Level::Block && is_block {
                let mut item = summed(subject, options, &child.row, count);
                if count > 1 {
                    item.lines[0] = span(subject, &child.row, &last.row, count);
                }
                chain(panel, item);
                continue;
            }
            let start = panel.items.len();
            let before = start.checked_sub(1);
            for id in child.row.layers(network) {
                let mut inputs = Vec::new();
                for input in network.inputs(id) {
                    let is_here = child.row.contains(input);
                    inputs.push(
                        if is_here || (!is_block && places[input.index()].is_some()) {
                            places[input.index()]
                        } else if is_block || Some(input) == enters {
                            before
                        } else {
                            // A skip begins in another panel: what it starts from is named again.
                            places[input.index()] = Some(panel.items.len());
                            panel.items.push(again(subject, options, input));
                            places[input.index()]
                        },
                    );
                }
                places[id.index()] = Some(panel.items.len());
                panel.items.push(layer(subject, options, id, inputs));
            }
            if is_block {
                panel.frames.push(Frame {
                    label: span(subject, &child.row, &last.row, count),
                    items: start..panel.items.len(),
                });
            }
        }
    }
    panels
}

fn stage_of(stage: &Tree) -> Stage {
    match stage.row.kind {
        RowKind::Stage(stage) => stage,
        RowKind::Block { .. } | RowKind::Run { .. } | RowKind::Layer(_) => Stage::Head,
    }
}

fn title(subject: &Subject, stage: Stage) -> String {
    let name = subject.stage_name(stage);
    match (stage, subject.paper_name(stage)) {
        (Stage::Body(_), Some(paper)) => format!("{name} ({paper})"),
        _ => name,
    }
}

fn entry(subject: &Subject, row: &Row) -> Option<String> {
    let network = &subject.model.network;
    let first = row.layers(network).next()?;
    let input = *network.inputs(first).first()?;
    subject.analysis.shapes[input].map(|shape| shape.to_string())
}

/// `layer1.1` alone, `layer1.1–5 (×5)` for many.
fn span(subject: &Subject, first: &Row, last: &Row, count: u128) -> String {
    let (first, last) = (subject.name(first), subject.name(last));
    if count == 1 {
        return first;
    }
    let shorter = last.rsplit_once('.').map_or(last.as_str(), |(_, end)| end);
    format!("{first}–{shorter} (×{count})")
}

/// A layer of another panel, by its name.
fn again(subject: &Subject, options: &Options, id: LayerId) -> Item {
    let mut item = layer(subject, options, id, Vec::new());
    item.lines = vec![format!("from {}", subject.model.network[id].path)];
    item.sign = None;
    item.on_shortcut = true;
    item
}

/// Appends an item that reads the one before it.
fn chain(panel: &mut Panel, mut item: Item) {
    if item.inputs.is_empty() && !panel.items.is_empty() || item.inputs == [None] {
        item.inputs = vec![panel.items.len().checked_sub(1)];
    }
    panel.items.push(item);
}
