//! Detail panel of the selected row in the layer table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint;
use crate::tui::app::App;
use crate::tui::detail::{LABELS, lines, title};
use crate::tui::layers::Focus;
use crate::tui::layout;
use crate::tui::opened::Opened;
use crate::tui::text::{Side, pad};
use crate::tui::theme::Role;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App, opened: &Opened, is_beside: bool) {
    let theme = app.theme;
    let Some(item) = opened.layers.tree.selected() else {
        return;
    };
    let inside = layout::inside(area);
    let lines = if opened.layers.veiled.is_some() {
        vec![crate::tui::detail::Line {
            label: String::new(),
            text: app.course.language.word("lesson-hidden").to_owned(),
        }]
    } else {
        lines(
            &opened.subject,
            &item.row,
            usize::from(inside.width),
            theme.language(),
        )
    };
    let (has_keys, top) = match opened.layers.focus {
        Focus::Table => (false, 0),
        Focus::Detail(cursor) => (true, cursor.top),
    };
    let height = usize::from(inside.height);
    let title = theme.say(&title(&opened.subject, &item.row));
    let more = paint::more(theme, lines.len(), top, height);
    let heading = if more.is_empty() {
        title
    } else {
        format!("{title}  ({more})")
    };
    if is_beside {
        paint::rule_at_left(frame, area, theme);
    }
    paint::heading(frame, area, theme, &heading, has_keys);
    let inside = if is_beside {
        Rect {
            x: inside.x + 1,
            width: inside.width.saturating_sub(1),
            ..inside
        }
    } else {
        inside
    };
    for (row, line) in lines.iter().skip(top).take(height).enumerate() {
        let line = Line::from(vec![
            Span::styled(pad(&line.label, LABELS, Side::Left), theme.style(Role::Dim)),
            Span::raw(line.text.clone()),
        ]);
        paint::line(frame, inside, row as u16, &line);
    }
}
