//! Start screen: three doors into the explorer, and the film after the first of them.

mod keys;
pub mod place;
mod view;
pub mod watch;

use std::sync::Arc;
use std::time::Duration;

use crate::text::Message;
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
