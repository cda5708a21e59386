//! Footer: the active keys, or a notice.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::app::App;
use crate::tui::keys::{self, Binding, Scope};
use crate::tui::kit::paint;
use crate::tui::kit::text::width;
use crate::tui::kit::theme::Role;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = app.theme;
    if let Some(notice) = app.said() {
        let notice = format!(" {}", notice.replace('\n', " "));
        paint::text(frame, area, 0, &notice, theme.style(Role::Warning));
        return;
    }
    let scopes = app.scopes();
    let language = theme.language();
    let hints = |scope: &Scope| {
        keys::bindings(*scope).filter_map(|binding| Some((binding, binding.short(language)?)))
    };
    // Keys that are active everywhere are at the end and always have room.
    let last: Vec<_> = scopes
        .iter()
        .filter(|scope| **scope == Scope::Anywhere)
        .flat_map(hints)
        .collect();
    let first = scopes
        .iter()
        .filter(|scope| **scope != Scope::Anywhere)
        .flat_map(hints);
    let size =
        |(binding, short): &(&Binding, &str)| width(&binding.keys[0].name()) + width(short) + 3;
    let mut room = usize::from(area.width).saturating_sub(1 + last.iter().map(size).sum::<usize>());
    let mut shown = Vec::new();
    for hint in first {
        if size(&hint) > room {
            continue;
        }
        room -= size(&hint);
        shown.push(hint);
    }
    let mut spans = vec![Span::raw(" ")];
    for (binding, short) in shown.into_iter().chain(last) {
        spans.push(Span::styled(binding.keys[0].name(), theme.style(Role::Key)));
        spans.push(Span::styled(format!(" {short}  "), theme.style(Role::Dim)));
    }
    paint::line(frame, area, 0, &Line::from(spans));
}
