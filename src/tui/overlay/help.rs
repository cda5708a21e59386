//! Help: the keys of the current location, then all others.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::text::Language;
use crate::tui::keys::{Binding, Keymap, Scope};
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{framed, height, popup};
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::wrap;
use crate::tui::kit::text::{Side, pad};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;

/// Line of the help.
#[derive(Debug)]
enum HelpLine {
    /// Empty line.
    Blank,
    /// Heading of a scope's keys.
    Heading(&'static str),
    /// Names of keys, and the row of the table with their effect.
    Keys(String, &'static Binding),
}

/// Cells of the keys' column.
const KEYS: usize = 21;
/// Blanks before the keys.
const INDENT: usize = 3;

/// Line on the screen.
#[derive(Debug)]
enum Row {
    /// Empty line.
    Blank,
    /// Heading of a scope's keys.
    Heading(&'static str),
    /// A line of the names of keys, and one of the text about them; either may be longer.
    Keys(String, String),
}

/// Open help.
#[derive(Debug)]
pub struct Help {
    lines: Vec<HelpLine>,
    /// Scroll position.
    cursor: Cursor,
}

impl Help {
    /// Help for a location with these active scopes.
    pub fn new(mut scopes: Vec<Scope>, keymap: &Keymap) -> Self {
        let others: Vec<_> = Scope::ALL
            .into_iter()
            .filter(|scope| !scopes.contains(scope))
            .collect();
        scopes.extend(others);
        let mut lines = Vec::new();
        for scope in scopes {
            if !lines.is_empty() {
                lines.push(HelpLine::Blank);
            }
            lines.push(HelpLine::Heading(scope.title()));
            let rows = keymap.bindings(scope);
            lines.extend(rows.map(|bound| HelpLine::Keys(bound.names(), bound.binding)));
        }
        Self {
            lines,
            cursor: Cursor::default(),
        }
    }

    /// Lines in this number of cells; a long text continues on the next line.
    fn rows(&self, cells: usize, language: Language) -> Vec<Row> {
        let room = cells.saturating_sub(KEYS + 1);
        let mut rows = Vec::new();
        for line in &self.lines {
            match line {
                HelpLine::Blank => rows.push(Row::Blank),
                HelpLine::Heading(title) => rows.push(Row::Heading(title)),
                HelpLine::Keys(names, binding) => {
                    let names = wrap(names, KEYS - INDENT, 0);
                    let texts = wrap(binding.help(language), room, 0);
                    let line = |all: &[String], row| all.get(row).cloned().unwrap_or_default();
                    let keys = (0..names.len().max(texts.len()))
                        .map(|row| Row::Keys(line(&names, row), line(&texts, row)));
                    rows.extend(keys);
                }
            }
        }
        rows
    }

    /// Area of its box.
    pub fn area(room: Rect) -> Rect {
        popup(room, 84, room.height)
    }

    /// Scrolls.
    pub fn go(&mut self, motion: Motion, area: Rect, language: Language) {
        let inside = framed(area);
        let len = self.rows(usize::from(inside.width), language).len();
        self.cursor.scroll(motion, len, height(inside));
    }

    /// Closes it by a click outside.
    pub fn click(area: Rect, at: Position) -> Option<Command> {
        (!area.contains(at)).then_some(Command::Back)
    }
}

/// Draws the help: the active keys come first.
pub(in crate::tui) fn render(frame: &mut Frame<'_>, area: Rect, theme: Theme, help: &Help) {
    let inside = framed(area);
    let lines = help.rows(usize::from(inside.width), theme.language());
    let list = List::new(lines.len(), help.cursor).with(None);
    let title = list.titled(theme, theme.word("title-keys"), inside);
    paint::popup(frame, area, theme, &title);
    list.render_in_box(frame, (inside, area), theme, |number| {
        match &lines[number] {
            Row::Blank => Line::default(),
            Row::Heading(title) => {
                let text = format!(" {}", theme.word(title));
                Line::styled(text, theme.style(Role::Title))
            }
            Row::Keys(keys, text) => {
                let keys = pad(&format!("{:INDENT$}{keys}", ""), KEYS, Side::Left);
                Line::from(vec![
                    Span::styled(keys, theme.style(Role::Key)),
                    Span::raw(format!(" {text}")),
                ])
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::kit::text::width;

    #[test]
    fn no_name_of_a_key_is_cut() {
        let help = Help::new(Vec::new(), &Keymap::default());
        let all = help.lines.iter().filter_map(|line| match line {
            HelpLine::Keys(names, _) => Some(names.clone()),
            _ => None,
        });
        let rows = help.rows(78, Language::ENGLISH).into_iter();
        let shown = rows.filter_map(|row| match row {
            Row::Keys(keys, _) => Some(keys).filter(|keys| !keys.is_empty()),
            _ => None,
        });
        let shown: Vec<String> = shown.collect();
        assert!(shown.iter().all(|keys| width(keys) <= KEYS - INDENT));
        assert_eq!(shown.join(" "), all.collect::<Vec<_>>().join(" "));
    }
}
