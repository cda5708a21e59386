//! Help: the keys of the current location, then all others.

mod view;

use ratatui::layout::{Position, Rect};

use crate::tui::keys::{self, Binding, Scope};
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{framed, height, popup};
use crate::tui::message::Command;
pub(in crate::tui) use view::render;

/// Line of the help.
#[derive(Debug, Clone, Copy)]
enum HelpLine {
    /// Empty line.
    Blank,
    /// Heading of a scope's keys.
    Heading(&'static str),
    /// Keys and their effect.
    Keys(&'static Binding),
}

/// Open help.
#[derive(Debug)]
pub struct Help {
    /// Scopes, the active ones first.
    scopes: Vec<Scope>,
    /// Scroll position.
    cursor: Cursor,
}

impl Help {
    /// Help for a location with these active scopes.
    pub fn new(mut scopes: Vec<Scope>) -> Self {
        let others: Vec<_> = Scope::ALL
            .into_iter()
            .filter(|scope| !scopes.contains(scope))
            .collect();
        scopes.extend(others);
        Self {
            scopes,
            cursor: Cursor::default(),
        }
    }

    fn lines(&self) -> Vec<HelpLine> {
        let mut lines = Vec::new();
        for &scope in &self.scopes {
            if !lines.is_empty() {
                lines.push(HelpLine::Blank);
            }
            lines.push(HelpLine::Heading(scope.title()));
            lines.extend(keys::bindings(scope).map(HelpLine::Keys));
        }
        lines
    }

    /// Area of its box.
    pub fn area(room: Rect) -> Rect {
        popup(room, 84, room.height)
    }

    /// Scrolls.
    pub fn go(&mut self, motion: Motion, area: Rect) {
        let len = self.lines().len();
        self.cursor.scroll(motion, len, height(framed(area)));
    }

    /// Closes it by a click outside.
    pub fn click(area: Rect, at: Position) -> Option<Command> {
        (!area.contains(at)).then_some(Command::Back)
    }
}
