//! From a name and flags to a network with its answers.

use super::args::Shape;
use super::output::Failure;
use crate::analysis::Rule;
use crate::lower::{self, Model};
use crate::report::Subject;
use crate::spec::has_errors;

/// The network that `name` stands for; one with errors is a failure that tells them all.
pub(super) fn sound(name: &str, shape: Shape, rule: Rule) -> Result<Subject, Failure> {
    let model = model(name, shape)?;
    if has_errors(&model.problems) {
        return Err(Failure::problems(&model.problems));
    }
    Ok(Subject::new(model, rule, shape.batch))
}

/// The network that `name` stands for, as far as it could be built.
pub(super) fn model(name: &str, shape: Shape) -> Result<Model, Failure> {
    lower::open(name, &shape.overrides())
        .map_err(|problems| super::fit::alone(name).unwrap_or_else(|| Failure::problems(&problems)))
}
