//! Detail panel of the selected row in the layer table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::report::Subject;
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::detail::{LABELS, lines, title};
use crate::tui::kit::layout;
use crate::tui::kit::list::{List, Page};
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::layers::{Focus, Layers};

pub(super) fn render(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    layers: &Layers,
    subject: &Subject,
    is_beside: bool,
) {
    let Some(item) = layers.tree.selected() else {
        return;
    };
    let inside = layout::inside(area);
    let lines = if layers.is_asked() {
        vec![crate::tui::kit::detail::Line {
            label: String::new(),
            text: theme.word("lesson-hidden").to_owned(),
        }]
    } else {
        lines(
            subject,
            &item.row,
            usize::from(inside.width),
            theme.language(),
        )
    };
    let (has_keys, top) = match layers.focus {
        Focus::Table => (false, 0),
        Focus::Detail(cursor) => (true, cursor.top),
    };
    let title = theme.say(&title(subject, &item.row));
    let cursor = Cursor { at: top, top };
    let heading = List::new(lines.len(), cursor).titled(theme, &title, inside);
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
    let lines: Vec<Line<'_>> = lines
        .into_iter()
        .map(|line| {
            Line::from(vec![
                Span::styled(pad(&line.label, LABELS, Side::Left), theme.style(Role::Dim)),
                Span::raw(line.text),
            ])
        })
        .collect();
    let lines = &lines;
    Page { lines, top }.render(frame, inside, theme);
}
