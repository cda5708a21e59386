//! Content of a diagram before its layout: panels of items and the edges between them, with equal blocks drawn once.

mod item;

use std::collections::HashMap;
use std::ops::Range;

use super::style::{Direction, Options};
use crate::analysis::downsample::Shortcut;
use crate::message;
use crate::network::{Category, LayerId, Network, Stage};
use crate::report::Subject;
use crate::report::network::rows::{self, Branch as Tree, Level, Row, RowKind};
use item::{layer, summed};

pub(super) use item::category;

/// A box, or a sign in a circle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Lines of text; the first is the name.
    pub(super) lines: Vec<String>,
    /// Output shape.
    pub(super) output: String,
    /// Whether it represents a stage or a block.
    pub(super) is_row: bool,
    /// Whether its output has another shape than its input.
    pub(super) reshapes: bool,
    /// Category, for colours by kind.
    pub(super) category: Category,
    /// Share of the total, for colours by share.
    pub(super) share: Option<f64>,
    /// Details for the tooltip.
    pub(super) tooltip: String,
    /// Problem of the spec here, which is drawn in red.
    pub(super) fault: Option<String>,
    /// Sign in a circle, in place of the lines.
    pub(super) sign: Option<char>,
    /// Relation to the shortcut of its block.
    pub(super) side: Side,
    /// Shortcut of the block that it represents.
    pub(super) bypass: Option<Shortcut>,
    /// Whether it only repeats the name of a layer in another panel, from which something here reads.
    pub(super) is_again: bool,
    /// Items of the same panel that it reads; `None` is the input of the panel.
    pub(super) inputs: Vec<Option<usize>>,
}

impl Item {
    /// Its lines, without the output shape of a stage or block.
    pub(super) fn without_shape(&self) -> Vec<String> {
        let output = format!("→ {}", self.output);
        let without_shape = |line: &String| match line.strip_suffix(&output) {
            Some(what) if self.is_row => what.trim_end().to_owned(),
            _ => line.clone(),
        };
        let mut lines: Vec<String> = self.lines.iter().map(without_shape).collect();
        lines.retain(|line| !line.is_empty());
        lines
    }
}

/// An edge between two items of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    /// Item at the start; `None` is the input of the panel.
    pub(super) from: Option<usize>,
    pub(super) to: usize,
    /// Whether the edge is on a shortcut.
    pub(super) shortcut: bool,
    /// Whether the edge is an identity shortcut.
    pub(super) identity: bool,
}

/// A frame around the items of one block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    pub(super) label: String,
    pub(super) items: Range<usize>,
}

impl Item {
    /// Whether the item is on a shortcut.
    pub(super) fn on_shortcut(&self) -> bool {
        self.side == Side::Shortcut
    }
}

/// Relation of an item to its block's shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// On the main path, outside any block, or representing more than one layer.
    Main,
    /// On the shortcut.
    Shortcut,
    /// The addition of shortcut and main path.
    Join,
}

/// A part of the network that is drawn in one piece: a stage, or the whole network if the items are stages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Panel {
    pub(super) title: String,
    /// Input shape; `None` for the first panel.
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

    /// Edges to item `to`, in the order of its operands.
    pub(super) fn links_to(&self, to: usize) -> impl Iterator<Item = Link> {
        let item = &self.items[to];
        item.inputs.iter().enumerate().map(move |(operand, &from)| {
            let from_shortcut = from.is_some_and(|from| self.items[from].on_shortcut());
            let second = item.side == Side::Join && operand > 0;
            Link {
                from,
                to,
                shortcut: item.on_shortcut() || from_shortcut || second,
                identity: second && !from_shortcut,
            }
        })
    }

    /// All edges.
    pub(super) fn links(&self) -> impl Iterator<Item = Link> {
        (0..self.items.len()).flat_map(|to| self.links_to(to))
    }
}

/// Items that represent the layers in the panel under construction.
#[derive(Default)]
struct Places {
    items: HashMap<LayerId, usize>,
    /// Layer whose output is the input of the panel.
    entry: Option<LayerId>,
}

impl Places {
    /// Places of a new panel that begins with these layers.
    fn of(network: &Network, mut layers: impl Iterator<Item = LayerId>) -> Self {
        let first = layers.next();
        Self {
            items: HashMap::new(),
            entry: first.and_then(|first| network.inputs(first).first().copied()),
        }
    }

    /// Item that represents an operand; `None` is the input of the panel. A layer of another panel is repeated by name.
    fn find(
        &mut self,
        panel: &mut Panel,
        subject: &Subject,
        options: &Options,
        read: LayerId,
    ) -> Option<usize> {
        if let Some(&place) = self.items.get(&read) {
            return Some(place);
        }
        if self.entry.is_none_or(|entry| entry == read) {
            return None;
        }
        self.items.insert(read, panel.items.len());
        panel.items.push(again(subject, options, read));
        Some(panel.items.len() - 1)
    }

    /// Appends an item that represents all of `row`. Its operands are those of the row's layers outside the row, each once,
    /// in their order.
    fn sum_up(
        &mut self,
        panel: &mut Panel,
        subject: &Subject,
        options: &Options,
        row: &Row,
        mut item: Item,
    ) {
        let network = &subject.model.network;
        let mut read = Vec::new();
        for input in row.layers(network).flat_map(|id| network.inputs(id)) {
            if !row.contains(input) {
                let place = self.find(panel, subject, options, input);
                if !read.contains(&place) {
                    read.push(place);
                }
            }
        }
        item.inputs = read;
        for id in row.layers(network) {
            self.items.insert(id, panel.items.len());
        }
        panel.items.push(item);
    }

    /// Appends one item per layer.
    fn spread(
        &mut self,
        panel: &mut Panel,
        subject: &Subject,
        options: &Options,
        layers: impl Iterator<Item = LayerId>,
    ) {
        let network = &subject.model.network;
        for id in layers {
            let inputs = network.inputs(id).into_iter();
            let inputs = inputs
                .map(|input| self.find(panel, subject, options, input))
                .collect();
            self.items.insert(id, panel.items.len());
            panel.items.push(layer(subject, options, id, inputs));
        }
    }

    /// Lets the items of one row represent an equal row too.
    fn represent(&mut self, network: &Network, drawn: &Row, other: &Row) {
        for (own, like) in drawn.layers(network).zip(other.layers(network)) {
            if let Some(&place) = self.items.get(&own) {
                self.items.insert(like, place);
            }
        }
    }
}

/// A panel of consecutive layers alone: their operands from outside are the input of the panel.
pub(super) fn piece(subject: &Subject, options: &Options, layers: Range<usize>) -> Panel {
    let ids = || subject.model.network.ids_at(layers.clone());
    let mut panel = Panel::new(String::new(), entry(subject, ids()));
    Places::of(&subject.model.network, ids()).spread(&mut panel, subject, options, ids());
    panel
}

/// Panels of a network. The input of a panel is the output of the last item in the panel before: stages follow each other,
/// and branches occur only within one.
pub(super) fn panels(subject: &Subject, options: &Options) -> Vec<Panel> {
    let network = &subject.model.network;
    let tree = rows::tree(network);
    let mut places = Places::default();
    if options.level == Level::Stage {
        let mut panel = Panel::new(String::new(), None);
        for stage in &tree {
            let item = summed(subject, options, &stage.row, 1);
            places.sum_up(&mut panel, subject, options, &stage.row, item);
        }
        return vec![panel];
    }
    let mut panels: Vec<Panel> = Vec::new();
    for stage in &tree {
        let kind = stage_of(stage);
        // Preprocessing is one or two steps: no separate panel.
        let joins = kind == Stage::Stem
            && panels.len() == 1
            && tree.first().map(stage_of) == Some(Stage::Preprocess);
        if !joins {
            panels.push(Panel::new(
                String::new(),
                entry(subject, stage.row.layers(network)),
            ));
            places = Places::of(network, stage.row.layers(network));
        }
        if let Some(panel) = panels.last_mut() {
            panel.title = title(subject, kind);
            if kind == Stage::Preprocess && options.level == Level::Block {
                let item = summed(subject, options, &stage.row, 1);
                places.sum_up(panel, subject, options, &stage.row, item);
                continue;
            }
        }
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
            // In one row, all blocks of a stage would be wider than any page.
            let is_block = !child.children.is_empty();
            let wraps = options.level == Level::Layer && options.direction == Direction::Right;
            if wraps && is_block && panels.last().is_some_and(|panel| !panel.frames.is_empty()) {
                panels.push(Panel::new(
                    title(subject, kind),
                    entry(subject, child.row.layers(network)),
                ));
                places = Places::of(network, child.row.layers(network));
            }
            let Some(panel) = panels.last_mut() else {
                continue;
            };
            let start = panel.items.len();
            if options.level == Level::Block && is_block {
                let mut item = summed(subject, options, &child.row, count);
                if count > 1 {
                    item.lines[0] = span(subject, &child.row, &last.row, count);
                }
                places.sum_up(panel, subject, options, &child.row, item);
            } else {
                places.spread(panel, subject, options, child.row.layers(network));
                if is_block {
                    panel.frames.push(Frame {
                        label: span(subject, &child.row, &last.row, count),
                        items: start..panel.items.len(),
                    });
                }
            }
            if count > 1 {
                places.represent(network, &child.row, &last.row);
            }
        }
    }
    panels
}

/// Stage of a row of the coarsest level.
pub(super) fn stage_of(stage: &Tree) -> Stage {
    match stage.row.kind {
        RowKind::Stage(stage) => stage,
        RowKind::Block { .. } | RowKind::Run { .. } | RowKind::Layer(_) => Stage::Head,
    }
}

/// Name of a stage, with the paper's.
pub(super) fn title(subject: &Subject, stage: Stage) -> String {
    let name = subject.stage_name(stage);
    match (stage, subject.paper_name(stage)) {
        (Stage::Body(_), Some(paper)) => format!("{name} ({paper})"),
        _ => name,
    }
}

/// Input shape of these layers.
fn entry(subject: &Subject, mut layers: impl Iterator<Item = LayerId>) -> Option<String> {
    let network = &subject.model.network;
    let first = layers.next()?;
    let input = *network.inputs(first).first()?;
    subject.analysis.shapes[input].map(|shape| shape.to_string())
}

/// Label of a run of blocks: `layer1.1` for one, `layer1.1–5 (×5)` for several.
fn span(subject: &Subject, first: &Row, last: &Row, count: u128) -> String {
    let (first, last) = (subject.name(first), subject.name(last));
    if count == 1 {
        return first;
    }
    let shorter = last.rsplit_once('.').map_or(last.as_str(), |(_, end)| end);
    format!("{first}–{shorter} (×{count})")
}

/// Item that repeats the name of a layer in another panel.
fn again(subject: &Subject, options: &Options, id: LayerId) -> Item {
    let mut item = layer(subject, options, id, Vec::new());
    let path = subject.model.network[id].path.to_string();
    item.lines = vec![options.language.say(&message!("figure-again", path = path))];
    item.sign = None;
    item.side = Side::Shortcut;
    item.is_again = true;
    item
}
