//! The picture of the state. It reads [`App`] and cannot change it.
//!
//! ```text
//!  ┌──────────────────────────────────────────────┐
//!  │ title            network, tabs               │ title
//!  ├──────────────────────────────────────────────┤
//!  │ the catalogue:   list │ details              │ catalogue
//!  │ or a network's                               │
//!  │   layers:        table, below it the detail  │ layers, detail
//!  │   graph:         boxes and edges │ detail    │ graph
//!  │   checks:        problems, below it one      │ checks
//!  │   spec:          text │ what its lines make  │ spec
//!  │   forward pass:  tree │ maps, numbers        │ forward, activation …
//!  │        ┌──────────────────────┐              │
//!  │        │ help, finder, chooser│              │ help, finder, picker, chooser
//!  │        └──────────────────────┘              │
//!  ├──────────────────────────────────────────────┤
//!  │ keys that mean something now                 │ footer
//!  └──────────────────────────────────────────────┘
//! ```
//!
//! Where each of these is, `layout` says. What they draw goes through `paint`, which clips it.

mod activation;
mod catalogue;
mod checks;
mod chooser;
mod detail;
mod feature_map;
mod finder;
mod footer;
mod forward;
mod graph;
mod guesses;
mod help;
mod histogram;
mod layers;
mod norm;
mod paint;
mod picker;
mod spec;
mod table;
mod timeline;
mod title;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::app::{App, Mode, Screen};
use super::layout;
use super::message::Tab;
use super::theme::Role;

/// Draws everything.
pub fn render(frame: &mut Frame, app: &App) {
    if !layout::is_large_enough(app.size) {
        too_small(frame, app);
        return;
    }
    let [title_area, body, footer_area] = layout::outline(app.size);
    title::render(frame, title_area, app);
    match &app.screen {
        Screen::Catalogue => catalogue::render(frame, body, app),
        Screen::Network(opened) => match opened.tab {
            Tab::Layers => layers::render(frame, body, app, opened),
            Tab::Graph => graph::render(frame, body, app, opened),
            Tab::Spec => spec::render(frame, body, app, opened),
            Tab::Checks => checks::render(frame, body, app, opened),
            Tab::Forward => forward::render(frame, body, app, opened),
        },
    }
    if let Some(area) = layout::mode_popup(app) {
        match &app.mode {
            Mode::Columns(cursor) => picker::columns(frame, area, app, *cursor),
            Mode::Ranking(cursor) => picker::rankings(frame, area, app, *cursor),
            Mode::Changes(cursor) => picker::changes(frame, area, app, *cursor),
            Mode::Chooser | Mode::Typing(_) => chooser::render(frame, area, app),
            Mode::Finder(list) => finder::render(frame, area, app, list),
            Mode::Help(cursor, under) => help::render(frame, area, app, *cursor, under),
            Mode::Browse | Mode::Search => {}
        }
    }
    footer::render(frame, footer_area, app);
    if app.ascii {
        super::ascii::replace(frame.buffer_mut());
    }
}

/// Says how large the terminal must be.
fn too_small(frame: &mut Frame, app: &App) {
    let (columns, rows) = app.size;
    let (least_columns, least_rows) = layout::LEAST;
    let lines = [
        format!("This terminal has {columns}×{rows} cells."),
        format!("{least_columns}×{least_rows} are needed."),
        "Make it larger, or q to quit.".to_owned(),
    ];
    let area = Rect::new(0, 0, columns, rows);
    let top = rows.saturating_sub(lines.len() as u16) / 2;
    for (number, text) in lines.iter().enumerate() {
        let indent = usize::from(columns).saturating_sub(super::text::width(text)) / 2;
        let style = app.theme.style(Role::Title);
        let text = " ".repeat(indent) + text;
        paint::text(frame, area, top + number as u16, &text, style);
    }
}
