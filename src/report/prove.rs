//! Repairs that were tried: what an edit does to a network is seen by making it.
//!
//! A proposal becomes a repair only here, after the text with it was read and checked again.

use std::collections::HashSet;

use super::findings::untried;
use crate::lower::Model;
use crate::spec::{Fix, Problem, Severity, has_errors};

/// A problem of one layer, by which it is found again in another text.
type Id = (&'static str, String);

/// Gives each problem the first of its proposals that mends it.
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

/// Whether the network with an edit has the problem no longer, at none of its layers, and none that it had not before. As long as
/// there are errors the lint is silent, so that what it says after the last of them is not the repair's doing.
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

/// A problem's ids: one for each of its layers.
pub fn ids(problem: &Problem) -> impl Iterator<Item = Id> + '_ {
    let first = match &problem.path {
        Some(path) => path.clone(),
        None => problem.message.to_string(),
    };
    let all = std::iter::once(first).chain(problem.also().iter().cloned());
    all.map(|path| (problem.rule, path))
}
