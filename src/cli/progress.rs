//! Progress bar for tasks longer than half a second: on stderr, only on a terminal, and removed afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::flags::spoken;
use super::output::is_ascii;

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

fn drawn(steps: usize, what: &'static str, began: Instant) -> ProgressBar {
    let target = ProgressDrawTarget::stderr();
    let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
    let bar = bar
        .with_elapsed(began.elapsed())
        .with_message(spoken().word(what));
    match ProgressStyle::with_template("  {msg} {bar:32} {pos}/{len}  {elapsed}") {
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
