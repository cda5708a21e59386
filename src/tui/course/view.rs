//! Lesson: its text, and below it the options, the answer line, or the next actions.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::context::Context;
use crate::tui::course::{Course, place};
use crate::tui::kit::list::{List, Page};
use crate::tui::kit::paint;
use crate::tui::kit::prose;
use crate::tui::kit::theme::Theme;

pub(in crate::tui) fn render(
    frame: &mut Frame<'_>,
    course: &Course,
    context: &Context,
    is_on_top: bool,
) {
    let Some((taught, _)) = course.lesson() else {
        return;
    };
    let (theme, area, view) = (context.theme, context.lesson, context.view);
    if area.y == view.y && !view.is_empty() {
        paint::rule_at_left(frame, area, theme);
    }
    let [text, below] = place::areas(course, context);
    let page = place::page_in(course, text);
    let title = List::new(page.text.len(), taught.scroll).titled(theme, &page.title, text);
    let has_keys = taught.has_keys && is_on_top;
    paint::heading(frame, area, theme, &title, has_keys);
    let lines = |lines: &[prose::Line]| -> Vec<Line<'_>> {
        lines.iter().map(|line| styled(theme, line)).collect()
    };
    for (lines, top, area) in [
        (lines(&page.text), taught.scroll.top, text),
        (lines(&page.below), 0, below),
    ] {
        let lines = &lines;
        Page { lines, top }.render(frame, area, theme);
    }
}

fn styled<'l>(theme: Theme, line: &prose::Line) -> Line<'l> {
    let spans = line.iter().map(|(text, role)| {
        let style = role.map_or(Style::new(), |role| theme.style(role));
        Span::styled(text.clone(), style)
    });
    Line::from(spans.collect::<Vec<_>>())
}
