//! Start screen: three doors into the explorer, and the film after the first of them.

mod keys;
mod view;
pub mod watch;

use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::text::Message;
use crate::tui::kit::layout::{below, popup};
use crate::tui::worker::Film;
use watch::Watch;

/// A door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Door {
    /// Watch a picture go through a network.
    #[default]
    Watch,
    /// Take a lesson.
    Learn,
    /// Open a network of one's own.
    Mine,
}

impl Door {
    /// All doors, from left to right.
    pub const ALL: [Self; 3] = [Self::Watch, Self::Learn, Self::Mine];

    /// Id of its name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Watch => "door-watch",
            Self::Learn => "door-learn",
            Self::Mine => "door-mine",
        }
    }
}

/// State of the start screen.
#[derive(Debug, Default)]
pub struct Start {
    /// Selected door.
    pub door: Door,
    /// Film, once it was made.
    pub film: Option<Arc<Film>>,
    /// Reason why there is no film.
    pub failed: Option<Message>,
    /// Place in the film while it is watched.
    pub watch: Option<Watch>,
    /// Ticket number of the news about the film.
    pub ticket: u64,
    /// Whether a worker makes the film.
    pub is_busy: bool,
}

impl Start {
    /// Takes the film that a worker has made.
    pub fn take(&mut self, made: Result<Arc<Film>, Message>) {
        self.is_busy = false;
        match made {
            Ok(film) => self.film = Some(film),
            Err(reason) => self.failed = Some(reason),
        }
    }

    /// Number of the frame that is shown.
    pub fn frame(&self) -> Option<usize> {
        self.watch.map(|watch| watch.frame)
    }

    /// Time until the next frame of the film, while it plays.
    pub fn until_next_frame(&self) -> Option<Duration> {
        self.watch.as_ref()?.until_next(self.film.as_ref()?)
    }

    /// Lets time pass.
    pub fn tick(&mut self, passed: Duration) {
        if let (Some(watch), Some(film)) = (&mut self.watch, &self.film) {
            watch.tick(passed, film);
        }
    }
}

/// Largest width of a door.
const WIDEST: u16 = 44;
/// Largest height of a door.
const HIGHEST: u16 = 26;

/// Areas of the words above the doors, of the doors, and of the words below them.
pub fn areas(body: Rect) -> ([Rect; 2], [Rect; 3]) {
    let doors = Door::ALL.len() as u16;
    let columns = (WIDEST * doors + 2 * (doors - 1)).min(body.width.saturating_sub(4));
    let room = popup(below(body, 3, 2), columns, HIGHEST);
    let areas = room.layout(&Layout::horizontal([Constraint::Fill(1); 3]).spacing(2));
    let line = |y: u16, height: u16| Rect { y, height, ..room };
    let above = line(room.y.saturating_sub(3), 2);
    ([above, line(room.bottom() + 1, 1)], areas)
}

/// Areas of a film: the layer, the words, the pictures, and the progress.
pub fn film_areas(body: Rect) -> [Rect; 4] {
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
