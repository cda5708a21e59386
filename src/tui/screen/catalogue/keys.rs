//! Keys, clicks and files of the catalogue.

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Catalogue, list, neighbours, place, points};
use crate::export::scatter;
use crate::export::style::Theme;
use crate::message;
use crate::report::catalogue::columns;
use crate::report::catalogue::entry::SortKey;
use crate::report::catalogue::plot::Axis;
use crate::report::grid::Grid;
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Motion;
use crate::tui::kit::fold_tree::FoldTree;
use crate::tui::kit::layout::{height, line_at};
use crate::tui::message::{Command, Turn};
use crate::tui::request::{Asks, LONGEST, Request};
use crate::tui::saved_state::List;

impl Catalogue {
    /// Restores the settings of an earlier run.
    pub fn restore(&mut self, list: &List) {
        let key = list.sort.as_deref().and_then(SortKey::parse);
        self.sort_by(key.unwrap_or_default(), list.reversed);
        self.fold_families(list.folded.clone());
        self.plot = list.points.as_deref().and_then(Axis::parse);
    }

    /// Settings to save for the next run.
    pub fn saved_state(&self) -> List {
        List {
            sort: Some(self.sort().name().to_owned()),
            reversed: self.is_reversed(),
            folded: self.folded().clone(),
            points: self.plot.map(|axis| axis.title().to_owned()),
        }
    }
}

impl Catalogue {
    /// Scopes of its keys, the innermost first; while a search is typed, that of its line alone.
    pub fn keys(&self) -> Vec<Scope> {
        if self.is_typing {
            vec![Scope::Search]
        } else {
            self.keys_of_view()
        }
    }

    /// Scopes of the list or of the points, whether a search is typed or not.
    pub fn keys_of_view(&self) -> Vec<Scope> {
        if self.plot.is_some() {
            vec![Scope::Scatter, Scope::Lists]
        } else {
            vec![Scope::Catalogue, Scope::Tree, Scope::Lists]
        }
    }

    /// Executes a command.
    pub fn update(&mut self, command: Command, context: &Context, asks: &mut Asks) {
        match command {
            Command::Move(motion) => self.go_on_page(motion, context),
            Command::Search => self.is_typing = true,
            Command::Erase if self.is_typing => self.erase(),
            Command::Accept if self.is_typing && self.plot.is_some() => self.is_typing = false,
            Command::Accept if self.is_typing && self.found() == 0 => {
                asks.ask(Request::Do(Command::Palette));
            }
            Command::Accept if self.is_typing => self.open_selected(asks),
            Command::Accept if self.selected().is_none() => self.fold(FoldTree::toggle),
            Command::Accept => self.open_selected(asks),
            Command::Plot => {
                self.turn_plot();
                if self.plot.is_some() && self.points().is_empty() {
                    asks.notify(message!("notice-no-accuracy"));
                }
            }
            Command::TurnAxis => self.plot = self.plot.map(Axis::other),
            Command::TurnTrained => {
                let trained = self.trained().other();
                self.compare_trained(trained);
                asks.notify(message!("notice-accuracies", data = trained.words()));
            }
            Command::Side(turn) => self.walk(turn, context, asks),
            Command::Toggle => self.fold(FoldTree::toggle),
            Command::FoldIn => self.fold(FoldTree::close),
            Command::FoldOut => self.fold(FoldTree::open),
            Command::CloseAll => self.fold(FoldTree::close_all),
            Command::OpenAll => self.fold(FoldTree::open_all),
            Command::TurnSort => {
                let (key, is_reversed) = (self.sort(), self.is_reversed());
                self.sort_by(key, !is_reversed);
                if key == SortKey::Catalogue {
                    asks.notify(message!("notice-sort-first"));
                }
            }
            Command::NextColumn | Command::PreviousColumn => {
                let [list, _] = place::list(context.view);
                if !self.scroll_columns(command == Command::NextColumn, list) {
                    asks.notify(message!("notice-no-columns"));
                }
            }
            Command::Mark => {
                self.mark();
                match self.marked() {
                    [a, b] => asks.notify(message!("notice-compares", first = a, second = b)),
                    [a] => asks.notify(message!("notice-marked", first = a)),
                    _ => {}
                }
            }
            Command::Compare => self.compare_marked(asks),
            _ => {}
        }
    }

    /// Takes one step back within it: out of the search, or from the points to the list.
    /// Returns whether there was one to take.
    pub fn back(&mut self) -> bool {
        let is_searched = self.is_typing || !self.query().is_empty();
        if is_searched {
            self.is_typing = false;
            self.show_all();
        } else if self.plot.is_some() {
            self.turn_plot();
        } else {
            return false;
        }
        true
    }

    /// Place that one step back within it leads to; `None` if there is no step to take.
    pub fn back_to(&self) -> Option<Message> {
        if self.is_typing || !self.query().is_empty() {
            Some(message!("back-networks"))
        } else {
            self.plot.map(|_| message!("back-list"))
        }
    }

    /// Reason why a command cannot act now.
    pub fn why_not(&self, command: Command) -> Option<Message> {
        let can_compare = match (self.marked(), self.selected()) {
            ([_, _], _) => true,
            ([a], Some(b)) => *a != b.name,
            _ => false,
        };
        (command == Command::Compare && !can_compare).then(|| message!("notice-mark-two"))
    }

    /// Adds to the search.
    pub fn type_search(&mut self, text: &str, asks: &mut Asks) {
        let text = asks.cut(self.query(), text, LONGEST);
        self.type_text(text);
    }

    fn go_on_page(&mut self, motion: Motion, context: &Context) {
        let [list, _] = place::list(context.view);
        self.go(motion, height(place::list_rows(list)));
    }

    /// Scrolls to the selected line.
    pub fn scroll(&mut self, context: &Context) {
        let [list, _] = place::list(context.view);
        self.keep(height(place::list_rows(list)));
    }

    /// Selects the clicked network; for one that is selected already, returns the command of Enter.
    pub fn click(&mut self, at: Position, context: &Context) -> Option<Command> {
        let is_taken = if self.plot.is_some() {
            self.click_point(at, context)
        } else {
            let [list, _] = place::list(context.view);
            if list.contains(at) && at.y == list.y + 1 {
                self.sort_by_heading(list::key_at(self, list, at.x));
                return None;
            }
            let cursor = self.cursor();
            let place = line_at(place::list_rows(list), at, cursor.top)?;
            self.select_place(place) && cursor.at == place
        };
        is_taken.then_some(Command::Accept)
    }

    /// Sorts by the clicked heading; the other way round if it is sorted by it already.
    fn sort_by_heading(&mut self, key: Option<SortKey>) {
        if let Some(key) = key {
            let is_reversed = self.sort() == key && !self.is_reversed();
            self.sort_by(key, is_reversed);
        }
    }

    /// Selects the clicked point; returns whether to open it. For points in the same cell, each click selects the next; after
    /// the last, the network is opened.
    fn click_point(&mut self, at: Position, context: &Context) -> bool {
        let plane = place::plane(place::panels(context.view)[0]);
        let here = place::points_at(plane, &self.points(), at);
        let was = self.selected_point();
        let chosen = here.iter().position(|&number| Some(number) == was);
        match here.get(chosen.map_or(0, |at| at + 1)) {
            Some(&number) => {
                self.select_point(number);
                false
            }
            None => !here.is_empty(),
        }
    }

    /// Selects the nearest point in a direction.
    fn walk(&mut self, turn: Turn, context: &Context, asks: &mut Asks) {
        let plane = place::plane(place::panels(context.view)[0]);
        let points = self.points();
        let from = self.selected_point().unwrap_or(0);
        match neighbours::neighbour(&points, from, turn, place::aspect(plane)) {
            Some(number) => self.select_point(number),
            None => asks.notify(message!("notice-no-network-there")),
        }
    }

    fn open_selected(&self, asks: &mut Asks) {
        if let Some(entry) = self.selected() {
            asks.ask(Request::Open(entry.name.clone()));
        }
    }

    /// Compares the two networks that are marked, or the marked one with the selected one.
    fn compare_marked(&self, asks: &mut Asks) {
        let selected = self.selected().map(|entry| entry.name.clone());
        match (self.marked(), selected) {
            ([a, b], _) => asks.ask(Request::Compare([a.clone(), b.clone()])),
            ([a], Some(b)) if *a != b => asks.ask(Request::Compare([a.clone(), b])),
            _ => asks.notify(message!("notice-mark-two")),
        }
    }

    /// Formats that it can be exported in, each with the id of its description.
    pub fn files(&self) -> Vec<(Form, &'static str)> {
        let mut forms = vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")];
        if self.plot.is_some() {
            forms.insert(0, (Form::Svg, "form-svg-points"));
            forms.push((Form::Dot, "form-dot-not-of-points"));
        }
        forms
    }

    /// Name of an exported file, without its extension.
    pub fn file_name(&self, form: Form) -> String {
        match self.plot {
            Some(axis) if form == Form::Svg => {
                format!("networks-{}", axis.title().to_lowercase())
            }
            _ => "networks".to_owned(),
        }
    }

    /// Contents of an exported file.
    ///
    /// # Errors
    /// It cannot be made; the message is for the user.
    pub fn file(&self, form: Form, language: Language) -> Result<Vec<u8>, Message> {
        let text = match form {
            Form::Dot => return Err(message!("notice-points-no-graph")),
            Form::Svg => self.drawn(language),
            Form::Csv => self.grid(form).csv(),
            _ => self.grid(form).in_language(language).markdown(),
        };
        Ok(text.into_bytes())
    }

    /// Plot of the visible points; the selected network and the marked ones are labelled.
    fn drawn(&self, language: Language) -> String {
        let selected = self.selected().map(|entry| entry.name.as_str());
        let named: Vec<&str> = selected
            .into_iter()
            .chain(self.marked().iter().map(String::as_str))
            .collect();
        let axis = self.plot.unwrap_or_default();
        scatter::svg(
            self.shown(),
            axis,
            self.trained(),
            &named,
            Theme::Auto,
            language,
        )
    }

    fn grid(&self, form: Form) -> Grid {
        let entries = self.shown();
        match form {
            Form::Csv => columns::table(entries, &columns::Column::ALL, columns::Form::Exact),
            _ => columns::table(entries, &columns::Column::USUAL, columns::Form::Short),
        }
    }

    /// Draws it.
    pub fn render(&self, frame: &mut Frame<'_>, context: &Context) {
        match self.plot {
            Some(axis) => points::render(frame, self, context, axis),
            None => list::render(frame, self, context),
        }
    }
}
