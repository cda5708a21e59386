//! Table of options that have no effect together with others: such a call is rejected with the reason.

mod table;
#[cfg(test)]
mod tests;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::output::Failure;
use crate::message;
use crate::text::Message;
use table::IDLE;

/// Condition on another option under which an option has no effect.
#[derive(Debug, Clone, Copy)]
enum Is {
    /// It has one of these values, given or by default.
    OneOf(&'static [&'static str]),
    /// It has another value than these.
    NoneOf(&'static [&'static str]),
    /// It is a list with none of these words.
    Lacks(&'static [&'static str]),
    /// It is not on the command line.
    Absent,
    /// It is on the command line.
    Given,
}

/// Options of a command that have no effect while all these conditions hold, with a text about when they have one.
struct Idle {
    command: &'static str,
    options: &'static [&'static str],
    beside: &'static [(&'static str, Is)],
    /// Id of that text.
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

/// Rejects the command line if it has an option without effect.
///
/// # Errors
/// There is such an option.
pub(super) fn refuse(root: &ArgMatches) -> Result<(), Failure> {
    // Without a command it is the explorer's.
    let (first, mut matches) = root.subcommand().unwrap_or(("explore", root));
    let mut command = first.to_owned();
    while let Some((below, own)) = matches.subcommand() {
        command = format!("{command} {below}");
        matches = own;
    }
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
                    command = &command,
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

/// Value of an option as typed, or its default.
fn typed(matches: &ArgMatches, option: &str) -> Option<String> {
    let mut raw = matches.get_raw(option)?;
    raw.next().map(|raw| raw.to_string_lossy().into_owned())
}

/// Words of a list as typed, separated by commas; `None` if the list was not given.
fn typed_list(matches: &ArgMatches, option: &str) -> Option<String> {
    let raw = matches
        .get_raw(option)
        .filter(|_| is_given(matches, option))?;
    let words: Vec<_> = raw.map(|word| word.to_string_lossy()).collect();
    Some(words.join(","))
}

/// Flag of an option: `--color-by` for `color_by`; a name that is no option is in capitals.
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
