//! Faults of a network that is drawn as far as it could be built: the layers to draw in red, and the problems in words.

use crate::network::LayerId;
use crate::network::check::first_at_fault;
use crate::report::Subject;
use crate::report::network::rows::Row;
use crate::spec::{Problem, Severity};
use crate::text::Language;

/// Most problems that a drawing names.
const NAMED: usize = 6;

fn errors(subject: &Subject) -> impl Iterator<Item = &Problem> {
    let problems = subject.model.problems.iter();
    problems.filter(|problem| problem.severity == Severity::Error)
}

/// The problem of a layer: one that names it, or the first if it is where the network breaks.
pub(super) fn of_layer(subject: &Subject, id: LayerId, language: Language) -> Option<String> {
    errors(subject).next()?;
    let path = subject.model.network[id].path.to_string();
    let names = |problem: &&Problem| {
        let also = problem.more.iter().flat_map(|more| &more.also);
        problem.path.iter().chain(also).any(|named| *named == path)
    };
    let broken = || {
        errors(subject)
            .next()
            .filter(|_| first_at_fault(&subject.model.network) == Some(id))
    };
    let problem = errors(subject).find(names).or_else(broken)?;
    Some(language.say(&problem.message))
}

/// The first problem of a row's layers.
pub(super) fn of_row(subject: &Subject, row: &Row, language: Language) -> Option<String> {
    let problem = errors(subject).next()?;
    let name = subject.name(row);
    if let Some(own) =
        errors(subject).find(|problem| problem.path.as_deref() == Some(name.as_str()))
    {
        return Some(language.say(&own.message));
    }
    let mut layers = row.layers(&subject.model.network);
    let of_layer = layers.find_map(|id| of_layer(subject, id, language));
    // What no layer has, the last row shows: the network ends there.
    of_layer.or_else(|| {
        let last = subject.model.network.ids().next_back();
        let is_lost = problem.path.is_none() && last.is_some_and(|last| row.contains(last));
        is_lost.then(|| language.say(&problem.message))
    })
}

/// The problems in words, each with its path.
pub(super) fn notices(subject: &Subject, language: Language) -> Vec<String> {
    let notice = |problem: &Problem| {
        let message = language.say(&problem.message);
        match &problem.path {
            Some(path) => format!("✗ {path}: {message}"),
            None => format!("✗ {message}"),
        }
    };
    errors(subject).take(NAMED).map(notice).collect()
}
