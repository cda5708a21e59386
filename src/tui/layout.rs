//! Layout of the screen, shared by drawing, mouse and scrolling.

pub mod graph;
pub mod scatter;

use ratatui::layout::{Constraint, Layout, Rect};

use super::app::{App, Mode, Screen};
use super::course::Room;
use super::course::page::{self, Page};
use super::layers::{Focus, rankings};
use super::message::Tab;
use super::text::width;
use super::theme::Theme;
use crate::report::Column;

/// Minimum columns and rows in which everything fits.
pub const LEAST: (u16, u16) = (60, 18);

/// Whether the terminal is at least that large.
pub const fn is_large_enough((columns, rows): (u16, u16)) -> bool {
    columns >= LEAST.0 && rows >= LEAST.1
}

/// Areas of the title, the body and the footer with the keys.
pub fn outline((columns, rows): (u16, u16)) -> [Rect; 3] {
    Rect::new(0, 0, columns, rows).layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(1),
    ]))
}

/// Line over every view of a network whose files have an error; empty if they have none.
pub fn fault(app: &App) -> Rect {
    let [_, body, _] = outline(app.size);
    let is_stated = app.opened().is_some_and(|opened| opened.fault.is_some());
    Rect {
        height: body.height.min(u16::from(is_stated)),
        ..body
    }
}

/// Area for views, lessons and boxes.
fn room(app: &App) -> Rect {
    let [_, body, _] = outline(app.size);
    below(body, fault(app).height, 0)
}

/// Areas of the view and of an open lesson within the body. Without room for both, the one that has the keys gets it all.
pub fn shared(app: &App) -> [Rect; 2] {
    let body = room(app);
    let Some(taught) = &app.course.open else {
        return [body, Rect::ZERO];
    };
    match taught.room {
        Room::Full => [Rect::ZERO, body],
        Room::Beside if body.width >= 110 => {
            let lesson = (body.width * 2 / 5).clamp(44, 72);
            body.layout(&Layout::horizontal([
                Constraint::Min(0),
                Constraint::Length(lesson),
            ]))
        }
        Room::Beside if body.height >= 20 => body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(body.height / 2 + 1),
        ])),
        Room::Beside if taught.has_keys => [Rect::ZERO, body],
        Room::Beside => [body, Rect::ZERO],
    }
}

/// Area of the view.
pub fn body(app: &App) -> Rect {
    shared(app)[0]
}

/// Areas inside the lesson's panel: its text, and after an empty line the options and actions.
pub fn lesson(app: &App) -> [Rect; 2] {
    let [view, panel] = shared(app);
    let mut inner = inside(panel);
    if panel.y == view.y && !view.is_empty() {
        // The rule beside the view.
        let taken = inner.width.min(1);
        inner.x += taken;
        inner.width -= taken;
    }
    let below_rows = lesson_page(app, inner).below.len() as u16;
    let below_rows = below_rows.min(inner.height * 2 / 3);
    let text = Rect {
        height: inner.height.saturating_sub(below_rows + 1),
        ..inner
    };
    [text, below(inner, inner.height - below_rows, 0)]
}

/// Page of the lesson, wrapped to this area.
pub fn lesson_page(app: &App, inner: Rect) -> Page {
    let typed = match &app.mode {
        Mode::Answering(text) => Some(text.as_str()),
        _ => None,
    };
    page::page(&app.course, usize::from(inner.width), typed)
}

/// Number of lines in the lesson's text, and of those visible at once.
pub fn lesson_text(app: &App) -> (usize, usize) {
    let [text, _] = lesson(app);
    (lesson_page(app, text).text.len(), usize::from(text.height))
}

/// Areas of the tabs in the title line, at its right end.
pub fn tabs(title: Rect, theme: Theme) -> Vec<(Tab, Rect)> {
    let widths: Vec<u16> = Tab::ALL
        .iter()
        .map(|tab| width(&theme.say(&tab.word())) as u16 + 4)
        .collect();
    let all = widths.iter().sum::<u16>();
    let gap = u16::from(title.width >= all + 40);
    let all = all + gap * (widths.len() as u16 - 1);
    let mut x = title.right().saturating_sub(all);
    Tab::ALL
        .into_iter()
        .zip(widths)
        .map(|(tab, width)| {
            let place = Rect::new(x, title.y, width, 1).intersection(title);
            x += width + gap;
            (tab, place)
        })
        .collect()
}

/// Areas of a comparison: the summary, the totals, the table, and the selected pair.
pub fn compare(body: Rect) -> [Rect; 4] {
    let is_high = body.height >= 30;
    body.layout(&Layout::vertical([
        Constraint::Length(if is_high { 2 } else { 1 }),
        Constraint::Length(if is_high { 7 } else { 6 }),
        Constraint::Min(0),
        Constraint::Length(if is_high { 8 } else { 4 }),
    ]))
}

/// Rows of a comparison's table, below its heading.
pub fn compare_rows(table: Rect) -> Rect {
    below(table, 1, 0)
}

/// Areas of the catalogue: the list with its search and heading lines, and the details.
pub fn catalogue(body: Rect) -> [Rect; 2] {
    if body.width >= 140 {
        body.layout(&Layout::horizontal([
            Constraint::Length(88),
            Constraint::Min(0),
        ]))
    } else {
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(if body.height >= 30 { 9 } else { 7 }),
        ]))
    }
}

/// Rows of the catalogue's list, below the search and the heading.
pub fn catalogue_rows(list: Rect) -> Rect {
    below(list, 2, 0)
}

/// Areas of the layer table and of the selected row's details; one is empty if there is room for one only.
pub fn layers(body: Rect, focus: Focus) -> [Rect; 2] {
    if body.width >= 190 {
        let detail = body.width / 3;
        body.layout(&Layout::horizontal([
            Constraint::Min(0),
            Constraint::Length(detail),
        ]))
    } else if body.height >= 30 {
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(14),
        ]))
    } else {
        match focus {
            Focus::Table => [body, Rect::ZERO],
            Focus::Detail(_) => [Rect::ZERO, body],
        }
    }
}

/// Rows of the layer table, between its heading and the totals.
pub fn table_rows(table: Rect) -> Rect {
    below(table, 1, 2)
}

/// Area inside a panel, without its heading line and an empty column on each side.
pub fn inside(panel: Rect) -> Rect {
    let inner = below(panel, 1, 0);
    Rect {
        x: inner.x + inner.width.min(1),
        width: inner.width.saturating_sub(2),
        ..inner
    }
}

/// Areas of the list of problems and of the selected one's text; without problems, the latter gets everything.
pub fn checks(body: Rect, problems: usize) -> [Rect; 2] {
    let lines = problems.min(usize::from(body.height / 3)) as u16;
    let list = if problems == 0 { 0 } else { lines + 1 };
    body.layout(&Layout::vertical([
        Constraint::Length(list),
        Constraint::Min(0),
    ]))
}

/// Rows of the list of problems, below its heading.
pub fn checks_rows(list: Rect) -> Rect {
    below(list, 1, 0)
}

/// Areas of a spec's text, and of the notes about the selected line or the error.
pub fn spec(body: Rect, is_broken: bool) -> [Rect; 2] {
    if body.width >= 120 {
        body.layout(&Layout::horizontal([
            Constraint::Fill(1),
            Constraint::Fill(1),
        ]))
    } else {
        let lines = if is_broken { 10 } else { 8 };
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(lines),
        ]))
    }
}

/// Areas of the typed line of a searched list, and of its rows.
pub fn finder(popup: Rect) -> [Rect; 2] {
    let inside = framed(popup);
    [
        Rect {
            height: inside.height.min(1),
            ..inside
        },
        below(inside, 1, 0),
    ]
}

/// Timeline of a pass, at the bottom: its heading and its bars.
pub fn timeline(body: Rect) -> Rect {
    let rows = match body.height {
        0..28 => 2,
        28..46 => 4,
        _ => 6,
    };
    Rect {
        y: body.bottom().saturating_sub(rows),
        height: rows.min(body.height),
        ..body
    }
}

/// Bars of a timeline, below its heading, with an empty column on each side.
pub fn timeline_bars(timeline: Rect) -> Rect {
    inside(timeline)
}

/// Areas of a pass's tree and of the shown layer, above the timeline.
pub fn forward(body: Rect) -> [Rect; 2] {
    let body = Rect {
        height: body.height - timeline(body).height,
        ..body
    };
    let tree = match body.width {
        0..90 => 27,
        90..150 => 36,
        _ => 44,
    };
    body.layout(&Layout::horizontal([
        Constraint::Length(tree),
        Constraint::Min(0),
    ]))
}

/// Area of the shown layer, right of the rule beside the tree.
pub fn activation(body: Rect) -> Rect {
    let [_, rest] = forward(body);
    right_of_rule(rest)
}

/// `area` without the rule on its left and an empty column on each side.
pub fn right_of_rule(area: Rect) -> Rect {
    let taken = area.width.min(2);
    Rect {
        x: area.x + taken,
        width: (area.width - taken).saturating_sub(1),
        ..area
    }
}

/// Area of an explanation: beside the tree, or instead of it if the panel would be too narrow for the products.
pub fn explanation(body: Rect) -> Rect {
    let beside = activation(body);
    if beside.width >= 76 {
        return beside;
    }
    Rect {
        x: body.x + body.width.min(1),
        width: body.width.saturating_sub(2),
        ..body
    }
}

/// Areas of an explanation's pictures and of its text.
pub fn explained(area: Rect) -> [Rect; 2] {
    let rows = (area.height / 3).clamp(6, 18);
    let top = below(area, 1, 0);
    let pictures = Rect {
        height: rows.min(top.height),
        ..top
    };
    [pictures, below(top, rows + 1, 0)]
}

/// Areas of an explanation's two pictures: the map, and the part of the input that the value sees.
pub fn explained_pictures(area: Rect) -> [Rect; 2] {
    let [pictures, _] = explained(area);
    let half = pictures.width / 2;
    [
        Rect {
            width: half.saturating_sub(1),
            ..pictures
        },
        Rect {
            x: pictures.x + half,
            width: pictures.width - half,
            ..pictures
        },
    ]
}

/// Heading between the pictures of an explanation and its text.
pub fn explained_rule(area: Rect) -> Rect {
    let [pictures, _] = explained(area);
    Rect {
        y: pictures.bottom(),
        height: 1,
        ..pictures
    }
}

/// Rows of a pass's tree, between its heading and the progress line.
pub fn forward_rows(tree: Rect) -> Rect {
    below(tree, 1, 2)
}

/// Popup over the body, with its frame.
pub fn popup(body: Rect, columns: u16, rows: u16) -> Rect {
    body.centered(
        Constraint::Length(columns.min(body.width)),
        Constraint::Length(rows.min(body.height)),
    )
}

/// Popup of the mode, if it has one.
pub fn mode_popup(app: &App) -> Option<Rect> {
    let body = room(app);
    Some(match &app.mode {
        Mode::Browse | Mode::Search | Mode::Answering(_) => return None,
        Mode::Columns(_) => popup(body, 40, Column::ALL.len() as u16 + 2),
        Mode::Ranking(_) => popup(body, 40, rankings().len() as u16 + 2),
        Mode::Changes(_) => popup(body, 72, app.opened()?.forward.lines_offered() as u16 + 2),
        Mode::Chooser | Mode::Typing(_) => {
            let chooser = &app.opened()?.forward.chooser;
            let lines = chooser.weights.len().max(chooser.inputs.len()) as u16;
            popup(body, 84.min(body.width.saturating_sub(4)), lines + 5)
        }
        Mode::Finder(list) => {
            let rows = (list.len() as u16).max(1) + 3;
            // A searched list keeps its top while it becomes shorter.
            let most = popup(body, 90, body.height * 3 / 4);
            Rect {
                height: rows.min(most.height),
                ..most
            }
        }
        Mode::Files(_) => popup(body, 84, body.height * 3 / 4),
        Mode::Help(..) => popup(body, 84, body.height),
        Mode::Laboratory => laboratory(app),
    })
}

/// Area of the laboratory: over the view, beside a lesson.
fn laboratory(app: &App) -> Rect {
    let [view, lesson] = shared(app);
    if view.is_empty() { lesson } else { view }
}

/// Number of lines in the laboratory, at its current width.
pub fn laboratory_text(app: &App) -> usize {
    let cells = usize::from(framed(laboratory(app)).width);
    let laboratory = app.opened().and_then(|opened| opened.laboratory.as_ref());
    laboratory.map_or(0, |laboratory| {
        laboratory.lines(cells, app.theme.language()).len()
    })
}

/// Area inside a popup's frame.
pub fn framed(popup: Rect) -> Rect {
    Rect {
        x: popup.x + popup.width.min(1),
        width: popup.width.saturating_sub(2),
        ..below(popup, 1, 1)
    }
}

/// Areas of the chooser's two lists, and of the line below them.
pub fn chooser(popup: Rect) -> [Rect; 3] {
    let [lists, _, prompt] = framed(popup).layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ]));
    let [weights, inputs] =
        lists.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).spacing(2));
    [weights, inputs, prompt]
}

/// Rows of a list of the chooser, below its heading.
pub fn chooser_rows(list: Rect) -> Rect {
    below(list, 1, 0)
}

/// Number of visible lines in the list of the current mode, or else of the screen.
pub fn page(app: &App) -> usize {
    usize::from(list_rows(app).height)
}

/// Rows that the movement keys go through.
pub fn list_rows(app: &App) -> Rect {
    let body = body(app);
    if let Some(popup) = mode_popup(app) {
        return match app.mode {
            Mode::Chooser | Mode::Typing(_) => chooser_rows(chooser(popup)[0]),
            Mode::Finder(_) | Mode::Files(_) => finder(popup)[1],
            _ => framed(popup),
        };
    }
    match &app.screen {
        Screen::Catalogue => catalogue_rows(catalogue(body)[0]),
        Screen::Compare(_) => compare_rows(compare(body)[2]),
        Screen::Network(opened) => match opened.tab {
            Tab::Layers => {
                let [table, detail] = layers(body, opened.layers.focus);
                match opened.layers.focus {
                    Focus::Table => table_rows(table),
                    Focus::Detail(_) => inside(detail),
                }
            }
            Tab::Graph => graph::panels(body)[0],
            Tab::Spec => checks_rows(spec(body, opened.spec.broken.is_some())[0]),
            Tab::Checks => checks_rows(checks(body, opened.checks.problems.len())[0]),
            Tab::Forward if opened.forward.explained.is_some() => explained(explanation(body))[1],
            Tab::Forward => forward_rows(forward(body)[0]),
        },
    }
}

/// `area` without this number of lines at its top and bottom.
fn below(area: Rect, top: u16, bottom: u16) -> Rect {
    let top = top.min(area.height);
    Rect {
        y: area.y + top,
        height: area.height.saturating_sub(top + bottom),
        ..area
    }
}
