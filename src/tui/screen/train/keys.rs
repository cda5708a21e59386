//! Keys, clicks and files of a training.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{After, Change, FACTOR, Phase, Train, areas, view};
use crate::engine::train::{Part, Watch};
use crate::message;
use crate::report::grid::{Grid, Side};
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{below_heading, height};
use crate::tui::kit::picture::Pictures;
use crate::tui::message::Command;
use crate::tui::overlay::picker;
use crate::tui::request::{Asks, Request};

/// Columns of the box with the parts.
const COLUMNS: u16 = 60;
/// Parts that a network can be trained without.
const PARTS: [Part; 3] = [Part::Shortcuts, Part::Norms, Part::Preprocessing];

impl Train {
    /// Scopes of its keys, the innermost first; that of an open box alone.
    pub fn keys(&self) -> Vec<Scope> {
        match (self.boxed.is_some(), self.is_busy()) {
            (true, _) => vec![Scope::Picker, Scope::Lists, Scope::Anywhere],
            (false, true) => vec![Scope::Running, Scope::Train, Scope::Lists],
            (false, false) => vec![Scope::Train, Scope::Lists],
        }
    }

    /// Reason why a command cannot act now.
    pub fn why_not(&self, command: Command) -> Option<Message> {
        let is_of_plan = match command {
            Command::Compare | Command::Erase | Command::Try(_) => true,
            Command::Accept => self.field().is_some_and(|field| !field.is_changeable()),
            _ => false,
        };
        let key = message!("train-plan-is-fixed");
        if is_of_plan && !self.is_planned() {
            return Some(key);
        }
        let is_kept = !matches!(self.phase, Phase::Resting(_)) && !self.is_busy();
        (command == Command::Keep && is_kept).then(|| message!("train-nothing-to-keep"))
    }

    /// Executes a command.
    pub fn update(&mut self, command: Command, context: &Context, asks: &mut Asks) {
        if let Some(cursor) = &mut self.boxed {
            match command {
                Command::Move(motion) => cursor.go(motion, PARTS.len(), PARTS.len()),
                Command::Accept => {
                    let part = PARTS[cursor.at.min(PARTS.len() - 1)];
                    self.boxed = None;
                    self.turn_part(part, asks);
                }
                _ => {}
            }
            return;
        }
        match command {
            Command::Move(motion) => self.go(motion, context),
            Command::RunAll if self.is_busy() => self.rest(After::Rest, asks),
            Command::RunAll => self.run(false, asks),
            Command::Step => self.run(true, asks),
            Command::Cancel => self.rest(After::Keep, asks),
            Command::Keep if self.is_busy() => self.rest(After::Keep, asks),
            Command::Keep => self.keep(asks),
            Command::Rewind => self.begin_anew(asks),
            Command::Try(experiment) => {
                self.begin_anew(asks);
                match self.try_out(experiment) {
                    Ok(()) => self.run(false, asks),
                    Err(reason) => asks.notify(reason),
                }
            }
            Command::Slower => self.turn_rate(1.0 / FACTOR, asks),
            Command::Faster => self.turn_rate(FACTOR, asks),
            Command::Changes if self.nets.is_empty() => asks.notify(message!("train-no-nets")),
            Command::Changes => self.boxed = Some(Cursor::default()),
            Command::Compare => asks.ask(Request::Do(Command::PickStudent)),
            Command::Erase => self.remove(asks),
            Command::Accept => match self.field() {
                Some(field) => asks.ask(Request::Do(Command::Edit(field))),
                None => self.run(false, asks),
            },
            Command::NextTab => self.panel = self.panel.after(1),
            Command::PreviousTab => self.panel = self.panel.after(3),
            Command::TurnAxis => self.shows_accuracy = !self.shows_accuracy,
            Command::NextMaps | Command::PreviousMaps | Command::Enlarge | Command::Shrink => {
                self.turn_watch(command, asks);
            }
            _ => {}
        }
    }

    /// Moves the selection.
    fn go(&mut self, motion: Motion, context: &Context) {
        let len = self.rows();
        self.cursor.go(motion, len, height(context.view));
    }

    /// Takes a part away from the selected network, or gives it back: in its plan, or in the training.
    fn turn_part(&mut self, part: Part, asks: &mut Asks) {
        let number = self.selected();
        let is_planned = self.is_planned();
        let Some(net) = self.nets.get_mut(number) else {
            return;
        };
        let place = net.lacks.iter().position(|own| *own == part);
        match place {
            _ if !is_planned => {
                let change = match place {
                    Some(_) => Change::GiveBack(number, part),
                    None => Change::TakeAway(number, part),
                };
                self.change(change, asks);
                return;
            }
            Some(place) => {
                net.lacks.remove(place);
            }
            None => net.lacks.push(part),
        }
        self.experiment = None;
    }

    /// Multiplies the learning rate.
    fn turn_rate(&mut self, factor: f64, asks: &mut Asks) {
        let rate = (self.recipe.rate * factor).clamp(1e-9, 1e9);
        self.set_rate(rate, asks);
    }

    /// Sets the learning rate, from the next step on.
    pub fn set_rate(&mut self, rate: f64, asks: &mut Asks) {
        self.recipe.rate = rate;
        self.change(Change::Rate(rate), asks);
    }

    /// Removes the selected network from the plan.
    fn remove(&mut self, asks: &mut Asks) {
        if self.cursor.at >= self.nets.len() {
            asks.notify(message!("train-select-a-net"));
            return;
        }
        self.nets.remove(self.cursor.at);
        self.curves.clear();
        self.experiment = None;
    }

    /// Watches another channel or another batch normalisation.
    fn turn_watch(&mut self, command: Command, asks: &mut Asks) {
        let statistic = self.shown().and_then(|own| own.statistics.last());
        let channels = statistic.map_or(1, |own| own.channels).max(1);
        let Watch { norm, channel } = self.watch;
        self.watch = match command {
            Command::NextMaps => Watch {
                norm,
                channel: (channel + 1) % channels,
            },
            Command::PreviousMaps => Watch {
                norm,
                channel: (channel + channels - 1) % channels,
            },
            Command::Enlarge => Watch {
                norm: norm + 1,
                channel: 0,
            },
            _ => Watch {
                norm: norm.saturating_sub(1),
                channel: 0,
            },
        };
        self.change(Change::Watch(self.watch), asks);
    }

    /// Area of its open box.
    pub fn popup(&self, context: &Context) -> Option<Rect> {
        self.boxed
            .is_some()
            .then(|| picker::area(context.room, COLUMNS, PARTS.len()))
    }

    /// Draws its open box.
    pub fn render_popup(&self, frame: &mut Frame<'_>, area: Rect, context: &Context) {
        let Some(cursor) = self.boxed else {
            return;
        };
        let lacks = self.nets.get(self.selected()).map(|net| &net.lacks);
        let lines = PARTS.iter().map(|part| {
            let is_there = lacks.is_some_and(|lacks| !lacks.contains(part));
            let mark = if is_there { "[✓]" } else { "[ ]" };
            format!(" {mark} {}", context.theme.say(&part.word()))
        });
        let lines: Vec<String> = lines.collect();
        picker::render(
            frame,
            area,
            context.theme,
            "title-train-parts",
            &lines,
            cursor,
        );
    }

    /// Closes its open box.
    pub fn close(&mut self) {
        self.boxed = None;
    }

    /// Selects the clicked row; for one that is selected already, returns the command of Enter.
    pub fn click(&mut self, at: Position, context: &Context) -> Option<Command> {
        if let Some(cursor) = &mut self.boxed {
            let area = picker::area(context.room, COLUMNS, PARTS.len());
            return picker::click(cursor, PARTS.len(), area, at);
        }
        let areas = areas(context.view, self.panel, view::lines_below(self, context));
        let rows = below_heading(areas.list);
        let line = view::lines(self, rows).row_at(rows, at)?;
        let row = view::row_at(self, line)?;
        let is_there = self.cursor.at == row;
        self.cursor.select(row, self.rows());
        is_there.then_some(Command::Accept)
    }

    /// Formats that it can be exported in, each with the id of its description.
    pub fn files() -> Vec<(Form, &'static str)> {
        vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")]
    }

    /// Name of an exported file, without its extension.
    pub fn file_name() -> String {
        "training".to_owned()
    }

    /// Contents of an exported file: the curves, one point per row.
    ///
    /// # Errors
    /// Nothing has been trained.
    pub fn file(&self, form: Form) -> Result<Vec<u8>, Message> {
        let titles = ["network", "seed", "epoch", "kind", "value"];
        let mut grid = Grid::new(titles.map(|title| (title, Side::Left)));
        for curve in &self.curves {
            let name = self.nets.get(curve.net).map(super::Net::file_stem);
            let losses = curve.losses.iter().map(|point| ("loss", point));
            let tests = curve.tests.iter().map(|point| ("test_accuracy", point));
            for (kind, [epoch, value]) in losses.chain(tests) {
                grid.row(vec![
                    name.clone().unwrap_or_default(),
                    curve.seed.to_string(),
                    format!("{epoch:.4}"),
                    kind.to_owned(),
                    format!("{value:.6}"),
                ]);
            }
        }
        if self.curves.iter().all(|curve| curve.losses.is_empty()) {
            return Err(message!("train-nothing-yet"));
        }
        let text = match form {
            Form::Csv => grid.csv(),
            _ => grid.markdown(),
        };
        Ok(text.into_bytes())
    }

    /// Draws it, and adds its pictures to the visible ones.
    pub fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        context: &Context,
        pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context, self, pictures);
    }
}
