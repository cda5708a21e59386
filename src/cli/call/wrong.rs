//! Wrong calls: the parser's reasons in the reader's language.

use std::num::ParseIntError;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::output::Failure;
use crate::message;
use crate::text::system::Reason;
use crate::text::{Argument, Joint, Language, Message};

/// The failure of a call that the parser refused.
pub(super) fn failure(error: &clap::Error, language: Language) -> Failure {
    let mut lines: Vec<Argument> = vec![problem(error).into()];
    let suggested = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggested.into_iter().flat_map(|kind| texts(error, kind));
    let suggested: Vec<String> = suggested.collect();
    if !suggested.is_empty() {
        let names = suggested.iter().map(|name| format!("`{name}`"));
        lines.push(message!("call-wrong-tip", names = Joint::Or.of(names)).into());
    }
    let usage = texts(error, ContextKind::Usage).into_iter().next();
    if let Some(usage) = usage.as_deref().map(str::trim) {
        let usage = usage.strip_prefix("Usage:").unwrap_or(usage).trim_start();
        let heading = language.word("call-usage");
        lines.push(message!("call-wrong-usage", heading = heading, usage = usage).into());
    }
    lines.push(message!("call-wrong-more").into());
    Failure::usage(message!("text-lines", lines = Joint::Lines.of(lines)))
}

/// The problem, and the argument that has it.
fn problem(error: &clap::Error) -> Message {
    let first = |kind| texts(error, kind).into_iter().next().unwrap_or_default();
    let argument = first(ContextKind::InvalidArg);
    let value = first(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => message!("call-wrong-argument", argument = argument),
        ErrorKind::InvalidSubcommand => {
            let command = first(ContextKind::InvalidSubcommand);
            message!("call-wrong-command", command = command)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            message!("call-wrong-no-value", argument = argument)
        }
        ErrorKind::InvalidValue => {
            let words = texts(error, ContextKind::ValidValue);
            let reason = message!("call-form-one-of", words = Joint::Or.of(words));
            message!(
                "call-wrong-value",
                value = value,
                argument = argument,
                reason = reason
            )
        }
        ErrorKind::ValueValidation => message!(
            "call-wrong-value",
            value = value,
            argument = argument,
            reason = reason(error)
        ),
        ErrorKind::ArgumentConflict => {
            let others = texts(error, ContextKind::PriorArg);
            if others.is_empty() || others == [argument.as_str()] {
                message!("call-wrong-twice", argument = argument)
            } else {
                message!(
                    "call-wrong-conflict",
                    argument = argument,
                    others = Joint::And.of(others)
                )
            }
        }
        ErrorKind::MissingRequiredArgument => {
            let arguments = texts(error, ContextKind::InvalidArg);
            message!("call-wrong-missing", arguments = Joint::Comma.of(arguments))
        }
        ErrorKind::TooManyValues => {
            message!("call-wrong-too-many", value = value, argument = argument)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            message!("call-wrong-count", argument = argument)
        }
        ErrorKind::InvalidUtf8 => message!("call-wrong-utf8"),
        _ => Message::foreign(error.to_string().trim()),
    }
}

/// Reason why an option refuses a word.
fn reason(error: &clap::Error) -> Message {
    let source = std::error::Error::source(error);
    if let Some(reason) = source.and_then(|source| source.downcast_ref::<Reason>()) {
        return reason.message();
    }
    match source {
        Some(source) if source.is::<ParseIntError>() => message!("call-form-whole"),
        Some(source) => Message::foreign(source.to_string()),
        None => message!("call-form-other"),
    }
}

/// Values of a kind in clap's error.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
