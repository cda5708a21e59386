//! Edges of the graph: lines that bend, branch and cross, labelled with shapes.

use ratatui::Frame;

use crate::network::{Branch, LayerId};
use crate::tui::kit::text::width;
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::graph::diagram::Diagram;
use crate::tui::pane::graph::lanes::{Way, Wire};
use crate::tui::pane::graph::place::Measure;
use crate::tui::pane::graph::view::{Window, wire_column};
use crate::tui::pane::{Net, Pass};

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;
/// Bit of an edge that begins or ends at the selected box.
const LIT: u8 = 16;
/// Bit of an edge along which data has come.
const FLOW: u8 = 32;
/// Bit of an edge that a change has cut, or that enters a faulty box.
const BAD: u8 = 64;
/// Bits of the sides.
const SIDES: u8 = UP | DOWN | LEFT | RIGHT;

/// Lines of the visible part: for each cell, the sides on which it is connected.
struct Lines<'w> {
    window: &'w Window,
    cells: Vec<u8>,
}

impl Lines<'_> {
    fn add(&mut self, x: usize, y: usize, sides: u8) {
        let (columns, rows) = (
            usize::from(self.window.panel.width),
            usize::from(self.window.panel.height),
        );
        let (Some(x), Some(y)) = (
            x.checked_sub(self.window.origin.0),
            y.checked_sub(self.window.origin.1),
        ) else {
            return;
        };
        if x < columns && y < rows {
            self.cells[y * columns + x] |= sides;
        }
    }

    /// Adds a vertical line from `top` down to `bottom`.
    fn down(&mut self, x: usize, top: usize, bottom: usize, bits: u8) {
        let seen = self.window.origin.1;
        let end = bottom.min(seen + usize::from(self.window.panel.height));
        for y in top.max(seen.saturating_sub(1))..=end {
            let sides = if y > top { UP } else { 0 } | if y < bottom { DOWN } else { 0 };
            self.add(x, y, sides | bits);
        }
    }

    /// Adds a horizontal line between two columns.
    fn across(&mut self, from: usize, to: usize, y: usize, bits: u8) {
        let (left, right) = (from.min(to), from.max(to));
        for x in left..=right {
            let sides = if x > left { LEFT } else { 0 } | if x < right { RIGHT } else { 0 };
            self.add(x, y, sides | bits);
        }
    }
}

/// Diagram of a graph, with its state.
pub(super) struct Scene<'s> {
    pub(super) theme: Theme,
    pub(super) diagram: &'s Diagram,
    pub(super) measure: &'s Measure,
    pub(super) selected: Option<usize>,
    pub(super) net: &'s Net<'s>,
}

impl Scene<'_> {
    /// Whether a layer of a box cannot run.
    pub(super) fn is_faulty(&self, at: usize) -> bool {
        let node = &self.diagram.boxes[at];
        self.net
            .faults
            .iter()
            .any(|&id| id >= node.first && id <= node.last)
    }

    /// Pass, once a layer has run.
    fn pass(&self) -> Option<&dyn Pass> {
        self.net.pass.filter(|pass| pass.done() > 0)
    }

    /// Layer that an edge leaves, and the first one that reads it in the box that the edge enters.
    fn ends(&self, wire: Wire) -> (LayerId, LayerId) {
        let [from, to] = [wire.from, wire.to].map(|at| &self.diagram.boxes[at]);
        let network = &self.net.subject.model.network;
        let mut inside = network.ids_at(to.first.index()..to.last.index() + 1);
        let reader = inside.find(|id| {
            let mut inputs = network.inputs(*id).into_iter();
            inputs.any(|id| id >= from.first && id <= from.last)
        });
        (from.last, reader.unwrap_or(to.first))
    }

    /// Whether a change replaces what an edge carries by zeros.
    pub(super) fn is_cut(&self, wire: Wire) -> bool {
        let Some(pass) = self.pass() else {
            return false;
        };
        let (from, to) = self.ends(wire);
        let inputs = self.net.subject.model.network.inputs(to);
        let branch = match inputs.into_iter().position(|id| id == from) {
            Some(0) => Branch::Main,
            Some(_) => Branch::Shortcut,
            None => return false,
        };
        pass.is_cut(to, branch)
    }

    /// Bits of an edge.
    fn bits(&self, wire: Wire) -> u8 {
        let is_lit = self
            .selected
            .is_some_and(|at| at == wire.from || at == wire.to);
        let has_flow = self
            .pass()
            .is_some_and(|pass| pass.has_run(self.ends(wire).0));
        let is_bad = self.is_faulty(wire.to) || self.is_cut(wire);
        [(is_lit, LIT), (has_flow, FLOW), (is_bad, BAD)]
            .into_iter()
            .filter(|(is_so, _)| *is_so)
            .fold(0, |bits, (_, bit)| bits | bit)
    }

    /// Part of the way that the data on an edge has come, while the box that it enters has not read it.
    fn in_flight(&self, wire: Wire) -> Option<f64> {
        let pass = self.pass()?;
        let (from, to) = self.ends(wire);
        if !pass.has_run(from) || pass.has_run(to) {
            return None;
        }
        let [begin, end] = [from, to].map(|id| pass.place(id) + 1);
        Some((pass.done() - begin) as f64 / (end - begin).max(1) as f64)
    }
}

/// Draws all edges that are partly visible, below the boxes.
pub(super) fn render(frame: &mut Frame, window: &Window, scene: &Scene<'_>) {
    let Scene {
        theme,
        diagram,
        measure,
        ..
    } = *scene;
    let (first, last) = window.ranks(measure);
    let ranks = &diagram.lanes.ranks;
    let seen = || {
        diagram
            .lanes
            .wires
            .iter()
            .filter(|wire| ranks[wire.from] <= last && ranks[wire.to] >= first)
    };
    let cells = usize::from(window.panel.width) * usize::from(window.panel.height);
    let mut lines = Lines {
        window,
        cells: vec![0; cells],
    };
    for wire in seen() {
        draw(&mut lines, diagram, measure, *wire, scene.bits(*wire));
    }
    let columns = usize::from(window.panel.width).max(1);
    for (place, &sides) in lines.cells.iter().enumerate() {
        if sides & SIDES == 0 {
            continue;
        }
        let (x, y) = (
            place % columns + window.origin.0,
            place / columns + window.origin.1,
        );
        let role = match sides {
            _ if sides & BAD != 0 => Role::Error,
            _ if sides & LIT != 0 => Role::Key,
            _ if sides & FLOW != 0 => Role::Current,
            _ => Role::Rule,
        };
        window.text(frame, x, y, sign(sides & SIDES), theme.style(role));
    }
    for wire in seen() {
        arrow(frame, window, scene, *wire);
    }
    for at in diagram.in_ranks(first.saturating_sub(1), last) {
        shape(frame, window, scene, at);
    }
    for wire in seen() {
        token(frame, window, scene, *wire);
    }
}

/// Data on its way along an edge: a dot that moves on with every layer.
fn token(frame: &mut Frame, window: &Window, scene: &Scene<'_>, wire: Wire) {
    let Some(part) = scene.in_flight(wire) else {
        return;
    };
    let (diagram, measure) = (scene.diagram, scene.measure);
    let places = &diagram.lanes;
    let below = measure.below(places.ranks[wire.from]);
    let end = match wire.way {
        Way::Straight | Way::Out => measure.rank(places.ranks[wire.to]).saturating_sub(1),
        Way::In | Way::Skip(_) => measure.port(places.ranks[wire.to]),
    };
    let x = match wire.way {
        Way::Straight | Way::In => wire_column(measure, places.lanes[wire.from]),
        Way::Out => wire_column(measure, places.lanes[wire.to]),
        Way::Skip(track) => measure.track(track),
    };
    let y = below + (part * end.saturating_sub(below) as f64) as usize;
    window.text(frame, x, y, "●", scene.theme.style(Role::Current));
}

fn draw(lines: &mut Lines, diagram: &Diagram, measure: &Measure, wire: Wire, bits: u8) {
    let places = &diagram.lanes;
    let column = |at: usize| wire_column(measure, places.lanes[at]);
    let below = measure.below(places.ranks[wire.from]);
    let top = measure.rank(places.ranks[wire.to]);
    let port = measure.port(places.ranks[wire.to]);
    let (from, to) = (column(wire.from), column(wire.to));
    // Edges run from inside the upper box to inside the lower one: the boxes are drawn over both ends.
    match wire.way {
        Way::Straight => lines.down(from, below - 1, top, bits),
        Way::Out => {
            lines.down(from, below - 1, below, bits);
            lines.across(from, to, below, bits);
            lines.down(to, below, top, bits);
        }
        Way::In => {
            lines.down(from, below - 1, port, bits);
            lines.across(from, to, port, bits);
        }
        Way::Skip(track) => {
            let track = measure.track(track);
            lines.down(from, below - 1, below, bits);
            lines.across(from, track, below, bits);
            lines.down(track, below, port, bits);
            lines.across(track, to, port, bits);
        }
    }
}

/// Arrow of an edge that enters a box from its side, with a cross if it is cut; at a faulty box also the shape that it brings.
fn arrow(frame: &mut Frame, window: &Window, scene: &Scene<'_>, wire: Wire) {
    let (theme, measure) = (scene.theme, scene.measure);
    let lanes = &scene.diagram.lanes;
    let is_cut = scene.is_cut(wire);
    let port = measure.port(lanes.ranks[wire.to]);
    let left = measure.lane(lanes.lanes[wire.to]);
    let comes_from = match wire.way {
        Way::Straight | Way::Out => {
            if is_cut {
                let x = wire_column(measure, lanes.lanes[wire.to]);
                let y = measure.rank(lanes.ranks[wire.to]).saturating_sub(1);
                window.text(frame, x, y, "✗", theme.style(Role::Error));
            }
            return;
        }
        Way::In => measure.lane(lanes.lanes[wire.from]),
        Way::Skip(track) => measure.track(track),
    };
    let width = measure.box_width(lanes.lanes[wire.to], lanes.ranks[wire.to]);
    let (x, sign) = if comes_from > left {
        (left + width, "◀")
    } else {
        (left.saturating_sub(1), "▶")
    };
    let is_bad = is_cut || scene.is_faulty(wire.to);
    let style = theme.style(if is_bad { Role::Error } else { Role::Rule });
    let sign = if is_cut { "✗" } else { sign };
    window.text(frame, x, port, sign, style);
    let shape = scene.diagram.boxes[wire.from].output;
    if let (true, Some(shape)) = (scene.is_faulty(wire.to), shape) {
        let x = match wire.way {
            Way::Skip(track) => measure.track(track) + 2,
            _ => x + 2,
        };
        let y = match wire.way {
            Way::Skip(_) => port,
            _ => port.saturating_sub(1),
        };
        window.text(frame, x, y, &shape.to_string(), style);
    }
}

/// Output shape of a box, beside the edge below it.
fn shape(frame: &mut Frame, window: &Window, scene: &Scene<'_>, at: usize) {
    let (diagram, measure) = (scene.diagram, scene.measure);
    let node = &diagram.boxes[at];
    let (Some(shape), Some(next)) = (node.output, diagram.below(at)) else {
        return;
    };
    let text = format!(" {shape} ");
    let (lane, rank) = (diagram.lanes.lanes[at], diagram.lanes.ranks[at]);
    if width(&text) + 6 > measure.box_width(lane, rank) {
        return;
    }
    let is_straight = diagram.lanes.lanes[at] == diagram.lanes.lanes[next];
    let role = if is_straight && scene.is_faulty(next) {
        Role::Error
    } else if node.shrinks.is_some() {
        Role::Warning
    } else {
        Role::Dim
    };
    let y = measure.below(diagram.lanes.ranks[at]);
    let x = wire_column(measure, diagram.lanes.lanes[at]) + 1;
    window.text(frame, x, y, &text, scene.theme.style(role));
}

/// Sign that connects these sides.
const fn sign(sides: u8) -> &'static str {
    match sides {
        1..=3 => "│",
        12 | 4 | 8 => "─",
        5 => "╯",
        9 => "╰",
        6 => "╮",
        10 => "╭",
        7 => "┤",
        11 => "├",
        13 => "┴",
        14 => "┬",
        _ => "┼",
    }
}
