//! Box with a short list to choose from.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layout::{framed, height, popup};
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::cut;
use crate::tui::kit::theme::Theme;
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
    let place = List::new(len, *cursor).row_at(framed(area), at)?;
    cursor.select(place, len);
    Some(Command::Accept)
}

/// Draws the box with the title of this id.
pub(in crate::tui) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    title: &'static str,
    lines: &[String],
    cursor: Cursor,
) {
    let rows = framed(area);
    let list = List::new(lines.len(), cursor);
    let title = list.titled(theme, theme.word(title), rows);
    paint::popup(frame, area, theme, &title);
    let room = usize::from(rows.width);
    list.render_in_box(frame, (rows, area), theme, |number| {
        Line::raw(cut(&lines[number], room))
    });
}
