//! Weights for a network, and messages about those that do not fit.

use super::flags::spoken;
use super::output::Failure;
use crate::engine::{ChoiceError, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::spec::{Problem, named};
use crate::text::{Argument, Joint, Message};
use crate::weights::fit::closest;
use crate::weights::{
    self, Explanation, NotFinite, WeightError, WeightSource, checkpoint, published,
};
use serde::Serialize;

/// Opens weights that fit.
///
/// # Errors
/// They cannot be read; or they do not fit, with a complete explanation.
pub(super) fn fitting(
    model: &Model,
    choice: &WeightsChoice,
) -> Result<Box<dyn WeightSource>, Failure> {
    let source = choice.open(model).map_err(Failure::failed)?;
    let Some(misfit) = weights::explain(model, source.as_ref()) else {
        return Ok(source);
    };
    let lines = misfit.lines().into_iter();
    let lines = lines.map(|line| message!("fit-line", line = line));
    let problem = Joint::Lines.of([headline(&misfit)].into_iter().chain(lines));
    Err(Failure::failed(message!(
        "with-help",
        problem = problem,
        help = help(&misfit, &choice.to_string())
    )))
}

/// The requested weights, or the network's own with a note that names them.
pub(super) fn weights_or_default(
    text: Option<&str>,
    model: &Model,
) -> Result<(WeightsChoice, String), Failure> {
    if let Some(text) = text {
        let choice = WeightsChoice::parse_in(text, model).map_err(unchosen)?;
        return Ok((choice, String::new()));
    }
    let choice = WeightsChoice::default_for(model);
    let note = message!("run-chose-weights", weights = choice.to_string());
    Ok((choice, spoken().say(&note) + "\n"))
}

/// The failure of a choice of weights: published ones that are not on this disk are no wrong call.
pub(super) fn unchosen(error: ChoiceError) -> Failure {
    match error {
        ChoiceError::NotHere { .. } => Failure::failed(error),
        error => Failure::usage(error),
    }
}

/// The changes that make the weights fit, in one line; empty if there are none.
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
    /// The prefix that was removed from every name.
    prefix: Option<String>,
    /// The naming that was translated, or the hooks that were resolved.
    names: Option<String>,
}

/// Origin of the weights; `None` if they are from no file.
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

/// Misfit of a checkpoint, or of published weights on this disk, and a network, as a finding of `check`; and the changes that make it
/// fit.
///
/// # Errors
/// It cannot be read.
pub(super) fn findings(
    model: &Model,
    name: &str,
    entry: Option<&str>,
) -> Result<(Option<Problem>, String), Failure> {
    // A file goes before a tag of the same name, and so does the name of one that is missing.
    let path = named::path(name);
    let net = (!path.exists() && !checkpoint::has_checkpoint_name(&path)).then_some(model);
    let tag = net.filter(|model| published::named(name, Some(&model.spec.name)).is_some());
    let path = match tag.map(|model| WeightsChoice::parse_in(name, model)) {
        Some(Ok(WeightsChoice::File(file, _))) => file,
        Some(Err(error)) => return Err(unchosen(error)),
        _ => path,
    };
    let file = checkpoint::open_for(&path, &model.network, entry).map_err(Failure::failed)?;
    let undone = undone(file.as_ref());
    let found = finding(model, file.as_ref(), name)?;
    Ok((found, undone))
}

/// Misfit of weights and a network; their name is for the command that is advised.
fn finding(model: &Model, file: &dyn WeightSource, path: &str) -> Result<Option<Problem>, Failure> {
    let Some(misfit) = weights::explain(model, file) else {
        let wrong = weights::not_finite(&model.network, file).map_err(Failure::failed)?;
        return Ok(wrong_values(&wrong).map(|tensors| {
            let file = file.label();
            let message = message!("weights-no-finite-pass", file = file, tensors = tensors);
            Problem::error("weights", message).help(message!("weights-train-again"))
        }));
    };
    let mut reasons = vec![misfit.summary()];
    reasons.extend(misfit.reasons.iter().map(|one| one.message.clone()));
    let message = message!(
        "fit-finding",
        headline = headline(&misfit),
        reasons = Joint::Semicolon.of(reasons)
    );
    let mut lines: Vec<Argument> = misfit.parts().into_iter().map(Argument::from).collect();
    lines.extend(misfit.nearest().map(Argument::from));
    lines.extend(misfit.command(&quoted(path)).map(Argument::from));
    let help = message!("text-lines", lines = Joint::Lines.of(lines));
    Ok(Some(Problem::error("weights", message).help(help)))
}

/// Description of the first tensors with non-finite values, and the number of further ones; `None` if there are none.
pub(super) fn wrong_values(wrong: &[NotFinite]) -> Option<Argument> {
    /// Number of tensors that are named.
    const NAMED: usize = 5;
    let first = wrong.iter().take(NAMED).map(NotFinite::message);
    let mut notice: Vec<Message> = first.collect();
    if let more @ 1.. = wrong.len().saturating_sub(NAMED) {
        notice.push(message!("weights-more-tensors", count = more));
    }
    (!wrong.is_empty()).then(|| Joint::Semicolon.of(notice))
}

/// Message about a network's name that is that of a checkpoint.
pub(super) fn named_as_checkpoint(name: &str) -> Option<Failure> {
    checkpoint::has_checkpoint_name(&named::path(name)).then(|| alone(name))?
}

/// Message about a checkpoint, or a similar file, in place of a network's name; `None` for anything else.
pub(super) fn alone(name: &str) -> Option<Failure> {
    let path = named::path(name);
    let has_checkpoint_name = checkpoint::has_checkpoint_name(&path);
    if has_checkpoint_name && !path.exists() {
        let help = format!("resnet-explore run resnet50 --weights {}", quoted(name));
        let problem = message!("fit-no-file", file = name);
        return Some(Failure::usage(message!(
            "with-help",
            problem = problem,
            help = help
        )));
    }
    // The reader of specs has a better message for any other file, unless the file's kind is recognised.
    let file = match checkpoint::open(&path) {
        Ok(file) => file,
        Err(error @ WeightError::Foreign { .. }) => {
            return Some(Failure::failed(error));
        }
        Err(error) if has_checkpoint_name => return Some(Failure::failed(error)),
        Err(_) => return None,
    };
    let found = file.names().unwrap_or_default();
    let notice = match closest(&found, "") {
        Some(best) => {
            let (network, file) = (best.arguments(), quoted(name));
            let command = format!("resnet-explore run {network} --weights {file}");
            message!(
                "fit-alone-closest",
                closest = best.sentence(),
                command = command
            )
        }
        None => message!("fit-alone-none"),
    };
    Some(Failure::usage(message!(
        "fit-alone",
        file = file.label(),
        count = found.len(),
        closest = notice
    )))
}

fn headline(misfit: &Explanation) -> Message {
    message!(
        "fit-headline",
        file = &misfit.origin,
        network = &misfit.network
    )
}

fn help(misfit: &Explanation, path: &str) -> Argument {
    if let Some(command) = misfit.command(&quoted(path)) {
        return command.into();
    }
    let (network, file) = (&misfit.network, quoted(path));
    let command = format!("resnet-explore check {network} --weights {file}");
    message!("fit-check", command = command).into()
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
