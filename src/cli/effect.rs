//! The one table of options that do nothing beside others: such a call is refused with the reason.

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::output::Failure;

/// What another option is, where an option does nothing.
#[derive(Debug, Clone, Copy)]
enum Is {
    /// One of these values, given or not.
    OneOf(&'static [&'static str]),
    /// Another value than these.
    NoneOf(&'static [&'static str]),
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

use Is::{Absent, Given, NoneOf, OneOf};

/// The options of a forward pass's preparation of pictures.
const PREPARE: &[&str] = &["resize", "interpolation", "bgr"];

/// All that `check` takes beside the rule to explain.
const OF_CHECK: &[&str] = &[
    "input_size",
    "batch",
    "classes",
    "fix",
    "output",
    "weights",
    "format",
    "max_params",
    "max_macs",
    "max_activations",
    "max_memory",
    "count",
];

const IDLE: &[Idle] = &[
    idle(
        "export",
        &["level"],
        &[("to", NoneOf(&["dot", "svg", "mermaid", "markdown", "csv"]))],
        "dot, svg, mermaid, markdown and csv take it",
    ),
    idle(
        "export",
        &["direction", "unfolded"],
        &[("to", NoneOf(&["dot", "svg", "mermaid"]))],
        "dot, svg and mermaid take it",
    ),
    idle(
        "export",
        &["unfolded"],
        &[("level", OneOf(&["stage"]))],
        "a stage is one box anyway",
    ),
    idle(
        "export",
        &["color_by"],
        &[("to", NoneOf(&["dot", "svg"]))],
        "dot and svg take it",
    ),
    idle(
        "export",
        &["theme"],
        &[("to", NoneOf(&["svg", "volumes", "html"]))],
        "svg, volumes and html take it",
    ),
    idle(
        "export",
        &["with"],
        &[("to", NoneOf(&["html"]))],
        "html takes it",
    ),
    idle(
        "export",
        &["picture"],
        &[("to", OneOf(&["onnx", "pytorch"]))],
        "a model begins with the network's own input; all other formats take it",
    ),
    idle(
        "export",
        &["picture"],
        &[("to", OneOf(&["mermaid"])), ("level", NoneOf(&["layer"]))],
        "a flowchart shows what prepares a picture with --level layer alone",
    ),
    idle(
        "export",
        &["picture"],
        &[
            ("to", OneOf(&["dot"])),
            ("level", OneOf(&["stage", "block"])),
        ],
        "a graph shows what prepares a picture with --level layer alone",
    ),
    idle(
        "export",
        &["batch"],
        &[("to", OneOf(&["pytorch"]))],
        "a module takes any batch",
    ),
    idle(
        "export",
        &["batch"],
        &[("dynamic_batch", Given)],
        "the batch is then of any size",
    ),
    idle(
        "export",
        &["weights", "dynamic_batch", "preprocess", "external_data"],
        &[("to", NoneOf(&["onnx"]))],
        "onnx takes it",
    ),
    idle(
        "export",
        &["external_data"],
        &[("weights", OneOf(&["none"]))],
        "there are no weights to write",
    ),
    idle(
        "stats",
        &["published"],
        &[("format", NoneOf(&["text"]))],
        "the text shows them",
    ),
    // The numbers that are subtracted and divided by stand in no column.
    idle(
        "table",
        &["mean", "std"],
        &[],
        "a table shows no means; `run` takes it",
    ),
    idle(
        "table",
        PREPARE,
        &[("picture", Absent), ("format", NoneOf(&["text"]))],
        "give --picture too",
    ),
    idle(
        "compare",
        &["all"],
        &[("format", NoneOf(&["text"]))],
        "every other form has all rows",
    ),
    idle(
        "compare",
        &["all"],
        &[("level", OneOf(&["stage"]))],
        "all stages are shown anyway; add --level block or --level layer",
    ),
    idle(
        "compare",
        &["level"],
        &[("format", OneOf(&["markdown"]))],
        "Markdown has the totals alone; text, json and csv have rows",
    ),
    idle(
        "explain",
        &["top"],
        &[("format", OneOf(&["json", "csv"]))],
        "text and markdown take it; json and csv have all matches",
    ),
    idle(
        "check",
        OF_CHECK,
        &[("explain", Given)],
        "a rule's page is the same for every network",
    ),
    idle(
        "check",
        &["batch"],
        &[
            ("max_macs", Absent),
            ("max_activations", Absent),
            ("max_memory", Absent),
        ],
        "budgets of operations, activations and memory count it",
    ),
    idle(
        "check",
        &["count"],
        &[("max_macs", Absent)],
        "add --max-macs",
    ),
    idle(
        "run",
        &["threads", "kernel", "direct"],
        &[("value", Given)],
        "a value is explained with the plain kernels",
    ),
    idle(
        "run",
        &["top"],
        &[("format", OneOf(&["csv", "markdown"]))],
        "text and json show classes",
    ),
    idle(
        "run",
        &["top"],
        &[("value", Given)],
        "one value has no classes",
    ),
    idle(
        "run",
        &["products"],
        &[("format", NoneOf(&["text"]))],
        "every other form has all products",
    ),
    idle(
        "lesson",
        &["id"],
        &[("list", Given)],
        "all lessons are listed",
    ),
];

/// Refuses the first option of the command line that does nothing beside the others.
///
/// # Errors
/// There is one.
pub(super) fn refuse(root: &ArgMatches) -> Result<(), Failure> {
    let Some((command, matches)) = root.subcommand() else {
        return Ok(());
    };
    for row in IDLE.iter().filter(|row| row.command == command) {
        let given = row.options.iter().find(|option| is_given(matches, option));
        let holds = |(option, is): &(&str, Is)| is.holds(matches, option);
        if let Some(option) = given
            && row.beside.iter().all(holds)
        {
            let beside: Vec<_> = row
                .beside
                .iter()
                .map(|(option, is)| is.told(matches, option))
                .collect();
            let beside = if beside.is_empty() {
                format!(" in `{command}`")
            } else {
                format!(" {}", beside.join(" and "))
            };
            return Err(Failure::usage(format!(
                "{} has no effect{beside}; {}",
                flag(option),
                row.acts
            )));
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

/// `--color-by` for `color_by`; a name that is no option stands in capitals.
fn flag(option: &str) -> String {
    match option {
        "id" => "ID".to_owned(),
        option => format!("--{}", option.replace('_', "-")),
    }
}

impl Is {
    fn holds(self, matches: &ArgMatches, option: &str) -> bool {
        let among = |words: &[&str]| {
            typed(matches, option).is_some_and(|value| words.contains(&value.as_str()))
        };
        match self {
            OneOf(words) => among(words),
            NoneOf(words) => !among(words),
            Absent => !is_given(matches, option),
            Given => is_given(matches, option),
        }
    }

    fn told(self, matches: &ArgMatches, option: &str) -> String {
        match (self, typed(matches, option)) {
            (Absent, _) | (NoneOf(_), None) => format!("without {}", flag(option)),
            (Given, _) => format!("beside {}", flag(option)),
            (_, value) => format!("beside {} {}", flag(option), value.unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::command;

    #[test]
    fn every_name_of_the_table_is_an_option_of_its_command() {
        let root = command();
        for row in IDLE {
            let found = root.find_subcommand(row.command).expect(row.command);
            let beside = row.beside.iter().map(|(option, _)| option);
            for option in row.options.iter().chain(beside) {
                assert!(
                    found.get_arguments().any(|arg| arg.get_id() == option),
                    "{} {option}",
                    row.command
                );
            }
        }
    }

    #[test]
    fn every_value_of_the_table_is_one_that_its_option_takes() {
        let root = command();
        for row in IDLE {
            let found = root.find_subcommand(row.command).expect(row.command);
            for (option, is) in row.beside {
                let (OneOf(words) | NoneOf(words)) = is else {
                    continue;
                };
                let arg = found.get_arguments().find(|arg| arg.get_id() == option);
                let known = arg.expect(option).get_possible_values();
                let is_known = |word: &&&str| known.iter().any(|value| value.matches(word, false));
                if !known.is_empty() {
                    assert_eq!(
                        words.iter().filter(is_known).count(),
                        words.len(),
                        "{option}"
                    );
                }
            }
        }
    }
}
