//! The keys, all of them: those that hold now come first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint;
use crate::tui::app::{App, Mode};
use crate::tui::cursor::Cursor;
use crate::tui::keys::{self, Binding};
use crate::tui::layout;
use crate::tui::text::{Side, pad};
use crate::tui::theme::Role;

/// A line of the help.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) enum HelpLine {
    /// Air.
    Blank,
    /// The keys below hold in this place.
    Heading(&'static str),
    /// Keys and what they do.
    Keys(&'static Binding),
}

/// All lines of the help over a mode.
pub(in crate::tui) fn lines(app: &App, under: &Mode) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for context in layout::help_contexts(app, under) {
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Heading(context.title()));
        lines.extend(keys::bindings(context).map(HelpLine::Keys));
    }
    lines
}

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App, cursor: Cursor, under: &Mode) {
    let theme = app.theme;
    let lines = lines(app, under);
    let inside = layout::framed(area);
    let height = usize::from(inside.height);
    let more = paint::more(lines.len(), cursor.top, height);
    paint::popup(frame, area, theme, format!("Keys  {more}").trim_end());
    for (row, line) in lines.iter().skip(cursor.top).take(height).enumerate() {
        let row = row as u16;
        match line {
            HelpLine::Blank => {}
            HelpLine::Heading(title) => {
                paint::text(
                    frame,
                    inside,
                    row,
                    &format!(" {title}"),
                    theme.style(Role::Title),
                );
            }
            HelpLine::Keys(binding) => {
                let line = Line::from(vec![
                    Span::styled(
                        pad(&format!("   {}", binding.names()), 21, Side::Left),
                        theme.style(Role::Key),
                    ),
                    Span::raw(format!(" {}", binding.help)),
                ]);
                paint::line(frame, inside, row, &line);
            }
        }
    }
}
