//! Progress bars, on stderr, only on a terminal, and removed afterwards: of tasks longer than half a second, and of downloads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::flags::spoken;
use super::output::is_ascii;
use crate::message;
use crate::report::format::bytes;
use crate::text::{Joint, Message};
use crate::weights::fetch::{self, Stage};

/// Time before the bar appears.
const PATIENCE: Duration = Duration::from_millis(500);

/// Interval between updates of the bar.
const BEAT: Duration = Duration::from_millis(100);

/// Progress of a task. Dropping it removes the bar.
pub(super) struct Progress {
    done: Arc<AtomicUsize>,
    /// Sender that reports the end of the task, and the thread that draws.
    drawing: Option<(Sender<()>, std::thread::JoinHandle<()>)>,
}

impl Progress {
    /// Of a task of so many steps, which [`step`](Self::step) counts; `what` is the id of its text.
    pub(super) fn of(steps: usize, what: &'static str) -> Self {
        Self::counted(Arc::default(), steps, what)
    }

    /// Progress of a task that counts its steps itself.
    pub(super) fn counted(done: Arc<AtomicUsize>, steps: usize, what: &'static str) -> Self {
        if !std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            return Self {
                done,
                drawing: None,
            };
        }
        let (end, ended) = channel::<()>();
        let count = Arc::clone(&done);
        let began = Instant::now();
        let thread = std::thread::spawn(move || {
            let mut wait = PATIENCE;
            let mut bar: Option<ProgressBar> = None;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = BEAT;
                let bar = bar.get_or_insert_with(|| drawn(steps, what, began));
                bar.set_position(count.load(Ordering::Relaxed) as u64);
                bar.tick();
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        Self {
            done,
            drawing: Some((end, thread)),
        }
    }

    /// Counts one step.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// Progress of a download. Dropping it removes the bar.
pub(super) struct Download {
    bar: Option<ProgressBar>,
    /// Last stage that was said where there is no bar.
    said: Option<Message>,
}

impl Download {
    /// No bytes yet.
    pub(super) fn begin() -> Self {
        let is_seen = std::io::IsTerminal::is_terminal(&std::io::stderr());
        let bar = is_seen.then(|| {
            let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
            styled(bar, "  {msg} {bar:24} {prefix}")
        });
        Self { bar, said: None }
    }

    /// Shows how far it is. Without a terminal only what delays it is said, once.
    pub(super) fn show(&mut self, progress: &fetch::Progress) {
        let stage = progress.message();
        let Some(bar) = &self.bar else {
            let is_delay = matches!(progress.stage, Stage::Waiting | Stage::Pausing(_));
            if is_delay && self.said.as_ref() != Some(&stage) {
                super::output::notify(&super::note(&stage));
                self.said = Some(stage);
            }
            return;
        };
        bar.set_length(progress.total.unwrap_or(progress.done).max(1));
        bar.set_position(progress.done);
        bar.set_message(spoken().say(&stage));
        let size = |number: u64| bytes(number.into());
        let done = match progress.total {
            Some(total) => message!(
                "fetch-so-far",
                done = size(progress.done),
                total = size(total)
            ),
            None => Message::of(size(progress.done)),
        };
        let rate = progress.rate.filter(|_| progress.stage == Stage::Receiving);
        let rate = rate.map(|rate| message!("fetch-rate", rate = size(rate as u64)));
        let left = rate.as_ref().and_then(|_| progress.left());
        let left = left.map(|left| {
            let seconds = left.as_secs();
            let time = format!("{}:{:02}", seconds / 60, seconds % 60);
            message!("fetch-left", time = time)
        });
        let parts = Joint::Dot.of([Some(done), rate, left].into_iter().flatten());
        bar.set_prefix(spoken().say(&Message::of(parts)));
        bar.tick();
    }
}

impl Drop for Download {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn drawn(steps: usize, what: &'static str, began: Instant) -> ProgressBar {
    let target = ProgressDrawTarget::stderr();
    let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
    let bar = bar
        .with_elapsed(began.elapsed())
        .with_message(spoken().word(what));
    styled(bar, "  {msg} {bar:32} {pos}/{len}  {elapsed}")
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => {
            let signs = if is_ascii() { "=> " } else { "━╸ " };
            bar.with_style(style.progress_chars(signs))
        }
        Err(_) => bar,
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.drawing.take() {
            drop(end);
            // The thread clears its line when it ends; if it died, there is nothing to clear.
            let _ = thread.join();
        }
    }
}
