//! Problems as JSON, whose fields are promises to scripts.

use serde::Serialize;

use crate::report::checks::rule_pages;
use crate::spec::{Place, Problem, has_errors};
use crate::text::{Language, Message};

/// Result of `check` for one network.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// Name by which it was requested.
    pub name: String,
    /// Whether there is no error.
    pub ok: bool,
    /// Errors, warnings and notes.
    pub problems: Vec<ProblemRow>,
}

/// Problem as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemRow {
    /// Id of the rule.
    pub rule: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// Name of the file.
    pub file: Option<String>,
    /// Line number, from 1.
    pub line: Option<usize>,
    /// Column, from 1, in characters.
    pub column: Option<usize>,
    /// Path of the layer.
    pub path: Option<String>,
    /// Description of the problem.
    pub message: String,
    /// Suggestion for the fix.
    pub help: Option<String>,
    /// Edit that `check --fix` makes.
    pub fix: Option<String>,
    /// Page of the book about the rule.
    pub page: String,
}

impl CheckReport {
    /// The result for the network called `name`.
    pub fn new(name: &str, problems: &[Problem]) -> Self {
        Self {
            name: name.to_owned(),
            ok: !has_errors(problems),
            problems: problems.iter().map(ProblemRow::new).collect(),
        }
    }
}

impl ProblemRow {
    fn new(problem: &Problem) -> Self {
        let at = problem.place.as_ref().map(Place::line_column);
        let english = |message: &Message| Language::ENGLISH.say(message);
        Self {
            rule: problem.rule,
            severity: problem.severity.name(),
            file: problem
                .place
                .as_ref()
                .map(|place| place.source.name.clone()),
            line: at.map(|(line, _)| line),
            column: at.map(|(_, column)| column),
            path: problem.path.clone(),
            message: english(&problem.message),
            help: problem.help.as_ref().map(english),
            fix: problem.fix().map(|fix| english(&fix.title())),
            page: rule_pages::page(problem.rule),
        }
    }
}
