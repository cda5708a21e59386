//! What is wrong with a spec or a network, told so that a person can mend it.

use std::collections::HashMap;
use std::ops::Range;

use super::fix::Fix;
use super::source::Place;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably not what was meant; the network still works.
    Warning,
    /// The network cannot be built or run as written.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing to tell: what, where, and the repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable id: `unknown-key`, `shapes`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file and the text in it.
    pub place: Option<Place>,
    /// The layer, as PyTorch names it.
    pub path: Option<String>,
    /// What is wrong, with the shapes or values at fault.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The repair as an edit of the network's own spec, where it is plain.
    pub fix: Option<Box<Fix>>,
}

impl Problem {
    /// An error without a place.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            place: None,
            path: None,
            message: message.into(),
            help: None,
            fix: None,
        }
    }

    /// The same at `place`.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// The same with a repair.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with another severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same about the layer at `path`.
    #[must_use]
    pub fn about(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The first line of its message: path, colon, message.
    pub fn headline(&self) -> String {
        match &self.path {
            Some(path) => format!("{path}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

/// How many further layers with the same problem are named before the rest are counted.
const NAMED: usize = 3;

/// The same problems, where those of one rule at one place, such as a line of a block that every stage uses, are one that
/// names the others' layers.
pub fn grouped(problems: Vec<Problem>) -> Vec<Problem> {
    let mut groups: Vec<(Problem, Vec<String>)> = Vec::new();
    // By rule and place, the number of the first group: a file may have a problem in every line.
    let mut known: HashMap<(&'static str, String, Range<usize>), usize> = HashMap::new();
    for problem in problems {
        let key = problem.place.as_ref().map(|place| {
            let name = place.source.name.clone();
            (problem.rule, name, place.span.clone())
        });
        let first = key.as_ref().and_then(|key| known.get(key)).copied();
        if let (Some(first), Some(path)) = (first, &problem.path) {
            groups[first].1.push(path.clone());
            continue;
        }
        if let Some(key) = key {
            known.entry(key).or_insert(groups.len());
        }
        groups.push((problem, Vec::new()));
    }
    groups
        .into_iter()
        .map(|(mut problem, others)| {
            if !others.is_empty() {
                let named = others
                    .iter()
                    .take(NAMED)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", ");
                problem.message += &match others.len().saturating_sub(NAMED) {
                    0 => format!("; the same at {named}"),
                    more => format!("; the same at {named} and {more} more"),
                };
            }
            problem
        })
        .collect()
}

/// Whether any of them is an error.
pub fn has_errors(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}

/// The name of `known` that looks most like `typed`, when one is near enough to be meant.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&typed.to_lowercase(), name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
