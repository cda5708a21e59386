//! The explorer: a terminal UI in which a network is seen, checked and run.
//!
//! State, message, update, view. An [`Input`] becomes a [`Message`] by the one key table in [`keys`];
//! [`update`](update::update) changes the [`App`] and may ask for an [`Effect`]; [`view`] draws the state and cannot change
//! it. A pass runs on a [`worker`], so that no frame is late because of it. What is shown, [`crate::report`] computed.

pub mod app;
pub mod ascii;
mod browse;
pub mod catalogue;
pub mod checks;
pub mod chooser;
pub mod compare;
mod comparing;
pub mod cursor;
pub mod detail;
pub mod export;
pub mod finder;
pub mod fold_tree;
pub mod forward;
pub mod fuzzy;
pub mod graph;
mod help;
pub mod history;
pub mod input;
pub mod keys;
pub mod layer_tree;
pub mod layers;
pub mod layout;
mod maps;
pub mod message;
mod navigate;
pub mod opened;
mod outside;
mod pass;
mod pointer;
mod recall;
pub mod remembered;
pub mod replay;
pub mod scatter;
pub mod spec;
mod terminal;
pub mod text;
pub mod theme;
pub mod update;
pub mod view;
pub mod worker;

use std::io;
use std::time::{Duration, Instant};

use crate::lower::{Model, Overrides};
use app::{App, Effect};
use input::Input;
use message::Message;
use replay::Replay;
use terminal::Screen;
use theme::{Scheme, Theme};
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
/// How long a command waits for its pass, so that a quick step is one change of the screen and the next key finds it done; with
/// what the command itself and the picture take it stays below the 16 ms of a frame.
pub const AT_ONCE: Duration = Duration::from_millis(8);

/// How often the file of the network that is open is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// How the explorer shows itself.
#[derive(Debug, Default)]
pub struct Options {
    /// The colours, in place of those that fit the terminal.
    pub scheme: Option<Scheme>,
    /// Whether to draw with ASCII alone.
    pub ascii: bool,
    /// Whether to begin as at the first start, and to remember nothing.
    pub fresh: bool,
    /// Keys to play at the beginning.
    pub replay: Vec<replay::Step>,
    /// What the network that it opens on was built with, in place of what its spec says.
    pub overrides: Overrides,
    /// Images at once of that network.
    pub batch: u64,
}

/// Shows the explorer until the user leaves it: the network `start`, or else the catalogue.
///
/// # Errors
/// There is no terminal, or it fails.
pub fn run(start: Option<Model>, options: Options) -> Result<(), TuiError> {
    if !terminal::is_there() {
        return Err(TuiError::NoTerminal);
    }
    let variable = |name: &str| std::env::var(name).ok();
    let mut theme = Theme::detect(variable);
    if let Some(scheme) = options.scheme {
        theme = theme.with(scheme);
    }
    // A demonstration shows the same to everybody.
    let is_fresh = options.fresh || !options.replay.is_empty();
    let mut demonstration = Replay::new(options.replay);
    let mut screen = Screen::take()?;
    let mut app = App::new(start, theme, screen.size()?);
    app.asked_for(options.overrides, options.batch);
    app.ascii = options.ascii || ascii::is_needed(variable);
    let may_choose_colours = options.scheme.is_none() && theme.scheme() != Scheme::Mono;
    let mut file = recall(&mut app, is_fresh, may_choose_colours);
    let mut worker: Option<Worker> = None;
    let mut looked = Instant::now();
    screen.draw(&app)?;
    if let Some(told) = file
        .as_deref()
        .and_then(|file| remembered::write(file, &app.remember()).err())
    {
        app.notice = Some(told);
        file = None;
        screen.draw(&app)?;
    }
    'explorer: while !screen.is_ended() {
        let wait = if app.is_busy() { BUSY } else { IDLE };
        let now = Instant::now();
        let mut waiting = terminal::next(demonstration.patience(now, wait))?;
        if waiting.is_some() {
            // Any key ends a demonstration.
            demonstration.end();
        } else {
            waiting = demonstration.next(Instant::now());
        }
        let mut has_changed = waiting.is_some();
        // What waits already is taken in before the next frame: a wheel turns faster than a screen is drawn.
        while let Some(input) = waiting {
            for message in update::messages(&app, input) {
                match update::update(&mut app, message) {
                    Some(Effect::Quit) => break 'explorer,
                    Some(Effect::Start(job)) => {
                        worker = Some(Worker::start(job));
                        take_news(&mut app, worker.as_ref(), AT_ONCE);
                    }
                    Some(Effect::Cancel) => worker.iter().for_each(Worker::cancel),
                    Some(Effect::Write(file)) => {
                        let told = outside::write(std::path::Path::new("."), &file);
                        update::update(&mut app, Message::Notice(told));
                    }
                    Some(Effect::Copy(text)) => screen.copy(&text)?,
                    None => {}
                }
            }
            waiting = terminal::next(Duration::ZERO)?;
        }
        if looked.elapsed() >= LOOK {
            looked = Instant::now();
            if !app.is_busy() && app.opened().is_some_and(|opened| opened.spec.has_changed()) {
                update::update(&mut app, Message::Reload);
                has_changed = true;
            }
        }
        has_changed |= take_news(&mut app, worker.as_ref(), Duration::ZERO);
        if has_changed {
            screen.draw(&app)?;
        }
    }
    if let Some(file) = file {
        // It could be written at the start; now there is no line left to tell otherwise.
        let _ = remembered::write(&file, &app.remember());
    }
    Ok(())
}

/// Takes up what an earlier run left; returns the file in which this one is to be remembered.
fn recall(app: &mut App, is_fresh: bool, may_choose_colours: bool) -> Option<std::path::PathBuf> {
    let file = remembered::path().filter(|_| !is_fresh)?;
    match remembered::read(&file) {
        Ok(Some(state)) => app.recall(&state, may_choose_colours),
        Ok(None) => {}
        Err((told, must_stay)) => {
            app.notice = Some(told);
            if must_stay {
                return None;
            }
        }
    }
    Some(file)
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
