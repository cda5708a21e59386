//! Keys, clicks and files of the gradients.

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Gradients, MOST_SEEDS, areas, view};
use crate::message;
use crate::network::LayerId;
use crate::report::grid::{Grid, Side};
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layout::{below_heading, height};
use crate::tui::kit::list::List;
use crate::tui::kit::picture::Pictures;
use crate::tui::message::Command;
use crate::tui::pane::{Net, Pane, of_grid};
use crate::tui::request::{Asks, Request};
use crate::tui::worker::Lane;

impl Pane for Gradients {
    fn keys(&self) -> Vec<Scope> {
        if self.is_busy() {
            vec![Scope::Running, Scope::Gradients]
        } else {
            vec![Scope::Gradients]
        }
    }

    fn update(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks) {
        match command {
            Command::Show(_) if self.runs.is_empty() && !self.is_long(net.subject) => {
                self.begin(net, asks);
            }
            Command::RunAll | Command::Accept => self.begin(net, asks),
            Command::Cancel => asks.ask(Request::StopLane(Lane::Gradients)),
            Command::Choose => {
                self.turn_start(net.subject);
                self.begin_again(net, asks);
            }
            Command::Enlarge | Command::Shrink => {
                let before = self.seeds;
                self.seeds = match command {
                    Command::Enlarge => (before + 1).min(MOST_SEEDS),
                    _ => before.max(2) - 1,
                };
                if self.seeds != before {
                    self.begin_again(net, asks);
                }
            }
            Command::TurnAxis => {
                self.is_by_tensor = !self.is_by_tensor;
                self.cursor = Cursor::default();
            }
            Command::Compare => asks.ask(Request::Do(Command::PickBeside)),
            Command::Move(motion) => {
                let [_, list, _] = areas(context.view, self.rows(net, context));
                let len = self.lines();
                self.cursor.go(motion, len, height(below_heading(list)));
            }
            _ => {}
        }
    }

    fn click(&mut self, at: Position, net: &Net<'_>, context: &Context) -> Option<Command> {
        let [_, list, _] = areas(context.view, self.rows(net, context));
        let place = List::new(self.lines(), self.cursor).row_at(below_heading(list), at)?;
        let len = self.lines();
        self.cursor.select(place, len);
        None
    }

    fn scroll(&mut self, net: &Net<'_>, context: &Context) {
        let [_, list, _] = areas(context.view, self.rows(net, context));
        let len = self.lines();
        self.cursor.keep(len, height(below_heading(list)));
    }

    fn files(&self) -> Vec<(Form, &'static str)> {
        vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")]
    }

    fn file_name(&self, _form: Form, net: &Net<'_>) -> String {
        format!("{}-gradients", net.subject.model.spec.name)
    }

    fn file(&self, form: Form, net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message> {
        if self.runs.is_empty() {
            return Err(message!("gradients-none"));
        }
        Ok(of_grid(&self.grid(net), form, language))
    }

    fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        net: &Net<'a>,
        context: &Context,
        _pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context, self, net);
    }

    fn answer(&self, net: &Net<'_>) -> Option<LayerId> {
        net.answer
    }
}

impl Gradients {
    /// Lines of the list.
    fn lines(&self) -> usize {
        self.points(0).len().max(self.points(1).len())
    }

    /// Rows that the lines about the result take.
    pub(super) fn rows(&self, net: &Net<'_>, context: &Context) -> u16 {
        view::finding_lines(self, net, context).len() as u16 + 1
    }

    /// Starts measuring, unless the network cannot run.
    fn begin(&mut self, net: &Net<'_>, asks: &mut Asks) {
        if !net.can_run || net.why.is_some() {
            asks.notify(message!("notice-errors-first"));
            return;
        }
        let task = self.measure(net.subject);
        asks.ask(Request::Weigh(task));
    }

    /// Measures anew with other settings; if that takes long, only the old results are dropped.
    fn begin_again(&mut self, net: &Net<'_>, asks: &mut Asks) {
        if self.is_long(net.subject) {
            self.runs.clear();
        } else {
            self.begin(net, asks);
        }
    }

    /// Table of all measurements, one per row.
    fn grid(&self, net: &Net<'_>) -> Grid {
        let titles = ["network", "seed", "kind", "name", "norm"];
        let mut grid = Grid::new(titles.map(|title| (title, Side::Left)));
        let names: Vec<&str> = std::iter::once(net.subject)
            .chain(self.other.as_ref())
            .map(|subject| subject.model.spec.name.as_str())
            .collect();
        for run in &self.runs {
            let blocks = run.norms.blocks.iter();
            let blocks = blocks.map(|own| ("block", own.name.as_str(), own.norm));
            let tensors = run.norms.tensors.iter();
            let tensors = tensors.map(|own| ("parameter", own.name.as_str(), own.norm));
            for (kind, name, norm) in blocks.chain(tensors) {
                grid.row(vec![
                    names.get(run.net).copied().unwrap_or_default().to_owned(),
                    run.seed.to_string(),
                    kind.to_owned(),
                    name.to_owned(),
                    format!("{norm:.6e}"),
                ]);
            }
        }
        grid
    }
}
