//! List of all keys: the active ones come first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Help, HelpLine};
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad};
use crate::tui::kit::theme::{Role, Theme};

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, help: &Help) {
    let lines = help.lines();
    let cursor = help.cursor;
    let inside = layout::framed(area);
    let height = usize::from(inside.height);
    let more = paint::more(theme, lines.len(), cursor.top, height);
    let title = paint::titled(theme.word("title-keys"), &more);
    paint::popup(frame, area, theme, &title);
    for (row, line) in lines.iter().skip(cursor.top).take(height).enumerate() {
        let row = row as u16;
        match line {
            HelpLine::Blank => {}
            HelpLine::Heading(title) => {
                paint::text(
                    frame,
                    inside,
                    row,
                    &format!(" {}", theme.word(title)),
                    theme.style(Role::Title),
                );
            }
            HelpLine::Keys(binding) => {
                let line = Line::from(vec![
                    Span::styled(
                        pad(&format!("   {}", binding.names()), 21, Side::Left),
                        theme.style(Role::Key),
                    ),
                    Span::raw(format!(" {}", binding.help(theme.language()))),
                ]);
                paint::line(frame, inside, row, &line);
            }
        }
    }
}
