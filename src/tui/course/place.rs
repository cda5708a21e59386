//! Layout of a lesson beside the views.

use ratatui::layout::{Constraint, Layout, Rect};

use super::page::{self, Page};
use super::{Course, Room};
use crate::tui::context::Context;
use crate::tui::kit::layout::{below, height, inside};

/// Areas of the view and of an open lesson within the room. Without room for both, the one that has the keys gets it all.
pub fn shared(room: Rect, course: &Course) -> [Rect; 2] {
    let Some(taught) = &course.open else {
        return [room, Rect::ZERO];
    };
    match taught.room {
        Room::Full => [Rect::ZERO, room],
        Room::Beside if room.width >= 110 => {
            let lesson = (room.width * 2 / 5).clamp(44, 72);
            room.layout(&Layout::horizontal([
                Constraint::Min(0),
                Constraint::Length(lesson),
            ]))
        }
        Room::Beside if room.height >= 20 => room.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(room.height / 2 + 1),
        ])),
        Room::Beside if taught.has_keys => [Rect::ZERO, room],
        Room::Beside => [room, Rect::ZERO],
    }
}

/// Areas inside the lesson's panel: its text, and after an empty line, if there is room for it, the options and actions.
pub(super) fn areas(course: &Course, context: &Context) -> [Rect; 2] {
    let (view, panel) = (context.view, context.lesson);
    let mut inner = inside(panel);
    if panel.y == view.y && !view.is_empty() {
        // The rule beside the view.
        let taken = inner.width.min(1);
        inner.x += taken;
        inner.width -= taken;
    }
    let page = page_in(course, inner);
    let below_rows = (page.below.len() as u16).min(inner.height * 2 / 3);
    let room = inner.height.saturating_sub(below_rows);
    // A text that needs the empty line has it.
    let is_tight = page.text.len() == usize::from(room);
    let text = Rect {
        height: room.saturating_sub(u16::from(!is_tight)),
        ..inner
    };
    [text, below(inner, inner.height - below_rows, 0)]
}

/// Page of the lesson, wrapped to this area.
pub(super) fn page_in(course: &Course, inner: Rect) -> Page {
    page::page(course, usize::from(inner.width))
}

/// Number of lines in the lesson's text, and of those visible at once.
pub(super) fn text(course: &Course, context: &Context) -> (usize, usize) {
    let [text, _] = areas(course, context);
    (page_in(course, text).text.len(), height(text))
}
