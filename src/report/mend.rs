//! Application of all fixes to a spec, one after the other.

use super::check::check;
use crate::lower::{Overrides, open_text};
use crate::spec::{Problem, Severity};
use crate::text::Message;

/// Spec after every fix of at least the given severity, with a list of the fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Text of the spec.
    pub text: String,
    /// The fixes in their order: the rule's id and the edit.
    pub done: Vec<(&'static str, Message)>,
}

/// Most fixes in one run, more than any spec needs: a limit in case one fix undoes another.
const MOST: usize = 60;

/// Fixes a spec as far as fixes are known. `name` is the file's name, by which its parents are found.
pub fn mend(name: &str, text: &str, overrides: &Overrides, least: Severity) -> Mended {
    let mut mended = Mended {
        text: text.to_owned(),
        done: Vec::new(),
    };
    while mended.done.len() < MOST {
        let problems: Vec<Problem> = check(&open_text(name, &mended.text, overrides));
        let found = problems
            .into_iter()
            .filter(|problem| problem.severity >= least)
            .find_map(|problem| {
                let fix = problem.fix()?;
                let after = fix.apply().ok()?;
                (after != mended.text).then(|| (problem.rule, fix.title(), after))
            });
        let Some((rule, what, after)) = found else {
            break;
        };
        mended.done.push((rule, what));
        mended.text = after;
    }
    mended
}
