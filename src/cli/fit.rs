//! Weights for a network, and what to say where they do not fit.

use super::flags::spoken;
use super::output::Failure;
use crate::engine::WeightsChoice;
use crate::lower::Model;
use crate::message;
use crate::spec::{Problem, named};
use crate::text::Joint;
use crate::weights::fit::closest;
use crate::weights::{self, Explanation, NotFinite, WeightError, WeightSource, checkpoint};
use serde::Serialize;

/// Opens weights, which fit.
///
/// # Errors
/// They cannot be read; or they do not fit, which is explained whole.
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

/// What was undone for the weights to fit, in a line; nothing where they are as they should be.
pub(super) fn undone(source: &dyn WeightSource) -> String {
    let messages = source.origin().messages();
    if messages.is_empty() {
        return String::new();
    }
    let what = Joint::Semicolon.of(messages);
    spoken().say(&message!("weights-undone", what = what)) + "\n"
}

/// The JSON of where weights are from.
#[derive(Debug, Serialize)]
pub(super) struct WeightsFrom {
    /// As it was named.
    file: String,
    /// The entry that holds the weights.
    entry: Option<String>,
    /// What was taken off before every name.
    prefix: Option<String>,
    /// The naming that was translated, or the hooks that were resolved.
    names: Option<String>,
}

/// Where weights are from; `None` for those that are of no file.
pub(super) fn weights_from(
    choice: &WeightsChoice,
    source: &dyn WeightSource,
) -> Option<WeightsFrom> {
    let WeightsChoice::File(path, _) = choice else {
        return None;
    };
    let origin = source.origin();
    let names: Vec<&str> = origin.names.into_iter().chain(origin.hooks).collect();
    Some(WeightsFrom {
        file: named::text(path.clone().into_os_string()),
        entry: origin.entry,
        prefix: origin.prefix,
        names: (!names.is_empty()).then(|| names.join(", ")),
    })
}

/// What of a checkpoint does not fit a network, as a finding of `check`.
///
/// # Errors
/// It cannot be read.
pub(super) fn findings(
    model: &Model,
    path: &str,
    entry: Option<&str>,
) -> Result<Option<Problem>, Failure> {
    let failed = |error: WeightError| Failure::failed(error.to_string());
    let file = checkpoint::open_for(named::path(path), &model.network, entry).map_err(failed)?;
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

/// The first tensors that have values which cannot be, and how many more; `None` where there is none.
pub(super) fn wrong_values(wrong: &[NotFinite]) -> Option<String> {
    /// So many are named.
    const NAMED: usize = 5;
    let first: Vec<_> = wrong.iter().take(NAMED).map(ToString::to_string).collect();
    let more = match wrong.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more tensors"),
    };
    (!wrong.is_empty()).then(|| first.join("; ") + &more)
}

/// What to say where the name of a network is that of a checkpoint.
pub(super) fn named_so(name: &str) -> Option<Failure> {
    checkpoint::is_named_so(&named::path(name)).then(|| alone(name))?
}

/// What to say of a checkpoint, or of what people take for one, that stands where a network's name should; `None` for whatever is
/// something else.
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
    // Of any other file the reader of specs says more, unless it is known for what it is.
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

/// A file's name as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@\\".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
