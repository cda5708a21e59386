//! Choices in searched lists, jumps with their undo, and commands of the graph and spec: their effect on the state.

use super::app::{App, Effect, Mode, Screen};
use super::cursor::Motion;
use super::fault::Fault;
use super::finder::{self, Choice, Kind};
use super::history::{Place, Site};
use super::keys::Context;
use super::message::{Command, Tab};
use super::opened::Opened;
use super::update::do_command;
use super::{comparing, course, export, layout, pass, setup};
use crate::lower::{Overrides, open};
use crate::message;
use crate::report::checks::check;
use crate::spec::Problem;
use crate::text::Message;

/// Opens the list that a command asks for; returns whether it is such a command.
pub(super) fn open_finder(app: &mut App, command: Command) -> bool {
    let kind = match command {
        Command::Palette => Kind::Palette,
        Command::FindLayer => Kind::Layer,
        Command::Filter => Kind::Filter,
        Command::Copy => Kind::Cell,
        Command::PickRule => Kind::Rule,
        Command::PickSize => Kind::Size,
        Command::PickBatch => Kind::Batch,
        Command::PickClasses => Kind::Classes,
        Command::PickSort => Kind::Sort,
        Command::Lessons => {
            app.course.lessons();
            Kind::Lesson
        }
        Command::Export => Kind::Export,
        Command::Prepare => Kind::Prepare,
        Command::CompareWith => Kind::Other,
        _ => return false,
    };
    app.mode = Mode::Browse;
    match finder::finder(app, kind) {
        Some(list) if list.is_empty() => {
            app.notice = Some(match kind {
                Kind::Export => message!("notice-nothing-to-write"),
                Kind::Prepare => message!("notice-no-pass"),
                _ => message!("notice-nothing-to-choose"),
            });
        }
        Some(list) => app.mode = Mode::Finder(Box::new(list)),
        None => {}
    }
    true
}

/// Executes the selected choice of the open list.
pub(super) fn take(app: &mut App) -> Option<Effect> {
    let Mode::Finder(list) = std::mem::replace(&mut app.mode, Mode::Browse) else {
        return None;
    };
    let Some(choice) = list.chosen() else {
        app.notice = Some(message!("notice-no-match"));
        app.mode = Mode::Finder(list);
        return None;
    };
    match choice {
        Choice::Command(context, command) => {
            if let Some(tab) = finder::home(context)
                && let Some(opened) = app.screen.opened_mut()
                && opened.tab != tab
            {
                pass::show_tab(app, tab);
                app.mode = Mode::Browse;
            }
            let is_points = context == Context::Scatter;
            let is_list = matches!(context, Context::Catalogue | Context::Tree);
            let is_plotted = app.catalogue.plot.is_some();
            if matches!(app.screen, Screen::Catalogue)
                && (is_points && !is_plotted || is_list && is_plotted)
            {
                app.catalogue.turn_plot();
            }
            return do_command(app, command);
        }
        Choice::Layer(id) => {
            let place = app.place();
            app.history.leave(place);
            let opened = app.screen.opened_mut()?;
            if matches!(opened.tab, Tab::Checks | Tab::Spec) {
                opened.tab = Tab::Layers;
            }
            opened.go_to(id);
            if opened.tab == Tab::Graph {
                opened.graph.show(crate::report::Level::Layer);
            }
        }
        Choice::Other(name) => comparing::with(app, &name),
        Choice::Rule(rule) => setup::count_by(app, rule),
        Choice::Pair(number) => {
            if let Screen::Compare(compare) = &mut app.screen {
                compare.show_differences(false);
                compare.tree.reveal(number);
            }
        }
        Choice::Text(text) if list.kind == Kind::Other => comparing::with(app, &text),
        Choice::Text(text) if list.kind == Kind::Prepare => match pass::prepare_typed(app, &text) {
            Ok(effect) => return effect,
            Err(reason) => {
                app.notice = Some(reason);
                app.mode = Mode::Finder(list);
            }
        },
        Choice::Text(text) if list.kind == Kind::Filter => filter(app, &text),
        Choice::Text(text) => setup::settle(app, list.kind, &text),
        Choice::Copy(text) => {
            app.notice = Some(message!("notice-copied", text = &text));
            return Some(Effect::Copy(text));
        }
        Choice::Export(form) => match export::file(app, form) {
            Ok(file) => return Some(Effect::Write(file)),
            Err(reason) => app.notice = Some(reason),
        },
        Choice::Sort(key, is_reversed) => app.catalogue.sort_by(key, is_reversed),
        Choice::Lesson(number) => return course::teach::begin(app, number),
    }
    None
}

/// Filters the layers by the typed words.
fn filter(app: &mut App, words: &str) {
    if let Some(opened) = app.screen.opened_mut() {
        opened.layers.rank(&opened.subject, None);
        opened.layers.set_filter(&opened.subject, words);
    }
}

/// Reads the open network's file again. If it has an error, the last good version stays on the screen with a warning until it
/// is fixed; returns whether anything changed on the screen.
pub(super) fn reload(app: &mut App) -> bool {
    let Some(opened) = app.screen.opened_mut() else {
        return false;
    };
    if opened.is_busy() {
        return false;
    }
    let (rule, batch) = (opened.subject.analysis.rule, opened.subject.batch);
    let name = opened.name();
    let problems = match open(&name, &opened.overrides) {
        Ok(model) => {
            let is_good = !crate::spec::has_errors(&model.problems);
            if is_good || !opened.was_good() {
                if opened.fault.is_some() && opened.fault == Fault::at_start(&model) {
                    opened.spec.was_read();
                    return false;
                }
                opened.replace(model, rule, batch);
                app.notice = Some(match &opened.fault {
                    None => message!("notice-reloaded", file = name),
                    Some(fault) => fault.headline(),
                });
                return true;
            }
            check::check(&model)
        }
        Err(problems) => problems,
    };
    let is_news = opened.stays_with(problems);
    if is_news && let Some(fault) = &opened.fault {
        app.notice = Some(fault.headline());
    }
    is_news
}

/// Shows the network of a file as it is now: refreshed if it is open, or else instead of the current screen.
pub(super) fn show_file(app: &mut App, path: &std::path::Path) {
    let name = crate::spec::named::text(path);
    let Some(opened) = app.opened() else {
        return;
    };
    if opened.name() == name {
        reload(app);
        return;
    }
    let place = app.place();
    let tab = place.tab;
    app.history.leave(place);
    match open(&name, &Overrides::default()) {
        Ok(model) => {
            app.open(model);
            if let Some(opened) = app.screen.opened_mut() {
                opened.show(tab);
            }
        }
        Err(problems) => app.notice = problems.first().map(Problem::headline),
    }
}

/// Goes to the location before the last jump, or forward again.
pub(super) fn undo(app: &mut App, back: bool) -> Option<Effect> {
    let here = app.place();
    let place = if back {
        app.history.back(here)
    } else {
        app.history.forward(here)
    };
    let Some(place) = place else {
        app.notice = Some(if back {
            message!("notice-no-back")
        } else {
            message!("notice-no-forward")
        });
        return None;
    };
    go_to(app, &place)
}

fn go_to(app: &mut App, place: &Place) -> Option<Effect> {
    app.keep_looks();
    let is_other = place.site != app.screen.site();
    let cancel = (app.is_busy() && is_other).then_some(Effect::Cancel);
    if is_other && !surface(app, &place.site) {
        let screen = match &place.site {
            Site::Catalogue => {
                if app.catalogue.entries().is_empty() {
                    app.catalogue = super::catalogue::Catalogue::load();
                }
                Ok(Screen::Catalogue)
            }
            Site::Network(name) => open(name, &place.setup.overrides).map(|model| {
                let mut screen = app.screen_of(model);
                if let Screen::Network(opened) = &mut screen {
                    opened.overrides = place.setup.overrides;
                    opened.recount(place.setup.rule, place.setup.batch);
                }
                screen
            }),
            Site::Compare(names) => comparing::open_two(names, place.setup),
        };
        match screen {
            Ok(screen) => app.fill(screen),
            Err(problems) => {
                app.notice = problems.first().map(Problem::headline);
                return None;
            }
        }
    }
    let Some(opened) = app.screen.opened_mut() else {
        return cancel;
    };
    opened.tab = place.tab;
    opened.graph.lay_out();
    let layers = opened.subject.model.network.len();
    if let Some(id) = place.layer.filter(|id| id.index() < layers) {
        opened.go_to(id);
    }
    cancel
}

/// Returns to a screen below the current one, as it was left; returns whether there is one.
fn surface(app: &mut App, site: &Site) -> bool {
    let Some(at) = app.behind.iter().rposition(|screen| screen.site() == *site) else {
        return false;
    };
    app.behind.truncate(at + 1);
    if let Some(screen) = app.behind.pop() {
        app.fill(screen);
    }
    true
}

/// Executes a command of the graph.
pub(super) fn in_graph(app: &mut App, command: Command) {
    let body = layout::body(app);
    let Some(opened) = app.screen.opened_mut() else {
        return;
    };
    let graph = &mut opened.graph;
    let here = graph.layer();
    let refused = match command {
        Command::ZoomIn if !graph.zoom(true) => Some(message!("notice-closest")),
        Command::ZoomOut if !graph.zoom(false) => Some(message!("notice-farthest")),
        Command::Side(turn) if !graph.side(turn) => Some(message!("notice-no-branch")),
        Command::Follow if !graph.follow(true) => Some(message!("notice-no-reader")),
        Command::FollowBack if !graph.follow(false) => Some(message!("notice-no-input")),
        Command::Pan(turn) => {
            layout::graph::pan(graph, body, turn);
            None
        }
        _ => None,
    };
    if let (Command::Follow | Command::FollowBack, true) = (command, graph.layer() != here) {
        let mut place = app.place();
        place.layer = here;
        app.history.leave(place);
    }
    app.notice = refused;
}

/// Moves through the boxes of the graph.
pub(super) fn walk(app: &mut App, motion: Motion) {
    let body = layout::body(app);
    let Some(opened) = app.screen.opened_mut() else {
        return;
    };
    let graph = &mut opened.graph;
    let page = layout::graph::page(graph, body).cast_signed();
    match motion {
        Motion::Up => graph.walk(-1),
        Motion::Down => graph.walk(1),
        Motion::PageUp => graph.walk(-page),
        Motion::PageDown => graph.walk(page),
        Motion::First => graph.go_to_end(false),
        Motion::Last => graph.go_to_end(true),
    }
}

/// Whether a command leaves the current location, so that it can be undone.
pub(super) const fn is_jump(command: Command) -> bool {
    matches!(
        command,
        Command::Show(_)
            | Command::NextTab
            | Command::PreviousTab
            | Command::Accept
            | Command::Back
            | Command::Compare
            | Command::ToSpec
            | Command::OpenSide(_)
    )
}

impl super::opened::Opened {
    /// Whether the worker of the pass is busy.
    pub(super) fn is_busy(&self) -> bool {
        self.forward.is_busy()
    }
}

/// Shows the line of the spec that the selected problem is about; returns a notice if there is none.
pub(super) fn go_to_line(opened: &mut Opened) -> Option<Message> {
    let place = opened.checks.selected()?.place.as_ref();
    match place {
        Some(place) if place.source.name == opened.spec.name => {
            let (line, _) = place.line_column();
            let lines = opened.spec.lines.len();
            opened.spec.cursor.select(line.saturating_sub(1), lines);
            opened.tab = Tab::Spec;
            None
        }
        Some(place) => Some(message!("notice-written-in", place = place.to_string())),
        None => Some(message!("notice-no-line")),
    }
}

/// Shows the layer that the selected line of the spec defines in the table.
pub(super) fn accept_spec(app: &mut App) {
    let Some(opened) = app.screen.opened_mut() else {
        return;
    };
    let line = opened.spec.cursor.at + 1;
    match opened.spec.layer_at(&opened.subject, line) {
        Some(id) => {
            opened.tab = Tab::Layers;
            opened.layers.tree.select_layer(id);
        }
        None => app.notice = Some(message!("notice-line-without-layer")),
    }
}
