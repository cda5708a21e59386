//! Clicks of the mouse: their effect on the state.

use ratatui::layout::{Position, Rect};

use super::app::{App, Mode, Screen};
use super::chooser::List;
use super::layers::{Focus, rankings};
use super::message::{Command, Tab};
use super::{layout, maps};
use crate::report::Column;

/// Selects the clicked item; a click on the selected item returns the command of Enter.
pub(super) fn click(app: &mut App, column: u16, row: u16) -> Option<Command> {
    if !layout::is_large_enough(app.size) {
        return None;
    }
    let at = Position::new(column, row);
    if let Some(popup) = layout::mode_popup(app) {
        return in_popup(app, popup, at);
    }
    let [title, ..] = layout::outline(app.size);
    let [body, lesson] = layout::shared(app);
    if lesson.contains(at) {
        return in_lesson(app, at);
    }
    if let Some(taught) = &mut app.course.open {
        taught.has_keys = false;
    }
    if app.opened().is_some()
        && let Some((tab, _)) = layout::tabs(title, app.theme)
            .into_iter()
            .find(|(_, place)| place.contains(at))
    {
        return Some(Command::Show(tab));
    }
    if let Some((channel, row, column)) = maps::cell_at(app, at) {
        let opened = app.screen.opened_mut()?;
        opened.forward.explain_at(channel, row, column);
        return None;
    }
    let is_taken = match &mut app.screen {
        Screen::Catalogue if app.catalogue.plot.is_some() => on_point(app, body, at),
        Screen::Catalogue => {
            let [list, _] = layout::catalogue(body);
            let cursor = app.catalogue.cursor();
            let place = line(layout::catalogue_rows(list), at, cursor.top)?;
            app.catalogue.select_place(place) && cursor.at == place
        }
        Screen::Compare(compare) => {
            let [_, _, table, _] = layout::compare(body);
            let cursor = compare.tree.cursor();
            let place = line(layout::compare_rows(table), at, cursor.top)?;
            compare.tree.select_place(place) && cursor.at == place
        }
        Screen::Network(opened) => match opened.tab {
            Tab::Layers => {
                let [table, detail] = layout::layers(body, opened.layers.focus);
                if detail.contains(at) {
                    if opened.layers.focus == Focus::Table {
                        opened.layers.focus = opened.layers.focus.other();
                    }
                    return None;
                }
                let cursor = opened.layers.tree.cursor();
                let place = line(layout::table_rows(table), at, cursor.top)?;
                opened.layers.focus = Focus::Table;
                opened.layers.tree.select_place(place);
                cursor.at == place
            }
            Tab::Graph => {
                let number = layout::graph::box_at(&opened.graph, body, at)?;
                let was = opened.graph.selected();
                opened.graph.select(number);
                return (was == Some(number)).then_some(Command::ZoomIn);
            }
            Tab::Spec => {
                let [text, _] = layout::spec(body, opened.spec.broken.is_some());
                let cursor = opened.spec.cursor;
                let place = line(layout::checks_rows(text), at, cursor.top)?;
                opened.spec.cursor.select(place, opened.spec.lines.len());
                cursor.at == place
            }
            Tab::Checks => {
                let len = opened.checks.problems.len();
                let [list, _] = layout::checks(body, len);
                let cursor = opened.checks.cursor;
                let place = line(layout::checks_rows(list), at, cursor.top)?;
                opened.checks.cursor.select(place, len);
                cursor.at == place
            }
            Tab::Forward => {
                let timeline = layout::timeline(body);
                if timeline.contains(at) {
                    let layer = opened.forward.layer_at(timeline, at.x);
                    opened.forward.jump(layer);
                    return None;
                }
                let [tree, _] = layout::forward(body);
                let cursor = opened.forward.tree.cursor();
                let place = line(layout::forward_rows(tree), at, cursor.top)?;
                opened.forward.tree.select_place(place);
                cursor.at == place
            }
        },
    };
    is_taken.then_some(Command::Accept)
}

/// Selects the clicked point; returns whether to open it. For points in the same cell, each click selects the next; after the
/// last, the network is opened.
fn on_point(app: &mut App, body: Rect, at: Position) -> bool {
    let plane = layout::scatter::plane(layout::scatter::panels(body)[0]);
    let here = layout::scatter::points_at(plane, &app.catalogue.points(), at);
    let was = app.catalogue.selected_point();
    let chosen = here.iter().position(|&number| Some(number) == was);
    match here.get(chosen.map_or(0, |at| at + 1)) {
        Some(&number) => {
            app.catalogue.select_point(number);
            false
        }
        None => !here.is_empty(),
    }
}

/// Handles a click in the lesson, which gets the keys; a click on an option selects it, or accepts it if it is selected.
fn in_lesson(app: &mut App, at: Position) -> Option<Command> {
    let [_, below] = layout::lesson(app);
    let options = layout::lesson_page(app, below).options;
    let row = line(below, at, 0);
    let clicked = options
        .iter()
        .position(|&(first, lines)| row.is_some_and(|row| (first..first + lines).contains(&row)));
    let taught = app.course.open.as_mut()?;
    taught.has_keys = true;
    let clicked = clicked?;
    let was = std::mem::replace(&mut taught.option.at, clicked);
    (was == clicked).then_some(Command::Accept)
}

/// Handles a click while a popup is open: inside, it goes to the list; outside, it closes the popup.
fn in_popup(app: &mut App, popup: Rect, at: Position) -> Option<Command> {
    if !popup.contains(at) {
        return Some(Command::Back);
    }
    let is_taken = match &mut app.mode {
        Mode::Columns(cursor) => {
            let place = line(layout::framed(popup), at, cursor.top)?;
            cursor.select(place, Column::ALL.len());
            place < Column::ALL.len()
        }
        Mode::Ranking(cursor) => {
            let place = line(layout::framed(popup), at, cursor.top)?;
            cursor.select(place, rankings().len());
            place < rankings().len()
        }
        Mode::Changes(cursor) => {
            let len = app.screen.opened_mut()?.forward.lines_offered();
            let place = line(layout::framed(popup), at, cursor.top)?;
            cursor.select(place, len);
            place < len
        }
        Mode::Chooser => {
            let [weights, inputs, prompt] = layout::chooser(popup);
            let chooser = &mut app.screen.opened_mut()?.forward.chooser;
            for (list, area) in [(List::Weights, weights), (List::Inputs, inputs)] {
                if area.contains(at) {
                    chooser.list = list;
                    let (cursor, len) = chooser.current();
                    let place = line(layout::chooser_rows(area), at, cursor.top)?;
                    cursor.select(place, len);
                }
            }
            prompt.contains(at)
        }
        Mode::Files(files) => {
            let place = line(layout::finder(popup)[1], at, files.cursor.top)?;
            let was = files.cursor.at;
            files.cursor.select(place, files.entries.len());
            was == place
        }
        Mode::Finder(list) => {
            let cursor = list.cursor;
            let place = line(layout::finder(popup)[1], at, cursor.top)?;
            list.select_place(place)
        }
        Mode::Browse
        | Mode::Search
        | Mode::Typing(_)
        | Mode::Answering(_)
        | Mode::Laboratory
        | Mode::Help(..) => false,
    };
    is_taken.then_some(Command::Accept)
}

/// Line of a list at a position, if the list begins with line `top`.
fn line(rows: Rect, at: Position, top: usize) -> Option<usize> {
    rows.contains(at).then(|| top + usize::from(at.y - rows.y))
}
