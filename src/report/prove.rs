//! Test of fixes: the effect of an edit on a network is determined by making it.
//!
//! A proposal becomes a fix only here, after the edited text was read and checked again.

use std::collections::HashSet;

use super::findings::untried;
use crate::lower::Model;
use crate::spec::{Fix, Problem, Severity, has_errors};

/// Problem of one layer, by which it is recognised in another text.
type Id = (&'static str, String);

/// Gives each problem the first of its proposals that fixes it.
pub(super) fn prove(model: &Model, problems: &mut [Problem]) {
    let known: HashSet<Id> = problems.iter().flat_map(ids).collect();
    let broken = has_errors(problems);
    for problem in problems {
        let Some(more) = &mut problem.more else {
            continue;
        };
        let mut proposals = std::mem::take(&mut more.proposals).into_iter();
        let proven = proposals.find(|fix| mends(model, problem, fix, &known, broken));
        problem.more_mut().fix = proven;
    }
}

/// Whether the edited network no longer has the problem, in any of its layers, and has no new one. While there are errors the
/// lint does not run, so findings that appear after the last error are not caused by the fix.
fn mends(model: &Model, problem: &Problem, fix: &Fix, known: &HashSet<Id>, broken: bool) -> bool {
    let text = match fix.apply() {
        Ok(text) if text != fix.source.text => text,
        _ => return false,
    };
    let mended: HashSet<Id> = ids(problem).collect();
    let left = untried(&model.with_text(text));
    left.iter().all(|left| {
        let is_told = !broken || left.severity == Severity::Error;
        ids(left).all(|id| !mended.contains(&id) && (!is_told || known.contains(&id)))
    })
}

/// Ids of a problem: one per layer.
pub fn ids(problem: &Problem) -> impl Iterator<Item = Id> + '_ {
    let first = match &problem.path {
        Some(path) => path.clone(),
        None => problem.message.to_string(),
    };
    let all = std::iter::once(first).chain(problem.also().iter().cloned());
    all.map(|path| (problem.rule, path))
}
