//! Diagram of a level: the boxes' texts, connections and positions.

use crate::message;
use crate::network::window::sides;
use crate::network::{Branch, Category, Combine, Conv, Layer, LayerId, Norm, Scope, Shape};
use crate::report::format::short;
use crate::report::{Column, Level, Row, RowKind, Subject, network::rows};
use crate::sorting::Sorting;
use crate::text::{Joint, Message};
use crate::tui::pane::graph::lanes::Lanes;
use crate::tui::pane::graph::{lanes, shortcuts};

/// Box of the diagram: a layer, one side of a block, or a stage.
#[derive(Debug, Clone)]
pub struct Node {
    /// Row with its details.
    pub row: Row,
    /// Its first layer.
    pub first: LayerId,
    /// Its last layer, whose output leaves it.
    pub last: LayerId,
    /// Text of the box, line by line.
    pub lines: Vec<Message>,
    /// First line where there is no room for it, in fewer and fewer words.
    pub shorter: Vec<Message>,
    /// Label on the left if a block or stage begins here.
    pub margin: Option<String>,
    /// Category of its main layer.
    pub category: Category,
    /// Whether all of it belongs to a shortcut.
    pub is_shortcut: bool,
    /// Output shape.
    pub output: Option<Shape>,
    /// Height before and after, if it downsamples.
    pub shrinks: Option<(u64, u64)>,
}

/// Boxes and their positions.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// Boxes in the order of execution.
    pub boxes: Vec<Node>,
    /// Positions of boxes and edges.
    pub lanes: Lanes,
    /// Numbers of each box's inputs.
    inputs: Vec<Vec<usize>>,
    /// Numbers of the boxes that take each box's output.
    readers: Vec<Vec<usize>>,
    /// Box of each layer.
    owner: Vec<usize>,
    /// Boxes from top to bottom.
    by_rank: Vec<usize>,
}

impl Diagram {
    /// Lays out the diagram of a network at a level.
    pub fn new(subject: &Subject, level: Level) -> Self {
        let network = &subject.model.network;
        let mut boxes: Vec<Node> = Vec::new();
        let mut owner = Vec::with_capacity(network.len());
        let mut group: Option<(Key, Row)> = None;
        let mut rows = rows::rows(network, level).into_iter().peekable();
        let mut row: Option<Row> = None;
        for (id, node) in network.nodes() {
            if row.as_ref().is_none_or(|row| !row.contains(id)) {
                row = rows.next();
            }
            let own = row.clone().unwrap_or_else(|| Row::layer(id));
            let key = key(level, id, node.scope, &own);
            if group
                .as_ref()
                .is_none_or(|(last, row)| *last != key || *row != own)
            {
                boxes.push(Node {
                    row: own.clone(),
                    first: id,
                    last: id,
                    lines: Vec::new(),
                    shorter: Vec::new(),
                    margin: None,
                    category: node.layer.category(),
                    is_shortcut: node.scope.branch == Some(Branch::Shortcut),
                    output: None,
                    shrinks: None,
                });
                group = Some((key, own));
            }
            if let Some(last) = boxes.last_mut() {
                last.last = id;
            }
            owner.push(boxes.len() - 1);
        }
        let inputs = inputs(subject, &boxes, &owner);
        let mut readers = vec![Vec::new(); boxes.len()];
        for (at, inputs) in inputs.iter().enumerate() {
            for &input in inputs {
                readers[input].push(at);
            }
        }
        let is_side: Vec<_> = boxes.iter().map(|node| node.is_shortcut).collect();
        let lanes = lanes::place(&inputs, &is_side);
        let mut by_rank: Vec<_> = (0..boxes.len()).collect();
        by_rank.order_by_key(|&at| (lanes.ranks[at], at));
        let mut margin = String::new();
        for node in &mut boxes {
            fill(subject, level, node);
            let own = margin_of(subject, level, node);
            if own != margin {
                node.margin = Some(own.clone());
                margin = own;
            }
        }
        Self {
            boxes,
            lanes,
            inputs,
            readers,
            owner,
            by_rank,
        }
    }

    /// Box of a layer.
    pub fn box_of(&self, id: LayerId) -> Option<usize> {
        self.owner.get(id.index()).copied()
    }

    /// Boxes whose rank is in a range, from the top.
    pub fn in_ranks(&self, from: usize, to: usize) -> impl Iterator<Item = usize> {
        let rank = |&at: &usize| self.lanes.ranks[at];
        let start = self.by_rank.partition_point(|at| rank(at) < from);
        self.by_rank[start..]
            .iter()
            .copied()
            .take_while(move |at| rank(at) < to)
    }

    /// Box below one in its lane, or else the first one that takes its output.
    pub fn below(&self, at: usize) -> Option<usize> {
        let readers = &self.readers[at];
        let lane = self.lanes.lanes[at];
        let same = readers.iter().find(|&&to| self.lanes.lanes[to] == lane);
        same.or_else(|| readers.first()).copied()
    }

    /// Box above one in its lane, or else its first input.
    pub fn above(&self, at: usize) -> Option<usize> {
        let inputs = &self.inputs[at];
        let lane = self.lanes.lanes[at];
        let nearest = |&&from: &&usize| self.lanes.ranks[from];
        let same = inputs
            .iter()
            .filter(|&&from| self.lanes.lanes[from] == lane);
        same.max_by_key(nearest).or_else(|| inputs.first()).copied()
    }

    /// Nearest box in another lane on a side, among those at the same rank or a few ranks away.
    pub fn beside(&self, at: usize, right: bool) -> Option<usize> {
        const NEAR: usize = 6;
        let rank = self.lanes.ranks[at];
        let lane = self.lanes.lanes[at];
        self.in_ranks(rank.saturating_sub(NEAR), rank + NEAR + 1)
            .filter(|&other| {
                let theirs = self.lanes.lanes[other];
                if right { theirs > lane } else { theirs < lane }
            })
            .min_by_key(|&other| {
                let far = self.lanes.ranks[other].abs_diff(rank);
                (self.lanes.lanes[other].abs_diff(lane), far)
            })
    }

    /// Other end of the edge that leaves the path at a box, or joins it there; else the next or previous box.
    pub fn along(&self, at: usize, forward: bool) -> Option<usize> {
        let (ends, path) = if forward {
            (&self.readers[at], self.below(at))
        } else {
            (&self.inputs[at], self.above(at))
        };
        let off = ends.iter().find(|&&end| Some(end) != path).copied();
        off.or(path)
    }
}

/// Key that the layers of one box have in common.
type Key = (Option<LayerId>, Option<Branch>);

fn key(level: Level, id: LayerId, scope: Scope, row: &Row) -> Key {
    match level {
        Level::Stage => (None, None),
        Level::Block if matches!(row.kind, RowKind::Block { .. }) => (None, scope.branch),
        Level::Block | Level::Layer => (Some(id), None),
    }
}

/// Input boxes of each box, each once, in the order of the operands.
fn inputs(subject: &Subject, boxes: &[Node], owner: &[usize]) -> Vec<Vec<usize>> {
    let network = &subject.model.network;
    boxes
        .iter()
        .enumerate()
        .map(|(number, node)| {
            let mut inputs = Vec::new();
            for id in network.ids_at(node.first.index()..node.last.index() + 1) {
                for input in network.inputs(id) {
                    let from = owner[input.index()];
                    if from != number && !inputs.contains(&from) {
                        inputs.push(from);
                    }
                }
            }
            inputs
        })
        .collect()
}

/// Writes the text of a box.
fn fill(subject: &Subject, level: Level, node: &mut Node) {
    let network = &subject.model.network;
    let shapes = &subject.analysis.shapes;
    let ids = || network.ids_at(node.first.index()..node.last.index() + 1);
    node.output = shapes[node.last];
    let height = |shape: Option<Shape>| match shape {
        Some(Shape::Map { size, .. }) => Some(size[0]),
        _ => None,
    };
    let input = network
        .inputs(node.first)
        .first()
        .and_then(|&id| shapes[id]);
    if let (Some(before), Some(after)) = (height(input), height(node.output))
        && after < before
    {
        node.shrinks = Some((before, after));
    }
    if let Some(heavy) = ids().max_by_key(|&id| (subject.analysis.macs[id].0, id == node.last)) {
        node.category = network[heavy].layer.category();
    }
    node.lines = match (level, node.row.kind) {
        (Level::Stage, _) => {
            let name = subject.name(&node.row);
            let paper = subject
                .stage_of(&node.row)
                .and_then(|stage| subject.paper_name(stage));
            let count = |column| subject.cell(&node.row, column);
            let number = |column| match count(column) {
                crate::report::Cell::Count(count) => short(count),
                _ => String::new(),
            };
            let mut lines = vec![
                Message::of(paper.map_or(name.clone(), |paper| format!("{name} · {paper}"))),
                subject.summary(&node.row),
                message!(
                    "figure-costs",
                    parameters = number(Column::Params),
                    operations = number(Column::Macs),
                    unit = subject.analysis.rule.unit(),
                ),
            ];
            lines.extend(shortcuts::lines(network, node.first, node.last).map(Message::of));
            lines
        }
        (Level::Block, RowKind::Block { .. }) => {
            node.shorter = vec![side(subject, node, true)];
            vec![side(subject, node, false)]
        }
        _ => {
            let name = subject.block_name(node.first);
            let brief = brief(&network[node.first].layer, false);
            let brief =
                brief.map(|brief| message!("graph-layer", name = name.clone(), summary = brief));
            node.shorter = brief.into_iter().collect();
            node.shorter.push(Message::of(name.clone()));
            let summary = subject.summary(&Row::layer(node.first));
            vec![message!("graph-layer", name = name, summary = summary)]
        }
    };
}

/// Layer in a sign or two: `3×3,128/2`, or in a narrow box `3×3/2`; `None` if only its name is as short.
fn brief(layer: &Layer, is_narrow: bool) -> Option<Message> {
    Some(match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            let stride = match conv.window.stride {
                [1, 1] => String::new(),
                stride => format!("/{}", sides(stride)),
            };
            let channels = if is_narrow {
                String::new()
            } else {
                format!(",{}", conv.out_channels)
            };
            Message::of(format!("{}{channels}{stride}", conv.window))
        }
        Layer::Combine(Combine::Add) => Message::of("+"),
        Layer::Norm(Norm::Batch(_)) => message!("graph-batch-norm"),
        Layer::Combine(Combine::Multiply) => message!("graph-gate"),
        _ => return None,
    })
}

/// One side of a block in one line: its convolutions, or the sum.
fn side(subject: &Subject, node: &Node, is_narrow: bool) -> Message {
    let network = &subject.model.network;
    let ids = network.ids_at(node.first.index()..node.last.index() + 1);
    let mut words: Vec<Message> = Vec::new();
    let mut minor: Vec<Message> = Vec::new();
    for id in ids {
        let layer = &network[id].layer;
        let is_minor = !matches!(layer, Layer::Conv(Conv::Spatial(_)) | Layer::Combine(_));
        match brief(layer, is_narrow) {
            Some(brief) if !is_minor => words.push(brief),
            brief => minor.push(brief.unwrap_or_else(|| layer.summary())),
        }
    }
    let sum = Message::of("+");
    if words.is_empty() || words == [sum.clone()] {
        words.extend(minor);
    }
    if words.starts_with(&[sum, Message::of("ReLU")]) {
        words.splice(..2, [Message::of("+ ReLU")]);
    }
    Message::of(Joint::Dot.of(words))
}

/// Label on the left of a box: its block or stage.
fn margin_of(subject: &Subject, level: Level, node: &Node) -> String {
    let scope = subject.model.network[node.first].scope;
    let stage = subject.stage_name(scope.stage);
    match (level, scope.block, scope.stage) {
        (Level::Stage, ..) => String::new(),
        (_, Some(block), crate::network::Stage::Body(number)) => subject
            .model
            .network
            .stage(number)
            .and_then(|stage| stage.blocks.get(block as usize).cloned())
            .unwrap_or(stage),
        _ => stage,
    }
}
