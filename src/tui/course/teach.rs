//! Commands of a lesson, and the lesson's control of the view.

use std::sync::Arc;

use super::{Room, Stage};
use crate::lesson::file::View;
use crate::lesson::{Kind, Value};
use crate::lower::{Overrides, open, open_text};
use crate::message;
use crate::report::Column;
use crate::spec::Problem;
use crate::text::Message;
use crate::tui::app::{App, Effect, Mode};
use crate::tui::cursor::{Cursor, Motion};
use crate::tui::layer_tree::Item;
use crate::tui::layout;
use crate::tui::message::{Command, Tab};
use crate::tui::opened::Opened;
use crate::tui::worker::{Job, Task};

/// Opens a lesson.
pub(in crate::tui) fn begin(app: &mut App, number: usize) -> Option<Effect> {
    if app.course.lessons().get(number).is_none() {
        app.notice = Some(message!("lesson-unreadable-files"));
        return None;
    }
    app.course.begin(number);
    app.mode = Mode::Browse;
    look(app)
}

/// Opens the lesson with this id.
pub(in crate::tui) fn begin_called(app: &mut App, id: &str) -> Option<Effect> {
    let number = app
        .course
        .lessons()
        .iter()
        .position(|lesson| lesson.id == id);
    begin(app, number.unwrap_or(usize::MAX))
}

/// Whether a command goes to the lesson while it has the keys.
pub(in crate::tui) const fn is_own(command: Command) -> bool {
    matches!(
        command,
        Command::Accept
            | Command::ToView
            | Command::Hint
            | Command::ShowAnswer
            | Command::Retry
            | Command::NextPage
            | Command::PreviousPage
            | Command::Look
            | Command::LessonRoom
            | Command::LeaveLesson
    )
}

/// Executes a command of the lesson.
pub(in crate::tui) fn command(app: &mut App, command: Command) -> Option<Effect> {
    match command {
        Command::Answer => return answer(app),
        Command::Accept => return accept(app),
        Command::Hint => {
            if let Some(taught) = &mut app.course.open {
                taught.attempt.hint = true;
            }
        }
        Command::ShowAnswer if app.course.step().is_some() => return judge(app, None),
        Command::Retry => {
            let page = app.course.open.as_ref().map_or(0, |taught| taught.page);
            return turn_to(app, page);
        }
        Command::NextPage | Command::PreviousPage => {
            let (taught, lesson) = app.course.lesson()?;
            let page = if command == Command::NextPage {
                (taught.page + 1).min(lesson.steps.len() + 1)
            } else {
                taught.page.saturating_sub(1)
            };
            return turn_to(app, page);
        }
        Command::Look => return look(app),
        Command::LessonRoom => {
            if let Some(taught) = &mut app.course.open {
                taught.room = match taught.room {
                    Room::Beside => Room::Full,
                    Room::Full => Room::Beside,
                };
                taught.has_keys |= taught.room == Room::Full;
            }
        }
        Command::LeaveLesson => {
            app.course.open = None;
            if let Some(opened) = app.screen.opened_mut() {
                opened.layers.unveil();
            }
        }
        Command::ToView => {
            if let Some(taught) = &mut app.course.open {
                taught.has_keys = false;
                taught.room = Room::Beside;
            }
        }
        _ => {}
    }
    None
}

fn turn_to(app: &mut App, page: usize) -> Option<Effect> {
    let taught = app.course.open.as_mut()?;
    taught.turn_to(page);
    taught.has_keys = true;
    look(app)
}

/// Handles Enter in the lesson: gives the answer, or turns to the next page.
fn accept(app: &mut App) -> Option<Effect> {
    if let Mode::Answering(text) = &app.mode {
        let text = text.trim().to_owned();
        return take(app, &text);
    }
    let Some((taught, step)) = app.course.step() else {
        let (taught, lesson) = app.course.lesson()?;
        if taught.page == 0 {
            return turn_to(app, 1);
        }
        // After the summary comes the next lesson, or the end.
        let next = (taught.page > lesson.steps.len() && app.course.next().is_some())
            .then_some(taught.lesson + 1);
        return match next {
            Some(next) => begin(app, next),
            None => command(app, Command::LeaveLesson),
        };
    };
    match (&taught.stage, step.kind) {
        (Stage::Told(_) | Stage::Failed(_), _) => {
            let page = taught.page + 1;
            turn_to(app, page)
        }
        (Stage::Judging(_), _) => None,
        (Stage::Asking, Kind::Choice) => {
            let letter = ('a'..).nth(taught.option.at)?.to_string();
            take(app, &letter)
        }
        (Stage::Asking, Kind::Place) => {
            // The layer is chosen in the view.
            command(app, Command::ToView)
        }
        (Stage::Asking, _) => {
            app.mode = Mode::Answering(String::new());
            None
        }
    }
}

/// Handles the key that answers from the view: answers with the layer selected there, or goes to the lesson.
fn answer(app: &mut App) -> Option<Effect> {
    let Some((taught, step)) = app.course.step() else {
        app.course.open.as_mut()?.has_keys = true;
        return None;
    };
    if step.kind != Kind::Place || taught.stage != Stage::Asking {
        app.course.open.as_mut()?.has_keys = true;
        return None;
    }
    let path = app.opened().map(selected);
    match path {
        Some(Ok(path)) => {
            app.course.open.as_mut()?.has_keys = true;
            take(app, &path)
        }
        Some(Err(reason)) => {
            app.notice = Some(reason);
            None
        }
        None => {
            app.notice = Some(message!("lesson-no-layer"));
            None
        }
    }
}

/// Path of the layer that is selected in the visible view.
fn selected(opened: &Opened) -> Result<String, Message> {
    let network = &opened.subject.model.network;
    let id = match opened.tab {
        Tab::Graph if opened.graph.level() == crate::report::Level::Layer => opened.graph.layer(),
        Tab::Graph => None,
        Tab::Forward => opened.layer(),
        Tab::Checks => {
            let path = opened
                .checks
                .selected()
                .and_then(|problem| problem.path.as_deref());
            path.and_then(|path| network.find(path))
        }
        Tab::Layers | Tab::Spec => opened.layers.tree.selected().and_then(Item::layer),
    };
    id.map(|id| network[id].path.to_string())
        .ok_or_else(|| message!("lesson-row-is-a-group"))
}

/// Accepts a typed answer, if it can be read.
fn take(app: &mut App, typed: &str) -> Option<Effect> {
    let language = app.course.language;
    let (_, step) = app.course.step()?;
    let said = if typed.is_empty() {
        language.word("lesson-nothing-typed").to_owned()
    } else if let Some(value) = step.read(typed) {
        app.mode = Mode::Browse;
        return judge(app, Some((typed.to_owned(), value)));
    } else {
        format!(
            "{} {}",
            language.word("lesson-unreadable"),
            language.word(step.kind.words())
        )
    };
    app.course.open.as_mut()?.said = Some(said);
    None
}

/// Judges an answer, or without one shows the correct answer; the tool computes it first if it is not known yet.
fn judge(app: &mut App, answer: Option<(String, Value)>) -> Option<Effect> {
    app.course.tickets += 1;
    let ticket = app.course.tickets;
    let (taught, lesson) = app.course.lesson()?;
    let step = lesson.steps.get(taught.page.checked_sub(1)?)?;
    if matches!(taught.stage, Stage::Judging(_) | Stage::Told(_)) {
        return None;
    }
    let task = Task::Answer {
        own: lesson.world.own().clone(),
        query: step.query.clone(),
    };
    let truth = taught.truth.clone();
    let taught = app.course.open.as_mut()?;
    taught.stage = Stage::Judging(answer);
    taught.said = None;
    if let Some(truth) = truth {
        return tell(app, truth);
    }
    taught.ticket = ticket;
    Some(Effect::Start(Job { ticket, task }))
}

/// Handles the correct answer from the tool.
pub(in crate::tui) fn take_truth(
    app: &mut App,
    ticket: u64,
    truth: Result<Value, String>,
) -> Option<Effect> {
    let taught = app.course.open.as_mut()?;
    if taught.ticket != ticket {
        return None;
    }
    match truth {
        Ok(truth) => tell(app, truth),
        Err(reason) => {
            taught.stage = Stage::Failed(reason);
            None
        }
    }
}

/// Judges the user's answer, and shows the correct one when no attempts are left.
fn tell(app: &mut App, truth: Value) -> Option<Effect> {
    let language = app.course.language;
    let (taught, lesson) = app.course.lesson()?;
    let (id, number) = (lesson.id.clone(), taught.page);
    let step = lesson.steps.get(number.checked_sub(1)?)?;
    let Stage::Judging(answer) = &taught.stage else {
        return None;
    };
    let mut attempt = taught.attempt.clone();
    let is_over = match answer {
        Some((typed, value)) => {
            attempt.judge(step, typed, value, &truth);
            attempt.is_over()
        }
        None => true,
    };
    if step.kind == Kind::Choice && !attempt.answer.is_empty() {
        // The option's text, not only its letter.
        let own = step.read(&attempt.answer).unwrap_or_else(|| truth.clone());
        attempt.answer = step.shown(&own);
    }
    let kept = attempt.kept(&truth);
    let taught = app.course.open.as_mut()?;
    taught.attempt = attempt;
    taught.truth = Some(truth.clone());
    if !is_over {
        taught.stage = Stage::Asking;
        taught.said = Some(language.word("lesson-wrong").to_owned());
        return None;
    }
    taught.stage = Stage::Told(truth);
    taught.scroll = Cursor::default();
    app.course.progress.remember(&id, number, kept);
    reveal(app);
    Some(Effect::KeepProgress)
}

/// Moves through the options, or scrolls the text.
pub(in crate::tui) fn go(app: &mut App, motion: Motion) {
    let options = app.course.step().map_or(0, |(_, step)| step.options.len());
    let is_choosing = app.course.is_choosing() && matches!(motion, Motion::Up | Motion::Down);
    let lines = layout::lesson_text(app);
    let Some(taught) = &mut app.course.open else {
        return;
    };
    if is_choosing {
        taught.option.go(motion, options, options);
    } else {
        taught.scroll.scroll(motion, lines.0, lines.1);
    }
}

/// Shows the subject of the page in the view, without its answer.
pub(in crate::tui) fn look(app: &mut App) -> Option<Effect> {
    let (taught, lesson) = app.course.lesson()?;
    // The text before the first question uses that question's view.
    let place = taught.page.saturating_sub(1);
    let Some(step) = lesson.steps.get(place) else {
        if let Some(opened) = app.screen.opened_mut() {
            opened.layers.unveil();
        }
        return None;
    };
    let is_place = step.kind == Kind::Place;
    let view = step.view.as_ref()?;
    let word =
        |word: &Option<crate::spec::Located<String>>| word.as_ref().map(|word| word.value.clone());
    let View {
        net,
        pane,
        layer,
        column,
        step: until,
        then: _,
    } = view;
    let name = word(net)?;
    let own = lesson.world.own().get(&name).cloned();
    let [pane, layer, column, until] = [pane, layer, column, until].map(word);
    let is_told = matches!(taught.stage, Stage::Told(_));
    if app.opened().is_none_or(|opened| opened.name() != name) {
        let model = match own {
            Some(text) => Ok(open_text(&name, &text, &Overrides::default())),
            None => open(&name, &Overrides::default()),
        };
        match model {
            Ok(model) => app.open(model),
            Err(problems) => {
                app.notice = problems.first().map(Problem::headline);
                return None;
            }
        }
    }
    let opened = app.screen.opened_mut()?;
    let subject = Arc::clone(&opened.subject);
    let network = &subject.model.network;
    let find = |path: Option<String>| path.and_then(|path| network.find(&path));
    let tab = tab_of(pane.as_deref());
    opened.layers.rank(&opened.subject, None);
    opened.layers.set_filter(&opened.subject, "");
    opened.show(tab);
    // The cursor does not select the layer that the question asks for.
    let layer = find(layer).filter(|_| !is_place || is_told);
    if let Some(id) = layer {
        opened.layers.tree.select_layer(id);
        let in_pass = opened.forward.in_pass(id);
        opened.forward.tree.select_layer(in_pass);
        opened.graph.select_layer(id);
        if tab == Tab::Graph {
            opened.graph.show(crate::report::Level::Layer);
        }
    }
    let column = column.and_then(|column| Column::parse(&column));
    if let Some(column) = column
        && !opened.layers.has_column(column)
    {
        opened.layers.toggle_column(&opened.subject, column);
    }
    opened.layers.veiled = column.filter(|_| !is_told && !is_place);
    opened.layers.hides_faults = !is_told;
    if pane.as_deref() == Some("laboratory") {
        return crate::tui::laboratory::open(app);
    }
    match find(until) {
        Some(id) => {
            let task = opened.forward.bring_to(&subject, id)?;
            let ticket = opened.ticket;
            Some(Effect::Start(Job { ticket, task }))
        }
        None => None,
    }
}

/// Tab for the name of a pane.
fn tab_of(pane: Option<&str>) -> Tab {
    match pane {
        Some("graph") => Tab::Graph,
        Some("forward") => Tab::Forward,
        Some("checks") => Tab::Checks,
        Some("spec") => Tab::Spec,
        _ => Tab::Layers,
    }
}

/// Shows the correct answer in the view.
fn reveal(app: &mut App) {
    let place = app
        .course
        .step()
        .and_then(|(taught, step)| match &taught.stage {
            Stage::Told(Value::Text(path)) if step.kind == Kind::Place => Some(path.clone()),
            _ => None,
        });
    let then = app
        .course
        .step()
        .and_then(|(_, step)| step.view.as_ref()?.then.clone());
    let Some(opened) = app.screen.opened_mut() else {
        return;
    };
    opened.layers.unveil();
    if let Some(id) = place.and_then(|path| opened.subject.model.network.find(&path)) {
        opened.go_to(id);
    }
    if let Some(then) = then {
        opened.show(tab_of(Some(&then.value)));
    }
}
