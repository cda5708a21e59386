//! Keys, clicks and files of the comparison.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Compare, Side, areas, rows, view};
use crate::lower::{Model, open, open_text};
use crate::message;
use crate::report::format::short;
use crate::report::{Cell, Level};
use crate::spec::Problem;
use crate::text::{Joint, Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::layout::{height, line_at};
use crate::tui::message::Command;
use crate::tui::request::{Asks, Request};
use crate::tui::setup::Setup;
use crate::tui::worker::discard;

impl Compare {
    /// Compares two networks by name. Layers after an error count as they were plainly meant.
    ///
    /// # Errors
    /// One of them cannot be opened: its problems.
    pub fn open(names: [String; 2], setup: Setup) -> Result<Self, Vec<Problem>> {
        let model = |name: &String| open(name, &setup.overrides).map(Arc::new);
        let models: [Arc<Model>; 2] = [model(&names[0])?, model(&names[1])?];
        Ok(Self::new(models, names, setup))
    }

    /// Compares a file as it was before a fix, which `~` after its name says, with the file as it is.
    ///
    /// # Errors
    /// It cannot be opened: its problems.
    pub fn fixed(name: &str, before: &str, setup: Setup) -> Result<Self, Vec<Problem>> {
        let was = open_text(name, before, &setup.overrides);
        let is = open(name, &setup.overrides)?;
        let names = [format!("{name}~"), name.to_owned()];
        let models = [was, is].map(Arc::new);
        Ok(Self {
            before: Some(before.to_owned()),
            ..Self::new(models, names, setup)
        })
    }

    /// The same comparison, built with other settings.
    fn rebuilt(&self, setup: Setup) -> Result<Self, Vec<Problem>> {
        match &self.before {
            Some(before) => Self::fixed(&self.names[1], before, setup),
            None => Self::open(self.names.clone(), setup),
        }
    }

    /// Builds and counts both networks anew; returns a notice about it.
    ///
    /// # Errors
    /// One of them cannot be built: its problems.
    pub fn change(&mut self, setup: Setup) -> Result<Message, Vec<Problem>> {
        let mut other = if setup.overrides == self.setup.overrides {
            self.recounted(setup)
        } else {
            self.rebuilt(setup)?
        };
        other.resume(self);
        discard(std::mem::replace(self, other));
        let [a, b] = [&self.a, &self.b].map(|subject| short(subject.macs().0));
        let Setup { rule, batch, .. } = setup;
        Ok(message!(
            "notice-counted",
            count = Joint::And.of([a, b]),
            unit = rule.unit(),
            rule = rule.name(),
            batch = batch,
        ))
    }

    /// Scopes of its keys, the innermost first.
    pub fn keys() -> Vec<Scope> {
        vec![Scope::Compare, Scope::Tree, Scope::Lists]
    }

    /// Executes a command.
    pub fn update(&mut self, command: Command, context: &Context, asks: &mut Asks) {
        match command {
            Command::Move(motion) => {
                let [_, _, table, _] = areas(context.view);
                self.tree.go(motion, height(rows(table)));
            }
            Command::FoldIn => self.tree.close(),
            Command::FoldOut => self.tree.open(),
            Command::Toggle => self.tree.toggle(),
            Command::CloseAll => self.tree.close_all(),
            Command::OpenAll => self.tree.open_all(),
            Command::Accept if !self.is_at_layer() => self.tree.toggle(),
            Command::Accept => {
                let side = if self.layer(Side::B).is_some() {
                    Side::B
                } else {
                    Side::A
                };
                self.open_side(side, asks);
            }
            Command::OpenSide(side) => self.open_side(side, asks),
            Command::OnlyDifferences => {
                let only = !self.only_differences;
                self.show_differences(only);
                asks.notify(if only {
                    message!("notice-only-differences")
                } else {
                    message!("notice-all-rows")
                });
            }
            Command::NextDifference(forward) if !self.go_to_difference(forward) => {
                asks.notify(if forward {
                    message!("notice-no-difference-below")
                } else {
                    message!("notice-no-difference-above")
                });
            }
            Command::NextColumn | Command::PreviousColumn => {
                let [_, _, table, _] = areas(context.view);
                let is_right = command == Command::NextColumn;
                if !self.scroll_columns(is_right, context.theme, table) {
                    asks.notify(message!("notice-no-columns"));
                }
            }
            Command::SwapSides => *self = self.swapped(),
            _ => {}
        }
    }

    /// Opens one of the networks at the selected row.
    fn open_side(&self, side: Side, asks: &mut Asks) {
        match self.layer(side) {
            Some(_) => asks.ask(Request::OpenSide(side)),
            None => asks.notify(message!("notice-no-such-row")),
        }
    }

    /// Scrolls to the selected row.
    pub fn scroll(&mut self, context: &Context) {
        let [_, _, table, _] = areas(context.view);
        self.tree.keep(height(rows(table)));
    }

    /// Selects the clicked row; for one that is selected already, returns the command of Enter.
    pub fn click(&mut self, at: Position, context: &Context) -> Option<Command> {
        let [_, _, table, _] = areas(context.view);
        if table.contains(at) && at.y == table.y {
            // A click on a heading sorts by its cost; another one shows the tree again.
            if let Some(cost) = self.cost_at(context.theme, table, at.x) {
                self.sort(Some(cost).filter(|cost| self.sorted_by != Some(*cost)));
            }
            return None;
        }
        let cursor = self.tree.cursor();
        let place = line_at(rows(table), at, cursor.top)?;
        (self.tree.select_place(place) && cursor.at == place).then_some(Command::Accept)
    }

    /// Formats that it can be exported in, each with the id of its description.
    pub fn files() -> Vec<(Form, &'static str)> {
        vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")]
    }

    /// Name of an exported file, without its extension.
    pub fn file_name(&self) -> String {
        let [a, b] = [&self.a, &self.b].map(|subject| &subject.model.spec.name);
        format!("{a}-{b}-compare")
    }

    /// Contents of an exported file.
    pub fn file(&self, form: Form, language: Language) -> Vec<u8> {
        let text = if form == Form::Csv {
            let pairs = self.comparison.pairs(Level::Layer);
            let plain = |cell: &Cell| cell.plain().into();
            self.sides().rows(pairs, plain).csv()
        } else {
            self.sides().markdown(&[], language)
        };
        text.into_bytes()
    }

    /// Draws it.
    pub fn render(&self, frame: &mut Frame<'_>, context: &Context) {
        view::render(frame, self, context);
    }
}
