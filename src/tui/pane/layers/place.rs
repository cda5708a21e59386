//! Layout of the layer table and of the details beside or below it.

use ratatui::layout::{Constraint, Layout, Rect};

use super::Focus;
use crate::tui::kit::layout::below;

/// Areas of the layer table and of the selected row's details; one is empty if there is room for one only.
pub fn areas(body: Rect, focus: Focus) -> [Rect; 2] {
    if body.width >= 190 {
        let detail = body.width / 3;
        body.layout(&Layout::horizontal([
            Constraint::Min(0),
            Constraint::Length(detail),
        ]))
    } else if body.height >= 30 {
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(14),
        ]))
    } else {
        match focus {
            Focus::Table => [body, Rect::ZERO],
            Focus::Detail(_) => [Rect::ZERO, body],
        }
    }
}

/// Rows of the layer table, between its heading and the totals.
pub fn table_rows(table: Rect) -> Rect {
    below(table, 1, 2)
}
