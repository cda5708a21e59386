//! Popups to choose columns, the ranking, and changes of a pass.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint;
use crate::message;
use crate::report::Column;
use crate::tui::app::App;
use crate::tui::cursor::Cursor;
use crate::tui::layers;
use crate::tui::layout;
use crate::tui::theme::Role;

/// List of the columns, with those that are shown.
pub(super) fn columns(frame: &mut Frame, area: Rect, app: &App, cursor: Cursor) {
    let lines = Column::ALL
        .into_iter()
        .map(|column| {
            let is_shown = app
                .opened()
                .is_some_and(|opened| opened.layers.has_column(column));
            format!(
                " {} {}",
                if is_shown { "[✓]" } else { "[ ]" },
                words(app, column)
            )
        })
        .collect();
    list(
        frame,
        area,
        app,
        app.theme.word("title-columns"),
        lines,
        cursor,
    );
}

/// List of the rankings.
pub(super) fn rankings(frame: &mut Frame, area: Rect, app: &App, cursor: Cursor) {
    let current = app.opened().and_then(|opened| opened.layers.ranked_by);
    let lines = layers::rankings()
        .into_iter()
        .map(|ranking| {
            let mark = if ranking == current { "(●)" } else { "( )" };
            let words = ranking.map_or_else(
                || app.theme.word("picker-tree").to_owned(),
                |column| words(app, column),
            );
            format!(" {mark} {words}")
        })
        .collect();
    list(
        frame,
        area,
        app,
        app.theme.word("title-rank"),
        lines,
        cursor,
    );
}

/// List of possible changes of the pass.
pub(super) fn changes(frame: &mut Frame, area: Rect, app: &App, cursor: Cursor) {
    let Some(opened) = app.opened() else {
        return;
    };
    let (forward, network) = (&opened.forward, opened.forward.running());
    let mut lines: Vec<String> = forward
        .offered
        .iter()
        .map(|edit| {
            let mark = if forward.is_changed(edit) {
                "[✓]"
            } else {
                "[ ]"
            };
            format!(
                " {mark} {}",
                app.theme.language().say(&edit.message(network))
            )
        })
        .collect();
    lines.push(format!("     {}", app.theme.word("title-prepare-typed")));
    list(
        frame,
        area,
        app,
        app.theme.word("title-changes"),
        lines,
        cursor,
    );
}

/// Full heading of a column.
fn words(app: &App, column: Column) -> String {
    app.theme.say(&match column {
        Column::Path => message!("picker-path"),
        Column::PaperName => message!("picker-paper-name"),
        Column::ParamsShare => message!("picker-params-share"),
        Column::ReceptiveField => message!("picker-field"),
        Column::Summary => message!("picker-summary"),
        Column::Input => message!("picker-input"),
        Column::Output => message!("picker-output"),
        Column::SavedForBackward => message!("picker-saved"),
        Column::Buffers => message!("picker-buffers"),
        other => app
            .opened()
            .map_or(other.title(), |opened| opened.subject.title(other)),
    })
}

fn list(frame: &mut Frame, area: Rect, app: &App, title: &str, lines: Vec<String>, cursor: Cursor) {
    let inside = layout::framed(area);
    let height = usize::from(inside.height);
    let more = paint::more(app.theme, lines.len(), cursor.top, height);
    paint::popup(frame, area, app.theme, &paint::titled(title, &more));
    for (number, text) in lines.into_iter().enumerate().skip(cursor.top).take(height) {
        let row = (number - cursor.top) as u16;
        paint::text(frame, inside, row, &text, Style::new());
        if number == cursor.at {
            paint::highlight(frame, inside, row, app.theme.style(Role::Selected));
        }
    }
}
