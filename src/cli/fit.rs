//! Weights for a network, and messages about those that do not fit.

use super::output::Failure;
use crate::engine::WeightsChoice;
use crate::lower::Model;
use crate::spec::{Problem, named};
use crate::weights::fit::closest;
use crate::weights::{self, Explanation, NotFinite, WeightError, WeightSource, checkpoint};

/// Opens weights that fit.
///
/// # Errors
/// They cannot be read; or they do not fit, with a complete explanation.
pub(super) fn fitting(
    model: &Model,
    choice: &WeightsChoice,
) -> Result<Box<dyn WeightSource>, Failure> {
    let source = choice
        .open(model)
        .map_err(|error| Failure::failed(error.to_string()))?;
    match weights::explain(model, source.as_ref()) {
        None => Ok(source),
        Some(misfit) => Err(Failure::failed(format!(
            "{}\n  {}\nhelp: {}",
            headline(&misfit),
            misfit.lines().join("\n  "),
            help(&misfit, &choice.to_string())
        ))),
    }
}

/// Misfit of a checkpoint and a network, as a finding of `check`.
///
/// # Errors
/// It cannot be read.
pub(super) fn findings(model: &Model, path: &str) -> Result<Option<Problem>, Failure> {
    let failed = |error: WeightError| Failure::failed(error.to_string());
    let file = checkpoint::open_for(named::path(path), &model.network).map_err(failed)?;
    let misfit = weights::explain(model, file.as_ref());
    if misfit.is_none() {
        let wrong = weights::not_finite(&model.network, file.as_ref()).map_err(failed)?;
        let told = wrong_values(&wrong);
        return Ok(told.map(|told| {
            let message = format!("no finite pass can be made with {}: {told}", file.label());
            Problem::error("weights", message).help(
                "train or save it again: a value that is not finite spreads to all that read it",
            )
        }));
    }
    Ok(misfit.map(|misfit| {
        let mut told = vec![misfit.summary()];
        told.extend(misfit.reasons.iter().map(ToString::to_string));
        let message = format!("{}: {}", headline(&misfit), told.join("; "));
        let mut lines = misfit.parts();
        lines.extend(misfit.nearest());
        lines.extend(misfit.command(&quoted(path)));
        Problem::error("weights", message).help(lines.join("\n"))
    }))
}

/// Description of the first tensors with non-finite values, and the number of further ones; `None` if there are none.
pub(super) fn wrong_values(wrong: &[NotFinite]) -> Option<String> {
    /// Number of tensors that are named.
    const NAMED: usize = 5;
    let first: Vec<_> = wrong.iter().take(NAMED).map(ToString::to_string).collect();
    let more = match wrong.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more tensors"),
    };
    (!wrong.is_empty()).then(|| first.join("; ") + &more)
}

/// Message about a network's name that is that of a checkpoint.
pub(super) fn named_so(name: &str) -> Option<Failure> {
    checkpoint::is_named_so(&named::path(name)).then(|| alone(name))?
}

/// Message about a checkpoint, or a similar file, in place of a network's name; `None` for anything else.
pub(super) fn alone(name: &str) -> Option<Failure> {
    let path = named::path(name);
    let is_named_so = checkpoint::is_named_so(&path);
    if is_named_so && !path.exists() {
        return Some(Failure::usage(format!(
            "there is no file {name}, and a checkpoint is no network: give the network, and the file after --weights\n\
             help: resnet-explore run resnet50 --weights {}",
            quoted(name)
        )));
    }
    // The reader of specs has a better message for any other file, unless the file's kind is recognised.
    let file = match checkpoint::open(&path) {
        Ok(file) => file,
        Err(error @ WeightError::Foreign { .. }) => {
            return Some(Failure::failed(error.to_string()));
        }
        Err(error) if is_named_so => return Some(Failure::failed(error.to_string())),
        Err(_) => return None,
    };
    let found = file.names().unwrap_or_default();
    let told = match closest(&found, "") {
        Some(best) => format!(
            "{}\nhelp: resnet-explore run {} --weights {}",
            best.sentence(),
            best.arguments(),
            quoted(name)
        ),
        None => "no network of the catalogue comes near its tensors".to_owned(),
    };
    Some(Failure::usage(format!(
        "{} is a checkpoint of {} tensors, not a network: give the network, and the file behind --weights\n  {told}",
        file.label(),
        found.len()
    )))
}

fn headline(misfit: &Explanation) -> String {
    format!("{} does not fit {}", misfit.origin, misfit.network)
}

fn help(misfit: &Explanation, path: &str) -> String {
    misfit.command(&quoted(path)).unwrap_or_else(|| {
        format!(
            "`resnet-explore check {} --weights {}` tells the same as JSON with `--format json`",
            misfit.network,
            quoted(path)
        )
    })
}

/// Name of a file, quoted for a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@\\".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
