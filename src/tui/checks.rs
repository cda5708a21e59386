//! What is wrong with a network or worth knowing about it, and which of it is selected.

use super::cursor::Cursor;
use super::fault::is_of_network;
use crate::message;
use crate::network::check::RULES;
use crate::report::snippet::{Style, render};
use crate::report::stats::{DownsampleRow, Stats};
use crate::report::{Subject, check};
use crate::spec::{Problem, Severity};
use crate::text::{Language, Message};

/// The checks of a network.
#[derive(Debug, Clone)]
pub struct Checks {
    /// Errors first.
    pub problems: Vec<Problem>,
    /// Whether an error of the network's text, not of the network, is among those it was opened with.
    pub(super) is_unread: bool,
    /// Where the map gets smaller.
    pub downsample: Vec<DownsampleRow>,
    /// The selected problem.
    pub cursor: Cursor,
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
        }
    }

    /// Lists what is wrong with the files as they are now, in place of what was.
    pub fn list(&mut self, problems: &[Problem]) {
        self.problems = problems.to_vec();
        self.cursor = Cursor::default();
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

    /// The selected problem as text in a language, with the spec's lines.
    pub fn excerpt(&self, language: Language) -> String {
        self.selected().map_or_else(String::new, |problem| {
            render(problem, Style::Plain, language)
        })
    }
}

/// What was checked, for a network without problems.
pub fn what_was_checked() -> Message {
    message!("checks-what", rules = RULES.len())
}
