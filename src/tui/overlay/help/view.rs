//! List of all keys: the active ones come first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Help, Row};
use crate::tui::kit::layout;
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad};
use crate::tui::kit::theme::{Role, Theme};

pub(in crate::tui) fn render(frame: &mut Frame<'_>, area: Rect, theme: Theme, help: &Help) {
    let inside = layout::framed(area);
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
                let keys = pad(&format!("   {keys}"), super::KEYS, Side::Left);
                Line::from(vec![
                    Span::styled(keys, theme.style(Role::Key)),
                    Span::raw(format!(" {text}")),
                ])
            }
        }
    });
}
