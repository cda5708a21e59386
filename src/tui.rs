//! The explorer: a terminal UI to view, check and run a network.
//!
//! State, message, update, view. The one key table in [`keys`] turns an [`Input`] into a [`Message`];
//! [`update`](update::update) changes the [`App`] and may request an [`Effect`]; [`view`] draws the state and cannot change
//! it. A pass runs on a [`worker`], so no frame is late because of it. [`crate::report`] computes everything that is shown.

pub mod app;
pub mod context;
pub mod course;
mod export_file;
pub mod fault;
pub mod file;
mod fix;
pub mod graphics;
pub mod history;
pub mod input;
pub mod keys;
pub mod kit;
pub mod message;
pub mod overlay;
pub mod pane;
pub mod presenter;
mod record;
pub mod replay;
pub mod request;
pub mod saved_state;
pub mod screen;
pub mod setup;
mod terminal;
pub mod update;
pub mod view;
pub mod worker;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::time::{Duration, Instant};

use app::{App, Effect};
use context::Around;
use input::Input;
use kit::ascii;
use kit::theme::{Depth, Scheme, Theme};
use message::Message;
use presenter::Presenter;
use replay::Replay;
use terminal::Screen;

use worker::{Job, Kernels, Lane, News, Worker};

use crate::engine::budget;
use crate::lesson::{Progress, progress};
use crate::lower::{Model, Overrides};
use crate::message;
use crate::text::system::reason;
use crate::text::{Language, said};
use crate::weights::disk::Places;

/// Reasons why the explorer cannot start or had to end.
#[derive(Debug)]
pub enum TuiError {
    /// Input or output is a pipe or a file.
    NoTerminal,
    /// The terminal cannot be read, written or set up.
    Terminal(io::Error),
}

impl TuiError {
    /// The problem, and what to do.
    pub fn message(&self) -> crate::text::Message {
        match self {
            Self::NoTerminal => message!("explore-no-terminal"),
            Self::Terminal(error) => message!("explore-terminal", reason = reason(error)),
        }
    }
}

said!(TuiError: Terminal(io::Error));

/// Longest sleep of the loop when nothing happens, and so the longest delay of a signal.
const IDLE: Duration = Duration::from_millis(250);
/// Longest sleep of the loop while a pass runs.
const BUSY: Duration = Duration::from_millis(50);
/// Time without a key before pictures are encoded.
const KEYS_REST: Duration = Duration::from_millis(30);
/// Time that a command waits for its pass, so a quick step changes the screen once and the next key finds it done; together
/// with the command itself and the picture it stays below the 16 ms of a frame.
pub const AT_ONCE: Duration = Duration::from_millis(6);

/// Most inputs that are read before the loop acts on them.
const AT_A_TIME: usize = 4_096;

/// Interval between checks of the open network's file for changes.
const LOOK: Duration = Duration::from_secs(1);

/// Settings of the explorer.
#[derive(Debug, Default)]
pub struct Options {
    /// Colours, instead of those that fit the terminal.
    pub scheme: Option<Scheme>,
    /// Whether to draw with ASCII only.
    pub ascii: bool,
    /// Protocol for feature maps, instead of the best one that the terminal supports.
    pub graphics: Option<graphics::Protocol>,
    /// Whether to begin as at the first start and save nothing.
    pub fresh: bool,
    /// Whether to begin in presenter mode.
    pub present: bool,
    /// Keys to replay at the beginning.
    pub replay: Vec<replay::Step>,
    /// Language of lessons and interface.
    pub language: Language,
    /// Id of the lesson to begin with.
    pub lesson: Option<String>,
    /// Overrides with which the first network was built, instead of its spec's values.
    pub overrides: Overrides,
    /// Batch size for that network.
    pub batch: u64,
    /// Kernels that passes run with.
    pub kernels: Kernels,
    /// Keys.
    pub keys: keys::Keymap,
    /// Checkpoint that the first network was found by, whose weights it takes.
    pub weights: Option<std::path::PathBuf>,
}

/// Runs the explorer until the user leaves it, starting with the network `start` or with the catalogue.
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
    // A replayed demonstration shows the same to everybody.
    let is_fresh = options.fresh || !options.replay.is_empty();
    let mut screen = Screen::take(options.graphics)?;
    let result = explore(&mut screen, start, options, theme, is_fresh);
    screen.leave(result)
}

/// Reads how far the course has been taken, and says if that cannot be read.
fn load_progress(app: &mut App) {
    let variable = |name: &str| std::env::var(name).ok();
    let (progress, problem) = Progress::load(progress::file(variable));
    app.course.progress = progress;
    if let Some(problem) = problem {
        app.notify(problem);
    }
}

/// Runs the explorer on a screen until the user leaves it or a signal ends it.
fn explore(
    screen: &mut Screen,
    start: Option<Model>,
    options: Options,
    theme: Theme,
    is_fresh: bool,
) -> Result<(), TuiError> {
    let variable = |name: &str| std::env::var(name).ok();
    let is_demonstration = !options.replay.is_empty();
    let mut demonstration = Replay::new(options.replay);
    let mut app = App::new(start, theme, screen.size()?);
    app.use_keys(options.keys);
    app.presenter = options.present.then(Presenter::default);
    if !is_demonstration {
        app.look_around(Around {
            weights: Places::of_system(),
            pictures: Some(std::path::PathBuf::from(".")),
            free: budget::free(),
        });
    }
    if let Some(path) = options.weights {
        app.load(path);
    }
    app.asked_for(options.overrides, options.batch);
    // Chinese was asked for explicitly, and has no ASCII form.
    let is_ascii = options.language == Language::ENGLISH && ascii::is_needed(variable);
    app.ascii = options.ascii || is_ascii;
    load_progress(&mut app);
    let may_choose_colours = options.scheme.is_none() && theme.scheme() != Scheme::Mono;
    let is_anywhere = app.opened().is_some() || options.lesson.is_some() || is_demonstration;
    let (mut file, is_first) = restore(&mut app, is_fresh, may_choose_colours);
    app.speak(options.language);
    let mut workers = Workers {
        kernels: options.kernels,
        ..Workers::default()
    };
    if let Some(id) = options.lesson {
        let effect = update::begin_lesson(&mut app, &id);
        act(&mut app, &mut workers, screen, effect)?;
    }
    if (is_first || options.fresh) && !is_anywhere {
        let effect = update::begin_at_doors(&mut app);
        act(&mut app, &mut workers, screen, effect)?;
    }
    let effect = update::settle(&mut app);
    act(&mut app, &mut workers, screen, effect)?;
    let mut looked = Instant::now();
    let mut ticked = Instant::now();
    let mut is_coarse = screen.draw(&app, false)?;
    if let Some(notice) = file
        .as_deref()
        .and_then(|file| saved_state::write(file, &app.saved_state()).err())
    {
        app.notify(notice);
        file = None;
        is_coarse = screen.draw(&app, false)?;
    }
    'explorer: while !screen.is_ended() {
        let wait = match (is_coarse, workers.is_busy(&app)) {
            (true, _) => KEYS_REST,
            (false, true) => BUSY,
            (false, false) => IDLE,
        };
        let wait = app.until_next_frame().map_or(wait, |left| wait.min(left));
        let now = Instant::now();
        let typed = screen.next(demonstration.patience(now, wait))?;
        demonstration.hear(typed.as_ref());
        let first = typed.or_else(|| demonstration.next(Instant::now()));
        let mut waiting: VecDeque<Input> = first.into_iter().collect();
        let mut has_changed = !waiting.is_empty();
        // Inputs that are already waiting are read before the next frame: a wheel turns faster than a screen is drawn, and
        // pasted text arrives faster than a list is searched.
        while !waiting.is_empty() && !screen.is_ended() {
            while let Some(input) = screen.next(Duration::ZERO)? {
                demonstration.hear(Some(&input));
                waiting.push_back(input);
                if waiting.len() >= AT_A_TIME {
                    break;
                }
            }
            for message in update::gathered(&app, &mut waiting) {
                let effect = update::update(&mut app, message);
                if act(&mut app, &mut workers, screen, effect)? {
                    break 'explorer;
                }
            }
        }
        if looked.elapsed() >= LOOK {
            looked = Instant::now();
            if !app.is_busy() && app.opened().is_some_and(|opened| opened.spec.has_changed()) {
                update::update(&mut app, Message::Reload);
                has_changed = true;
            }
        }
        has_changed |= tick(&mut app, &mut ticked);
        has_changed |= take_news(&mut app, &mut workers, screen, Duration::ZERO)?;
        has_changed |= screen.has_learned();
        if has_changed {
            is_coarse = screen.draw(&app, false)?;
        } else if is_coarse {
            is_coarse = screen.draw(&app, true)?;
        }
    }
    if let Some(file) = file {
        // The file could be written at the start; now there is no line left to report a failure on.
        let _ = saved_state::write(&file, &app.saved_state());
    }
    Ok(())
}

/// Lets the time since the last call pass for what moves on the screen; returns whether it has moved.
fn tick(app: &mut App, last: &mut Instant) -> bool {
    let passed = last.elapsed();
    *last = Instant::now();
    if app.until_next_frame().is_none() {
        return false;
    }
    let before = app.start.frame();
    update::update(app, Message::Tick(passed));
    before != app.start.frame()
}

/// Restores the settings that an earlier run saved; returns the file to save this run's in, and whether there was no earlier run.
fn restore(
    app: &mut App,
    is_fresh: bool,
    may_choose_colours: bool,
) -> (Option<std::path::PathBuf>, bool) {
    let Some(file) = saved_state::path().filter(|_| !is_fresh) else {
        return (None, false);
    };
    let is_first = match saved_state::read(&file) {
        Ok(Some(state)) => {
            app.restore(&state, may_choose_colours);
            false
        }
        Ok(None) => true,
        Err((notice, must_stay)) => {
            app.notify(notice);
            if must_stay {
                return (None, false);
            }
            false
        }
    };
    (Some(file), is_first)
}

/// Workers, one per lane.
#[derive(Debug, Default)]
struct Workers {
    lanes: BTreeMap<Lane, Worker>,
    kernels: Kernels,
}

impl Workers {
    /// Starts a job and stops the lane's previous one.
    fn start(&mut self, job: Job) {
        let lane = job.task.lane();
        if let Some(before) = self.lanes.insert(lane, Worker::start(job, self.kernels)) {
            before.cancel();
        }
    }

    /// Stops a lane's job.
    fn cancel(&self, lane: Lane) {
        self.lanes.get(&lane).into_iter().for_each(Worker::cancel);
    }

    /// Whether the state waits for any lane.
    fn is_busy(&self, app: &App) -> bool {
        self.lanes.keys().any(|&lane| app.waits_for(lane))
    }

    /// Next news from a lane that is waited for; `None` if there are none yet.
    fn wait(&self, app: &App, patience: Duration) -> Option<News> {
        let mut busy = self.lanes.iter().filter(|(lane, _)| app.waits_for(**lane));
        let (_, first) = busy.next()?;
        let others: Vec<_> = busy.map(|(_, worker)| worker).collect();
        let news = others.iter().find_map(|worker| worker.wait(Duration::ZERO));
        news.or_else(|| first.wait(patience))
    }
}

/// Performs an effect that the state requested, and those that follow; returns whether the explorer is to end.
fn act(
    app: &mut App,
    workers: &mut Workers,
    screen: &mut Screen,
    mut effect: Option<Effect>,
) -> io::Result<bool> {
    while let Some(asked) = effect.take() {
        match asked {
            Effect::Quit => return Ok(true),
            Effect::Suspend => {
                if !terminal::suspend()? {
                    let notice = message!("notice-no-shell");
                    effect = update::update(app, Message::Notice(notice));
                }
            }
            Effect::Start(job) => {
                workers.start(job);
                take_news(app, workers, screen, AT_ONCE)?;
            }
            Effect::Cancel => workers.cancel(Lane::Pass),
            Effect::CancelLane(lane) => workers.cancel(lane),
            Effect::CancelBnLab => workers.cancel(Lane::BnLab),
            Effect::Write(file) => {
                let notice = export_file::write(std::path::Path::new("."), &file);
                effect = update::update(app, Message::Notice(notice));
            }
            Effect::Keep(folder, files) => {
                let notice = export_file::keep(std::path::Path::new(folder), &files);
                effect = update::update(app, Message::Notice(notice));
            }
            Effect::WriteFix(wanted) => {
                let written = fix::write_fix(std::path::Path::new("."), &wanted);
                effect = written_effect(app, wanted, written);
            }
            Effect::KeepProgress => {
                if let Err(error) = app.course.progress.save() {
                    effect = update::update(app, Message::Notice(error.message()));
                }
            }
            Effect::Copy(text) => screen.copy(&text)?,
        }
    }
    Ok(false)
}

/// Handles the result of a fix.
fn written_effect(
    app: &mut App,
    wanted: fix::FileFix,
    written: Result<std::path::PathBuf, crate::text::Message>,
) -> Option<Effect> {
    let path = match written {
        Ok(path) => path,
        Err(reason) => return update::update(app, Message::Notice(reason)),
    };
    let id = if wanted.is_undo {
        "notice-undone"
    } else {
        "notice-fixed"
    };
    let what = crate::text::Message::new(id)
        .with("file", path.display().to_string())
        .with("what", wanted.what.clone());
    if !wanted.is_undo {
        app.fixes.push(fix::FileFix {
            path: path.clone(),
            is_copy: false,
            ..wanted
        });
    }
    let effect = update::update(app, Message::Fixed(path));
    app.notice = Some(what);
    effect
}

/// Handles the workers' news, until they are done or the time is up; returns whether there were any.
fn take_news(
    app: &mut App,
    workers: &mut Workers,
    screen: &mut Screen,
    patience: Duration,
) -> io::Result<bool> {
    let until = Instant::now() + patience;
    let mut has_changed = false;
    while workers.is_busy(app) {
        let left = until.saturating_duration_since(Instant::now());
        let Some(news) = workers.wait(app, left) else {
            break;
        };
        has_changed = true;
        match update::update(app, Message::News(news)) {
            // This loop reads the job's news itself.
            Some(Effect::Start(job)) => workers.start(job),
            effect => {
                act(app, workers, screen, effect)?;
            }
        }
    }
    Ok(has_changed)
}

/// Applies inputs to a state without a terminal: every job is done before the next input, and passes give the same numbers on
/// every processor.
pub fn drive(app: &mut App, inputs: impl IntoIterator<Item = Input>) {
    for input in inputs {
        for message in update::messages(app, input) {
            let effect = update::update(app, message);
            perform(app, effect);
        }
    }
}

/// Runs the jobs that an effect starts and those that follow, and writes fixes to files.
fn perform(app: &mut App, effect: Option<Effect>) {
    let cancel = std::sync::atomic::AtomicBool::new(false);
    let mut effect = effect;
    // A backup copy would remain in the folder that a test runs in.
    if let Some(Effect::WriteFix(wanted)) =
        effect.take_if(|effect| matches!(effect, Effect::WriteFix(fix) if !fix.is_copy))
    {
        let written = fix::write_fix(std::path::Path::new("."), &wanted);
        effect = written_effect(app, wanted, written);
    }
    while let Some(Effect::Start(job)) = effect {
        let ticket = job.ticket;
        let mut next = None;
        worker::perform(job.task, Kernels::Plain, &cancel, &mut |event| {
            let news = worker::News { ticket, event };
            next = update::update(app, Message::News(news));
        });
        effect = next;
    }
}

/// Shows the doors without a terminal.
pub fn begin_at_doors(app: &mut App) {
    let effect = update::begin_at_doors(app);
    perform(app, effect);
}

/// Moving picture (SVG) of the replayed keys, without a terminal.
///
/// # Errors
/// The picture would be too large; the message is for the user.
pub fn recording(start: Option<Model>, options: Options) -> Result<String, crate::text::Message> {
    let theme = Theme::new(Depth::True);
    let theme = options.scheme.map_or(theme, |scheme| theme.with(scheme));
    let mut app = App::new(start, theme, record::SIZE);
    if let Some(path) = options.weights {
        app.load(path);
    }
    app.asked_for(options.overrides, options.batch);
    app.ascii = options.ascii;
    app.presenter = options.present.then(Presenter::default);
    app.speak(options.language);
    if let Some(id) = options.lesson {
        teach(&mut app, &id);
    }
    record::record(&mut app, options.replay)
}

/// Opens a lesson without a terminal.
pub fn teach(app: &mut App, id: &str) {
    let effect = update::begin_lesson(app, id);
    perform(app, effect);
}
