//! Progress of a download.

use std::time::Duration;

use crate::message;
use crate::text::Message;

/// Stage of a download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A server is asked for the file.
    Asking,
    /// Another program downloads the same file.
    Waiting,
    /// Bytes arrive.
    Receiving,
    /// The connection broke, or the server asked to wait; the next try follows after this time.
    Pausing(Duration),
    /// The file is compared with its publisher's SHA-256.
    Checking,
}

/// Progress of a download.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Stage.
    pub stage: Stage,
    /// Bytes on the disk, with those of earlier calls.
    pub done: u64,
    /// Bytes of the whole file, once the server has said.
    pub total: Option<u64>,
    /// Recent bytes per second; `None` until it is known.
    pub rate: Option<f64>,
}

impl Progress {
    /// A stage, with no bytes yet.
    pub(super) const fn of(stage: Stage) -> Self {
        Self {
            stage,
            done: 0,
            total: None,
            rate: None,
        }
    }

    /// Share of the file that is on the disk, from 0 to 1.
    pub fn share(&self) -> Option<f64> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.done as f64 / total as f64).min(1.0))
    }

    /// Time that is left, at the rate of late.
    pub fn left(&self) -> Option<Duration> {
        let rate = self.rate.filter(|rate| *rate >= 1.0)?;
        let missing = self.total?.saturating_sub(self.done);
        Duration::try_from_secs_f64(missing as f64 / rate).ok()
    }

    /// The stage in words.
    pub fn message(&self) -> Message {
        match self.stage {
            Stage::Asking => message!("fetch-asking"),
            Stage::Waiting => message!("fetch-waiting"),
            Stage::Receiving => message!("fetch-receiving"),
            Stage::Pausing(pause) => message!("fetch-pausing", seconds = pause.as_secs().max(1)),
            Stage::Checking => message!("fetch-checking"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_of_the_missing_bytes() {
        let progress = Progress {
            stage: Stage::Receiving,
            done: 25,
            total: Some(100),
            rate: Some(15.0),
        };
        assert_eq!(progress.left(), Some(Duration::from_secs(5)));
        assert_eq!(progress.share(), Some(0.25));
        let unknown = Progress::of(Stage::Asking);
        assert_eq!((unknown.left(), unknown.share()), (None, None));
    }
}
