//! Box with a short list to choose from.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layout::{framed, height, line_at, popup};
use crate::tui::kit::paint;
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;

/// Area of a box of this width with this number of lines.
pub(in crate::tui) fn area(room: Rect, columns: u16, lines: usize) -> Rect {
    popup(room, columns, lines as u16 + 2)
}

/// Number of visible lines.
pub(in crate::tui) fn page(area: Rect) -> usize {
    height(framed(area))
}

/// Selects the clicked line and takes it; a click outside closes the box.
pub(in crate::tui) fn click(
    cursor: &mut Cursor,
    len: usize,
    area: Rect,
    at: Position,
) -> Option<Command> {
    if !area.contains(at) {
        return Some(Command::Back);
    }
    let place = line_at(framed(area), at, cursor.top)?;
    cursor.select(place, len);
    (place < len).then_some(Command::Accept)
}

/// Draws the box with the title of this id.
pub(in crate::tui) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    title: &'static str,
    lines: Vec<String>,
    cursor: Cursor,
) {
    let inside = framed(area);
    let height = height(inside);
    let more = paint::more(theme, lines.len(), cursor.top, height);
    let title = theme.word(title);
    paint::popup(frame, area, theme, &paint::titled(title, &more));
    for (number, text) in lines.into_iter().enumerate().skip(cursor.top).take(height) {
        let row = (number - cursor.top) as u16;
        paint::text(frame, inside, row, &text, Style::new());
        if number == cursor.at {
            paint::highlight(frame, inside, row, theme.style(Role::Selected));
        }
    }
}
