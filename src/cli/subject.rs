//! Networks with their analysis, from a name and flags.

use std::sync::Arc;

use super::flags::Shape;
use super::output::Failure;
use super::prepare::PrepareArgs;
use crate::analysis::Rule;
use crate::lower::{self, Model, Preparation};
use crate::report::Subject;
use crate::spec::has_errors;

/// Network called `name`; one with errors is a failure that reports all of them.
pub(super) fn sound(name: &str, shape: Shape, rule: Rule) -> Result<Subject, Failure> {
    sound_prepared(name, shape, &PrepareArgs::default(), rule)
}

/// The same with the preprocessing of the flags.
pub(super) fn sound_prepared(
    name: &str,
    shape: Shape,
    prepare: &PrepareArgs,
    rule: Rule,
) -> Result<Subject, Failure> {
    let model = prepared(name, shape, prepare)?;
    if has_errors(&model.problems) {
        return Err(Failure::problems(&model.problems));
    }
    Ok(Subject::new(model, rule, shape.batch))
}

/// Network whose input is a colour picture of this height and width, if given: its preprocessing is then done by layers.
pub(super) fn reading(model: impl Into<Arc<Model>>, picture: Option<[u64; 2]>) -> Arc<Model> {
    let model = model.into();
    let read = picture.and_then(|size| model.for_pictures(3, size));
    read.map_or(model, Arc::new)
}

/// Network called `name`, as far as it could be built.
pub(super) fn model(name: &str, shape: Shape) -> Result<Model, Failure> {
    prepared(name, shape, &PrepareArgs::default())
}

/// The same with the preprocessing of the flags.
pub(super) fn prepared(name: &str, shape: Shape, prepare: &PrepareArgs) -> Result<Model, Failure> {
    prepared_by(name, shape, &prepare.preparation())
}

/// The same with this preprocessing.
pub(super) fn prepared_by(
    name: &str,
    shape: Shape,
    preparation: &Preparation,
) -> Result<Model, Failure> {
    // A file with a checkpoint's name is no spec, even if it is text, such as a pointer to the checkpoint.
    if let Some(failure) = super::fit::named_as_checkpoint(name) {
        return Err(failure);
    }
    lower::open_prepared(name, &shape.overrides(), preparation)
        .map_err(|problems| super::fit::alone(name).unwrap_or_else(|| Failure::problems(&problems)))
}
