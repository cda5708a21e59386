//! The explorer: a terminal UI in which a network is seen, checked and run.
//!
//! State, message, update, view. An [`Input`] becomes a [`Message`] by the one key table in [`keys`];
//! [`update`](update::update) changes the [`App`] and may ask for an [`Effect`]; [`view`] draws the state and cannot change
//! it. A pass runs on a [`worker`], so that no frame is late because of it. What is shown, [`crate::report`] computed.

pub mod app;
pub mod catalogue;
pub mod checks;
pub mod chooser;
pub mod cursor;
pub mod detail;
pub mod forward;
mod help;
pub mod input;
pub mod keys;
pub mod layer_tree;
pub mod layers;
pub mod layout;
mod maps;
pub mod message;
pub mod opened;
mod pass;
mod pointer;
mod terminal;
pub mod text;
pub mod theme;
pub mod update;
pub mod view;
pub mod worker;

use std::io;
use std::time::{Duration, Instant};

use crate::lower::Model;
use app::{App, Effect};
use input::Input;
use message::Message;
use terminal::Screen;
use theme::{Depth, Theme};
use worker::Worker;

/// Why the explorer cannot be shown, or had to end.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// Input or output is a pipe or a file.
    #[error("the explorer needs a terminal, and this is a pipe or a file")]
    NoTerminal,
    /// The terminal cannot be read, written or set up.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] io::Error),
}

/// How long the loop sleeps when nothing happens; a signal is seen after that at the latest.
const IDLE: Duration = Duration::from_millis(250);
/// How long it sleeps while a pass runs.
const BUSY: Duration = Duration::from_millis(50);
/// How long a command waits for its pass, so that a quick step is one change of the screen and the next key finds it done.
const AT_ONCE: Duration = Duration::from_millis(20);

/// Shows the explorer until the user leaves it: the network `start`, or else the catalogue.
///
/// # Errors
/// There is no terminal, or it fails.
pub fn run(start: Option<Model>) -> Result<(), TuiError> {
    if !terminal::is_there() {
        return Err(TuiError::NoTerminal);
    }
    let theme = Theme::new(Depth::detect(|name| std::env::var(name).ok()));
    let mut screen = Screen::take()?;
    let mut app = App::new(start, theme, screen.size()?);
    let mut worker: Option<Worker> = None;
    screen.draw(&app)?;
    while !screen.is_ended() {
        let wait = if app.is_busy() { BUSY } else { IDLE };
        let mut waiting = terminal::next(wait)?;
        let mut has_changed = waiting.is_some();
        // What waits already is taken in before the next frame: a wheel turns faster than a screen is drawn.
        while let Some(input) = waiting {
            for message in update::messages(&app, input) {
                match update::update(&mut app, message) {
                    Some(Effect::Quit) => return Ok(()),
                    Some(Effect::Start(job)) => {
                        worker = Some(Worker::start(job));
                        take_news(&mut app, worker.as_ref(), AT_ONCE);
                    }
                    Some(Effect::Cancel) => worker.iter().for_each(Worker::cancel),
                    None => {}
                }
            }
            waiting = terminal::next(Duration::ZERO)?;
        }
        has_changed |= take_news(&mut app, worker.as_ref(), Duration::ZERO);
        if has_changed {
            screen.draw(&app)?;
        }
    }
    Ok(())
}

/// Takes what the worker tells, until it is done or so long; says whether there was anything.
fn take_news(app: &mut App, worker: Option<&Worker>, patience: Duration) -> bool {
    let until = Instant::now() + patience;
    let mut has_changed = false;
    while app.is_busy() {
        let left = until.saturating_duration_since(Instant::now());
        let Some(news) = worker.and_then(|worker| worker.wait(left)) else {
            break;
        };
        update::update(app, Message::News(news));
        has_changed = true;
    }
    has_changed
}

/// What inputs do to a state, for whoever drives it without a terminal: every job is done before the next input.
pub fn drive(app: &mut App, inputs: impl IntoIterator<Item = Input>) {
    let cancel = std::sync::atomic::AtomicBool::new(false);
    for input in inputs {
        for message in update::messages(app, input) {
            if let Some(Effect::Start(job)) = update::update(app, message) {
                let ticket = job.ticket;
                worker::perform(job.task, &cancel, &mut |event| {
                    let news = worker::News { ticket, event };
                    update::update(app, Message::News(news));
                });
            }
        }
    }
}
