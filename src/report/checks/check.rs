//! Problems of a network: those of its spec, broken rules and findings of the lint, with the fixes that were tried.
//!
//! A proposal becomes a fix only after the edited text was read and checked again.

use std::collections::HashSet;

use crate::analysis::lint::{self, Finding, Weight};
use crate::lower::{Model, Overrides, at_home, open_text};
use crate::message;
use crate::report::checks::fix::proposals;
use crate::report::format::dims;
use crate::sorting::Sorting;
use crate::spec::problem::grouped;
use crate::spec::{Fix, Problem, Severity, has_errors};
use crate::text::Message;

/// Problems of a model: errors first, then warnings, then notes; each from top to bottom of its file. Every fix on offer was
/// tried.
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
    prove(model, &mut problems);
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
    problems.order_by_key(|problem| {
        let place = problem.place.as_ref();
        let file = place.and_then(|place| files.iter().position(|file| *file == place.source.name));
        let start = place.map(|place| place.span.start);
        (std::cmp::Reverse(problem.severity), file, start)
    });
}

/// All problems of a model without fixes, each at its place.
fn untried(model: &Model) -> Vec<Problem> {
    let mut problems = model.problems.clone();
    if !has_errors(&problems) {
        problems.extend(grouped(findings(model)));
    }
    problems
}

/// Findings of the lint in a network without errors.
fn findings(model: &Model) -> Vec<Problem> {
    let of = |finding: Finding| {
        let proposals = proposals(model, &finding);
        Problem {
            severity: match finding.weight {
                Weight::Note => Severity::Note,
                Weight::Warning => Severity::Warning,
            },
            place: finding.layer.and_then(|id| model.origin(id)).cloned(),
            path: finding.layer.map(|id| model.network[id].path.to_string()),
            help: Some(finding.help),
            ..Problem::error(finding.rule, finding.message)
        }
        .propose(proposals)
    };
    let found = lint::lint(&model.network).into_iter().map(of);
    found.chain(borders(model)).collect()
}

/// Warning that the crop is larger than the resized pictures, if the spec itself sets the resize.
fn borders(model: &Model) -> Option<Problem> {
    let steps = model.picture_steps()?;
    let [_, height, width] = steps.size;
    let shorter = steps.resize? as usize;
    let place = &model.spec.file.preprocessing()?.resize.as_ref()?.place;
    if shorter >= height.min(width) || place.source.name != model.spec.source.name {
        return None;
    }
    let message = message!(
        "problem-crop-beyond-picture",
        size = dims([height, width]),
        shorter = shorter
    );
    let problem = Problem::error("crop-beyond-picture", message).severity(Severity::Warning);
    Some(problem.at(place).help(message!("help-crop-beyond-picture")))
}

/// Problem of one layer, by which it is recognised in another text.
type Id = (&'static str, String);

/// Gives each problem the first of its proposals that fixes it.
fn prove(model: &Model, problems: &mut [Problem]) {
    let known: HashSet<Id> = problems.iter().flat_map(ids).collect();
    let broken = has_errors(problems);
    for problem in problems {
        let Some(more) = &mut problem.more else {
            continue;
        };
        let mut proposals = std::mem::take(&mut more.proposals).into_iter();
        let proven = proposals.find(|fix| removes(model, problem, fix, &known, broken));
        problem.more_mut().fix = proven;
    }
}

/// Whether the edited network no longer has the problem, in any of its layers, and has no new one. While there are errors the
/// lint does not run, so findings that appear after the last error are not caused by the fix.
fn removes(model: &Model, problem: &Problem, fix: &Fix, known: &HashSet<Id>, broken: bool) -> bool {
    let text = match fix.apply() {
        Ok(text) if text != fix.source.text => text,
        _ => return false,
    };
    let wanted: HashSet<Id> = ids(problem).collect();
    let left = untried(&model.with_text(text));
    left.iter().all(|left| {
        let counts = !broken || left.severity == Severity::Error;
        ids(left).all(|id| !wanted.contains(&id) && (!counts || known.contains(&id)))
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

/// Spec after every fix of at least the given severity, with a list of the fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// Text of the spec.
    pub text: String,
    /// The fixes in their order: the rule's id and the edit.
    pub done: Vec<(&'static str, Message)>,
}

/// Most fixes in one run, more than any spec needs: a limit in case one fix undoes another.
const MOST: usize = 60;

/// Fixes a spec as far as fixes are known. `name` is the file's name, by which its parents are found.
pub fn fix_all(name: &str, text: &str, overrides: &Overrides, least: Severity) -> Fixed {
    let mut fixed = Fixed {
        text: text.to_owned(),
        done: Vec::new(),
    };
    while fixed.done.len() < MOST {
        let problems: Vec<Problem> = check(&open_text(name, &fixed.text, overrides));
        let found = problems
            .into_iter()
            .filter(|problem| problem.severity >= least)
            .find_map(|problem| {
                let fix = problem.fix()?;
                let after = fix.apply().ok()?;
                (after != fixed.text).then(|| (problem.rule, fix.title(), after))
            });
        let Some((rule, what, after)) = found else {
            break;
        };
        fixed.done.push((rule, what));
        fixed.text = after;
    }
    fixed
}
