//! Drawing primitives of the panels: lines, headings, highlights and boxes, clipped to the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Scrollbar, ScrollbarOrientation, ScrollbarState};

use crate::message;
use crate::tui::kit::layout::right_of_rule;
use crate::tui::kit::text::{cut, width};
use crate::tui::kit::theme::{Role, Theme};

/// Draws `line` as row `row` of `area`. The terminal may have become smaller than the state knows, so it is clipped.
pub(in crate::tui) fn line(frame: &mut Frame, area: Rect, row: u16, line: &Line) {
    let place = row_of(frame, area, row);
    if !place.is_empty() {
        frame
            .buffer_mut()
            .set_line(place.x, place.y, line, place.width);
    }
}

/// Draws `line` as row `row` of `area`; one that is longer ends in an ellipsis.
pub(in crate::tui) fn long_line(
    frame: &mut Frame,
    area: Rect,
    row: u16,
    long: &Line,
    style: Style,
) {
    line(frame, area, row, long);
    if long.width() > usize::from(area.width) {
        let end = Rect {
            x: area.right().saturating_sub(1),
            width: area.width.min(1),
            ..area
        };
        line(frame, end, row, &Line::styled("…", style));
    }
}

/// Draws a text in one style as row `row` of `area`, cut between words.
pub(in crate::tui) fn text(frame: &mut Frame, area: Rect, row: u16, text: &str, style: Style) {
    let text = cut(text, usize::from(area.width));
    line(frame, area, row, &Line::styled(text, style));
}

/// Draws as many of the lines as there is room for; if there are more, the last visible one ends in an ellipsis.
pub(in crate::tui) fn as_many(frame: &mut Frame, area: Rect, theme: Theme, lines: Vec<Line<'_>>) {
    let room = usize::from(area.height);
    let has_more = lines.len() > room;
    for (row, text) in lines.into_iter().take(room).enumerate() {
        line(frame, area, row as u16, &text);
        if has_more && row + 1 == room {
            let end = (text.width() as u16).min(area.width.saturating_sub(2));
            let place = Rect {
                x: area.x + end,
                width: area.width.min(2),
                ..area
            };
            let more = Line::styled(" …", theme.style(Role::Dim));
            line(frame, place, row as u16, &more);
        }
    }
}

/// Gives row `row` of `area` a style.
pub(in crate::tui) fn highlight(frame: &mut Frame, area: Rect, row: u16, style: Style) {
    let place = row_of(frame, area, row);
    frame.buffer_mut().set_style(place, style);
}

/// Draws the heading of a panel: a rule with its title, emphasised if the panel has the keys.
pub(in crate::tui) fn heading(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    title: &str,
    has_keys: bool,
) {
    let room = usize::from(area.width);
    let title = cut(title, room.saturating_sub(5));
    let rest = room.saturating_sub(width(&title) + 4);
    let style = if has_keys {
        theme.style(Role::Key)
    } else {
        theme.style(Role::Title)
    };
    let rule = theme.style(Role::Rule);
    let spans = vec![
        Span::styled(
            if has_keys { "━━ " } else { "── " },
            if has_keys { style } else { rule },
        ),
        Span::styled(title, style),
        Span::styled(format!(" {}", "─".repeat(rest)), rule),
    ];
    line(frame, area, 0, &Line::from(spans));
}

/// Draws a vertical rule down the left side of `area`, and returns the area to its right.
pub(in crate::tui) fn rule_at_left(frame: &mut Frame, area: Rect, theme: Theme) -> Rect {
    for row in 0..area.height {
        let cell = Rect { width: 1, ..area };
        text(frame, cell, row, "│", theme.style(Role::Rule));
    }
    right_of_rule(area)
}

/// Draws the frame of an empty popup with its title.
pub(in crate::tui) fn popup(frame: &mut Frame, area: Rect, theme: Theme, title: &str) {
    let area = area.intersection(frame.area());
    frame.render_widget(Clear, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.style(Role::Rule))
        .title(Span::styled(format!(" {title} "), theme.style(Role::Title)));
    frame.render_widget(block, area);
}

/// Scroll mark for a list of `len` lines that begins with line `top`: the lines that are seen of all, or nothing.
pub(in crate::tui) fn more(theme: Theme, len: usize, top: usize, height: usize) -> String {
    if len <= height {
        return String::new();
    }
    let last = (top + height).min(len);
    theme.say(&message!(
        "pane-seen",
        first = top + 1,
        last = last,
        all = len
    ))
}

/// Draws the position of the visible lines into the column `bar` beside them, if not all of `len` lines are visible.
pub(in crate::tui) fn scrollbar(
    frame: &mut Frame<'_>,
    bar: Rect,
    theme: Theme,
    len: usize,
    top: usize,
) {
    let height = usize::from(bar.height);
    let column = bar.intersection(frame.area());
    if len <= height || column.is_empty() {
        return;
    }
    let mut state = ScrollbarState::new(len - height + 1)
        .position(top)
        .viewport_content_length(height);
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(Some("│"))
        .thumb_symbol("┃")
        .track_style(theme.style(Role::Rule))
        .thumb_style(theme.style(Role::Title));
    frame.render_stateful_widget(bar, column, &mut state);
}

/// Draws the first of some notes that fits into the right end of a row of which `taken` cells are used.
pub(in crate::tui) fn note_at_right(
    frame: &mut Frame<'_>,
    area: Rect,
    row: u16,
    taken: usize,
    notes: &[String],
    style: Style,
) {
    let room = usize::from(area.width).saturating_sub(taken + 4);
    if let Some(note) = notes.iter().find(|note| width(note) <= room) {
        let cells = width(note) as u16 + 2;
        let place = Rect {
            x: area.right().saturating_sub(cells + 1),
            width: cells,
            ..area
        };
        line(frame, place, row, &Line::styled(format!(" {note} "), style));
    }
}

/// A title with a scroll mark after it.
pub(in crate::tui) fn titled(title: &str, more: &str) -> String {
    format!("{title}  {more}").trim_end().to_owned()
}

fn row_of(frame: &Frame, area: Rect, row: u16) -> Rect {
    if row >= area.height {
        return Rect::ZERO;
    }
    Rect {
        y: area.y + row,
        height: 1,
        ..area
    }
    .intersection(frame.area())
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::buffer::Cell;

    use super::*;

    #[test]
    fn a_note_at_the_right_has_two_blanks_before_it_or_is_left_out() {
        let mut seen = 0;
        for taken in 0..20 {
            let mut terminal = Terminal::new(TestBackend::new(20, 1)).expect("a screen");
            let draw = |frame: &mut Frame<'_>| {
                let (area, style) = (frame.area(), Style::new());
                text(frame, area, 0, &"x".repeat(taken), style);
                note_at_right(frame, area, 0, taken, &["note".to_owned()], style);
            };
            terminal.draw(draw).expect("a picture");
            let cells = &terminal.backend().buffer().content;
            let line: String = cells.iter().map(Cell::symbol).collect();
            if let Some(at) = line.find("note") {
                assert!(at >= taken + 2, "{line}");
                seen += 1;
            }
        }
        assert!(seen > 10);
    }
}
