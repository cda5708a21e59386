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
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, cut, cut_to, pad, wrap};
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
    let list = List::new(spec.lines.len(), spec.cursor);
    let own = &net.subject.model.spec;
    let title = if spec.name != own.source.name {
        message!("spec-parent", name = &spec.name, child = &own.source.name)
    } else if own.parents.is_empty() {
        Message::of(&spec.name)
    } else {
        let parents = own.parents.join(" → ");
        message!("spec-child", name = &spec.name, parents = parents)
    };
    let title = list.titled(theme, &theme.say(&title), rows);
    paint::heading(frame, area, theme, &title, true);
    let written = net.layer.and_then(|id| spec.line_of(net.subject, id));
    let room = usize::from(rows.width).saturating_sub(8);
    list.render(frame, rows, theme, |number| {
        let (sign, style) = if spec.broken_line == Some(number + 1) {
            ("✗", theme.style(Role::Error))
        } else if written == Some(number + 1) {
            ("●", theme.style(Role::Current))
        } else {
            (" ", theme.style(Role::Dim))
        };
        let mut spans = vec![Span::styled(format!(" {:>3} {sign} ", number + 1), style)];
        spans.extend(coloured(theme, &cut_to(&spec.lines[number], room)));
        Line::from(spans)
    });
}

/// Line of TOML with comments, headings and keys coloured.
fn coloured<'l>(theme: Theme, text: &str) -> Vec<Span<'l>> {
    let trimmed = text.trim_start();
    if trimmed.starts_with('#') {
        return vec![Span::styled(text.to_owned(), theme.style(Role::Dim))];
    }
    if trimmed.starts_with('[') {
        return vec![Span::styled(text.to_owned(), theme.style(Role::Title))];
    }
    match text.split_once('=') {
        Some((key, _)) if !key.contains(['"', '{', '\'']) => vec![
            Span::styled(key.to_owned(), theme.style(Role::Key)),
            Span::raw(text[key.len()..].to_owned()),
        ],
        _ => vec![Span::raw(text.to_owned())],
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
    let mut shown = Vec::new();
    let broken = snippet::render(broken, snippet::Style::Plain, language);
    for text in broken.lines() {
        let is_drawing = text.contains(['│', '╭', '╰']) && !text.contains("help");
        let lines = if is_drawing {
            vec![cut_to(text, usize::from(inside.width))]
        } else {
            wrap(text, usize::from(inside.width), 2)
        };
        for text in lines {
            let style = if shown.is_empty() {
                theme.style(Role::Error)
            } else {
                Style::new()
            };
            shown.push(Line::styled(text, style));
        }
    }
    paint::as_many(frame, inside, theme, shown);
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
    let mut lines = Vec::new();
    for row in &rows {
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
        lines.push(Line::styled(cut(&text, room), style));
    }
    paint::as_many(frame, inside, theme, lines);
}
