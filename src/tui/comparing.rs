//! Commands of the comparison: their effect on the state.

use std::sync::Arc;

use super::app::{App, Screen};
use super::compare::{Compare, Side};
use super::message::Command;
use super::setup::Setup;
use super::worker::discard;
use crate::lower::{Model, open};
use crate::message;
use crate::report::format::short;
use crate::spec::{Problem, has_errors};
use crate::text::{Joint, Message};

/// Opens two networks by name, ready for comparison.
pub(super) fn open_two(names: &[String; 2], setup: Setup) -> Result<Screen, Vec<Problem>> {
    let compare = Compare::new(models(names, setup)?, names.clone(), setup);
    Ok(Screen::Compare(Box::new(compare)))
}

/// The two networks; both must be free of errors, because the layers after an error cannot be compared.
fn models(names: &[String; 2], setup: Setup) -> Result<[Arc<Model>; 2], Vec<Problem>> {
    let sound = |name: &String| match open(name, &setup.overrides) {
        Ok(model) if has_errors(&model.problems) => Err(model.problems),
        other => other.map(Arc::new),
    };
    Ok([sound(&names[0])?, sound(&names[1])?])
}

/// Builds and counts both networks anew; returns a notice about it.
pub(super) fn change(compare: &mut Compare, setup: Setup) -> Result<Message, Vec<Problem>> {
    let mut other = if setup.overrides == compare.setup.overrides {
        compare.recounted(setup)
    } else {
        Compare::new(models(&compare.names, setup)?, compare.names.clone(), setup)
    };
    other.resume(compare);
    discard(std::mem::replace(compare, other));
    let [a, b] = [&compare.a, &compare.b].map(|subject| short(subject.macs().0));
    let Setup { rule, batch, .. } = setup;
    Ok(message!(
        "notice-counted",
        count = Joint::And.of([a, b]),
        unit = rule.unit(),
        rule = rule.name(),
        batch = batch,
    ))
}

/// Shows the comparison of two networks.
fn show(app: &mut App, names: &[String; 2], setup: Setup) {
    match open_two(names, setup) {
        Ok(screen) => {
            app.enter(screen);
            app.notice = app.compared().and_then(Compare::hint);
        }
        Err(problems) => app.notice = problems.first().map(Problem::headline),
    }
}

/// Compares the two networks that are marked in the catalogue, or the marked one with the selected one.
pub(super) fn marked(app: &mut App) {
    let selected = app.catalogue.selected().map(|entry| entry.name.clone());
    let names = match (app.catalogue.marked(), selected) {
        ([a, b], _) => [a.clone(), b.clone()],
        ([a], Some(b)) if *a != b => [a.clone(), b],
        _ => {
            app.notice = Some(message!("notice-mark-two"));
            return;
        }
    };
    show(app, &names, Setup::default());
}

/// Compares the open network with another.
pub(super) fn with(app: &mut App, other: &str) {
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
    show(app, &names, setup);
    if app.compared().is_some() {
        app.history.leave(before);
    }
}

/// Executes a command of the comparison.
pub(super) fn command(app: &mut App, command: Command) {
    let Screen::Compare(compare) = &mut app.screen else {
        return;
    };
    match command {
        Command::FoldIn => compare.tree.close(),
        Command::FoldOut => compare.tree.open(),
        Command::Toggle => compare.tree.toggle(),
        Command::CloseAll => compare.tree.close_all(),
        Command::OpenAll => compare.tree.open_all(),
        Command::Accept if !compare.is_at_layer() => compare.tree.toggle(),
        Command::Accept => {
            let side = if compare.layer(Side::B).is_some() {
                Side::B
            } else {
                Side::A
            };
            open_side(app, side);
        }
        Command::OpenSide(side) => open_side(app, side),
        Command::OnlyDifferences => {
            let only = !compare.only_differences;
            compare.show_differences(only);
            app.notice = Some(if only {
                message!("notice-only-differences")
            } else {
                message!("notice-all-rows")
            });
        }
        Command::NextDifference(forward) if !compare.go_to_difference(forward) => {
            app.notice = Some(if forward {
                message!("notice-no-difference-below")
            } else {
                message!("notice-no-difference-above")
            });
        }
        Command::SwapSides => **compare = compare.swapped(),
        _ => {}
    }
}

/// Opens one of the networks at the selected row.
fn open_side(app: &mut App, side: Side) {
    let Some(compare) = app.compared() else {
        return;
    };
    let Some(id) = compare.layer(side) else {
        app.notice = Some(message!("notice-no-such-row"));
        return;
    };
    let model = Arc::clone(&compare.subject(side).model);
    let Setup {
        overrides,
        rule,
        batch,
    } = compare.setup;
    let mut screen = app.screen_of(model);
    if let Screen::Network(opened) = &mut screen {
        opened.overrides = overrides;
        opened.recount(rule, batch);
        opened.layers.tree.select_layer(id);
    }
    app.enter(screen);
}
