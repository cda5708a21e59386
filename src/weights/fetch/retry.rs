//! Pauses before another try, and their end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::error::{Cause, FetchError};
use super::progress::Stage;
use super::settings::Patience;

/// Interval in which a pause looks whether it is given up.
const BEAT: Duration = Duration::from_millis(50);

/// Faults in a row, and what is done about them.
pub(super) struct Retry<'a> {
    patience: Patience,
    cancel: &'a AtomicBool,
    faults: u32,
}

impl<'a> Retry<'a> {
    /// No faults yet.
    pub(super) const fn new(patience: Patience, cancel: &'a AtomicBool) -> Self {
        Self {
            patience,
            cancel,
            faults: 0,
        }
    }

    /// Forgets earlier faults, because bytes came.
    pub(super) const fn succeed(&mut self) {
        self.faults = 0;
    }

    /// Waits before another try: as long as the server asks, or longer from fault to fault. Fails with the cause after too many
    /// faults, or where the server asks for too long.
    pub(super) fn pause(
        &mut self,
        cause: Cause,
        asked: Option<Duration>,
        report: &mut dyn FnMut(Stage),
    ) -> Result<(), FetchError> {
        self.faults += 1;
        let is_too_long = asked.is_some_and(|asked| asked > self.patience.asked);
        if self.faults >= self.patience.faults || is_too_long {
            return Err(cause.into());
        }
        let own = self.patience.pause * (1 << (self.faults - 1).min(5));
        let pause = asked.unwrap_or(own);
        report(Stage::Pausing(pause));
        wait(pause, self.cancel)
    }
}

/// Waits, unless it is given up.
pub(super) fn wait(time: Duration, cancel: &AtomicBool) -> Result<(), FetchError> {
    let end = Instant::now() + time;
    loop {
        if cancel.load(Ordering::SeqCst) {
            return Err(Cause::Cancelled.into());
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        std::thread::sleep(left.min(BEAT));
    }
}
