//! Keys, clicks and files of the checks.

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Checks, areas, view};
use crate::message;
use crate::network::LayerId;
use crate::report::grid::{Grid, Side};
use crate::spec::Severity;
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{below_heading, height, inside, line_at};
use crate::tui::kit::picture::Pictures;
use crate::tui::message::{Command, Tab, Turn};
use crate::tui::pane::{Net, Pane};
use crate::tui::request::{Asks, Request};

impl Pane for Checks {
    fn keys(&self) -> Vec<Scope> {
        if self.problems.is_empty() {
            Vec::new()
        } else {
            vec![Scope::Checks]
        }
    }

    fn update(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks) {
        match command {
            // Without problems there is only the text.
            Command::Move(motion) if self.problems.is_empty() => self.scroll_page(motion, context),
            Command::Move(motion) => {
                let len = self.problems.len();
                let [list, _] = areas(context.view, len);
                let was = self.cursor.at;
                self.cursor.go(motion, len, height(below_heading(list)));
                if self.cursor.at != was {
                    self.page = Cursor::default();
                }
            }
            Command::Pan(Turn::Up) => self.scroll_page(Motion::Up, context),
            Command::Pan(_) => self.scroll_page(Motion::Down, context),
            Command::Accept => match self.layer_at(net) {
                Some(id) => asks.ask(Request::Layer(Tab::Layers, id)),
                None => self.go_to_line(asks),
            },
            Command::ToSpec => self.go_to_line(asks),
            Command::Fix => {
                let fix = self.selected().and_then(|problem| problem.fix());
                match fix {
                    Some(fix) => asks.ask(Request::Fix(Some(fix.clone()))),
                    None => asks.notify(message!("notice-no-fix")),
                }
            }
            _ => {}
        }
    }

    fn why_not(&self, command: Command, net: &Net<'_>) -> Option<Message> {
        let problem = self.selected()?;
        match command {
            Command::Fix if problem.fix().is_none() => Some(message!("notice-no-fix")),
            Command::Accept if self.layer_at(net).is_some() => None,
            Command::Accept | Command::ToSpec if problem.place.is_none() => {
                Some(message!("notice-no-line"))
            }
            _ => None,
        }
    }

    fn click(&mut self, at: Position, _net: &Net<'_>, context: &Context) -> Option<Command> {
        let len = self.problems.len();
        let [list, _] = areas(context.view, len);
        let cursor = self.cursor;
        let place = line_at(below_heading(list), at, cursor.top)?;
        self.cursor.select(place, len);
        if cursor.at != place {
            self.page = Cursor::default();
        }
        (cursor.at == place).then_some(Command::Accept)
    }

    fn scroll(&mut self, _net: &Net<'_>, context: &Context) {
        let len = self.problems.len();
        let [list, _] = areas(context.view, len);
        self.cursor.keep(len, height(below_heading(list)));
    }

    fn sign(&self) -> &'static str {
        match self.problems.first().map(|problem| problem.severity) {
            Some(Severity::Error) => "✗",
            Some(Severity::Warning) => "!",
            Some(Severity::Note) | None => " ",
        }
    }

    fn files(&self) -> Vec<(Form, &'static str)> {
        vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")]
    }

    fn file_name(&self, _form: Form, net: &Net<'_>) -> String {
        format!("{}-checks", net.subject.model.spec.name)
    }

    fn file(&self, form: Form, net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message> {
        let text = match form {
            Form::Csv => self.grid().csv(),
            _ => self.markdown(net, language),
        };
        Ok(text.into_bytes())
    }

    fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        _net: &Net<'a>,
        context: &Context,
        _pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context, self);
    }

    fn answer(&self, net: &Net<'_>) -> Option<LayerId> {
        self.layer_at(net)
    }
}

impl Checks {
    /// Scrolls the text about the selected problem.
    fn scroll_page(&mut self, motion: Motion, context: &Context) {
        let [_, rest] = areas(context.view, self.problems.len());
        let inner = inside(rest);
        let lines = view::page(context, self, usize::from(inner.width)).len();
        self.page.scroll(motion, lines, height(inner));
    }

    /// Layer of the selected problem.
    fn layer_at(&self, net: &Net<'_>) -> Option<LayerId> {
        let path = self.selected()?.path.as_deref()?;
        net.subject.model.network.find(path)
    }

    /// Asks for the line of the spec that the selected problem is about.
    fn go_to_line(&self, asks: &mut Asks) {
        let Some(problem) = self.selected() else {
            return;
        };
        match &problem.place {
            Some(place) => asks.ask(Request::Place(place.clone())),
            None => asks.notify(message!("notice-no-line")),
        }
    }

    /// Table of problems and notes, one per row.
    fn grid(&self) -> Grid {
        let titles = [
            "severity", "rule", "layer", "file", "line", "message", "help",
        ];
        let mut grid = Grid::new(titles.map(|title| (title, Side::Left)));
        let english = |message: &Message| Language::ENGLISH.say(message);
        for problem in &self.problems {
            let place = problem.place.as_ref();
            grid.row(vec![
                problem.severity.name().to_owned(),
                problem.rule.to_owned(),
                problem.path.clone().unwrap_or_default(),
                place.map_or_else(String::new, |place| place.source.name.clone()),
                place.map_or_else(String::new, |place| place.line_column().0.to_string()),
                english(&problem.message),
                problem.help.as_ref().map(english).unwrap_or_default(),
            ]);
        }
        grid
    }

    /// Problems and notes as text, each with its excerpt.
    fn markdown(&self, net: &Net<'_>, language: Language) -> String {
        let title = message!("title-checks-of", title = net.subject.model.title());
        let mut text = format!("# {}\n\n", language.say(&title));
        if self.problems.is_empty() {
            text += language.word("checks-no-problems");
            text += "\n";
        }
        for excerpt in self.excerpts(language) {
            text += &format!("```text\n{}\n```\n\n", excerpt.trim_end());
        }
        text.truncate(text.trim_end().len());
        text + "\n"
    }
}
