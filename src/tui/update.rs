//! Update of the state by messages: the router of inputs, commands, clicks and news.

mod find;
mod lesson;
mod navigate;
mod open;
mod serve;
mod settings;
mod start;
mod train;

use std::collections::VecDeque;
use std::sync::Arc;

use ratatui::layout::Position;

use super::app::hints::hints;
use super::app::{App, Effect, Overlay};
use super::course;
use super::input::{Input, Key, Wheel};
use super::keys::Scope;
use super::kit::cursor::Motion;
use super::kit::layout;
use super::message::{Command, Message, Tab};
use super::overlay::files;
use super::overlay::help::Help;
use super::presenter::Presenter;
use super::request::{Asks, Request};
use super::screen::Screen;
use super::screen::catalogue::place;
use super::screen::network::Opened;
use super::screen::network::tabs::Strip;
use super::worker::{Event, Job, Lane, News, Wanted};
use crate::lesson::course::{REVIEW, Study};
use crate::message;
use crate::text;

/// Messages of an input in the current state, in order.
pub fn messages(app: &App, input: Input) -> Vec<Message> {
    match input {
        Input::Key(key) => match (app.keys.binding(&app.scopes(), key), key) {
            (Some(binding), _) => {
                let echo = app
                    .presenter
                    .as_ref()
                    .map(|_| Message::Echo(key, binding.id));
                let command = Message::Command(binding.command);
                echo.into_iter().chain([command]).collect()
            }
            (None, Key::Char(character)) if app.takes_text() => {
                vec![Message::Type(character.to_string())]
            }
            // Every other key leaves the film.
            (None, _) if app.scopes().first() == Some(&Scope::Watch) => {
                vec![Message::Command(Command::Back)]
            }
            (None, _) if app.takes_text() => Vec::new(),
            (None, key) => vec![Message::Notice(no_command(app, key))],
        },
        Input::Paste(text) if app.takes_text() => {
            let text = text.chars().filter(|character| !character.is_control());
            vec![Message::Type(text.collect())]
        }
        Input::Paste(_) => Vec::new(),
        Input::Click(column, row) => vec![Message::Click(column, row)],
        Input::Wheel(column, row, wheel) => vec![Message::Wheel(column, row, wheel)],
        Input::Resize(columns, rows) => vec![Message::Resize(columns, rows)],
    }
}

/// Notice that a key has no command here, with a place where it has one.
fn no_command(app: &App, key: Key) -> text::Message {
    let has_box = app.scopes().first().is_some_and(|scope| scope.is_alone());
    let elsewhere = Scope::ALL
        .into_iter()
        .filter(|scope| !has_box && !scope.is_alone())
        .find_map(|scope| Some((scope, app.keys.binding(&[scope], key)?)));
    let key = key.name();
    let Some((scope, binding)) = elsewhere else {
        let help = app.keys.key(Scope::Anywhere, Command::Help);
        return message!("notice-no-key", key = key, help = help);
    };
    message!(
        "notice-key-elsewhere",
        key = key,
        place = text::Message::new(scope.title()),
        what = text::Message::new(binding.id)
    )
}

/// Messages of the waiting inputs in the current state: those of the first, and of all after it that are typed into the same
/// text, which is then searched once. They are removed from `waiting`.
pub fn gathered(app: &App, waiting: &mut VecDeque<Input>) -> Vec<Message> {
    let takes_text = app.takes_text();
    let mut text = String::new();
    while let (true, Some(Input::Key(Key::Char(character)))) = (takes_text, waiting.front()) {
        text.push(*character);
        waiting.pop_front();
    }
    if !text.is_empty() {
        return vec![Message::Type(text)];
    }
    let first = waiting.pop_front();
    first.map_or_else(Vec::new, |input| messages(app, input))
}

/// Applies a message to the state; returns an effect to perform outside it.
pub fn update(app: &mut App, message: Message) -> Option<Effect> {
    let effect = match message {
        Message::News(news) => take_news(app, news),
        Message::Resize(columns, rows) => {
            app.size = (columns, rows);
            None
        }
        Message::Echo(key, help) => {
            if let Some(presenter) = &mut app.presenter {
                presenter.hear(key, help);
            }
            None
        }
        Message::Type(text) => type_text(app, &text),
        Message::Command(command) => {
            app.notice = None;
            if let Some(presenter) = app.presenter.as_mut().filter(|_| command != Command::Quit) {
                presenter.stays();
            }
            let effect = remembered(app, command);
            app.show_next_notice();
            effect
        }
        Message::Tick(passed) => {
            app.start.tick(passed);
            None
        }
        Message::Reload => {
            navigate::reload(app);
            None
        }
        Message::Fixed(path) => {
            navigate::show_file(app, &path);
            None
        }
        Message::Notice(text) => {
            app.notice = Some(text);
            None
        }
        Message::Click(column, row) => {
            let had_notice = app.notice.take().is_some();
            let command = click(app, Position::new(column, row), had_notice);
            let effect = command.and_then(|command| remembered(app, command));
            app.show_next_notice();
            effect
        }
        Message::Wheel(column, row, wheel) => {
            let motion = match wheel {
                Wheel::Up => Motion::Up,
                Wheel::Down => Motion::Down,
            };
            let is_free = app.overlay.is_none() && !app.has_box() && !app.course.is_typing();
            let lesson = app.context().lesson;
            if let Some(taught) = app.course.open.as_mut().filter(|_| is_free) {
                taught.has_keys = lesson.contains((column, row).into());
            }
            (0..3).find_map(|_| do_command(app, Command::Move(motion)))
        }
    };
    keep_in_view(app);
    effect.or_else(|| settle(app))
}

/// Starts what the screen needs by itself: the description of a selected file, the survey of an overview, or the figures of
/// the catalogue.
pub(super) fn settle(app: &mut App) -> Option<Effect> {
    preview(app).or_else(|| survey(app)).or_else(|| count(app))
}

/// Starts to count the networks of the catalogue when it is first shown.
fn count(app: &mut App) -> Option<Effect> {
    if !matches!(app.screen, Screen::Catalogue) {
        return None;
    }
    let [list, _] = place::list(app.context().view);
    let rows = place::list_rows(list).height;
    let task = app.catalogue.job(rows.into())?;
    Some(Effect::Start(Job { ticket: 0, task }))
}

/// Starts to look around the network whose overview is shown.
fn survey(app: &mut App) -> Option<Effect> {
    let listed = app.catalogue.entries();
    if app.others.is_none() && !listed.is_empty() && app.catalogue.is_counted() {
        app.others = Some(Arc::new(listed.to_vec()));
    }
    let others = app.others.clone();
    let opened = app.screen.opened_mut()?;
    if opened.tab != Tab::Stats {
        return None;
    }
    let task = opened.stats.job(&opened.subject, others)?;
    let ticket = opened.ticket;
    Some(Effect::Start(Job { ticket, task }))
}

/// Starts to describe the file that is selected in the picker.
fn preview(app: &mut App) -> Option<Effect> {
    let Some(Overlay::Files(files)) = &mut app.overlay else {
        return None;
    };
    let task = files.job()?;
    Some(Effect::Start(Job { ticket: 0, task }))
}

/// Hides the answers of a pass until a key shows them; a pass that has not begun has none to show.
fn veil(opened: &mut Opened, presenter: Option<&mut Presenter>) {
    let forward = &mut opened.forward;
    if let Some(presenter) = presenter {
        presenter.is_revealed &= forward.done() > 0 || opened.answers.is_some();
        forward.is_veiled = !presenter.is_revealed;
    } else {
        forward.is_veiled = false;
    }
}

/// Scrolls every visible list to its selected line.
fn keep_in_view(app: &mut App) {
    if let Some(opened) = app.screen.opened_mut() {
        veil(opened, app.presenter.as_mut());
    }
    let context = app.context();
    match &mut app.overlay {
        Some(Overlay::Finder(list)) => list.keep(list.area(context.room)),
        Some(Overlay::Files(list)) => list.keep(files::area(context.room)),
        Some(Overlay::Help(_) | Overlay::Confirm(_)) | None => {}
    }
    match &mut app.screen {
        Screen::Catalogue => app.catalogue.scroll(&context),
        Screen::Compare(compare) => compare.scroll(&context),
        Screen::Train | Screen::Start => {}
        Screen::Network(opened) => opened.scroll(&context),
    }
}

/// Executes a command, and records the location if the command leaves it.
fn remembered(app: &mut App, command: Command) -> Option<Effect> {
    if !navigate::is_jump(command) {
        return do_command(app, command);
    }
    let before = app.place();
    let effect = do_command(app, command);
    let after = app.place();
    if (&before.site, before.tab) != (&after.site, after.tab) {
        app.history.leave(before);
    }
    effect
}

/// Executes a command: of the box over the screen, of the explorer itself, of the lesson, or of the screen.
#[expect(clippy::too_many_lines, reason = "one arm for each command")]
fn do_command(app: &mut App, command: Command) -> Option<Effect> {
    if let Some(kind) = find::kind_of(command) {
        return find::open(app, kind);
    }
    match command {
        Command::Quit if app.train.warns() => {
            app.notice = Some(message!(
                "train-quit-unkept",
                keep = app.keys.key(Scope::Train, Command::Keep),
                quit = app.keys.key(Scope::Anywhere, Command::Quit)
            ));
            return None;
        }
        Command::Quit if app.presenter.as_mut().is_some_and(Presenter::asks) => {
            let quit = app.keys.key(Scope::Anywhere, Command::Quit);
            app.notice = Some(message!("present-quit", quit = quit));
            return None;
        }
        Command::Quit => return Some(Effect::Quit),
        Command::Present => {
            app.presenter = match app.presenter {
                Some(_) => None,
                None => Some(Presenter::default()),
            };
            let key = app.keys.key(Scope::Anywhere, Command::Present);
            let show = app.keys.key(Scope::Forward, Command::ShowAnswer);
            let is_on = app.presenter.is_some();
            app.notice = is_on.then(|| message!("present-on", show = show, key = key));
            return None;
        }
        Command::ShowAnswer if !is_of_lesson(app, command) => {
            match &mut app.presenter {
                Some(presenter) => presenter.is_revealed = true,
                None => app.notice = Some(message!("present-nothing-hidden")),
            }
            return None;
        }
        Command::Suspend => return Some(Effect::Suspend),
        Command::Back => return back(app),
        Command::Help => {
            let scopes = app.scopes();
            app.overlay = Some(Overlay::Help(Help::new(scopes, &app.keys)));
            return None;
        }
        Command::Undo => return navigate::undo(app, true),
        Command::Redo => return navigate::undo(app, false),
        Command::Train => return train::show(app),
        Command::FindFile if app.overlay.is_none() && !app.has_box() => {
            serve::pick_file(app, Wanted::Networks, None);
            return None;
        }
        Command::Start => return start::show(app),
        Command::Watch => return start::watch(app),
        Command::UndoFix => {
            serve::undo_fix(app);
            return None;
        }
        Command::NextTheme => {
            app.theme = app.theme.next();
            app.looks.theme = Some(app.theme.scheme());
            let scheme = app.theme.scheme().word();
            app.notice = Some(message!("notice-colours", scheme = scheme));
            return None;
        }
        Command::SwitchAscii => {
            app.ascii = !app.ascii;
            app.looks.ascii = Some(app.ascii);
            return None;
        }
        _ => {}
    }
    let context = app.context();
    let mut asks = Asks::default();
    let is_of_lesson = is_of_lesson(app, command);
    if app.overlay.is_none()
        && !is_of_lesson
        && !app.has_box()
        && let Some(why) = app.why_not(command)
    {
        app.notice = Some(why);
        return None;
    }
    match &mut app.overlay {
        Some(Overlay::Finder(list)) => match command {
            Command::Move(motion) => list.go(motion, list.area(context.room)),
            Command::Erase => list.erase(),
            Command::Accept => return navigate::take(app),
            _ => {}
        },
        Some(Overlay::Files(list)) => list.update(command, files::area(context.room), &mut asks),
        Some(Overlay::Confirm(confirm)) => match command {
            Command::Move(motion) => confirm.go(motion, confirm.area(context.room)),
            Command::Accept => return serve::confirmed(app),
            _ => {}
        },
        Some(Overlay::Help(help)) => {
            if let Command::Move(motion) = command {
                help.go(motion, Help::area(context.room), context.theme.language());
            }
        }
        None if is_of_lesson => match command {
            Command::Move(motion) => app.course.go(motion, &context),
            Command::Answer => {
                let selected = app.opened().map(Opened::answer);
                app.course.answer(selected, &mut asks);
            }
            _ => app.course.update(command, &mut asks),
        },
        None => match &mut app.screen {
            Screen::Catalogue => app.catalogue.update(command, &context, &mut asks),
            Screen::Compare(compare) => compare.update(command, &context, &mut asks),
            Screen::Train => app.train.update(command, &context, &mut asks),
            Screen::Start => app.start.update(command, &mut asks),
            Screen::Network(opened) => opened.update(command, &context, &mut asks),
        },
    }
    serve::serve(app, asks)
}

/// Whether a command goes to the lesson.
fn is_of_lesson(app: &App, command: Command) -> bool {
    if command == Command::Answer {
        return true;
    }
    if app.course.is_typing() {
        return matches!(command, Command::Accept | Command::Erase);
    }
    let is_own = matches!(command, Command::Move(_)) || course::is_own(command);
    app.course.has_keys() && !app.has_box() && is_own
}

/// Leaves what was opened last.
fn back(app: &mut App) -> Option<Effect> {
    if app.overlay.take().is_some() || app.course.stop_typing() {
        return None;
    }
    let mut asks = Asks::default();
    match &mut app.screen {
        Screen::Catalogue => {
            if !app.catalogue.back() {
                let key = app.keys.key(Scope::Anywhere, Command::Quit);
                app.notice = Some(message!("notice-q-quits", key = key));
            }
        }
        Screen::Train if app.train.boxed.is_some() => app.train.close(),
        Screen::Start if app.start.back() => {}
        Screen::Compare(_) | Screen::Train | Screen::Start => return leave(app),
        Screen::Network(opened) => {
            if !opened.back(&mut asks) {
                return leave(app);
            }
        }
    }
    serve::serve(app, asks)
}

/// Returns to the screen below this one, or to the catalogue.
fn leave(app: &mut App) -> Option<Effect> {
    let is_busy = app.is_busy();
    let is_measuring = app
        .opened()
        .is_some_and(|opened| opened.gradients.is_busy());
    app.leave();
    let measuring = is_measuring.then_some(Effect::CancelLane(Lane::Gradients));
    is_busy.then_some(Effect::Cancel).or(measuring)
}

/// Adds typed text to the line that takes it.
fn type_text(app: &mut App, text: &str) -> Option<Effect> {
    let mut asks = Asks::default();
    if let Some(Overlay::Finder(list)) = &mut app.overlay {
        list.type_text(text, &mut asks);
    } else if let Some(Overlay::Files(list)) = &mut app.overlay {
        list.type_text(text, &mut asks);
    } else if app.course.is_typing() {
        app.course.type_text(text, &mut asks);
    } else {
        match &mut app.screen {
            Screen::Catalogue => app.catalogue.type_search(text, &mut asks),
            Screen::Compare(_) | Screen::Train | Screen::Start => {}
            Screen::Network(opened) => opened.type_text(text, &mut asks),
        }
    }
    serve::serve(app, asks)
}

/// Selects the clicked item; for one that is selected already, returns the command of Enter.
/// A key in the last line is its command, unless a notice was there.
fn click(app: &mut App, at: Position, had_notice: bool) -> Option<Command> {
    if !layout::is_large_enough(app.size) {
        return None;
    }
    let [title, _, footer] = layout::outline(app.size);
    if footer.contains(at) {
        let mut hints = hints(app, footer).into_iter();
        let hint = hints.find(|hint| !had_notice && hint.area.contains(at));
        return hint.map(|hint| hint.command);
    }
    let context = app.context();
    if app.overlay.is_some() {
        return app.click_overlay(at, &context);
    }
    if app.popup(&context).is_some() {
        if matches!(app.screen, Screen::Train) {
            return app.train.click(at, &context);
        }
        return app.screen.opened_mut()?.click(at, &context);
    }
    if context.lesson.contains(at) {
        return app.course.click(at, &context);
    }
    app.course.stop_typing();
    if let Some(taught) = &mut app.course.open {
        taught.has_keys = false;
    }
    match &mut app.screen {
        Screen::Catalogue => app.catalogue.click(at, &context),
        Screen::Compare(compare) => compare.click(at, &context),
        Screen::Train => app.train.click(at, &context),
        Screen::Start => app.start.click(at, &context),
        Screen::Network(opened) => {
            let name = opened.title(app.theme.language());
            let strip = Strip::new(title, app.theme, &name, opened.tab);
            let tab = strip.command_at(at);
            tab.or_else(|| opened.click(at, &context))
        }
    }
}

/// Handles news from a worker, unless its network was left.
fn take_news(app: &mut App, news: News) -> Option<Effect> {
    let mut asks = Asks::default();
    let is_of_training = news.ticket == app.train.ticket;
    let is_of_film = app.start.is_busy && news.ticket == app.start.ticket;
    match news.event {
        Event::Trained(trained) => {
            if is_of_training {
                app.train.take(trained, &mut asks);
            }
        }
        Event::Filmed(made) if is_of_film => app.start.take(made),
        Event::Answered(truth) => app.course.take_truth(news.ticket, truth, &mut asks),
        Event::Previewed(path, preview) => {
            if let Some(Overlay::Files(files)) = &mut app.overlay {
                files.hear(&path, preview, &mut asks);
            }
        }
        Event::Counted(counted) => app.catalogue.take(counted),
        Event::Surveyed(survey) => {
            app.others = Some(Arc::clone(&survey.others));
            app.screen.opened_mut()?.stats.take(survey);
        }
        Event::Lost(lane) => lose(app, lane, news.ticket, &mut asks),
        Event::Fetching(progress) => serve::fetch_progress(app, &progress),
        Event::Fetched(result) => serve::fetched(app, result),
        _ => {
            let task = app.screen.opened_mut()?.take(news, &mut asks);
            if let Some(task) = task {
                asks.ask(Request::Run(task));
            }
        }
    }
    serve::serve(app, asks)
}

/// Tells the one who waits for a lane that its worker has ended without a result. Every lane has its own line, so no job is
/// waited for in vain, and none is taken for another.
fn lose(app: &mut App, lane: Lane, ticket: u64, asks: &mut Asks) {
    let reason = message!("job-program-error");
    match lane {
        Lane::Training => {
            if ticket == app.train.ticket {
                app.train.lose();
            }
        }
        Lane::Film => {
            if app.start.is_busy && ticket == app.start.ticket {
                app.start.take(Err(reason));
            }
        }
        Lane::Count => app.catalogue.lose(),
        Lane::Fetch => {
            app.fetching = None;
            asks.notify(reason);
        }
        Lane::Preview => {
            if let Some(Overlay::Files(files)) = &mut app.overlay {
                files.lose();
            }
        }
        Lane::Lesson => {
            app.course.take_truth(ticket, Err(reason), asks);
        }
        Lane::Pass
        | Lane::Weights
        | Lane::Gradients
        | Lane::Inquiry
        | Lane::Survey
        | Lane::BnLab => {
            if let Some(opened) = app.screen.opened_mut() {
                opened.lose(lane, ticket, asks);
            }
        }
    }
}

/// Shows the doors at the beginning.
pub(super) fn begin_at_doors(app: &mut App) -> Option<Effect> {
    start::show(app)
}

/// Opens the lesson with this id, or the review.
pub(super) fn begin_lesson(app: &mut App, id: &str) -> Option<Effect> {
    let study = match id {
        REVIEW => Study::Review,
        _ => Study::Lesson(app.course.number_of(id).unwrap_or(usize::MAX)),
    };
    let mut asks = Asks::default();
    asks.ask(Request::Study(study));
    serve::serve(app, asks)
}
