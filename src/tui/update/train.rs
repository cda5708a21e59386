//! Training of the networks on the screen.

use crate::message;
use crate::text::Message;
use crate::tui::app::{App, Effect};
use crate::tui::message::{Experiment, Field};
use crate::tui::overlay::finder::Kind;
use crate::tui::pane::gradients::twin;
use crate::tui::request::Asks;
use crate::tui::screen::Screen;
use crate::tui::screen::train::Net;
use crate::tui::worker::Lane;

/// Shows the training, planned for the networks on the screen unless one has begun.
pub(super) fn show(app: &mut App) -> Option<Effect> {
    if matches!(app.screen, Screen::Train) {
        return None;
    }
    if app.is_busy() {
        app.notice = Some(message!("notice-pass-runs"));
        return None;
    }
    let is_measuring = app
        .opened()
        .is_some_and(|opened| opened.gradients.is_busy());
    if app.train.is_planned() {
        match nets(app) {
            Ok(nets) if nets.is_empty() => {
                app.notice = app.train.try_out(Experiment::Depth).err();
            }
            Ok(nets) => app.train.plan(nets),
            Err(reason) => {
                app.notice = Some(reason);
                return None;
            }
        }
    } else {
        app.notice = Some(message!("train-still-there"));
    }
    app.enter(Screen::Train);
    is_measuring.then_some(Effect::CancelLane(Lane::Gradients))
}

/// Networks on the screen: one with its twin, two that are compared or marked, or none.
fn nets(app: &App) -> Result<Vec<Net>, Message> {
    match &app.screen {
        Screen::Train | Screen::Start => Ok(Vec::new()),
        Screen::Network(opened) => {
            let mut nets = vec![Net::of(&opened.subject.model)?];
            let name = &opened.subject.model.spec.name;
            nets.extend(twin(name).and_then(|name| Net::open(&name).ok()));
            Ok(nets)
        }
        Screen::Compare(compare) => {
            let models = [&compare.a, &compare.b].map(|subject| Net::of(&subject.model));
            models.into_iter().collect()
        }
        Screen::Catalogue => {
            let marked = app.catalogue.marked().iter().map(|name| Net::open(name));
            marked.collect()
        }
    }
}

/// Sets a field of the recipe.
pub(super) fn set(app: &mut App, kind: Kind, text: &str, asks: &mut Asks) -> Result<(), Message> {
    let Kind::Recipe(field) = kind else {
        return Ok(());
    };
    app.train.set(field, text)?;
    if field == Field::Rate {
        let rate = app.train.recipe.rate;
        app.train.set_rate(rate, asks);
    }
    Ok(())
}
