//! Everything to say about whether a network is sound: the spec's problems, broken rules, and findings of the lint.

use crate::analysis::lint::{self, Weight};
use crate::lower::Model;
use crate::spec::{Problem, Severity};

/// Errors first, then warnings, then notes; each in the order of the files.
pub fn check(model: &Model) -> Vec<Problem> {
    let mut problems = model.problems.clone();
    if !crate::spec::has_errors(&problems) {
        let findings = lint::lint(&model.network)
            .into_iter()
            .map(|finding| Problem {
                rule: finding.rule,
                severity: match finding.weight {
                    Weight::Note => Severity::Note,
                    Weight::Warning => Severity::Warning,
                },
                place: finding.layer.and_then(|id| model.origin(id)).cloned(),
                path: finding.layer.map(|id| model.network[id].path.to_string()),
                message: finding.message,
                help: Some(finding.help.to_owned()),
            });
        problems.extend(findings);
    }
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    problems
}
