//! List on the screen: rows built only for what is visible, the selected one highlighted, a scrollbar if there are more.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layout::{height, line_at};
use crate::tui::kit::paint;
use crate::tui::kit::theme::{Role, Theme};

/// Length, selection and scroll position of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// Number of rows.
    pub len: usize,
    /// Selected row, and the first visible one.
    pub cursor: Cursor,
    /// Role of the selected row; `None` if none is selected.
    pub selected: Option<Role>,
}

impl List {
    /// A list that has the focus.
    pub const fn new(len: usize, cursor: Cursor) -> Self {
        Self {
            len,
            cursor,
            selected: Some(Role::Selected),
        }
    }

    /// The same list with another role for its selected row.
    #[must_use]
    pub const fn with(self, selected: Option<Role>) -> Self {
        Self { selected, ..self }
    }

    /// Visible rows in this area, by number.
    pub fn visible(&self, rows: Rect) -> std::ops::Range<usize> {
        let top = self.cursor.top.min(self.len);
        top..(top + height(rows)).min(self.len)
    }

    /// Row at a position of the screen.
    pub fn row_at(&self, rows: Rect, at: Position) -> Option<usize> {
        line_at(rows, at, self.cursor.top).filter(|row| *row < self.len)
    }

    /// Title with the visible rows of all after it, if not all are visible: "Layers  1–20 of 177".
    pub fn titled(&self, theme: Theme, title: &str, rows: Rect) -> String {
        let more = paint::more(theme, self.len, self.cursor.top, height(rows));
        paint::titled(title, &more)
    }

    /// Draws the visible rows into `rows`, and a scrollbar into its last column if not all are visible.
    pub(in crate::tui) fn render<'l>(
        &self,
        frame: &mut Frame<'_>,
        rows: Rect,
        theme: Theme,
        row: impl FnMut(usize) -> Line<'l>,
    ) {
        let bar = Rect {
            x: rows.right().saturating_sub(1),
            width: rows.width.min(1),
            ..rows
        };
        self.render_with_bar(frame, (rows, bar), theme, row);
    }

    /// Draws the visible rows of a list in a box, with the scrollbar in the box's frame.
    pub(in crate::tui) fn render_in_box<'l>(
        &self,
        frame: &mut Frame<'_>,
        (rows, popup): (Rect, Rect),
        theme: Theme,
        row: impl FnMut(usize) -> Line<'l>,
    ) {
        let bar = Rect {
            x: popup.right().saturating_sub(1),
            width: 1,
            ..rows
        };
        self.render_with_bar(frame, (rows, bar), theme, row);
    }

    fn render_with_bar<'l>(
        &self,
        frame: &mut Frame<'_>,
        (rows, bar): (Rect, Rect),
        theme: Theme,
        mut row: impl FnMut(usize) -> Line<'l>,
    ) {
        for (place, number) in self.visible(rows).enumerate() {
            paint::line(frame, rows, place as u16, &row(number));
            if let Some(role) = self.selected.filter(|_| number == self.cursor.at) {
                paint::highlight(frame, rows, place as u16, theme.style(role));
            }
        }
        paint::scrollbar(frame, bar, theme, self.len, self.cursor.top);
    }
}

/// Text of lines that can be scrolled, without a selection.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Page<'p, 'l> {
    /// All lines.
    pub lines: &'p [Line<'l>],
    /// Number of the first visible line.
    pub top: usize,
}

impl Page<'_, '_> {
    /// Draws the visible lines, and a scrollbar into the column right of them if not all are visible.
    pub(in crate::tui) fn render(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let bar = Rect {
            x: area.right(),
            width: 1,
            ..area
        };
        let top = self.top.min(self.lines.len().saturating_sub(height(area)));
        let cursor = Cursor { at: top, top };
        List::new(self.lines.len(), cursor)
            .with(None)
            .render_with_bar(frame, (area, bar), theme, |row| self.lines[row].clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_visible_rows_are_built_and_hit() {
        let rows = Rect::new(3, 2, 20, 5);
        let list = List::new(1_000, Cursor { at: 402, top: 400 });
        assert_eq!(list.visible(rows), 400..405);
        assert_eq!(list.row_at(rows, Position::new(4, 4)), Some(402));
        assert_eq!(list.row_at(rows, Position::new(4, 7)), None);
        let short = List::new(2, Cursor::default());
        assert_eq!(short.visible(rows), 0..2);
        assert_eq!(short.row_at(rows, Position::new(4, 4)), None);
    }
}
