//! Drawing primitives of the panels: lines, headings, highlights and boxes, clipped to the screen.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use crate::text::Language;
use crate::tui::layout::right_of_rule;
use crate::tui::text::{Side, cut, pad, width};
use crate::tui::theme::{Role, Theme};

thread_local! {
    /// Language of the current frame.
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::ENGLISH) };
}

/// Sets the language of everything that is drawn from now on.
pub(super) fn speak(language: Language) {
    LANGUAGE.set(language);
}

/// Label in the language of the frame.
pub(super) fn word(text: &str) -> String {
    LANGUAGE.get().tell(text)
}

/// Sentence in the language of the frame. A single word may be a layer's name, so its translation is left to the caller.
fn told(text: &str) -> Option<String> {
    let language = LANGUAGE.get();
    if language == Language::ENGLISH || !text.trim().contains(' ') {
        return None;
    }
    let whole = language.tell(text);
    if whole != text {
        return Some(whole);
    }
    // Columns are separated by two blanks or more, and stay in place.
    let mut columns = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("  ") {
        let behind = rest[at..].trim_start_matches(' ');
        let column = &rest[..rest.len() - behind.len()];
        columns += &pad(&language.tell(column.trim_end()), width(column), Side::Left);
        rest = behind;
    }
    columns += &language.tell(rest);
    (columns != text).then_some(columns)
}

/// Parts of a line in the language of the frame, each at its old width if it filled a column.
fn told_line(line: &Line) -> Option<Line<'static>> {
    let all: Vec<Option<String>> = line.iter().map(|span| told(&span.content)).collect();
    if all.iter().all(Option::is_none) {
        return None;
    }
    let spans = line.iter().zip(all).map(|(span, told)| {
        let text = match told {
            Some(told) if span.content.ends_with(' ') => {
                pad(&told, width(&span.content), Side::Left)
            }
            Some(told) => told,
            None => span.content.to_string(),
        };
        Span::styled(text, span.style)
    });
    let mut told = Line::from(spans.collect::<Vec<_>>());
    told.style = line.style;
    Some(told)
}

/// Draws `line` as row `row` of `area`. The terminal may have become smaller than the state knows, so it is clipped.
pub(super) fn line(frame: &mut Frame, area: Rect, row: u16, line: &Line) {
    let place = row_of(frame, area, row);
    if !place.is_empty() {
        let told = told_line(line);
        let line = told.as_ref().unwrap_or(line);
        frame
            .buffer_mut()
            .set_line(place.x, place.y, line, place.width);
    }
}

/// Draws a text in one style as row `row` of `area`, cut between words.
pub(super) fn text(frame: &mut Frame, area: Rect, row: u16, text: &str, style: Style) {
    let told = told(text);
    let text = cut(told.as_deref().unwrap_or(text), usize::from(area.width));
    line(frame, area, row, &Line::styled(text, style));
}

/// Gives row `row` of `area` a style.
pub(super) fn highlight(frame: &mut Frame, area: Rect, row: u16, style: Style) {
    let place = row_of(frame, area, row);
    frame.buffer_mut().set_style(place, style);
}

/// Draws the heading of a panel: a rule with its title, emphasised if the panel has the keys.
pub(super) fn heading(frame: &mut Frame, area: Rect, theme: Theme, title: &str, has_keys: bool) {
    let room = usize::from(area.width);
    let title = cut(&theme.translate(title), room.saturating_sub(5));
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
pub(super) fn rule_at_left(frame: &mut Frame, area: Rect, theme: Theme) -> Rect {
    for row in 0..area.height {
        let cell = Rect { width: 1, ..area };
        text(frame, cell, row, "│", theme.style(Role::Rule));
    }
    right_of_rule(area)
}

/// Draws the frame of an empty popup with its title.
pub(super) fn popup(frame: &mut Frame, area: Rect, theme: Theme, title: &str) {
    let area = area.intersection(frame.area());
    frame.render_widget(Clear, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.style(Role::Rule))
        .title(Span::styled(
            format!(" {} ", theme.translate(title)),
            theme.style(Role::Title),
        ));
    frame.render_widget(block, area);
}

/// Scroll mark for a list of `len` lines that begins with line `top`: the number of lines beyond, or nothing.
pub(super) fn more(len: usize, top: usize, height: usize) -> String {
    let above = top;
    let below = len.saturating_sub(top + height);
    match (above, below) {
        (0, 0) => String::new(),
        (0, below) => format!("↓ {below} more"),
        (above, 0) => format!("↑ {above} more"),
        (above, below) => format!("↑ {above}  ↓ {below} more"),
    }
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
