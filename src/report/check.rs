//! Everything to say about whether a network is sound: the spec's problems, broken rules, and findings of the lint.

use crate::analysis::lint::{self, Weight};
use crate::lower::Model;
use crate::spec::problem::grouped;
use crate::spec::{Problem, Severity};

/// Errors first, then warnings, then notes; each from top to bottom of its file.
pub fn check(model: &Model) -> Vec<Problem> {
    let mut problems = model.problems.clone();
    if !crate::spec::has_errors(&problems) {
        let findings = lint::lint(&model.network)
            .into_iter()
            .map(|finding| Problem {
                fix: super::fix::fix(model, &finding).map(Box::new),
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
        problems.extend(grouped(findings.collect()));
        problems.extend(borders(model));
    }
    sort(&mut problems);
    problems
}

/// That more is cut out of the middle of pictures than they have once they are resized, where the spec itself says how.
fn borders(model: &Model) -> Option<Problem> {
    let steps = model.picture_steps()?;
    let [_, height, width] = steps.size;
    let shorter = steps.resize? as usize;
    let own = model.spec.file.preprocess.as_ref()?;
    let place = &own.value.resize.as_ref()?.place;
    if shorter >= height.min(width) || place.source.name != model.spec.source.name {
        return None;
    }
    let message = format!(
        "the middle {height}×{width} is cut out of pictures whose shorter side is {shorter}: black lies around them"
    );
    let problem = Problem::error("crop-beyond-picture", message).severity(Severity::Warning);
    let help = "bring the shorter side to the crop's or more, as in resize = 256 for 224×224";
    Some(problem.at(place).help(help))
}

/// Errors first; then file by file, in the order in which the files first come up, and from top to bottom in each.
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
