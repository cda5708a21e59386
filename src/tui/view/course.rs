//! Lesson: its text, and below it the options, the answer line, or the next actions.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::paint;
use crate::tui::app::{App, Mode};
use crate::tui::layout;
use crate::tui::prose;
use crate::tui::theme::Theme;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let Some((taught, _)) = app.course.lesson() else {
        return;
    };
    let theme = app.theme;
    let [view, _] = layout::shared(app);
    if area.y == view.y && !view.is_empty() {
        paint::rule_at_left(frame, area, theme);
    }
    let [text, below] = layout::lesson(app);
    let page = layout::lesson_page(app, text);
    let height = usize::from(text.height);
    let more = paint::more(theme, page.text.len(), taught.scroll.top, height);
    let title = if more.is_empty() {
        page.title
    } else {
        format!("{}  ({more})", page.title)
    };
    let has_keys = taught.has_keys && matches!(app.mode, Mode::Browse | Mode::Answering(_));
    paint::heading(frame, area, theme, &title, has_keys);
    for (row, line) in page
        .text
        .iter()
        .skip(taught.scroll.top)
        .take(height)
        .enumerate()
    {
        paint::line(frame, text, row as u16, &styled(theme, line));
    }
    for (row, line) in page
        .below
        .iter()
        .take(usize::from(below.height))
        .enumerate()
    {
        paint::line(frame, below, row as u16, &styled(theme, line));
    }
}

fn styled<'l>(theme: Theme, line: &prose::Line) -> Line<'l> {
    let spans = line.iter().map(|(text, role)| {
        let style = role.map_or(Style::new(), |role| theme.style(role));
        Span::styled(text.clone(), style)
    });
    Line::from(spans.collect::<Vec<_>>())
}
