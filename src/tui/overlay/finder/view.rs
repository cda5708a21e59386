//! List that is searched by typing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::overlay::finder::Finder;

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, finder: &Finder) {
    let [line, rows] = layout::searched(area);
    let height = usize::from(rows.height);
    let more = paint::more(theme, finder.len(), finder.cursor.top, height);
    let title = paint::titled(&theme.say(&finder.title()), &more);
    paint::popup(frame, area, theme, &title);
    let prompt = Line::from(vec![
        Span::styled(" › ", theme.style(Role::Dim)),
        Span::styled(format!("{}▏", finder.text), theme.style(Role::Key)),
    ]);
    paint::line(frame, line, 0, &prompt);
    if finder.is_empty() {
        let text = format!("   {}", theme.word("notice-no-match"));
        paint::text(frame, rows, 0, &text, theme.style(Role::Warning));
    }
    let room = usize::from(rows.width);
    // Typed text has priority over the examples; none of them is selected then.
    let is_typed = finder.is_free() && !finder.text.trim().is_empty();
    for (row, (is_selected, item)) in finder.window(height).enumerate() {
        let label = width(&item.label).min(room.saturating_sub(4));
        let hint = room.saturating_sub(label + 5);
        let line = Line::from(vec![
            Span::raw(format!("   {} ", pad(&item.label, label, Side::Left))),
            Span::styled(pad(&item.hint, hint, Side::Right), theme.style(Role::Dim)),
        ]);
        paint::line(frame, rows, row as u16, &line);
        let style = match (is_selected, is_typed) {
            (true, false) => theme.style(Role::Selected),
            _ => Style::new(),
        };
        paint::highlight(frame, rows, row as u16, style);
    }
}
