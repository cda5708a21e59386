//! Keys, clicks and files of the spec.

use ratatui::Frame;
use ratatui::layout::Position;

use super::{SpecView, areas, view};
use crate::message;
use crate::network::LayerId;
use crate::report::Column;
use crate::report::grid::Grid;
use crate::report::network::rows::{Level, rows};
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::layout::{below_heading, height, line_at};
use crate::tui::kit::picture::Pictures;
use crate::tui::message::{Command, Tab};
use crate::tui::pane::{Net, Pane};
use crate::tui::request::{Asks, Request};

impl Pane for SpecView {
    fn keys(&self) -> Vec<Scope> {
        vec![Scope::Spec]
    }

    fn update(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks) {
        match command {
            Command::Move(motion) => {
                let [text, _] = areas(context.view, self.broken.is_some());
                let page = height(below_heading(text));
                self.cursor.go(motion, self.lines.len(), page);
            }
            Command::Accept => match self.layer_at(net.subject, self.cursor.at + 1) {
                Some(id) => asks.ask(Request::Layer(Tab::Layers, id)),
                None => asks.notify(message!("notice-line-without-layer")),
            },
            Command::Fix => asks.ask(Request::Fix(None)),
            _ => {}
        }
    }

    fn click(&mut self, at: Position, _net: &Net<'_>, context: &Context) -> Option<Command> {
        let [text, _] = areas(context.view, self.broken.is_some());
        let cursor = self.cursor;
        let place = line_at(below_heading(text), at, cursor.top)?;
        self.cursor.select(place, self.lines.len());
        (cursor.at == place).then_some(Command::Accept)
    }

    fn scroll(&mut self, _net: &Net<'_>, context: &Context) {
        let [text, _] = areas(context.view, self.broken.is_some());
        self.cursor
            .keep(self.lines.len(), height(below_heading(text)));
    }

    fn sign(&self) -> &'static str {
        if self.broken.is_some() { "✗" } else { " " }
    }

    fn files(&self) -> Vec<(Form, &'static str)> {
        vec![(Form::Toml, "form-toml"), (Form::Markdown, "form-markdown")]
    }

    fn file_name(&self, form: Form, net: &Net<'_>) -> String {
        let name = &net.subject.model.spec.name;
        match form {
            Form::Toml => name.clone(),
            _ => format!("{name}-spec"),
        }
    }

    fn file(&self, form: Form, net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message> {
        let text = match form {
            Form::Toml => self.source(),
            _ => self.markdown(net, language),
        };
        Ok(text.into_bytes())
    }

    fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        net: &Net<'a>,
        context: &Context,
        _pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context.view, context.theme, self, net);
    }

    fn answer(&self, net: &Net<'_>) -> Option<LayerId> {
        net.answer
    }
}

impl SpecView {
    /// Text of the spec; after an error, that of the file as it is now.
    fn source(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// Text of the spec and the stages that it defines.
    fn markdown(&self, net: &Net<'_>, language: Language) -> String {
        let subject = net.subject;
        let columns = [
            Column::Path,
            Column::Summary,
            Column::Output,
            Column::Params,
            Column::Macs,
        ];
        let mut grid = Grid::new(columns.map(|column| (subject.title(column), column.side())));
        for row in rows(&subject.model.network, Level::Stage) {
            let cells = columns.map(|column| subject.cell(&row, column).shown());
            grid.row(cells);
        }
        format!(
            "# {}\n\n`{}`\n\n```toml\n{}```\n\n{}",
            subject.model.title().of(language),
            self.name,
            self.source(),
            grid.in_language(language).markdown()
        )
    }
}
