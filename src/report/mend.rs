//! All repairs of a spec, one after the other.

use super::check::check;
use crate::lower::{Overrides, open_text};
use crate::spec::{Problem, Severity};
use crate::text::Message;

/// A spec with every repair of at least that severity applied, one after the other, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// The fixes in their order: the rule's id and the edit.
    pub done: Vec<(&'static str, Message)>,
}

/// More repairs than a spec needs: an end where one would undo another.
const MOST: usize = 60;

/// Mends a spec as far as its repairs are known. `name` is the file's, by which it finds its parents.
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
