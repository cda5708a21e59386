//! Keys and files of the overview.

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Stats, areas, view};
use crate::network::LayerId;
use crate::report::grid::{Grid, Side};
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::picture::Pictures;
use crate::tui::message::{Command, Tab};
use crate::tui::pane::{Net, Pane, of_grid};
use crate::tui::request::{Asks, Request};

impl Pane for Stats {
    fn keys(&self) -> Vec<Scope> {
        vec![Scope::Stats]
    }

    fn update(&mut self, command: Command, _net: &Net<'_>, _context: &Context, asks: &mut Asks) {
        match command {
            Command::Accept => asks.ask(Request::Do(Command::Show(Tab::Layers))),
            Command::TurnAxis => self.axis = self.axis.other(),
            _ => {}
        }
    }

    fn click(&mut self, at: Position, _net: &Net<'_>, context: &Context) -> Option<Command> {
        let [_, right] = areas(context.view);
        right.contains(at).then_some(Command::TurnAxis)
    }

    fn scroll(&mut self, _net: &Net<'_>, _context: &Context) {}

    fn files(&self) -> Vec<(Form, &'static str)> {
        vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")]
    }

    fn file_name(&self, _form: Form, net: &Net<'_>) -> String {
        format!("{}-stats", net.subject.model.spec.name)
    }

    fn file(&self, form: Form, net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message> {
        let titles = [("figure", Side::Left), ("value", Side::Right)];
        let mut grid = Grid::new(titles);
        for figure in view::sizes(net).into_iter().chain(view::memory(net)) {
            grid.row(vec![language.say(&figure.label), figure.exact]);
        }
        Ok(of_grid(&grid, form, language))
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
