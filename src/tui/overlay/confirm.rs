//! Question before a fix is written: the file, and its lines before and after.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::message;
use crate::spec::named;
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::fix::FileFix;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{below, framed, height, popup};
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::cut;
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;

/// A fix that waits for the user's consent.
#[derive(Debug)]
pub struct Confirm {
    /// The fix.
    pub fix: FileFix,
    /// Lines of the file around the change.
    lines: Vec<Changed>,
    /// Scroll position.
    cursor: Cursor,
}

/// A line of the file, as it is or as it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Changed {
    /// Stays.
    Same(String),
    /// Is removed.
    Gone(String),
    /// Is added.
    New(String),
}

impl Confirm {
    /// The question about a fix.
    pub fn new(fix: FileFix) -> Self {
        Self {
            lines: changed(&fix.before, &fix.after),
            fix,
            cursor: Cursor::default(),
        }
    }

    /// Scrolls through the lines.
    pub fn go(&mut self, motion: Motion, area: Rect) {
        self.cursor
            .scroll(motion, self.lines.len(), height(rows(area)));
    }

    /// Area of its box.
    pub fn area(&self, room: Rect) -> Rect {
        let lines = u16::try_from(self.lines.len()).unwrap_or(u16::MAX);
        popup(room, 84, lines.saturating_add(6).min(room.height))
    }

    /// A click on the last line writes; one outside closes the box.
    pub fn click(area: Rect, at: Position) -> Option<Command> {
        if !area.contains(at) {
            return Some(Command::Back);
        }
        (at.y + 2 == area.bottom()).then_some(Command::Accept)
    }

    /// Draws it.
    pub(in crate::tui) fn render(&self, frame: &mut Frame<'_>, area: Rect, context: &Context) {
        let theme = context.theme;
        let title = if self.fix.is_undo {
            "title-confirm-undo"
        } else {
            "title-confirm"
        };
        paint::popup(frame, area, theme, theme.word(title));
        let inside = framed(area);
        let room = usize::from(inside.width).saturating_sub(2);
        let what = cut(&theme.say(&self.fix.what), room);
        paint::text(
            frame,
            inside,
            0,
            &format!(" {what}"),
            theme.style(Role::Title),
        );
        let place = cut(&theme.say(&self.place()), room);
        paint::text(
            frame,
            inside,
            1,
            &format!(" {place}"),
            theme.style(Role::Dim),
        );
        let list = List::new(self.lines.len(), self.cursor).with(None);
        list.render_in_box(frame, (rows(area), area), theme, |number| {
            let (sign, text, style) = self.lines[number].parts(theme);
            Line::styled(cut(&format!("  {sign} {text}"), room), style)
        });
        let keys = message!(
            "confirm-keys",
            write = context.keys.key(Scope::Confirm, Command::Accept),
            leave = context.keys.key(Scope::Confirm, Command::Back)
        );
        let bottom = inside.height.saturating_sub(1);
        paint::text(
            frame,
            inside,
            bottom,
            &format!(" {}", theme.say(&keys)),
            theme.style(Role::Key),
        );
    }

    /// File that is written.
    fn place(&self) -> Message {
        let file = named::text(&self.fix.path);
        if self.fix.is_copy {
            message!("confirm-copy", file = file)
        } else {
            message!("confirm-file", file = file)
        }
    }
}

impl Changed {
    fn parts(&self, theme: Theme) -> (&'static str, &str, Style) {
        match self {
            Self::Same(text) => (" ", text, theme.style(Role::Dim)),
            Self::Gone(text) => ("-", text, theme.style(Role::Error)),
            Self::New(text) => ("+", text, theme.style(Role::Good)),
        }
    }
}

/// Rows of the lines.
fn rows(area: Rect) -> Rect {
    below(framed(area), 2, 2)
}

/// Lines that differ between two texts, between the lines that both begin and end with, one of which is kept on each side.
fn changed(before: &str, after: &str) -> Vec<Changed> {
    let [before, after]: [Vec<&str>; 2] = [before, after].map(|text| text.lines().collect());
    let begin = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let most = before.len().min(after.len()) - begin;
    let ends = before.iter().rev().zip(after.iter().rev());
    let end = ends.take(most).take_while(|(a, b)| a == b).count();
    let line = |make: fn(String) -> Changed, lines: &[&str]| -> Vec<Changed> {
        lines.iter().map(|text| make((*text).to_owned())).collect()
    };
    let mut lines = line(Changed::Same, &before[begin.saturating_sub(1)..begin]);
    lines.extend(line(Changed::Gone, &before[begin..before.len() - end]));
    lines.extend(line(Changed::New, &after[begin..after.len() - end]));
    let rest = &before[before.len() - end..];
    lines.extend(line(Changed::Same, &rest[..end.min(1)]));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_changed_lines_stand_between_their_neighbours() {
        let owned = |text: &str| text.to_owned();
        assert_eq!(
            changed("a\nb\nc\nd\n", "a\nb\nx\ny\nd\n"),
            [
                Changed::Same(owned("b")),
                Changed::Gone(owned("c")),
                Changed::New(owned("x")),
                Changed::New(owned("y")),
                Changed::Same(owned("d")),
            ]
        );
        assert_eq!(
            changed("a\n", "a\na\n"),
            [Changed::Same(owned("a")), Changed::New(owned("a"))]
        );
        assert_eq!(changed("", "a\n"), [Changed::New(owned("a"))]);
    }
}
