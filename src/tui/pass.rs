//! Commands of the forward pass and its chooser: their effect on the state.

use super::app::{App, Effect, Mode, Screen};
use super::chooser::List;
use super::files::Files;
use super::forward::{Contrast, Forward, Phase, Zoom};
use super::maps;
use super::message::{Command, Tab};
use super::opened::Opened;
use super::update::do_command;
use super::worker::{Job, Task, Until};
use crate::engine::session::edit::EditError;
use crate::engine::{self, Edit};
use crate::message;
use crate::text::Message;

/// Shows a tab; the forward pass opens the chooser at first.
pub(super) fn show_tab(app: &mut App, tab: Tab) -> Option<Effect> {
    let opened = app.screen.opened_mut()?;
    opened.show(tab);
    if tab == Tab::Forward && matches!(opened.forward.phase, Phase::Idle) && opened.can_run() {
        app.mode = Mode::Chooser;
    }
    None
}

/// Executes a command of the pass.
pub(super) fn command(app: &mut App, command: Command) -> Option<Effect> {
    if matches!(app.mode, Mode::Chooser | Mode::Typing(_)) {
        return in_chooser(app, command);
    }
    if let Mode::Files(_) = app.mode {
        in_files(app, command);
        return None;
    }
    let Screen::Network(opened) = &mut app.screen else {
        return None;
    };
    let can_run = opened.can_run();
    let forward = &mut opened.forward;
    match command {
        Command::Cancel => {
            forward.stop_stepping();
            return Some(Effect::Cancel);
        }
        Command::Step => return run(app, Until::Next),
        Command::RunAll => {
            let until = forward.until_stop();
            return run(app, until);
        }
        Command::Explain => forward.toggle_explained(),
        Command::MoveCell(way) => forward.move_cell(way),
        Command::Order => forward.turn_order(),
        Command::NextMaps | Command::PreviousMaps if forward.explained.is_some() => {
            forward.move_channel(command == Command::NextMaps);
        }
        Command::Changes => {
            forward.offered = forward.offers();
            if forward.offered.is_empty() {
                app.notice = Some(message!("notice-no-pass"));
            } else {
                app.notice = forward.why_no_more();
                app.mode = Mode::Changes(super::cursor::Cursor::default());
            }
        }
        Command::SwitchMode => return change(app, Edit::Mode(engine::Mode::Training)),
        Command::ToggleStop => forward.toggle_stop(),
        Command::TurnStops => {
            forward.turn_stops();
            app.notice = Some(forward.stops.words());
        }
        Command::Slower | Command::Faster => {
            forward.turn_speed(command == Command::Slower);
            app.notice = Some(match forward.rest.as_millis() {
                0 => message!("notice-full-speed"),
                rest => {
                    let rest = format!("{:.1}", rest as f64 / 1e3);
                    message!("notice-pause", seconds = rest)
                }
            });
        }
        Command::RunTo => {
            let target = forward.selected_layer()?;
            if target.index() < forward.done() {
                app.notice = Some(message!("notice-has-run"));
                return None;
            }
            return run(app, Until::Layer(target));
        }
        Command::Choose if can_run && !forward.is_busy() => app.mode = Mode::Chooser,
        Command::StepBack => forward.step_back(),
        Command::Rewind => forward.rewind(),
        Command::Earlier => forward.step_along(false),
        Command::Later => forward.step_along(true),
        Command::Longest => forward.jump(forward.largest()),
        Command::Timeline => forward.turn_quantity(),
        Command::FoldIn => forward.tree.close(),
        Command::FoldOut => forward.tree.open(),
        Command::Toggle | Command::Accept => match (&forward.phase, can_run) {
            (Phase::Idle | Phase::Failed(_), true) if command == Command::Accept => {
                app.mode = Mode::Chooser;
            }
            _ => forward.tree.toggle(),
        },
        Command::CloseAll => forward.tree.close_all(),
        Command::OpenAll => forward.tree.open_all(),
        Command::NextMaps | Command::PreviousMaps => {
            let step = maps::channels_per_page(app);
            turn(&mut app.screen.opened_mut()?.forward, command, step);
        }
        Command::Enlarge => forward.maps.zoom = Zoom::Single,
        Command::Shrink => forward.maps.zoom = Zoom::Grid,
        Command::Contrast => {
            forward.maps.contrast = match forward.maps.contrast {
                Contrast::Map => Contrast::Layer,
                Contrast::Layer => Contrast::Map,
            };
        }
        _ => {}
    }
    None
}

/// Makes the chosen change from the list on offer.
pub(super) fn change_offered(app: &mut App, place: usize) -> Option<Effect> {
    let forward = &app.opened()?.forward;
    let Some(edit) = forward.offered.get(place).cloned() else {
        do_command(app, Command::Prepare);
        return None;
    };
    change(app, edit)
}

/// Changes the pass, and runs again from the change.
fn change(app: &mut App, edit: Edit) -> Option<Effect> {
    let opened = app.screen.opened_mut()?;
    let task = opened.forward.change(edit);
    changed(app, task)
}

/// Changes the preprocessing as typed, and runs again from there.
///
/// # Errors
/// The text makes no sense, or the change is impossible; the message is for the user.
pub(super) fn prepare_typed(app: &mut App, text: &str) -> Result<Option<Effect>, Message> {
    let Some(opened) = app.screen.opened_mut() else {
        return Ok(None);
    };
    let (task, told) = opened.forward.prepare_as(text)?;
    app.notice = told;
    Ok(changed(app, Ok(task)))
}

fn changed(app: &mut App, task: Result<Option<Task>, EditError>) -> Option<Effect> {
    let opened = app.screen.opened_mut()?;
    match task {
        Ok(Some(task)) => start(opened.ticket, task),
        Ok(None) => None,
        Err(error) => {
            app.notice = Some(error.message());
            None
        }
    }
}

/// Starts a run; without a pass, opens the chooser.
fn run(app: &mut App, until: Until) -> Option<Effect> {
    let opened = app.screen.opened_mut()?;
    if let Some(task) = opened.forward.run(until) {
        return start(opened.ticket, task);
    }
    if !opened.can_run() {
        app.notice = Some(message!("notice-errors-first"));
        return None;
    }
    match opened.forward.phase {
        Phase::Ready(_) => app.notice = Some(end(opened)),
        Phase::Idle | Phase::Failed(_) => app.mode = Mode::Chooser,
        Phase::Preparing | Phase::Running(_) => {}
    }
    None
}

/// Reason why a pass cannot continue.
fn end(opened: &Opened) -> Message {
    let Some(fault) = opened.forward.fault else {
        return message!("notice-end");
    };
    let path = opened.forward.network()[fault].path.to_string();
    let problems = &opened.checks.problems;
    let problem = problems
        .iter()
        .find(|problem| problem.path.as_deref() == Some(&path));
    // Other places with the same problem do not matter here.
    let why = match problem {
        Some(problem) => problem.alone().clone(),
        None => message!("fault-breaks-a-rule"),
    };
    message!("fault-cannot-run", path = path, why = why)
}

/// Shows the next or previous channels of the maps.
fn turn(forward: &mut Forward, command: Command, step: usize) {
    let Some(shown) = &forward.shown else {
        return;
    };
    let channels = shown.output.channels;
    let first = forward.maps.first;
    forward.maps.first = match command {
        Command::NextMaps if first + step < channels => first + step,
        Command::NextMaps => first,
        _ => first.saturating_sub(step),
    };
}

/// Executes a command of the file browser; a file that is opened becomes the chosen source.
fn in_files(app: &mut App, command: Command) {
    let Mode::Files(files) = &mut app.mode else {
        return;
    };
    match command {
        Command::FolderUp => files.up(),
        Command::Accept => {
            if let Some(path) = files.open()
                && let Some(opened) = app.screen.opened_mut()
            {
                opened.forward.chooser.add_file(path);
                app.mode = Mode::Chooser;
            }
        }
        _ => {}
    }
}

fn in_chooser(app: &mut App, command: Command) -> Option<Effect> {
    let opened = app.screen.opened_mut()?;
    let chooser = &mut opened.forward.chooser;
    match (command, std::mem::replace(&mut app.mode, Mode::Chooser)) {
        (Command::Accept, Mode::Typing(text)) => {
            if let Err(error) = chooser.add(text.trim()) {
                app.notice = Some(error.message());
                app.mode = Mode::Typing(text);
            }
        }
        (Command::Accept, _) => {
            app.mode = Mode::Browse;
            let task = opened.forward.prepare(&opened.subject)?;
            return start(opened.ticket, task);
        }
        (Command::OtherList, _) => {
            chooser.list = match chooser.list {
                List::Weights => List::Inputs,
                List::Inputs => List::Weights,
            };
        }
        (Command::FindFile, _) => {
            let list = chooser.list;
            let folder = chooser.folder(list);
            app.mode = Mode::Files(Box::new(Files::of(list, &folder)));
        }
        (Command::TypeChoice, _) => app.mode = Mode::Typing(String::new()),
        _ => {}
    }
    None
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "every caller returns an effect that may be none"
)]
fn start(ticket: u64, task: Task) -> Option<Effect> {
    Some(Effect::Start(Job { ticket, task }))
}
