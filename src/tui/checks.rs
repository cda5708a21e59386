//! Problems of a network and notes about it, with the selected one.

use super::cursor::Cursor;
use super::fault::is_of_network;
use crate::network::check::RULES;
use crate::report::snippet::{Style, render};
use crate::report::stats::{DownsampleRow, Stats};
use crate::report::{Subject, check};
use crate::spec::{Problem, Severity};
use crate::text::Language;

/// Results of a network's checks.
#[derive(Debug, Clone)]
pub struct Checks {
    /// Problems, errors first.
    pub problems: Vec<Problem>,
    /// Text of each problem, with an excerpt of the spec.
    excerpts: Vec<String>,
    /// Whether an error at opening was in the spec's text rather than in the network.
    pub(super) is_unread: bool,
    /// Layers that downsample.
    pub downsample: Vec<DownsampleRow>,
    /// The selected problem.
    pub cursor: Cursor,
}

impl Checks {
    /// Checks a network.
    pub fn new(subject: &Subject) -> Self {
        let problems = check::check(&subject.model);
        Self {
            excerpts: excerpts(&problems),
            is_unread: problems
                .iter()
                .any(|problem| problem.severity == Severity::Error && !is_of_network(problem)),
            downsample: Stats::new(subject).downsample,
            problems,
            cursor: Cursor::default(),
        }
    }

    /// Replaces the problems by those of the files as they are now.
    pub fn list(&mut self, problems: &[Problem]) {
        self.problems = problems.to_vec();
        self.excerpts = excerpts(problems);
        self.cursor = Cursor::default();
    }

    /// The selected problem.
    pub fn selected(&self) -> Option<&Problem> {
        self.problems.get(self.cursor.at)
    }

    /// Texts of all problems, with excerpts of the spec.
    pub fn excerpts(&self) -> &[String] {
        &self.excerpts
    }

    /// Text of the selected problem in a language, with an excerpt of the spec.
    pub fn excerpt(&self, language: Language) -> String {
        self.selected().map_or_else(String::new, |problem| {
            render(problem, Style::Plain, language)
        })
    }
}

fn excerpts(problems: &[Problem]) -> Vec<String> {
    let texts = problems.iter();
    texts
        .map(|problem| render(problem, Style::Plain, Language::ENGLISH))
        .collect()
}

/// Summary of the checks, for a network without problems.
pub fn what_was_checked() -> String {
    format!(
        "Checked: the spec's keys and values, {} rules of legality (one input, one output, no cycle, shapes that agree at every \
         layer …) and the lint (where strides and projections sit).",
        RULES.len()
    )
}
