//! Place in a film: which frame is shown, as time passes and by keys. It has no clock of its own.

use std::time::Duration;

use crate::tui::worker::{Film, Frame};

/// Place in a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Watch {
    /// Number of the frame.
    pub frame: usize,
    /// Part of the frame's length that has passed.
    pub passed: Duration,
    /// Whether it is paused.
    pub is_paused: bool,
}

impl Watch {
    /// Frame that is shown.
    pub fn frame(self, film: &Film) -> Option<&Frame> {
        film.frames.get(self.frame)
    }

    /// Whether the last frame is shown.
    pub const fn is_at_end(self, film: &Film) -> bool {
        self.frame + 1 >= film.frames.len()
    }

    /// Time until the next frame; `None` while it is paused, and at the end.
    pub fn until_next(self, film: &Film) -> Option<Duration> {
        if self.is_paused || self.is_at_end(film) {
            return None;
        }
        Some(self.frame(film)?.length.saturating_sub(self.passed))
    }

    /// Lets time pass.
    pub fn tick(&mut self, passed: Duration, film: &Film) {
        if self.until_next(film).is_none() {
            return;
        }
        self.passed += passed;
        while self.until_next(film) == Some(Duration::ZERO) {
            let length = self
                .frame(film)
                .map_or(Duration::ZERO, |frame| frame.length);
            self.passed = self.passed.saturating_sub(length);
            self.frame += 1;
        }
    }

    /// Goes to the next frame that is worth a look (true), or to the one before.
    pub fn skip(&mut self, forward: bool, film: &Film) {
        let has_moment = |number: &usize| film.frames[*number].moment.is_some();
        let found = if forward {
            (self.frame + 1..film.frames.len()).find(has_moment)
        } else {
            (0..self.frame.min(film.frames.len()))
                .rev()
                .find(has_moment)
        };
        if let Some(frame) = found {
            self.frame = frame;
            self.passed = Duration::ZERO;
        }
    }

    /// Number of the frame whose words are shown: this one, or the last one before it that is worth a look.
    pub fn captioned(self, film: &Film) -> usize {
        let until = (self.frame + 1).min(film.frames.len());
        let captioned = film.frames[..until]
            .iter()
            .rposition(|frame| frame.moment.is_some());
        captioned.unwrap_or(0)
    }
}
