//! Movement in the list that has the keys, and scrolling of every list to its selected line.

use super::app::{App, Mode, Screen};
use super::course::teach;
use super::cursor::Motion;
use super::layers::{Focus, rankings};
use super::message::Tab;
use super::{layout, navigate};
use crate::report::Column;

/// Moves through the list that has the keys.
pub(super) fn go(app: &mut App, motion: Motion) {
    let page = layout::page(app);
    let text = layout::laboratory_text(app);
    let help_len = match &app.mode {
        Mode::Help(_, under) => super::help::lines(app, under).len(),
        _ => 0,
    };
    match &mut app.mode {
        Mode::Columns(cursor) => return cursor.go(motion, Column::ALL.len(), page),
        Mode::Ranking(cursor) => return cursor.go(motion, rankings().len(), page),
        Mode::Help(cursor, _) => return cursor.scroll(motion, help_len, page),
        Mode::Finder(list) => return list.go(motion, page),
        Mode::Files(files) => return files.cursor.go(motion, files.entries.len(), page),
        Mode::Changes(cursor) => {
            let len = app
                .screen
                .opened_mut()
                .map_or(0, |opened| opened.forward.lines_offered());
            return cursor.go(motion, len, page);
        }
        Mode::Laboratory => {
            if let Some(laboratory) = app
                .screen
                .opened_mut()
                .and_then(|opened| opened.laboratory.as_mut())
            {
                laboratory.cursor.scroll(motion, text, page);
            }
            return;
        }
        Mode::Browse if app.course.has_keys() => return teach::go(app, motion),
        Mode::Browse | Mode::Search | Mode::Chooser | Mode::Typing(_) | Mode::Answering(_) => {}
    }
    let body = layout::body(app);
    let language = app.theme.language();
    match &mut app.screen {
        Screen::Catalogue => app.catalogue.go(motion, page),
        Screen::Compare(compare) => compare.tree.go(motion, page),
        Screen::Network(opened) => {
            if app.mode == Mode::Chooser {
                let (cursor, len) = opened.forward.chooser.current();
                return cursor.go(motion, len, page);
            }
            match opened.tab {
                Tab::Layers => {
                    let [_, detail] = layout::layers(body, opened.layers.focus);
                    let width = usize::from(layout::inside(detail).width);
                    match &mut opened.layers.focus {
                        Focus::Table => opened.layers.tree.go(motion, page),
                        Focus::Detail(cursor) => {
                            let lines = opened.layers.tree.selected().map_or(0, |item| {
                                super::detail::lines(&opened.subject, &item.row, width, language)
                                    .len()
                            });
                            cursor.scroll(motion, lines, page);
                        }
                    }
                }
                Tab::Graph => navigate::walk(app, motion),
                Tab::Spec => {
                    let len = opened.spec.lines.len();
                    opened.spec.cursor.go(motion, len, page);
                }
                Tab::Checks => {
                    let len = opened.checks.problems.len();
                    opened.checks.cursor.go(motion, len, page);
                }
                Tab::Forward if opened.forward.explained.is_some() => {
                    let width = usize::from(layout::explained(layout::explanation(body))[1].width);
                    let network = &opened.subject.model.network;
                    if let Some(explained) = &mut opened.forward.explained {
                        let lines = explained.lines(network, width, language).len();
                        explained.cursor.scroll(motion, lines, page);
                    }
                }
                Tab::Forward => opened.forward.tree.go(motion, page),
            }
        }
    }
}

/// Scrolls every visible list to its selected line.
pub(super) fn keep_in_view(app: &mut App) {
    let page = layout::page(app);
    match &mut app.mode {
        Mode::Columns(cursor) => cursor.keep(Column::ALL.len(), page),
        Mode::Ranking(cursor) => cursor.keep(rankings().len(), page),
        Mode::Finder(list) => list.keep(page),
        Mode::Files(files) => files.cursor.keep(files.entries.len(), page),
        Mode::Changes(cursor) => {
            if let Some(opened) = app.screen.opened_mut() {
                cursor.keep(opened.forward.lines_offered(), page);
            }
        }
        Mode::Chooser => {
            if let Some(opened) = app.screen.opened_mut() {
                let chooser = &mut opened.forward.chooser;
                chooser.weights_at.keep(chooser.weights.len(), page);
                chooser.inputs_at.keep(chooser.inputs.len(), page);
            }
        }
        _ => {}
    }
    let body = layout::body(app);
    let height = |area: ratatui::layout::Rect| usize::from(area.height);
    match &mut app.screen {
        Screen::Catalogue => {
            let [list, _] = layout::catalogue(body);
            app.catalogue.keep(height(layout::catalogue_rows(list)));
        }
        Screen::Compare(compare) => {
            let [_, _, table, _] = layout::compare(body);
            compare.tree.keep(height(layout::compare_rows(table)));
        }
        Screen::Network(opened) => match opened.tab {
            Tab::Layers => {
                let [table, _] = layout::layers(body, opened.layers.focus);
                if !table.is_empty() {
                    opened.layers.tree.keep(height(layout::table_rows(table)));
                }
            }
            Tab::Graph => layout::graph::keep(&mut opened.graph, body),
            Tab::Spec => {
                let [text, _] = layout::spec(body, opened.spec.broken.is_some());
                let len = opened.spec.lines.len();
                opened
                    .spec
                    .cursor
                    .keep(len, height(layout::checks_rows(text)));
            }
            Tab::Checks => {
                let len = opened.checks.problems.len();
                let [list, _] = layout::checks(body, len);
                opened
                    .checks
                    .cursor
                    .keep(len, height(layout::checks_rows(list)));
            }
            Tab::Forward => {
                let [tree, _] = layout::forward(body);
                opened.forward.tree.keep(height(layout::forward_rows(tree)));
            }
        },
    }
}
