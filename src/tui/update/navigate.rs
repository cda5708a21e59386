//! Choices in searched lists, and jumps with their undo: their effect on the state.

use super::{find, serve, settings};
use crate::lower::{Overrides, open};
use crate::message;
use crate::report::{Level, checks::check};
use crate::spec::Problem;
use crate::tui::app::{App, Effect, Overlay};
use crate::tui::fault::Fault;
use crate::tui::history::{Place, Site};
use crate::tui::keys::Scope;
use crate::tui::message::{Command, Tab};
use crate::tui::overlay::finder::{Choice, Kind};
use crate::tui::request::{Asks, Request};
use crate::tui::screen::Screen;
use crate::tui::screen::catalogue::Catalogue;
use crate::tui::screen::compare::Compare;
use crate::tui::setup::Setup;

/// Executes the selected choice of the open list.
pub(super) fn take(app: &mut App) -> Option<Effect> {
    let Some(Overlay::Finder(list)) = app.overlay.take() else {
        return None;
    };
    let Some(choice) = list.chosen() else {
        app.notice = Some(message!("notice-no-match"));
        app.overlay = Some(Overlay::Finder(list));
        return None;
    };
    let mut asks = Asks::default();
    match choice {
        Choice::Command(scope, command) => {
            show_home(app, scope, &mut asks);
            asks.ask(Request::Do(command));
        }
        Choice::Layer(id) => {
            let place = app.place();
            app.history.leave(place);
            let opened = app.screen.opened_mut()?;
            opened.find(id);
            if opened.tab == Tab::Graph {
                opened.graph.show(Level::Layer);
            }
        }
        Choice::Other(name) | Choice::Text(name) if list.kind == Kind::Beside => {
            beside(app, &name, &mut asks);
        }
        Choice::Other(name) | Choice::Text(name) if list.kind == Kind::Student => {
            if let Err(reason) = app.train.add(&name) {
                asks.notify(reason);
            }
        }
        Choice::Text(text) if matches!(list.kind, Kind::Recipe(_)) => {
            if let Err(reason) = super::train::set(app, list.kind, &text, &mut asks) {
                asks.notify(reason);
                app.overlay = Some(Overlay::Finder(list));
            }
        }
        Choice::Other(name) => compare_with(app, &name),
        Choice::BeforeFix => serve::compare_fixed(app),
        Choice::Browse(wanted) => serve::pick_file(app, wanted, None),
        Choice::Rule(rule) => settings::count_by(app, rule),
        Choice::Pair(number) => {
            if let Screen::Compare(compare) = &mut app.screen {
                compare.show_differences(false);
                compare.tree.reveal(number);
            }
        }
        Choice::Text(text) if list.kind == Kind::Mine => super::start::open_mine(app, &text),
        Choice::Open(name) => asks.ask(Request::Open(name)),
        Choice::Text(text) if list.kind == Kind::Other => compare_with(app, &text),
        Choice::Text(text) if list.kind == Kind::Prepare => {
            let forward = &mut app.screen.opened_mut()?.forward;
            if let Err(reason) = forward.prepare_typed(&text, &mut asks) {
                asks.notify(reason);
                app.overlay = Some(Overlay::Finder(list));
            }
        }
        Choice::Text(text) if list.kind == Kind::Filter => filter(app, &text),
        Choice::Text(text) => settings::settle(app, list.kind, &text),
        Choice::Copy(text) => {
            app.notice = Some(message!("notice-copied", text = &text));
            return Some(Effect::Copy(text));
        }
        Choice::Export(form) => match find::file(app, form) {
            Ok(file) => return Some(Effect::Write(file)),
            Err(reason) => asks.notify(reason),
        },
        Choice::Trained(trained) => app.catalogue.compare_trained(trained),
        Choice::Sort(key, is_reversed) => app.catalogue.sort_by(key, is_reversed),
        Choice::Study(study) => asks.ask(Request::Study(study)),
    }
    serve::serve(app, asks)
}

/// Shows the view that a scope's keys belong to.
fn show_home(app: &mut App, scope: Scope, asks: &mut Asks) {
    let context = app.context();
    if let Some(tab) = scope.home()
        && let Some(opened) = app.screen.opened_mut()
        && opened.tab != tab
    {
        opened.show_tab(tab, &context, asks);
        opened.close_box(asks);
    }
    let is_points = scope == Scope::Scatter;
    let is_list = matches!(scope, Scope::Catalogue | Scope::Tree);
    let is_plotted = app.catalogue.plot.is_some();
    if matches!(app.screen, Screen::Catalogue)
        && (is_points && !is_plotted || is_list && is_plotted)
    {
        app.catalogue.turn_plot();
    }
}

/// Puts a second network onto the plot of the open one's gradients.
fn beside(app: &mut App, name: &str, asks: &mut Asks) {
    let Some(opened) = app.screen.opened_mut() else {
        return;
    };
    match opened.gradients.put_beside(name, &opened.subject) {
        Ok(()) => asks.ask(Request::Do(Command::RunAll)),
        Err(reason) => asks.notify(reason),
    }
}

/// Compares the open network with another.
fn compare_with(app: &mut App, other: &str) {
    let Some(opened) = app.opened() else {
        return;
    };
    if opened.is_busy() {
        app.notice = Some(message!("notice-pass-runs"));
        return;
    }
    let names = [opened.name(), other.to_owned()];
    // The open network's settings hold for both.
    let setup = opened.setup();
    let before = app.place();
    serve::compare(app, names, setup);
    if app.compared().is_some() {
        app.history.leave(before);
    }
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
pub(in crate::tui) fn reload(app: &mut App) -> bool {
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
                let before = std::sync::Arc::clone(&opened.subject);
                opened.replace(model, rule, batch);
                opened.stats.was_saved(before);
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
pub(in crate::tui) fn show_file(app: &mut App, path: &std::path::Path) {
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
pub(in crate::tui) fn undo(app: &mut App, back: bool) -> Option<Effect> {
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
    let mut asks = Asks::default();
    app.close_boxes(&mut asks);
    let stopped = serve::serve(app, asks);
    app.keep_looks();
    let is_other = place.site != app.screen.site();
    let cancel = (app.is_busy() && is_other).then_some(Effect::Cancel);
    let cancel = cancel.or(stopped);
    if is_other && !surface(app, &place.site) {
        let screen = match &place.site {
            Site::Train => Ok(Screen::Train),
            Site::Start => Ok(Screen::Start),
            Site::Catalogue => {
                if app.catalogue.entries().is_empty() {
                    app.catalogue = Catalogue::load();
                }
                Ok(Screen::Catalogue)
            }
            Site::Network(name) => network(app, name, place.setup),
            Site::Compare(names) => Compare::open(names.clone(), place.setup)
                .map(|compare| Screen::Compare(Box::new(compare))),
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

/// Screen of a network with these settings, as it was left with its pass if it was.
fn network(app: &mut App, name: &str, setup: Setup) -> Result<Screen, Vec<Problem>> {
    if let Some(screen) = app.kept(name, Some(setup)) {
        return Ok(screen);
    }
    let mut screen = app.screen_of(open(name, &setup.overrides)?);
    if let Screen::Network(opened) = &mut screen {
        opened.overrides = setup.overrides;
        opened.recount(setup.rule, setup.batch);
    }
    Ok(screen)
}

/// Returns to a screen below the current one, as it was left; returns whether there is one.
fn surface(app: &mut App, site: &Site) -> bool {
    let Some(at) = app.below.iter().rposition(|screen| screen.site() == *site) else {
        return false;
    };
    app.below.truncate(at + 1);
    if let Some(screen) = app.below.pop() {
        app.fill(screen);
    }
    true
}

/// Whether a command leaves the current location, so that it can be undone.
pub(in crate::tui) const fn is_jump(command: Command) -> bool {
    matches!(
        command,
        Command::Show(_)
            | Command::NextTab
            | Command::PreviousTab
            | Command::Accept
            | Command::Back
            | Command::Compare
            | Command::Train
            | Command::Start
            | Command::Watch
            | Command::ToSpec
            | Command::OpenSide(_)
    )
}
