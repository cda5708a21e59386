//! Popups to choose columns, the ranking, and changes of a pass.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint;
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
    list(frame, area, app, "Columns", lines, cursor);
}

/// List of the rankings.
pub(super) fn rankings(frame: &mut Frame, area: Rect, app: &App, cursor: Cursor) {
    let current = app.opened().and_then(|opened| opened.layers.ranked_by);
    let lines = layers::rankings()
        .into_iter()
        .map(|ranking| {
            let mark = if ranking == current { "(●)" } else { "( )" };
            let words = ranking.map_or("nothing: the tree", |column| words(app, column));
            format!(" {mark} {words}")
        })
        .collect();
    list(frame, area, app, "Rank layers by", lines, cursor);
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
            format!(" {mark} {}", paint::word(&edit.words(network)))
        })
        .collect();
    lines.push(format!("     {}", app.theme.word("title-prepare-typed")));
    list(frame, area, app, "Change and run again", lines, cursor);
}

/// Full heading of a column.
fn words(app: &App, column: Column) -> &'static str {
    match column {
        Column::Path => "path in the state_dict",
        Column::PaperName => "stage's name in the paper",
        Column::ParamsShare => "share of parameters, %",
        Column::ReceptiveField => "receptive field (RF)",
        Column::Summary => "what it does",
        Column::Input => "shape read",
        Column::Output => "shape put out",
        Column::SavedForBackward => "bytes kept in training",
        Column::Buffers => "running statistics (buffers)",
        other => app
            .opened()
            .map_or(other.title(), |opened| opened.subject.title(other)),
    }
}

fn list(frame: &mut Frame, area: Rect, app: &App, title: &str, lines: Vec<String>, cursor: Cursor) {
    let inside = layout::framed(area);
    let height = usize::from(inside.height);
    let more = paint::more(lines.len(), cursor.top, height);
    paint::popup(
        frame,
        area,
        app.theme,
        format!("{title}  {more}").trim_end(),
    );
    for (number, text) in lines.into_iter().enumerate().skip(cursor.top).take(height) {
        let row = (number - cursor.top) as u16;
        paint::text(frame, inside, row, &text, Style::new());
        if number == cursor.at {
            paint::highlight(frame, inside, row, app.theme.style(Role::Selected));
        }
    }
}
