//! Commands of the catalogue: their effect on the state.

use super::app::App;
use super::comparing;
use super::fold_tree::FoldTree;
use super::layout;
use super::message::{Command, Turn};
use super::scatter::neighbour;
use crate::lower::{Overrides, open};
use crate::message;
use crate::report::catalogue::entry::SortKey;
use crate::report::catalogue::plot::Axis;
use crate::spec::Problem;

/// Executes a command of the catalogue.
pub(super) fn command(app: &mut App, command: Command) {
    match command {
        Command::Accept if app.catalogue.selected().is_none() => {
            app.catalogue.fold(FoldTree::toggle);
        }
        Command::Accept => open_selected(app),
        Command::Plot => {
            app.catalogue.turn_plot();
            if app.catalogue.plot.is_some() && app.catalogue.points().is_empty() {
                app.notice = Some(message!("notice-no-accuracy"));
            }
        }
        Command::TurnAxis => app.catalogue.plot = app.catalogue.plot.map(Axis::other),
        Command::TurnTrained => {
            let trained = app.catalogue.trained().other();
            app.catalogue.compare_trained(trained);
            app.notice = Some(message!("notice-accuracies", data = trained.words()));
        }
        Command::Side(turn) => walk(app, turn),
        Command::Toggle => app.catalogue.fold(FoldTree::toggle),
        Command::FoldIn => app.catalogue.fold(FoldTree::close),
        Command::FoldOut => app.catalogue.fold(FoldTree::open),
        Command::CloseAll => app.catalogue.fold(FoldTree::close_all),
        Command::OpenAll => app.catalogue.fold(FoldTree::open_all),
        Command::TurnSort => {
            let (key, is_reversed) = (app.catalogue.sort(), app.catalogue.is_reversed());
            app.catalogue.sort_by(key, !is_reversed);
            if key == SortKey::Catalogue {
                app.notice = Some(message!("notice-sort-first"));
            }
        }
        Command::Mark => {
            app.catalogue.mark();
            app.notice = match app.catalogue.marked() {
                [a, b] => Some(message!("notice-compares", first = a, second = b)),
                [a] => Some(message!("notice-marked", first = a)),
                _ => None,
            };
        }
        Command::Compare => comparing::marked(app),
        _ => {}
    }
}

/// Selects the nearest point in a direction.
fn walk(app: &mut App, turn: Turn) {
    let [_, body, _] = layout::outline(app.size);
    let plane = layout::scatter::plane(layout::scatter::panels(body)[0]);
    let points = app.catalogue.points();
    let from = app.catalogue.selected_point().unwrap_or(0);
    match neighbour(&points, from, turn, layout::scatter::aspect(plane)) {
        Some(number) => app.catalogue.select_point(number),
        None => app.notice = Some(message!("notice-no-network-there")),
    }
}

/// Opens the selected network of the catalogue.
pub(super) fn open_selected(app: &mut App) {
    let Some(entry) = app.catalogue.selected() else {
        return;
    };
    match open(&entry.name, &Overrides::default()) {
        Ok(model) => {
            let screen = app.screen_of(model);
            app.enter(screen);
        }
        Err(problems) => {
            app.notice = problems.first().map(Problem::headline);
        }
    }
}
