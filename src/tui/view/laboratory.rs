//! Laboratory of a batch normalisation, over everything else.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint;
use crate::tui::app::App;
use crate::tui::layout;
use crate::tui::theme::Role;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = app.theme;
    let Some(laboratory) = app.opened().and_then(|opened| opened.laboratory.as_ref()) else {
        return;
    };
    let inside = layout::framed(area);
    let height = usize::from(inside.height);
    let lines = laboratory.lines(usize::from(inside.width), theme.language());
    let top = laboratory.cursor.top.min(lines.len().saturating_sub(1));
    let mut title = format!(
        "{}: {} pictures, channel {}",
        laboratory.path, laboratory.setup.size, laboratory.setup.channel
    );
    if laboratory.setup.constant {
        title += ", all of them constant";
    }
    if laboratory.is_busy {
        title += &format!(" · {}", theme.word("notice-measuring"));
    }
    let more = paint::more(lines.len(), top, height);
    paint::popup(frame, area, theme, format!("{title}  {more}").trim_end());
    if lines.is_empty() {
        paint::text(
            frame,
            inside,
            0,
            "running a batch …",
            theme.style(Role::Dim),
        );
    }
    for (row, (text, role)) in lines.iter().skip(top).take(height).enumerate() {
        let style = role.map_or(Style::new(), |role| theme.style(role));
        paint::text(frame, inside, row as u16, text, style);
    }
}
