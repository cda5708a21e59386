//! View of a lesson's page: what its questions show, hide and reveal.

use std::sync::Arc;

use crate::engine::InputChoice;
use crate::lesson::file::View;
use crate::lesson::{Kind, Value};
use crate::lower::{Overrides, open, open_text};
use crate::report::{Column, Level};
use crate::spec::Problem;
use crate::tui::app::App;
use crate::tui::course::Stage;
use crate::tui::message::Tab;
use crate::tui::request::{Asks, Request};

/// Pane of a batch normalisation's laboratory.
const LABORATORY: &str = "laboratory";

/// Shows the subject of the page in the view, without its answer.
pub(super) fn look(app: &mut App) -> Asks {
    let mut asks = Asks::default();
    look_at(app, &mut asks);
    asks
}

fn look_at(app: &mut App, asks: &mut Asks) -> Option<()> {
    let Some((taught, lesson, step)) = app.course.shown() else {
        unveil(app);
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
        sample,
        channel,
        then: _,
    } = view;
    let number = |number: &Option<crate::spec::Located<u64>>| {
        number.as_ref().map(|number| number.value as usize)
    };
    let (sample, channel) = (number(sample), number(channel));
    let name = word(net)?;
    let own = lesson.world.own().get(&name).cloned();
    let [pane, layer, column, until] = [pane, layer, column, until].map(word);
    let is_answered = matches!(taught.stage, Stage::Answered(_));
    if app.opened().is_none_or(|opened| opened.name() != name) {
        let model = match own {
            Some(text) => Ok(open_text(&name, &text, &Overrides::default())),
            None => open(&name, &Overrides::default()),
        };
        match model {
            Ok(model) => app.open_for_lesson(model),
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
    let layer = find(layer).filter(|_| !is_place || is_answered);
    if let Some(id) = layer {
        opened.layers.tree.select_layer(id);
        let in_pass = opened.forward.in_pass(id);
        opened.forward.tree.select_layer(in_pass);
        opened.graph.select_layer(id);
        if tab == Tab::Graph {
            opened.graph.show(Level::Layer);
        }
    }
    let column = column.and_then(|column| Column::parse(&column));
    if let Some(column) = column
        && !opened.layers.has_column(column)
    {
        opened.layers.toggle_column(&opened.subject, column);
    }
    opened.layers.veiled = column.filter(|_| !is_answered && !is_place);
    opened.layers.hides_faults = !is_answered;
    opened.graph.is_asked = !is_answered;
    if let Some(sample) = sample {
        opened.forward.take_input(&InputChoice::Sample(sample));
    }
    if let Some(channel) = channel {
        opened.forward.maps.first = channel;
    }
    opened.bn_lab = None;
    if pane.as_deref() == Some(LABORATORY) {
        opened.open_bn_lab_at(channel.unwrap_or(0), asks);
    } else {
        let task = opened.forward.bring_to(&subject, find(until)?)?;
        asks.ask(Request::Run(task));
    }
    Some(())
}

/// Tab for the name of a pane; the layer table for another name.
fn tab_of(pane: Option<&str>) -> Tab {
    let is_it = |tab: &Tab| pane.is_some_and(|name| tab.title().eq_ignore_ascii_case(name));
    Tab::ALL.into_iter().find(is_it).unwrap_or_default()
}

/// Shows the correct answer in the view.
pub(super) fn reveal(app: &mut App) -> Asks {
    let mut asks = Asks::default();
    let place = app
        .course
        .step()
        .and_then(|(taught, step)| match &taught.stage {
            Stage::Answered(Value::Text(path)) if step.kind == Kind::Place => Some(path.clone()),
            _ => None,
        });
    let view = app.course.step().and_then(|(_, step)| step.view.as_ref());
    let then = view.and_then(|view| view.then.clone());
    let channel = view.and_then(|view| view.channel.as_ref());
    let channel = channel.map_or(0, |channel| channel.value as usize);
    let Some(opened) = app.screen.opened_mut() else {
        return asks;
    };
    opened.unveil();
    if let Some(id) = place.and_then(|path| opened.subject.model.network.find(&path)) {
        opened.go_to(id);
    }
    match then.as_ref().map(|then| then.value.as_str()) {
        Some(LABORATORY) => opened.open_bn_lab_at(channel, &mut asks),
        Some(pane) => opened.show(tab_of(Some(pane))),
        None => {}
    }
    asks
}

/// Shows again what a lesson has hidden.
pub(super) fn unveil(app: &mut App) {
    if let Some(opened) = app.screen.opened_mut() {
        opened.unveil();
    }
}
