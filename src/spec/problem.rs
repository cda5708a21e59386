//! Problems of a spec or a network, described so that a person can fix them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::edit::Fix;
use super::source::Place;
use crate::message;
use crate::text::{Argument, Joint, Message};

/// Severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Information; nothing is wrong.
    Note,
    /// Probably a mistake; the network still works.
    Warning,
    /// Error: the network cannot be built or run as written.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`, for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The id of its word for people.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Note => "severity-note",
            Self::Warning => "severity-warning",
            Self::Error => "severity-error",
        }
    }
}

/// Problem, place and fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable id of the rule: `unknown-key`, `shapes`.
    pub rule: &'static str,
    /// Severity of the problem.
    pub severity: Severity,
    /// File, and the range in its text.
    pub place: Option<Place>,
    /// Path of the layer, as in PyTorch.
    pub path: Option<String>,
    /// The problem, with the shapes or values at fault.
    pub message: Message,
    /// Advice on what to do.
    pub help: Option<Message>,
    /// Details that most problems lack.
    pub more: Option<Box<More>>,
}

/// Details of some problems, besides their message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct More {
    /// Further layers with the same problem at the same place.
    pub also: Vec<String>,
    /// Edits of the network's own spec that may fix it, the most likely first. None of them is offered untried.
    pub proposals: Vec<Fix>,
    /// First proposal that was tried and fixes the problem without causing another; only [`crate::report::checks::check()`] sets it.
    pub fix: Option<Fix>,
}

impl Problem {
    /// An error without a place.
    pub fn error(rule: &'static str, message: impl Into<Message>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            place: None,
            path: None,
            message: message.into(),
            help: None,
            more: None,
        }
    }

    /// The same problem at `place`.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with another severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same problem with edits that may fix it.
    #[must_use]
    pub fn propose(mut self, proposals: Vec<Fix>) -> Self {
        if !proposals.is_empty() {
            self.more_mut().proposals = proposals;
        }
        self
    }

    /// Fix as an edit of the network's own spec, if one was tried and works.
    pub fn fix(&self) -> Option<&Fix> {
        self.more.as_ref()?.fix.as_ref()
    }

    /// Further layers with the same problem at the same place.
    pub fn also(&self) -> &[String] {
        self.more.as_ref().map_or(&[], |more| &more.also)
    }

    /// Details of the problem, to be changed.
    pub fn more_mut(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// Its message without the other layers that have the same problem.
    pub fn alone(&self) -> &Message {
        match self.message.arguments.first() {
            Some((SHARED, Argument::Message(own))) => own,
            _ => &self.message,
        }
    }

    /// The same problem about the layer at `path`.
    #[must_use]
    pub fn about(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Its first line: path, colon, message.
    pub fn headline(&self) -> Message {
        match &self.path {
            Some(path) => message!("problem-about", path = path, problem = self.message.clone()),
            None => self.message.clone(),
        }
    }
}

/// The hole of a message that is shared, for the message itself.
const SHARED: &str = "problem";

/// Number of further layers with the same problem that are named before the rest are only counted.
const NAMED: usize = 3;

/// Problems in groups: those of one rule at one place, such as a line of a block that every stage uses, become a single
/// problem that names all the layers.
pub fn grouped(problems: Vec<Problem>) -> Vec<Problem> {
    let mut groups: Vec<Problem> = Vec::new();
    // Position of the group for each rule and place; it is a map because a file may have thousands of problems.
    let mut known: HashMap<(&'static str, usize, usize, usize), usize> = HashMap::new();
    let mut named: HashSet<(usize, String)> = HashSet::new();
    for problem in problems {
        let key = problem.place.as_ref().map(|place| {
            let file = Arc::as_ptr(&place.source) as usize;
            (problem.rule, file, place.span.start, place.span.end)
        });
        let (Some(key), Some(path)) = (key, &problem.path) else {
            groups.push(problem);
            continue;
        };
        if let Some(&at) = known.get(&key) {
            let first = &mut groups[at];
            for path in std::iter::once(path).chain(problem.also()) {
                if first.path.as_ref() != Some(path) && named.insert((at, path.clone())) {
                    first.more_mut().also.push(path.clone());
                }
            }
        } else {
            let at = groups.len();
            known.insert(key, at);
            named.extend(problem.also().iter().map(|path| (at, path.clone())));
            groups.push(problem);
        }
    }
    for problem in &mut groups {
        problem.message = shared(&problem.message, problem.also());
    }
    groups
}

/// Message of a problem that other layers have too: the first of them are named, the rest counted.
fn shared(message: &Message, others: &[String]) -> Message {
    let message = message.clone();
    if others.is_empty() {
        return message;
    }
    let named = &others[..others.len().min(NAMED)];
    let layers = Joint::Comma.of(named);
    match others.len() - named.len() {
        0 => message!("problem-same-at", problem = message, layers = layers),
        more => message!(
            "problem-same-at-more",
            problem = message,
            layers = layers,
            count = more
        ),
    }
}

/// Whether any of them is an error.
pub fn has_errors(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}

/// Names as a list of code: `conv`, `norm`.
pub fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> Argument {
    let names = names.into_iter().map(|name| format!("`{name}`"));
    Joint::Comma.of(names)
}

/// The question whether `name` was meant.
pub fn did_you_mean(name: &str) -> Message {
    message!("help-did-you-mean", name = name)
}

/// Most similar name of `known` to `typed`, if one is similar enough to be meant.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&typed.to_lowercase(), name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
