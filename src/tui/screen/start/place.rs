//! Layout of the start screen and of the film.

use ratatui::layout::{Constraint, Layout, Rect};

use super::Door;
use crate::tui::kit::layout::{below, popup};

/// Largest width of a door.
const WIDEST: u16 = 44;
/// Largest height of a door.
const HIGHEST: u16 = 26;

/// Areas of the words above the doors, of the doors, and of the words below them.
pub fn start(body: Rect) -> ([Rect; 2], [Rect; 3]) {
    let doors = Door::ALL.len() as u16;
    let columns = (WIDEST * doors + 2 * (doors - 1)).min(body.width.saturating_sub(4));
    let room = popup(below(body, 3, 2), columns, HIGHEST);
    let areas = room.layout(&Layout::horizontal([Constraint::Fill(1); 3]).spacing(2));
    let line = |y: u16, height: u16| Rect { y, height, ..room };
    let above = line(room.y.saturating_sub(3), 2);
    ([above, line(room.bottom() + 1, 1)], areas)
}

/// Areas of a film: the layer, the words, the pictures, and the progress.
pub fn film(body: Rect) -> [Rect; 4] {
    let inside = Rect {
        x: body.x + body.width.min(2),
        width: body.width.saturating_sub(4),
        ..body
    };
    inside.layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(3),
        Constraint::Min(0),
        Constraint::Length(2),
    ]))
}
