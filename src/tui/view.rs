//! Drawing of the state. It reads [`App`] and cannot change it.
//!
//! ```text
//!  ┌──────────────────────────────────────────────┐
//!  │ title            network, tabs               │ title
//!  ├──────────────────────────────────────────────┤
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

mod activation;
mod catalogue;
mod checks;
mod chooser;
mod compare;
mod course;
mod detail;
mod feature_map;
mod files;
mod finder;
mod footer;
mod forward;
mod graph;
mod guesses;
mod help;
mod histogram;
mod laboratory;
mod layers;
mod norm;
mod paint;
mod picker;
mod scatter;
mod spec;
mod table;
mod timeline;
mod title;
mod totals;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::app::{App, Mode, Screen};
use super::layout;
use super::message::Tab;
use super::picture::Picture;
use super::theme::Role;
use crate::message;
use crate::report::format::dims;

/// Draws everything.
pub fn render(frame: &mut Frame, app: &App) {
    render_with_pictures(frame, app, &mut Vec::new());
}

/// Draws everything, and lists the visible maps with their areas for a terminal that can draw them more finely.
pub fn render_with_pictures<'a>(frame: &mut Frame, app: &'a App, pictures: &mut Vec<Picture<'a>>) {
    if !layout::is_large_enough(app.size) {
        too_small(frame, app);
        return;
    }
    let [title_area, _, footer_area] = layout::outline(app.size);
    let [body, lesson] = layout::shared(app);
    title::render(frame, title_area, app);
    if let Some(fault) = app.opened().and_then(|opened| opened.fault.as_ref()) {
        let text = format!(" {}", fault.line(app.theme.language()));
        let style = app.theme.style(Role::Error);
        paint::text(frame, layout::fault(app), 0, &text, style);
    }
    match &app.screen {
        _ if body.is_empty() => {}
        Screen::Catalogue => match app.catalogue.plot {
            Some(axis) => scatter::render(frame, body, app, axis),
            None => catalogue::render(frame, body, app),
        },
        Screen::Compare(compare) => compare::render(frame, body, app, compare),
        Screen::Network(opened) => match opened.tab {
            Tab::Layers => layers::render(frame, body, app, opened),
            Tab::Graph => graph::render(frame, body, app, opened),
            Tab::Spec => spec::render(frame, body, app, opened),
            Tab::Checks => checks::render(frame, body, app, opened),
            Tab::Forward => forward::render(frame, body, app, opened, pictures),
        },
    }
    if !lesson.is_empty() {
        course::render(frame, lesson, app);
    }
    if let Some(area) = layout::mode_popup(app) {
        pictures.retain(|picture| !picture.area.intersects(area));
        match &app.mode {
            Mode::Columns(cursor) => picker::columns(frame, area, app, *cursor),
            Mode::Ranking(cursor) => picker::rankings(frame, area, app, *cursor),
            Mode::Changes(cursor) => picker::changes(frame, area, app, *cursor),
            Mode::Chooser | Mode::Typing(_) => chooser::render(frame, area, app),
            Mode::Files(list) => files::render(frame, area, app, list),
            Mode::Finder(list) => finder::render(frame, area, app, list),
            Mode::Help(cursor, under) => help::render(frame, area, app, *cursor, under),
            Mode::Laboratory => laboratory::render(frame, area, app),
            Mode::Browse | Mode::Search | Mode::Answering(_) => {}
        }
    }
    footer::render(frame, footer_area, app);
    show_names(frame);
    if app.ascii {
        super::ascii::replace(frame.buffer_mut());
    }
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
        let indent = usize::from(columns).saturating_sub(super::text::width(text)) / 2;
        let style = app.theme.style(Role::Title);
        let text = " ".repeat(indent) + text;
        paint::text(frame, area, top + number as u16, &text, style);
    }
}
