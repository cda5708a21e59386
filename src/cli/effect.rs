//! The one table of options that do nothing beside others: such a call is refused with the reason.

mod table;
#[cfg(test)]
mod tests;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::output::Failure;
use crate::message;
use crate::text::Message;
use table::IDLE;

/// What another option is, where an option does nothing.
#[derive(Debug, Clone, Copy)]
enum Is {
    /// One of these values, given or not.
    OneOf(&'static [&'static str]),
    /// Another value than these.
    NoneOf(&'static [&'static str]),
    /// A list with none of these words.
    Lacks(&'static [&'static str]),
    /// Not on the command line.
    Absent,
    /// On the command line.
    Given,
}

/// Options of a command that do nothing while every one of these conditions holds, and when they do something.
struct Idle {
    command: &'static str,
    options: &'static [&'static str],
    beside: &'static [(&'static str, Is)],
    /// The id of the text that says so.
    acts: &'static str,
}

const fn idle(
    command: &'static str,
    options: &'static [&'static str],
    beside: &'static [(&'static str, Is)],
    acts: &'static str,
) -> Idle {
    Idle {
        command,
        options,
        beside,
        acts,
    }
}

/// Refuses the first option of the command line that does nothing beside the others.
///
/// # Errors
/// There is one.
pub(super) fn refuse(root: &ArgMatches) -> Result<(), Failure> {
    // Without a command it is the explorer.
    let (command, matches) = root.subcommand().unwrap_or(("explore", root));
    for row in IDLE.iter().filter(|row| row.command == command) {
        let given = row.options.iter().find(|option| is_given(matches, option));
        let holds = |(option, is): &(&str, Is)| is.holds(matches, option);
        if let Some(option) = given
            && row.beside.iter().all(holds)
        {
            let conditions = row.beside.iter();
            let beside = conditions
                .map(|(option, is)| is.message(matches, option))
                .reduce(|first, second| message!("effect-both", first = first, second = second));
            let (option, acts) = (flag(option), Message::new(row.acts));
            let reason = match beside {
                None => message!(
                    "effect-none",
                    option = option,
                    command = command,
                    acts = acts
                ),
                Some(beside) => message!(
                    "effect-none-beside",
                    option = option,
                    beside = beside,
                    acts = acts
                ),
            };
            return Err(Failure::usage(reason));
        }
    }
    Ok(())
}

fn is_given(matches: &ArgMatches, option: &str) -> bool {
    matches!(
        matches.value_source(option),
        Some(ValueSource::CommandLine | ValueSource::EnvVariable)
    )
}

/// An option's value as it was typed, or the one that stands for it.
fn typed(matches: &ArgMatches, option: &str) -> Option<String> {
    let mut raw = matches.get_raw(option)?;
    raw.next().map(|raw| raw.to_string_lossy().into_owned())
}

/// The words of a list as they were typed, with commas between them; `None` where the list was not given.
fn typed_list(matches: &ArgMatches, option: &str) -> Option<String> {
    let raw = matches
        .get_raw(option)
        .filter(|_| is_given(matches, option))?;
    let words: Vec<_> = raw.map(|word| word.to_string_lossy()).collect();
    Some(words.join(","))
}

/// `--color-by` for `color_by`; a name that is no option stands in capitals.
fn flag(option: &str) -> String {
    match option {
        "id" | "name" => option.to_uppercase(),
        option => format!("--{}", option.replace('_', "-")),
    }
}

use Is::{Absent, Given, Lacks, NoneOf, OneOf};

impl Is {
    fn holds(self, matches: &ArgMatches, option: &str) -> bool {
        let among = |words: &[&str]| {
            typed(matches, option).is_some_and(|value| words.contains(&value.as_str()))
        };
        match self {
            OneOf(words) => among(words),
            NoneOf(words) => !among(words),
            Lacks(words) => typed_list(matches, option).is_some_and(|list| {
                let mut list = list.split(',');
                !list.any(|word| words.contains(&word.trim()))
            }),
            Absent => !is_given(matches, option),
            Given => is_given(matches, option),
        }
    }

    fn message(self, matches: &ArgMatches, option: &str) -> Message {
        let value = match self {
            Lacks(_) => typed_list(matches, option),
            Given => None,
            _ => typed(matches, option),
        };
        let given = match &value {
            Some(value) => format!("{} {value}", flag(option)),
            None => flag(option),
        };
        match (self, value) {
            (Absent, _) | (NoneOf(_), None) => message!("effect-without", option = flag(option)),
            _ => message!("effect-beside", option = given),
        }
    }
}
