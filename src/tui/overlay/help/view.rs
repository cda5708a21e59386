//! List of all keys: the active ones come first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Help, Row};
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad};
use crate::tui::kit::theme::{Role, Theme};

pub(in crate::tui) fn render(frame: &mut Frame<'_>, area: Rect, theme: Theme, help: &Help) {
    let inside = layout::framed(area);
    let lines = help.rows(usize::from(inside.width), theme.language());
    let height = usize::from(inside.height);
    let top = help.cursor.top;
    let more = paint::more(theme, lines.len(), top, height);
    let title = paint::titled(theme.word("title-keys"), &more);
    paint::popup(frame, area, theme, &title);
    for (row, line) in lines.iter().skip(top).take(height).enumerate() {
        let row = row as u16;
        match line {
            Row::Blank => {}
            Row::Heading(title) => {
                let text = format!(" {}", theme.word(title));
                paint::text(frame, inside, row, &text, theme.style(Role::Title));
            }
            Row::Keys(keys, text) => {
                let keys = pad(&format!("   {keys}"), super::KEYS, Side::Left);
                let line = Line::from(vec![
                    Span::styled(keys, theme.style(Role::Key)),
                    Span::raw(format!(" {text}")),
                ]);
                paint::line(frame, inside, row, &line);
            }
        }
    }
    paint::scrollbar(frame, area, theme, lines.len(), top);
}
