//! Layout of the catalogue: its list, and its scatter plot.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::report::catalogue::plot::{Bounds, Point};
use crate::tui::kit::layout::below;

/// Cells on the left for the vertical axis and its numbers.
pub const MARGIN: u16 = 7;

/// Areas of the catalogue: the list with its search and heading lines, and the details.
pub fn list(body: Rect) -> [Rect; 2] {
    if body.width >= 140 {
        body.layout(&Layout::horizontal([
            Constraint::Length(88),
            Constraint::Min(0),
        ]))
    } else {
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(if body.height >= 30 { 9 } else { 7 }),
        ]))
    }
}

/// Rows of the catalogue's list, below the search and the heading.
pub fn list_rows(list: Rect) -> Rect {
    below(list, 2, 0)
}

/// Areas of the plot with its heading, and of the chosen network's details.
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

/// Area of the points, right of the vertical axis and above the horizontal one.
pub fn plane(plot: Rect) -> Rect {
    let inside = below(plot, 1, 2);
    let left = MARGIN.min(inside.width);
    Rect {
        x: inside.x + left,
        width: (inside.width - left).saturating_sub(1),
        ..inside
    }
}

/// Visual ratio of the plane's width to its height: a cell is about twice as high as wide.
pub fn aspect(plane: Rect) -> f64 {
    f64::from(plane.width.max(1)) / (2.0 * f64::from(plane.height.max(1)))
}

/// Position of a point in the plane, in dots from the left and from the bottom; a cell has two by four dots.
pub fn dot(plane: Rect, bounds: &Bounds, point: &Point<'_>) -> (u16, u16) {
    let (x, y) = bounds.place(point);
    let at = |part: f64, dots: u16| (part * f64::from(dots.saturating_sub(1))).round() as u16;
    (at(x, plane.width * 2), at(y, plane.height * 4))
}

/// Cell of a point.
pub fn cell(plane: Rect, bounds: &Bounds, point: &Point<'_>) -> Position {
    let (x, y) = dot(plane, bounds, point);
    let last = plane.height.saturating_sub(1);
    Position {
        x: plane.x + x / 2,
        y: plane.y + last - (y / 4).min(last),
    }
}

/// Nearest points to a cell, unless they are far away; points in the same cell are ordered by cost, the cheapest first.
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
