//! Layout of the screen and of boxes, shared by drawing, mouse and scrolling.

use ratatui::layout::{Constraint, Layout, Position, Rect};

/// Minimum columns and rows in which everything fits.
pub const LEAST: (u16, u16) = (60, 18);

/// Whether the terminal is at least that large.
pub const fn is_large_enough((columns, rows): (u16, u16)) -> bool {
    columns >= LEAST.0 && rows >= LEAST.1
}

/// Areas of the title, the body and the footer with the keys.
pub fn outline((columns, rows): (u16, u16)) -> [Rect; 3] {
    Rect::new(0, 0, columns, rows).layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(1),
    ]))
}

/// Area inside a panel, without its heading line and an empty column on each side.
pub fn inside(panel: Rect) -> Rect {
    let inner = below(panel, 1, 0);
    Rect {
        x: inner.x + inner.width.min(1),
        width: inner.width.saturating_sub(2),
        ..inner
    }
}

/// Rows of a list, below its heading.
pub fn below_heading(list: Rect) -> Rect {
    below(list, 1, 0)
}

/// Areas of the typed line of a searched list, and of its rows.
pub fn searched(popup: Rect) -> [Rect; 2] {
    let inside = framed(popup);
    [
        Rect {
            height: inside.height.min(1),
            ..inside
        },
        below(inside, 1, 0),
    ]
}

/// `area` without the rule on its left and an empty column on each side.
pub fn right_of_rule(area: Rect) -> Rect {
    let taken = area.width.min(2);
    Rect {
        x: area.x + taken,
        width: (area.width - taken).saturating_sub(1),
        ..area
    }
}

/// Popup over the body, with its frame.
pub fn popup(body: Rect, columns: u16, rows: u16) -> Rect {
    body.centered(
        Constraint::Length(columns.min(body.width)),
        Constraint::Length(rows.min(body.height)),
    )
}

/// Area inside a popup's frame.
pub fn framed(popup: Rect) -> Rect {
    Rect {
        x: popup.x + popup.width.min(1),
        width: popup.width.saturating_sub(2),
        ..below(popup, 1, 1)
    }
}

/// `area` without this number of lines at its top and bottom.
pub fn below(area: Rect, top: u16, bottom: u16) -> Rect {
    let top = top.min(area.height);
    Rect {
        y: area.y + top,
        height: area.height.saturating_sub(top + bottom),
        ..area
    }
}

/// Line of a list at a position, if the list begins with line `top`.
pub fn line_at(rows: Rect, at: Position, top: usize) -> Option<usize> {
    rows.contains(at).then(|| top + usize::from(at.y - rows.y))
}

/// Number of lines of an area.
pub fn height(area: Rect) -> usize {
    usize::from(area.height)
}
