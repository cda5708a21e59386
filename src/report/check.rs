//! All problems of a network: those of its spec, broken rules, and findings of the lint.

use super::findings::findings;
use crate::lower::{Model, at_home};
use crate::spec::problem::grouped;
use crate::spec::{Problem, has_errors};

/// Problems of a model: errors first, then warnings, then notes; each from top to bottom of its file. Every fix on offer was
/// tried: see [`super::prove`].
pub fn check(model: &Model) -> Vec<Problem> {
    let mut problems = model.problems.clone();
    if !has_errors(&problems) {
        let judge = |other: &Model| {
            if has_errors(&other.problems) {
                return other.problems.clone();
            }
            findings(other)
        };
        problems.extend(grouped(at_home(model, findings(model), &judge)));
    }
    super::prove::prove(model, &mut problems);
    sort(&mut problems);
    problems
}

/// Sorts problems: errors first, then by file, in the order in which the files first occur, and from top to bottom in each.
pub fn sort(problems: &mut [Problem]) {
    let mut files: Vec<String> = Vec::new();
    for place in problems.iter().filter_map(|problem| problem.place.as_ref()) {
        if !files.contains(&place.source.name) {
            files.push(place.source.name.clone());
        }
    }
    problems.sort_by_key(|problem| {
        let place = problem.place.as_ref();
        let file = place.and_then(|place| files.iter().position(|file| *file == place.source.name));
        let start = place.map(|place| place.span.start);
        (std::cmp::Reverse(problem.severity), file, start)
    });
}
