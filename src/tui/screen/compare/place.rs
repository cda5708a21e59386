//! Layout of a comparison.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::kit::layout::below;

/// Areas of a comparison: the summary, the totals, the table, and the selected pair.
pub fn areas(body: Rect) -> [Rect; 4] {
    let is_high = body.height >= 30;
    body.layout(&Layout::vertical([
        Constraint::Length(if is_high { 2 } else { 1 }),
        Constraint::Length(if is_high { 7 } else { 6 }),
        Constraint::Min(0),
        Constraint::Length(if is_high { 8 } else { 4 }),
    ]))
}

/// Rows of a comparison's table, below its heading.
pub fn rows(table: Rect) -> Rect {
    below(table, 1, 0)
}
