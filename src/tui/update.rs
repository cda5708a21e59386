//! Update of the state by messages.

use std::collections::VecDeque;

use super::app::{App, Effect, Mode, Screen};
use super::course::teach;
use super::cursor::Motion;
use super::finder::Kind;
use super::input::{Input, Key, Wheel};
use super::keys;
use super::layers::{Focus, rankings};
use super::layout;
use super::message::{Command, Message, Tab};
use super::opened::Opened;
use super::worker::{Event, Job, News};
use super::{browse, comparing, laboratory, mend, navigate, pass, pointer, scroll};
use crate::message;
use crate::report::Column;
use crate::text;

/// Messages of an input in the current state, in order.
pub fn messages(app: &App, input: Input) -> Vec<Message> {
    let contexts = app.contexts();
    match input {
        Input::Key(key) => {
            let takes_text = contexts.first().is_some_and(|context| context.takes_text());
            match (keys::command(&contexts, key), key) {
                (Some(command), _) => vec![Message::Command(command)],
                (None, Key::Char(character)) if takes_text => {
                    vec![Message::Type(character.to_string())]
                }
                (None, _) => Vec::new(),
            }
        }
        Input::Paste(text) if contexts.first().is_some_and(|context| context.takes_text()) => {
            let text = text.chars().filter(|character| !character.is_control());
            vec![Message::Type(text.collect())]
        }
        Input::Paste(_) => Vec::new(),
        Input::Click(column, row) => vec![Message::Click(column, row)],
        Input::Wheel(column, row, wheel) => vec![Message::Wheel(column, row, wheel)],
        Input::Resize(columns, rows) => vec![Message::Resize(columns, rows)],
    }
}

/// Messages of the waiting inputs in the current state: those of the first, and of all after it that are typed into the same
/// text, which is then searched once. They are removed from `waiting`.
pub fn gathered(app: &App, waiting: &mut VecDeque<Input>) -> Vec<Message> {
    let takes_text = app
        .contexts()
        .first()
        .is_some_and(|context| context.takes_text());
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
        Message::Type(text) => {
            type_text(app, &text);
            None
        }
        Message::Command(command) => {
            app.notice = None;
            let effect = remembered(app, command);
            app.tell_next();
            effect
        }
        Message::Reload => {
            navigate::reload(app);
            None
        }
        Message::Mended(path) => {
            navigate::show_file(app, &path);
            None
        }
        Message::Notice(text) => {
            app.notice = Some(text);
            None
        }
        Message::Click(column, row) => {
            app.notice = None;
            let command = pointer::click(app, column, row);
            let effect = command.and_then(|command| remembered(app, command));
            app.tell_next();
            effect
        }
        Message::Wheel(column, row, wheel) => {
            let motion = match wheel {
                Wheel::Up => Motion::Up,
                Wheel::Down => Motion::Down,
            };
            let [_, lesson] = layout::shared(app);
            if let Some(taught) = &mut app.course.open
                && app.mode == Mode::Browse
            {
                taught.has_keys = lesson.contains((column, row).into());
            }
            (0..3).find_map(|_| do_command(app, Command::Move(motion)))
        }
    };
    look(app);
    scroll::keep_in_view(app);
    effect
}

/// Shows the selected layer of a pass, if it has run; once for all steps of a wheel.
fn look(app: &mut App) {
    if let Screen::Network(opened) = &mut app.screen
        && opened.tab == Tab::Forward
    {
        opened.forward.look_at_selected();
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

/// Executes a command.
pub(super) fn do_command(app: &mut App, command: Command) -> Option<Effect> {
    if navigate::open_finder(app, command) {
        return None;
    }
    let is_of_lesson = match &app.mode {
        Mode::Answering(_) => command == Command::Accept,
        Mode::Browse => app.course.has_keys() && teach::is_own(command),
        _ => false,
    };
    if is_of_lesson || command == Command::Answer {
        return teach::command(app, command);
    }
    match (command, &app.mode) {
        (Command::Quit, _) => return Some(Effect::Quit),
        (Command::Suspend, _) => return Some(Effect::Suspend),
        (Command::Back, _) => return back(app),
        (Command::Help, _) => {
            let under = std::mem::replace(&mut app.mode, Mode::Browse);
            app.mode = Mode::Help(super::cursor::Cursor::default(), Box::new(under));
        }
        (Command::Move(motion), _) => scroll::go(app, motion),
        (Command::Accept, Mode::Finder(_)) => return navigate::take(app),
        (Command::Erase, Mode::Finder(_)) => {
            if let Mode::Finder(list) = &mut app.mode {
                list.erase();
            }
        }
        (Command::Laboratory, _) => return laboratory::open(app),
        (_, Mode::Laboratory) => return laboratory::command(app, command),
        (Command::Mend, _) => return mend::mend(app),
        (Command::Unmend, _) => return mend::unmend(app),
        (Command::Undo, _) => return navigate::undo(app, true),
        (Command::Redo, _) => return navigate::undo(app, false),
        (Command::NextTheme, _) => {
            app.theme = app.theme.next();
            app.looks.theme = Some(app.theme.scheme());
            app.notice = Some(message!(
                "notice-colours",
                scheme = app.theme.scheme().word()
            ));
        }
        (Command::SwitchAscii, _) => {
            app.ascii = !app.ascii;
            app.looks.ascii = Some(app.ascii);
        }
        (Command::Erase, Mode::Search) => app.catalogue.erase(),
        (Command::Erase, Mode::Typing(_) | Mode::Answering(_)) => {
            if let Mode::Typing(text) | Mode::Answering(text) = &mut app.mode {
                text.pop();
            }
        }
        (Command::Search, _) => app.mode = Mode::Search,
        (Command::Accept, Mode::Search) if app.catalogue.plot.is_some() => app.mode = Mode::Browse,
        (Command::Accept, Mode::Search) => browse::open_selected(app),
        (Command::Accept, Mode::Columns(cursor)) => {
            let column = Column::ALL.get(cursor.at).copied();
            if let (Some(opened), Some(column)) = (app.screen.opened_mut(), column) {
                opened.layers.toggle_column(&opened.subject, column);
            }
        }
        (Command::Accept, Mode::Changes(cursor)) => {
            let place = cursor.at;
            app.mode = Mode::Browse;
            return pass::change_offered(app, place);
        }
        (Command::Accept, Mode::Ranking(cursor)) => {
            let ranking = rankings().get(cursor.at).copied().flatten();
            if let Some(opened) = app.screen.opened_mut() {
                opened.layers.rank(&opened.subject, ranking);
            }
            app.mode = Mode::Browse;
        }
        _ => match &app.screen {
            Screen::Catalogue => browse::command(app, command),
            Screen::Compare(_) => comparing::command(app, command),
            Screen::Network(_) => return in_network(app, command),
        },
    }
    None
}

/// Executes a command of the open network.
fn in_network(app: &mut App, command: Command) -> Option<Effect> {
    let Screen::Network(opened) = &mut app.screen else {
        return None;
    };
    match command {
        Command::Show(tab) => return pass::show_tab(app, tab),
        Command::NextTab => {
            let next = (opened.tab as usize + 1) % Tab::ALL.len();
            return pass::show_tab(app, Tab::ALL[next]);
        }
        Command::PreviousTab => {
            let previous = (opened.tab as usize + Tab::ALL.len() - 1) % Tab::ALL.len();
            return pass::show_tab(app, Tab::ALL[previous]);
        }
        _ => {}
    }
    match opened.tab {
        Tab::Layers => in_layers(app, command),
        Tab::Graph => navigate::in_graph(app, command),
        Tab::Spec if command == Command::Accept => navigate::accept_spec(app),
        Tab::Spec => {}
        Tab::Checks => {
            if command == Command::Accept {
                go_to_layer(opened, &mut app.notice);
            } else if command == Command::ToSpec {
                app.notice = navigate::go_to_line(opened);
            }
        }
        Tab::Forward => return pass::command(app, command),
    }
    None
}

fn in_layers(app: &mut App, command: Command) {
    let Some(opened) = app.screen.opened_mut() else {
        return;
    };
    let layers = &mut opened.layers;
    let is_layer = layers
        .tree
        .selected()
        .is_some_and(|item| item.layer().is_some());
    match command {
        Command::FoldIn => layers.tree.close(),
        Command::FoldOut => layers.tree.open(),
        Command::CloseAll => layers.tree.close_all(),
        Command::OpenAll => layers.tree.open_all(),
        Command::SwitchBars => layers.bars = layers.bars.other(),
        Command::SwitchNumbers => {
            let other = layers.numbers().other();
            layers.show_numbers(&opened.subject, other);
        }
        Command::Detail => layers.focus = layers.focus.other(),
        Command::Accept if is_layer => layers.focus = layers.focus.other(),
        Command::Accept | Command::Toggle => layers.tree.toggle(),
        Command::PickColumns => app.mode = Mode::Columns(super::cursor::Cursor::default()),
        Command::PickRanking => {
            let mut cursor = super::cursor::Cursor::default();
            let ranked_by = layers.ranked_by;
            cursor.at = rankings()
                .iter()
                .position(|ranking| *ranking == ranked_by)
                .unwrap_or(0);
            app.mode = Mode::Ranking(cursor);
        }
        _ => {}
    }
}

/// Shows the layer of the selected problem in the table.
fn go_to_layer(opened: &mut Opened, notice: &mut Option<text::Message>) {
    let network = &opened.subject.model.network;
    let path = opened
        .checks
        .selected()
        .and_then(|problem| problem.path.as_deref());
    match path.and_then(|path| network.find(path)) {
        Some(id) => {
            opened.layers.rank(&opened.subject, None);
            opened.layers.tree.select_layer(id);
            opened.layers.focus = Focus::Table;
            opened.tab = Tab::Layers;
        }
        None if !opened.checks.problems.is_empty() => {
            *notice = Some(message!("notice-about-file"));
        }
        None => {}
    }
}

/// Leaves the view that was opened last.
fn back(app: &mut App) -> Option<Effect> {
    if app.mode == Mode::Laboratory {
        return laboratory::leave(app);
    }
    match std::mem::replace(&mut app.mode, Mode::Browse) {
        Mode::Help(_, under) => app.mode = *under,
        Mode::Typing(_) | Mode::Files(_) => app.mode = Mode::Chooser,
        Mode::Search => app.catalogue.show_all(),
        Mode::Columns(_)
        | Mode::Ranking(_)
        | Mode::Changes(_)
        | Mode::Chooser
        | Mode::Answering(_)
        | Mode::Laboratory
        | Mode::Finder(_) => {}
        Mode::Browse => match &mut app.screen {
            Screen::Catalogue
                if app.catalogue.plot.is_some() && app.catalogue.query().is_empty() =>
            {
                app.catalogue.turn_plot();
            }
            Screen::Catalogue => app.catalogue.show_all(),
            Screen::Compare(_) => return leave(app),
            Screen::Network(opened) => {
                if let (Tab::Layers, Focus::Detail(_)) = (opened.tab, opened.layers.focus) {
                    opened.layers.focus = Focus::Table;
                } else if opened.tab == Tab::Layers && !opened.layers.filter.is_empty() {
                    opened.layers.set_filter(&opened.subject, "");
                } else {
                    return leave(app);
                }
            }
        },
    }
    None
}

/// Returns to the screen below this one.
fn leave(app: &mut App) -> Option<Effect> {
    let is_busy = app.is_busy();
    app.keep_looks();
    if let Some(screen) = app.behind.pop() {
        app.fill(screen);
        is_busy.then_some(Effect::Cancel)
    } else {
        app.notice = Some(message!("notice-q-quits"));
        None
    }
}

/// Most characters of a search or an answer, and of a text that may be a path.
const LONGEST: usize = 200;
const LONGEST_PATH: usize = 4_096;

fn type_text(app: &mut App, text: &str) {
    let (typed, most) = match &app.mode {
        Mode::Search => (app.catalogue.query(), LONGEST),
        Mode::Answering(typed) => (typed.as_str(), LONGEST),
        Mode::Typing(typed) => (typed.as_str(), LONGEST_PATH),
        Mode::Finder(list) if list.kind == Kind::Other => (list.text.as_str(), LONGEST_PATH),
        Mode::Finder(list) => (list.text.as_str(), LONGEST),
        _ => return,
    };
    let left = most.saturating_sub(typed.chars().count());
    let end = text.char_indices().nth(left).map(|(end, _)| end);
    if end.is_some() {
        app.notice = Some(message!("notice-text-cut", count = most));
    }
    let text = &text[..end.unwrap_or(text.len())];
    match &mut app.mode {
        Mode::Search => app.catalogue.type_text(text),
        Mode::Typing(typed) | Mode::Answering(typed) => typed.push_str(text),
        Mode::Finder(list) => list.type_text(text),
        _ => {}
    }
}

/// Handles news from a worker, unless its network was left.
fn take_news(app: &mut App, news: News) -> Option<Effect> {
    if let Event::Answered(truth) = news.event {
        return teach::take_truth(app, news.ticket, truth);
    }
    let opened = app.screen.opened_mut()?;
    if let Event::Laboratory(told) = news.event {
        if let Some(laboratory) = &mut opened.laboratory
            && laboratory.ticket == news.ticket
        {
            laboratory.take(told);
        }
        return None;
    }
    if opened.ticket != news.ticket {
        return None;
    }
    let ticket = opened.ticket;
    let task = opened.forward.take(news.event)?;
    Some(Effect::Start(Job { ticket, task }))
}
