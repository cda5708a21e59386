//! Where the points of the catalogue are on the screen.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::below;
use crate::report::scatter::{Bounds, Point};

/// Cells at the left for the numbers of the vertical axis, with the axis itself.
pub const MARGIN: u16 = 7;

/// The plot with its heading, and what is said about the chosen network.
pub fn panels(body: Rect) -> [Rect; 2] {
    if body.width >= 140 {
        body.layout(&Layout::horizontal([
            Constraint::Min(0),
            Constraint::Length(52),
        ]))
    } else {
        let lines = if body.height >= 30 { 9 } else { 7 };
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(lines),
        ]))
    }
}

/// Where the points are, right of the vertical axis and above the horizontal one.
pub fn plane(plot: Rect) -> Rect {
    let inside = below(plot, 1, 2);
    let left = MARGIN.min(inside.width);
    Rect {
        x: inside.x + left,
        width: (inside.width - left).saturating_sub(1),
        ..inside
    }
}

/// How many times as wide as high the plane is to the eye: a cell is about twice as high as wide.
pub fn aspect(plane: Rect) -> f64 {
    f64::from(plane.width.max(1)) / (2.0 * f64::from(plane.height.max(1)))
}

/// A point's place in the plane in dots, of which a cell has two by four, from the left and from the bottom.
pub fn dot(plane: Rect, bounds: &Bounds, point: &Point<'_>) -> (u16, u16) {
    let (x, y) = bounds.place(point);
    let at = |part: f64, dots: u16| (part * f64::from(dots.saturating_sub(1))).round() as u16;
    (at(x, plane.width * 2), at(y, plane.height * 4))
}

/// The cell of a point.
pub fn cell(plane: Rect, bounds: &Bounds, point: &Point<'_>) -> Position {
    let (x, y) = dot(plane, bounds, point);
    let last = plane.height.saturating_sub(1);
    Position {
        x: plane.x + x / 2,
        y: plane.y + last - (y / 4).min(last),
    }
}

/// The points nearest to a cell, when they are not far: those that lie in one cell, the cheapest first.
pub fn points_at(plane: Rect, points: &[Point<'_>], at: Position) -> Vec<usize> {
    let bounds = Bounds::around(points);
    let cells: Vec<Position> = points
        .iter()
        .map(|point| cell(plane, &bounds, point))
        .collect();
    let distance =
        |cell: &Position| u32::from(cell.x.abs_diff(at.x)) + 2 * u32::from(cell.y.abs_diff(at.y));
    let nearest = cells.iter().min_by_key(|cell| distance(cell));
    let Some(nearest) = nearest.filter(|cell| distance(cell) <= 4) else {
        return Vec::new();
    };
    (0..cells.len())
        .filter(|&number| cells[number] == *nearest)
        .collect()
}
