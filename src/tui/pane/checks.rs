//! Problems of a network and notes about it, with the selected one.

mod keys;
mod view;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::message;
use crate::network::check::RULES;
use crate::report::checks::snippet::{Style, render};
use crate::report::network::stats::{DownsampleRow, Stats};
use crate::report::{Subject, checks::check};
use crate::spec::{Problem, Severity};
use crate::text::{Language, Message};
use crate::tui::fault::is_of_network;
use crate::tui::kit::cursor::Cursor;

/// Results of a network's checks.
#[derive(Debug, Clone)]
pub struct Checks {
    /// Problems, errors first.
    pub problems: Vec<Problem>,
    /// Whether an error at opening was in the spec's text rather than in the network.
    pub is_unread: bool,
    /// Layers that downsample.
    pub downsample: Vec<DownsampleRow>,
    /// The selected problem.
    pub cursor: Cursor,
    /// Scroll position of the text about it.
    page: Cursor,
}

impl Checks {
    /// Checks a network.
    pub fn new(subject: &Subject) -> Self {
        let problems = check::check(&subject.model);
        Self {
            is_unread: problems
                .iter()
                .any(|problem| problem.severity == Severity::Error && !is_of_network(problem)),
            downsample: Stats::new(subject).downsample,
            problems,
            cursor: Cursor::default(),
            page: Cursor::default(),
        }
    }

    /// Replaces the problems by those of the files as they are now.
    pub fn list(&mut self, problems: &[Problem]) {
        self.problems = problems.to_vec();
        self.cursor = Cursor::default();
        self.page = Cursor::default();
    }

    /// The selected problem.
    pub fn selected(&self) -> Option<&Problem> {
        self.problems.get(self.cursor.at)
    }

    /// All problems as text in a language, with the spec's lines.
    pub fn excerpts(&self, language: Language) -> impl Iterator<Item = String> {
        let problems = self.problems.iter();
        problems.map(move |problem| render(problem, Style::Plain, language))
    }

    /// Text of the selected problem in a language, with an excerpt of the spec.
    pub fn excerpt(&self, language: Language) -> String {
        self.selected().map_or_else(String::new, |problem| {
            render(problem, Style::Plain, language)
        })
    }
}

/// The checks that a network without problems has passed.
pub fn what_was_checked() -> Message {
    message!("checks-what", rules = RULES.len())
}

/// Areas of the list of problems and of the selected one's text; without problems, the latter gets everything.
pub fn areas(body: Rect, problems: usize) -> [Rect; 2] {
    let lines = problems.min(usize::from(body.height / 3)) as u16;
    let list = if problems == 0 { 0 } else { lines + 1 };
    body.layout(&Layout::vertical([
        Constraint::Length(list),
        Constraint::Min(0),
    ]))
}
