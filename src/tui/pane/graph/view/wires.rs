//! Edges of the graph: lines that bend, branch and cross, labelled with shapes.

use ratatui::Frame;

use crate::tui::kit::text::width;
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::graph::diagram::Diagram;
use crate::tui::pane::graph::lanes::{Way, Wire};
use crate::tui::pane::graph::place::Measure;
use crate::tui::pane::graph::view::{Window, wire_column};

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;
/// Bit of an edge that begins or ends at the selected box.
const LIT: u8 = 16;

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
    fn down(&mut self, x: usize, top: usize, bottom: usize, lit: u8) {
        let seen = self.window.origin.1;
        let end = bottom.min(seen + usize::from(self.window.panel.height));
        for y in top.max(seen.saturating_sub(1))..=end {
            let sides = if y > top { UP } else { 0 } | if y < bottom { DOWN } else { 0 };
            self.add(x, y, sides | lit);
        }
    }

    /// Adds a horizontal line between two columns.
    fn across(&mut self, from: usize, to: usize, y: usize, lit: u8) {
        let (left, right) = (from.min(to), from.max(to));
        for x in left..=right {
            let sides = if x > left { LEFT } else { 0 } | if x < right { RIGHT } else { 0 };
            self.add(x, y, sides | lit);
        }
    }
}

/// Draws all edges that are partly visible, below the boxes.
pub(super) fn render(
    frame: &mut Frame,
    window: &Window,
    theme: Theme,
    diagram: &Diagram,
    measure: &Measure,
    selected: Option<usize>,
) {
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
        let is_lit = selected.is_some_and(|at| at == wire.from || at == wire.to);
        draw(
            &mut lines,
            diagram,
            measure,
            *wire,
            if is_lit { LIT } else { 0 },
        );
    }
    let columns = usize::from(window.panel.width).max(1);
    for (place, &sides) in lines.cells.iter().enumerate() {
        if sides & !LIT == 0 {
            continue;
        }
        let (x, y) = (
            place % columns + window.origin.0,
            place / columns + window.origin.1,
        );
        let role = if sides & LIT == 0 {
            Role::Rule
        } else {
            Role::Key
        };
        window.text(frame, x, y, sign(sides & !LIT), theme.style(role));
    }
    for wire in seen() {
        arrow(frame, window, theme, diagram, measure, *wire);
    }
    for at in diagram.in_ranks(first.saturating_sub(1), last) {
        shape(frame, window, theme, diagram, measure, at);
    }
}

fn draw(lines: &mut Lines, diagram: &Diagram, measure: &Measure, wire: Wire, lit: u8) {
    let places = &diagram.lanes;
    let column = |at: usize| wire_column(measure, places.lanes[at]);
    let below = measure.rank(places.ranks[wire.from]) + measure.height;
    let top = measure.rank(places.ranks[wire.to]);
    let port = measure.port(places.ranks[wire.to]);
    let (from, to) = (column(wire.from), column(wire.to));
    // Edges run from inside the upper box to inside the lower one: the boxes are drawn over both ends.
    match wire.way {
        Way::Straight => lines.down(from, below - 1, top, lit),
        Way::Out => {
            lines.down(from, below - 1, below, lit);
            lines.across(from, to, below, lit);
            lines.down(to, below, top, lit);
        }
        Way::In => {
            lines.down(from, below - 1, port, lit);
            lines.across(from, to, port, lit);
        }
        Way::Skip(track) => {
            let track = measure.track(track);
            lines.down(from, below - 1, below, lit);
            lines.across(from, track, below, lit);
            lines.down(track, below, port, lit);
            lines.across(track, to, port, lit);
        }
    }
}

/// Arrow of an edge that enters a box from its side.
fn arrow(
    frame: &mut Frame,
    window: &Window,
    theme: Theme,
    diagram: &Diagram,
    measure: &Measure,
    wire: Wire,
) {
    let lanes = &diagram.lanes;
    let left = measure.lane(lanes.lanes[wire.to]);
    let comes_from = match wire.way {
        Way::Straight | Way::Out => return,
        Way::In => measure.lane(lanes.lanes[wire.from]),
        Way::Skip(track) => measure.track(track),
    };
    let (x, sign) = if comes_from > left {
        (left + measure.width, "◀")
    } else {
        (left.saturating_sub(1), "▶")
    };
    let port = measure.port(lanes.ranks[wire.to]);
    window.text(frame, x, port, sign, theme.style(Role::Rule));
}

/// Output shape of a box, beside the edge below it.
fn shape(
    frame: &mut Frame,
    window: &Window,
    theme: Theme,
    diagram: &Diagram,
    measure: &Measure,
    at: usize,
) {
    let node = &diagram.boxes[at];
    let Some(shape) = node.output else {
        return;
    };
    let text = format!(" {shape} ");
    if diagram.below(at).is_none() || width(&text) + 6 > measure.width {
        return;
    }
    let role = if node.shrinks.is_some() {
        Role::Warning
    } else {
        Role::Dim
    };
    let y = measure.rank(diagram.lanes.ranks[at]) + measure.height;
    let x = wire_column(measure, diagram.lanes.lanes[at]) + 1;
    window.text(frame, x, y, &text, theme.style(role));
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
