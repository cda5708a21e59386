//! Drawing of the state. It reads [`App`] and cannot change it.
//!
//! ```text
//!  ┌──────────────────────────────────────────────┐
//!  │ title            network, tabs               │ title
//!  ├──────────────────────────────────────────────┤
//!  │ three doors, or a film of a pass             │ start
//!  │ the catalogue:   list or points │ details    │ catalogue, scatter
//!  │ or a network's                               │
//!  │   layers:        table, below it the detail  │ layers, detail
//!  │   graph:         boxes and edges │ detail    │ graph
//!  │   checks:        problems, below it one      │ checks
//!  │   spec:          text │ what its lines make  │ spec
//!  │   forward pass:  tree │ maps, numbers        │ forward, activation …
//!  │ or two networks: totals, paired rows, detail │ compare
//!  │ beside it or below it a lesson               │ course
//!  │        ┌──────────────────────┐              │
//!  │        │ help, finder, chooser│              │ help, finder, picker, chooser
//!  │        └──────────────────────┘              │
//!  ├──────────────────────────────────────────────┤
//!  │ keys that mean something now                 │ footer
//!  └──────────────────────────────────────────────┘
//! ```
//!
//! `layout` determines their positions. All drawing goes through `paint`, which clips it.

mod banner;
mod title;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::app::hints::hints;
use super::app::{App, Overlay};
use super::course;
use super::kit::layout;
use super::kit::paint;
use super::kit::picture::Pictures;
use super::kit::theme::Role;
use super::overlay::{files, finder, help};
use super::screen::Screen;
use crate::message;
use crate::report::format::dims;

/// Draws everything.
pub fn render(frame: &mut Frame, app: &App) {
    render_with_pictures(frame, app, &mut Vec::new());
}

/// Draws everything, and lists the visible maps with their areas for a terminal that can draw them more finely.
pub fn render_with_pictures<'a>(frame: &mut Frame<'_>, app: &'a App, pictures: &mut Pictures<'a>) {
    if !layout::is_large_enough(app.size) {
        too_small(frame, app);
        return;
    }
    let [title_area, _, footer_area] = layout::outline(app.size);
    let context = app.context();
    title::render(frame, title_area, app);
    if let Some(fault) = app.opened().and_then(|opened| opened.fault.as_ref()) {
        let area = app.fault_line();
        let text = format!(" {}", fault.line(app.theme.language()));
        let style = app
            .theme
            .style(Role::Error)
            .add_modifier(Modifier::REVERSED);
        paint::highlight(frame, area, 0, style);
        paint::text(frame, area, 0, &text, style);
    }
    banner::render(frame, app.banner(), app);
    match &app.screen {
        _ if context.view.is_empty() => {}
        Screen::Catalogue => app.catalogue.render(frame, &context),
        Screen::Compare(compare) => compare.render(frame, &context),
        Screen::Train => app.train.render(frame, &context, pictures),
        Screen::Start => app.start.render(frame, &context, pictures),
        Screen::Network(opened) => opened.render(frame, &context, pictures),
    }
    let popup = app.popup(&context);
    if !context.lesson.is_empty() {
        course::render(frame, &app.course, &context, popup.is_none());
    }
    // The box of a view lies below the box over every screen.
    let boxes = [
        match &app.screen {
            Screen::Network(opened) => opened.popup(&context),
            Screen::Train => app.train.popup(&context),
            Screen::Catalogue | Screen::Compare(_) | Screen::Start => None,
        },
        popup.filter(|_| app.overlay.is_some()),
    ];
    for area in boxes.into_iter().flatten() {
        pictures.retain(|picture| !picture.area.intersects(area));
    }
    if let (Some(area), Some(opened)) = (boxes[0], app.opened()) {
        opened.render_popup(frame, area, &context);
    }
    if let (Some(area), Screen::Train) = (boxes[0], &app.screen) {
        app.train.render_popup(frame, area, &context);
    }
    match (boxes[1], &app.overlay) {
        (Some(area), Some(Overlay::Finder(list))) => finder::render(frame, area, app.theme, list),
        (Some(area), Some(Overlay::Confirm(confirm))) => confirm.render(frame, area, &context),
        (Some(area), Some(Overlay::Files(list))) => files::render(frame, area, app.theme, list),
        (Some(area), Some(Overlay::Help(text))) => help::render(frame, area, app.theme, text),
        _ => {}
    }
    footer(frame, footer_area, app);
    show_names(frame);
    if app.ascii {
        super::kit::ascii::replace(frame.buffer_mut());
    }
}

/// Draws the footer: the active keys, or a notice.
fn footer(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let theme = app.theme;
    if let Some(notice) = app.notice_text() {
        let notice = format!(" {}", notice.replace('\n', " "));
        paint::text(frame, area, 0, &notice, theme.style(Role::Warning));
        return;
    }
    if banner::render_echo(frame, area, app) {
        return;
    }
    let mut spans = vec![Span::raw(" ")];
    for hint in hints(app, area) {
        let [key, words] = if hint.is_possible {
            [Role::Key, Role::Dim]
        } else {
            [Role::Rule, Role::Rule]
        };
        spans.push(Span::styled(hint.key, theme.style(key)));
        spans.push(Span::styled(
            format!(" {}  ", hint.words),
            theme.style(words),
        ));
    }
    paint::line(frame, area, 0, &Line::from(spans));
}

/// Replaces the bytes of a file name that are not UTF-8 by the usual sign.
fn show_names(frame: &mut Frame) {
    for cell in &mut frame.buffer_mut().content {
        if let std::borrow::Cow::Owned(symbol) = crate::spec::named::shown(cell.symbol()) {
            cell.set_symbol(&symbol);
        }
    }
}

/// Shows the required size of the terminal.
fn too_small(frame: &mut Frame, app: &App) {
    let (columns, rows) = app.size;
    let (least_columns, least_rows) = layout::LEAST;
    let lines = [
        message!("pane-too-small", size = dims([columns, rows])),
        message!("pane-least-size", size = dims([least_columns, least_rows])),
        message!("pane-enlarge"),
    ]
    .map(|line| app.theme.say(&line));
    let area = Rect::new(0, 0, columns, rows);
    let top = rows.saturating_sub(lines.len() as u16) / 2;
    for (number, text) in lines.iter().enumerate() {
        let indent = usize::from(columns).saturating_sub(super::kit::text::width(text)) / 2;
        let style = app.theme.style(Role::Title);
        let text = " ".repeat(indent) + text;
        paint::text(frame, area, top + number as u16, &text, style);
    }
}
