//! Spec: its text with the line of the selected layer highlighted, and beside it the layers that it defines, or its error.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::checks::snippet;
use crate::report::network::rows::{Level, rows};
use crate::report::{Cell, Column};
use crate::spec::Problem;
use crate::text::Message;
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::Net;
use crate::tui::pane::spec::{SpecView, areas};

pub(super) fn render(frame: &mut Frame, body: Rect, theme: Theme, spec: &SpecView, net: &Net<'_>) {
    let [text, beside] = areas(body, spec.broken.is_some());
    lines(frame, text, theme, spec, net);
    let inside = if beside.y == text.y {
        paint::rule_at_left(frame, beside, theme)
    } else {
        beside
    };
    match &spec.broken {
        Some(broken) => fault(frame, inside, theme, broken, net),
        None => makes(frame, inside, theme, spec, net),
    }
}

fn lines(frame: &mut Frame, area: Rect, theme: Theme, spec: &SpecView, net: &Net<'_>) {
    let rows = layout::below_heading(area);
    let height = usize::from(rows.height);
    let more = paint::more(theme, spec.lines.len(), spec.cursor.top, height);
    let own = &net.subject.model.spec;
    let title = if spec.name != own.source.name {
        message!("spec-parent", name = &spec.name, child = &own.source.name)
    } else if own.parents.is_empty() {
        Message::of(&spec.name)
    } else {
        let parents = own.parents.join(" → ");
        message!("spec-child", name = &spec.name, parents = parents)
    };
    let title = paint::titled(&theme.say(&title), &more);
    paint::heading(frame, area, theme, &title, true);
    let written = net.layer.and_then(|id| spec.line_of(net.subject, id));
    let window = spec
        .lines
        .iter()
        .enumerate()
        .skip(spec.cursor.top)
        .take(height);
    for (row, (number, text)) in window.enumerate() {
        let (sign, style) = if spec.broken_line == Some(number + 1) {
            ("✗", theme.style(Role::Error))
        } else if written == Some(number + 1) {
            ("●", theme.style(Role::Current))
        } else {
            (" ", theme.style(Role::Dim))
        };
        let mut spans = vec![Span::styled(format!(" {:>3} {sign} ", number + 1), style)];
        spans.extend(coloured(theme, text));
        paint::line(frame, rows, row as u16, &Line::from(spans));
        if number == spec.cursor.at {
            paint::highlight(frame, rows, row as u16, theme.style(Role::Selected));
        }
    }
}

/// Line of TOML with comments, headings and keys coloured.
fn coloured(theme: Theme, text: &str) -> Vec<Span<'_>> {
    let trimmed = text.trim_start();
    if trimmed.starts_with('#') {
        return vec![Span::styled(text, theme.style(Role::Dim))];
    }
    if trimmed.starts_with('[') {
        return vec![Span::styled(text, theme.style(Role::Title))];
    }
    match text.split_once('=') {
        Some((key, _)) if !key.contains(['"', '{', '\'']) => vec![
            Span::styled(key, theme.style(Role::Key)),
            Span::raw(&text[key.len()..]),
        ],
        _ => vec![Span::raw(text)],
    }
}

/// Problem of the file as it is now.
fn fault(frame: &mut Frame, area: Rect, theme: Theme, broken: &Problem, net: &Net<'_>) {
    let language = theme.language();
    let title = net
        .fault
        .map_or_else(String::new, |fault| fault.numbers(language));
    paint::heading(frame, area, theme, &title, false);
    let inside = layout::inside(area);
    let mut row = 0;
    let broken = snippet::render(broken, snippet::Style::Plain, language);
    for text in broken.lines() {
        let is_drawing = text.contains(['│', '╭', '╰']) && !text.contains("help");
        let lines = if is_drawing {
            vec![text.to_owned()]
        } else {
            wrap(text, usize::from(inside.width), 2)
        };
        for text in lines {
            let style = if row == 0 {
                theme.style(Role::Error)
            } else {
                Style::new()
            };
            paint::line(frame, inside, row, &Line::styled(text, style));
            row += 1;
        }
    }
}

/// Network that the spec defines, one row per stage or block, as there is room.
fn makes(frame: &mut Frame, area: Rect, theme: Theme, spec: &SpecView, net: &Net<'_>) {
    let subject = net.subject;
    let network = &subject.model.network;
    let title = theme.word("title-spec-makes");
    paint::heading(frame, area, theme, title, false);
    let inside = layout::inside(area);
    let height = usize::from(inside.height);
    let blocks = rows(network, Level::Block);
    let rows = if blocks.len() <= height {
        blocks
    } else {
        rows(network, Level::Stage)
    };
    let room = usize::from(inside.width);
    let selected = spec.layer_at(subject, spec.cursor.at + 1);
    for (at, row) in rows.iter().take(height).enumerate() {
        let output = subject.cell(row, Column::Output).text(theme.language());
        let params = match subject.cell(row, Column::Params) {
            Cell::Count(count) => crate::report::format::short(count),
            _ => String::new(),
        };
        let name = pad(&subject.name(row), 14, Side::Left);
        let rest = room.saturating_sub(14 + 14 + 10);
        let text = format!(
            "{name}{}{}{}",
            pad(&theme.say(&subject.summary(row)), rest, Side::Left),
            pad(&output, 14, Side::Right),
            pad(&params, 10, Side::Right)
        );
        let is_made = selected.is_some_and(|id| row.contains(id));
        let style = if is_made {
            theme.style(Role::Current)
        } else {
            Style::new()
        };
        paint::text(frame, inside, at as u16, &text, style);
    }
}
