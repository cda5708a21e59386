//! Footer: the active keys, or a notice.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::app::App;
use crate::tui::app::hints::hints;
use crate::tui::kit::paint;
use crate::tui::kit::theme::Role;

pub(super) fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let theme = app.theme;
    if let Some(notice) = app.notice_text() {
        let notice = format!(" {}", notice.replace('\n', " "));
        paint::text(frame, area, 0, &notice, theme.style(Role::Warning));
        return;
    }
    if super::banner::render_echo(frame, area, app) {
        return;
    }
    let mut spans = vec![Span::raw(" ")];
    for hint in hints(app, area) {
        let [key, words] = if hint.is_possible {
            [Role::Key, Role::Dim]
        } else {
            [Role::Rule, Role::Rule]
        };
        spans.push(Span::styled(hint.key, theme.style(key)));
        spans.push(Span::styled(
            format!(" {}  ", hint.words),
            theme.style(words),
        ));
    }
    paint::line(frame, area, 0, &Line::from(spans));
}
