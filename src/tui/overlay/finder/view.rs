//! List that is searched by typing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::kit::layout;
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::overlay::finder::{Finder, Kind};

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, finder: &Finder) {
    let [line, rows] = layout::searched(area);
    // Typed text has priority over the examples; none of them is selected then.
    let is_typed = finder.is_free() && !finder.text.trim().is_empty();
    let list = List::new(finder.len(), finder.cursor).with((!is_typed).then_some(Role::Selected));
    let title = list.titled(theme, &theme.say(&finder.title()), rows);
    paint::popup(frame, area, theme, &title);
    let prompt = Line::from(vec![
        Span::styled(" › ", theme.style(Role::Dim)),
        Span::styled(format!("{}▏", finder.text), theme.style(Role::Key)),
    ]);
    paint::line(frame, line, 0, &prompt);
    if finder.is_empty() {
        let word = match finder.kind {
            Kind::Mine => "find-mine-typed",
            _ => "notice-no-match",
        };
        let text = format!("   {}", theme.word(word));
        paint::text(frame, rows, 0, &text, theme.style(Role::Warning));
    }
    let room = usize::from(rows.width);
    list.render_in_box(frame, (rows, area), theme, |place| {
        let Some(item) = finder.at(place) else {
            return Line::default();
        };
        let label = width(&item.label).min(room.saturating_sub(4));
        let hint = room.saturating_sub(label + 5);
        Line::from(vec![
            Span::raw(format!("   {} ", pad(&item.label, label, Side::Left))),
            Span::styled(pad(&item.hint, hint, Side::Right), theme.style(Role::Dim)),
        ])
    });
}
