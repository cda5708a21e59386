//! What a picture shows, before it is laid out: panels of items and the edges between them, equal blocks folded.

use super::style::Options;
use crate::analysis::downsample::{Shortcut, block_shortcut};
use crate::network::{Branch, Category, Layer, LayerId, Network, Stage};
use crate::report::format::{percent, short};
use crate::report::rows::{self, Branch as Tree, Level, Row, RowKind};
use crate::report::{Cell, Column, Subject};

/// A box or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Lines of text, the first the name.
    pub(super) lines: Vec<String>,
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

/// The panels of a network.
pub(super) fn panels(subject: &Subject, options: &Options) -> Vec<Panel> {
    let network = &subject.model.network;
    let tree = rows::tree(network);
    if options.level == Level::Stage {
        let mut panel = Panel {
            title: String::new(),
            entry: None,
            items: Vec::new(),
            frames: Vec::new(),
        };
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
            panels.push(Panel {
                title: String::new(),
                entry: entry(subject, &stage.row),
                items: Vec::new(),
                frames: Vec::new(),
            });
        }
        let Some(panel) = panels.last_mut() else {
            continue;
        };
        panel.title = title(subject, kind);
        let mut places: Vec<Option<usize>> = vec![None; network.len()];
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
            if options.level == Level::Block && !child.children.is_empty() {
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
                let inputs = network
                    .inputs(id)
                    .into_iter()
                    .map(|input| {
                        if child.row.contains(input) {
                            places[input.index()]
                        } else {
                            before
                        }
                    })
                    .collect();
                places[id.index()] = Some(panel.items.len());
                panel.items.push(layer(subject, options, id, inputs));
            }
            if !child.children.is_empty() {
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

/// Appends an item that reads the one before it.
fn chain(panel: &mut Panel, mut item: Item) {
    if item.inputs.is_empty() && !panel.items.is_empty() || item.inputs == [None] {
        item.inputs = vec![panel.items.len().checked_sub(1)];
    }
    panel.items.push(item);
}

/// An item for a whole row, `count` times.
fn summed(subject: &Subject, options: &Options, row: &Row, count: u128) -> Item {
    let network = &subject.model.network;
    let number = |column| match subject.cell(row, column) {
        Cell::Count(number) => number * count,
        _ => 0,
    };
    let (params, macs) = (number(Column::Params), number(Column::Macs));
    let unit = subject.title(Column::Macs);
    let what = match row.kind {
        RowKind::Block { .. } | RowKind::Run { .. } => subject.cell(row, Column::Op).text(),
        RowKind::Stage(Stage::Body(_)) => subject.summary(row),
        RowKind::Stage(_) | RowKind::Layer(_) => String::new(),
    };
    let output = subject.cell(row, Column::Output).text();
    let name = match row.kind {
        RowKind::Stage(stage) => title(subject, stage),
        _ => subject.name(row),
    };
    let mut lines = vec![name];
    lines.push(if what.is_empty() {
        format!("→ {output}")
    } else {
        format!("{what} → {output}")
    });
    if params + macs > 0 {
        lines.push(format!("{} params · {} {unit}", short(params), short(macs)));
    }
    let share = options.paint.share(subject, row).map(|s| s * count as f64);
    let shortcut = match row.kind {
        RowKind::Block { .. } => block_shortcut(network, row.layers(network)),
        _ => None,
    };
    let mut tooltip = lines.join("\n");
    if let Some(shortcut) = shortcut {
        tooltip += &format!("\nshortcut: {}", shortcut.describe());
    }
    tooltip += &told(share);
    Item {
        lines,
        category: category(network, row),
        share,
        tooltip,
        sign: None,
        on_shortcut: false,
        bypass: shortcut,
        inputs: vec![None],
    }
}

/// The kind that a row is coloured by: blocks and stages are convolutions, a head its linear layer, an input itself.
fn category(network: &Network, row: &Row) -> Category {
    match row.kind {
        RowKind::Stage(Stage::Preprocess) => Category::Input,
        RowKind::Stage(Stage::Head) => Category::Linear,
        RowKind::Layer(id) => network[id].layer.category(),
        RowKind::Stage(_) | RowKind::Block { .. } | RowKind::Run { .. } => Category::Convolution,
    }
}

fn told(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| {
        format!("\n{}", percent((share * 1e6) as u128, 1_000_000))
    })
}

fn layer(subject: &Subject, options: &Options, id: LayerId, inputs: Vec<Option<usize>>) -> Item {
    let network = &subject.model.network;
    let node = &network[id];
    let block = match (node.scope.stage, node.scope.block) {
        (Stage::Body(stage), Some(block)) => network
            .stage(stage)
            .and_then(|stage| stage.blocks.get(block as usize))
            .map_or("", String::as_str),
        _ => "",
    };
    let name = node.path.below(block).to_owned();
    let sign = match &node.layer {
        Layer::Add => Some('+'),
        Layer::Multiply | Layer::RadixWeightedSum { .. } => Some('×'),
        _ => None,
    };
    let lines = match &node.layer {
        Layer::Relu => vec!["ReLU".to_owned()],
        Layer::BatchNorm2d(_) => vec![format!("{name}: batch norm")],
        Layer::Sigmoid => vec!["sigmoid".to_owned()],
        Layer::Flatten => vec!["flatten".to_owned()],
        layer => vec![name, layer.summary()],
    };
    let share = options.paint.share(subject, &Row::layer(id));
    let output = subject.analysis.shapes[id].map_or_else(String::new, |shape| shape.to_string());
    let batch = u128::from(subject.batch);
    Item {
        lines,
        category: node.layer.category(),
        share,
        tooltip: format!(
            "{}\n{}\noutput {output}\n{} parameters\n{} {}{}",
            node.path,
            node.layer.summary(),
            short(subject.analysis.params[id].0),
            short(subject.analysis.macs[id].0 * batch),
            subject.analysis.rule.unit(),
            told(share)
        ),
        sign,
        on_shortcut: node.scope.branch == Some(Branch::Shortcut),
        bypass: None,
        inputs,
    }
}
