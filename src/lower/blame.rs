//! Problems that show in another file, reported at the line that caused them.
//!
//! A spec of three lines inherits a stem, blocks and shortcuts, and most problems of its network show there. Their cause is
//! found by trial: the line without which the network does not have the problem.

use super::Model;
use crate::spec::fix::Key;
use crate::spec::value::{self, Value};
use crate::spec::{Located, Place, Problem, Severity};

/// Keys that affect no layer.
const WORDS: [&str; 12] = [
    "inherits",
    "title",
    "family",
    "summary",
    "aliases",
    "paper",
    "labels",
    "weights",
    "samples",
    "published",
    "functional_relu",
    "define",
];

/// Tables that are merged with a parent's key by key: each of their keys may be the cause.
const MERGED: [&str; 5] = ["preprocess", "norm", "conv", "names", "with"];

/// Maximum number of keys to try, more than any spec has that changes a network; each is tried once.
const MOST: usize = 64;

/// A key of a file that may be the cause.
struct Suspect {
    way: Vec<Key>,
    place: Place,
}

/// The same problems, but each that shows in another file is reported at the line of the model's own file that caused it, if
/// there is one: without that line, the network does not have the problem. `judge` returns the problems of a model.
///
/// A problem that a parent has without this file keeps its place, and so do notes.
pub fn at_home(
    model: &Model,
    mut problems: Vec<Problem>,
    judge: &dyn Fn(&Model) -> Vec<Problem>,
) -> Vec<Problem> {
    let source = &model.spec.source;
    let is_away = |problem: &Problem| {
        let place = problem.place.as_ref();
        problem.severity > Severity::Note && place.is_none_or(|place| place.source != *source)
    };
    let is_unread = |problem: &Problem| problem.rule == "syntax";
    if !problems.iter().any(is_away) || problems.iter().any(is_unread) {
        return problems;
    }
    let suspects = suspects(model);
    let found = |ways: &[Vec<Key>]| judge(&model.reread(source.clone(), ways));
    let single: Vec<_> = suspects
        .iter()
        .map(|suspect| found(std::slice::from_ref(&suspect.way)))
        .collect();
    // From the last key to the first, one after the other: a problem that two of them cause together is assigned to the
    // second.
    let mut gone: Vec<Vec<Key>> = Vec::new();
    let mut together: Option<Vec<Vec<Problem>>> = None;
    let errors = |problems: &[Problem]| -> Vec<Problem> {
        let errors = problems.iter();
        errors
            .filter(|problem| problem.severity == Severity::Error)
            .cloned()
            .collect()
    };
    let known = errors(&problems);
    for problem in problems.iter_mut().filter(|problem| is_away(problem)) {
        let vanishes = |left: &[Problem]| !left.iter().any(|other| is_same(problem, other));
        let adds_none = |left: &[Problem]| {
            let mut left = errors(left).into_iter();
            left.all(|error| known.iter().any(|other| is_same(&error, other)))
        };
        let mut alone = suspects.iter().zip(&single);
        let clean = alone.find(|(_, left)| vanishes(left) && adds_none(left));
        let culprit = clean.map(|(suspect, _)| suspect).or_else(|| {
            let together = together.get_or_insert_with(|| {
                let rest = suspects.iter().rev();
                rest.map(|suspect| {
                    gone.push(suspect.way.clone());
                    found(&gone)
                })
                .collect()
            });
            let mut steps = suspects.iter().rev().zip(together.iter());
            steps
                .find(|(_, left)| vanishes(left))
                .map(|(suspect, _)| suspect)
        });
        if let Some(suspect) = culprit {
            problem.place = Some(suspect.place.clone());
        }
    }
    problems
}

/// Whether two problems, from two texts of a spec, are the same.
fn is_same(one: &Problem, other: &Problem) -> bool {
    let message = |problem: &Problem| problem.path.is_none().then(|| problem.message.clone());
    one.rule == other.rule && one.path == other.path && message(one) == message(other)
}

fn suspects(model: &Model) -> Vec<Suspect> {
    let (document, _) = value::parse(&model.spec.source);
    let mut found = Vec::new();
    let Value::Table(entries) = &document.value else {
        return found;
    };
    let name = |key: &Located<String>| Key::Name(key.value.clone());
    for (key, value) in entries {
        if WORDS.contains(&key.value.as_str()) {
            continue;
        }
        let inner = match &value.value {
            Value::Table(inner) if MERGED.contains(&key.value.as_str()) => inner.as_slice(),
            _ => &[],
        };
        found.extend(inner.iter().map(|(inner, value)| Suspect {
            way: vec![name(key), name(inner)],
            place: place(inner, value),
        }));
        if inner.is_empty() {
            found.push(Suspect {
                way: vec![name(key)],
                place: place(key, value),
            });
        }
    }
    found.truncate(MOST);
    found
}

/// Place of a key's value, or of the key itself if the value is a table with a heading.
fn place(key: &Located<String>, value: &Located<Value>) -> Place {
    match value.value {
        Value::Table(_) => key.place.clone(),
        _ => value.place.clone(),
    }
}
