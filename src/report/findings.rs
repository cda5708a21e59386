//! Findings of the lint and of a check of the spec, as problems with fixes that are not tried yet.

use crate::analysis::lint::{self, Finding, Weight};
use crate::lower::Model;
use crate::message;
use crate::spec::problem::grouped;
use crate::spec::{Problem, Severity, has_errors};

/// All problems of a model without fixes, each at its place.
pub(super) fn untried(model: &Model) -> Vec<Problem> {
    let mut problems = model.problems.clone();
    if !has_errors(&problems) {
        problems.extend(grouped(findings(model)));
    }
    problems
}

/// Findings of the lint in a network without errors.
pub(super) fn findings(model: &Model) -> Vec<Problem> {
    let of = |finding: Finding| {
        let proposals = super::fix::proposals(model, &finding);
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
        size = format!("{height}×{width}"),
        shorter = shorter
    );
    let problem = Problem::error("crop-beyond-picture", message).severity(Severity::Warning);
    Some(problem.at(place).help(message!("help-crop-beyond-picture")))
}
