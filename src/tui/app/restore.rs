//! Saved part of the state, and its restoration.

use super::App;
use crate::analysis::Rule;
use crate::report::Column;
use crate::spec::named;
use crate::tui::kit::theme::Scheme;
use crate::tui::message::Tab;
use crate::tui::pane::layers::{Bars, Numbers};
use crate::tui::saved_state::{self, SavedState, Table};
use crate::tui::screen::Screen;
use crate::tui::screen::network::Opened;
use crate::tui::worker::Wanted;

/// View settings for the next network that is opened.
#[derive(Debug, Clone, Default)]
pub(in crate::tui) struct Looks {
    /// Colours, if the user chose some.
    pub(in crate::tui) theme: Option<Scheme>,
    /// Whether only ASCII is drawn, if the user chose.
    pub(in crate::tui) ascii: Option<bool>,
    /// Layer table of the network that was left last.
    table: Option<Table>,
    /// Network that was left last, and its view.
    last: Option<(String, Tab)>,
}

impl App {
    /// Restores the state of an earlier run; colours and ASCII stay as they are if the call or the terminal determines them.
    pub fn restore(&mut self, state: &SavedState, may_choose_colours: bool) {
        self.looks = Looks {
            theme: state.theme.as_deref().and_then(Scheme::parse),
            ascii: state.ascii,
            table: state.table.clone(),
            last: state.network.clone().zip(
                Tab::ALL
                    .into_iter()
                    .find(|tab| Some(tab.title()) == state.view.as_deref()),
            ),
        };
        if let (Some(scheme), true) = (self.looks.theme, may_choose_colours) {
            self.theme = self.theme.with(scheme);
        }
        self.ascii |= self.looks.ascii.unwrap_or(false);
        self.recent.clone_from(&state.recent);
        self.catalogue.restore(&state.catalogue);
        for (wanted, folder) in Wanted::ALL.into_iter().zip(state.folders.all()) {
            let folder = folder.as_deref().map(named::path);
            self.folders.leave(wanted, folder.as_deref());
        }
        self.catalogue.select_name(state.network.as_deref());
        let looks = self.looks.clone();
        if let Some(opened) = self.screen.opened_mut() {
            looks.apply_to(opened);
        }
    }

    /// State to save for the next run.
    pub fn saved_state(&self) -> SavedState {
        let looks = self.looks_now();
        let selected = self.catalogue.selected().map(|entry| entry.name.clone());
        let (network, view) = match looks.last {
            // A user who went back to the catalogue and on to another line has left the network.
            Some((name, tab)) if self.opened().is_some() || selected.is_none() => {
                (Some(name), Some(tab))
            }
            Some((name, tab)) => {
                let tab = (Some(&name) == selected.as_ref()).then_some(tab);
                (selected, tab)
            }
            None => (selected, None),
        };
        SavedState {
            version: 0,
            network,
            view: view.map(|tab| tab.title().to_owned()),
            theme: looks.theme.map(|scheme| scheme.name().to_owned()),
            ascii: looks.ascii,
            catalogue: self.catalogue.saved_state(),
            folders: saved_state::Folders::of(Wanted::ALL.map(|wanted| {
                let folder = self.folders.of(wanted)?;
                Some(named::text(folder))
            })),
            table: looks.table,
            recent: self.recent.clone(),
        }
    }

    /// Keeps the view settings of the network that is about to be left.
    pub(in crate::tui) fn keep_looks(&mut self) {
        self.looks = self.looks_now();
    }

    fn looks_now(&self) -> Looks {
        let mut looks = self.looks.clone();
        let screens = self.below.iter().chain([&self.screen]);
        let opened = screens.rev().find_map(|screen| match screen {
            Screen::Network(opened) => Some(opened),
            Screen::Catalogue | Screen::Compare(_) | Screen::Train | Screen::Start => None,
        });
        if let Some(opened) = opened {
            looks.table = Some(table(opened));
            looks.last = Some((opened.name(), opened.tab));
        }
        looks
    }
}

impl Looks {
    /// Applies the last table's settings to a network that was just opened, and its own last view.
    pub(in crate::tui) fn apply_to(&self, opened: &mut Opened) {
        if let Some(table) = &self.table {
            let rule = table.rule.as_deref().and_then(Rule::parse);
            if let Some(rule) = rule.filter(|rule| *rule != opened.subject.analysis.rule) {
                opened.recount(rule, opened.subject.batch);
            }
            let subject = &opened.subject;
            let layers = &mut opened.layers;
            let wanted: Vec<Column> = table
                .columns
                .iter()
                .filter_map(|key| Column::parse(key))
                .collect();
            for column in Column::ALL {
                if layers.has_column(column) != wanted.contains(&column) {
                    layers.toggle_column(subject, column);
                }
            }
            layers.bars = if table.bars_of_params {
                Bars::Params
            } else {
                Bars::Macs
            };
            if table.prefixed {
                layers.show_numbers(subject, Numbers::Prefixed);
            }
        }
        if let Some((name, tab)) = &self.last
            && *name == opened.name()
        {
            opened.show(*tab);
        }
    }
}

fn table(opened: &Opened) -> Table {
    let layers = &opened.layers;
    Table {
        columns: layers
            .columns()
            .iter()
            .map(|(column, _)| column.key().to_owned())
            .collect(),
        bars_of_params: layers.bars == Bars::Params,
        prefixed: layers.numbers() == Numbers::Prefixed,
        rule: Some(opened.subject.analysis.rule.name().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};
    use crate::tui::drive;
    use crate::tui::input::{Input, Key};
    use crate::tui::kit::theme::{Depth, Theme};

    fn app() -> App {
        App::new(None, Theme::new(Depth::True), (120, 40))
    }

    fn press(app: &mut App, keys: &str) {
        let keys = keys.chars().map(|sign| match sign {
            '\n' => Key::Enter,
            sign => Key::Char(sign),
        });
        drive(app, keys.map(Input::Key));
    }

    #[test]
    fn the_next_run_finds_what_this_one_left() {
        let mut first = app();
        press(&mut first, "/resnext50\n1b#Rtorch\n2T");
        let state = first.saved_state();
        assert_eq!(state.view.as_deref(), Some("Graph"));
        assert_eq!(state.theme.as_deref(), Some("light"));
        let mut second = app();
        second.restore(&state, true);
        assert_eq!(second.theme.scheme(), Scheme::Light);
        let name = &second.catalogue.selected().unwrap().name;
        assert_eq!(Some(name), state.network.as_ref());
        press(&mut second, "\n");
        let opened = second.opened().unwrap();
        assert_eq!(opened.tab, Tab::Graph);
        assert_eq!(opened.layers.bars, Bars::Params);
        assert_eq!(opened.layers.numbers(), Numbers::Prefixed);
        let rule = opened.subject.analysis.rule;
        assert_ne!(rule, Rule::default());
        assert_eq!(rule, first.opened().unwrap().subject.analysis.rule);
        assert_eq!(second.saved_state(), state);
        let mut third = app();
        third.restore(&state, false);
        assert_eq!(third.theme.scheme(), Scheme::Dark, "the terminal decides");
    }

    #[test]
    fn a_network_that_is_no_more_and_columns_that_never_were_are_passed_over() {
        let state = SavedState {
            network: Some("gone".to_owned()),
            view: Some("Nowhere".to_owned()),
            theme: Some("plaid".to_owned()),
            table: Some(Table {
                columns: vec!["nothing".to_owned(), "params".to_owned()],
                rule: Some("abacus".to_owned()),
                ..Table::default()
            }),
            ..SavedState::default()
        };
        let model = open("resnet18", &Overrides::default()).unwrap();
        let mut app = App::new(Some(model), Theme::new(Depth::True), (80, 24));
        app.restore(&state, true);
        let columns = app.opened().unwrap().layers.columns().to_vec();
        assert_eq!(columns.len(), 1);
        assert_eq!(columns[0].0, Column::Params);
    }
}
