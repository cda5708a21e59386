//! Tests of the table: it names existing options, and covers every option.

use super::*;
use clap::CommandFactory;

use crate::cli::args::Args;
use crate::text::Language;

/// The program's command with all its flags.
fn built() -> clap::Command {
    let mut command = Args::command();
    command.build();
    command
}

#[test]
fn every_name_of_the_table_is_an_option_of_its_command() {
    let root = built();
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
    let root = built();
    for row in IDLE {
        let found = root.find_subcommand(row.command).expect(row.command);
        for (option, is) in row.beside {
            let (OneOf(words) | NoneOf(words) | Lacks(words)) = is else {
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

#[test]
fn every_reason_has_its_chinese() {
    for row in IDLE {
        assert_ne!(Language::CHINESE.word(row.acts), row.acts);
    }
}

/// Options of every command that always have an effect, or whose lack of effect is reported by the command itself because it
/// depends on files and networks.
const ACTS: &[(&str, &[&str])] = &[
    (
        "explore",
        &[
            "name", "theme", "ascii", "lesson", "present", "replay", "record", "force",
        ],
    ),
    ("list", &["family", "search", "families", "sort", "format"]),
    (
        "stats",
        &[
            "names",
            "input_size",
            "batch",
            "classes",
            "in_channels",
            "output_stride",
            "count",
            "format",
        ],
    ),
    (
        "table",
        &[
            "name",
            "input_size",
            "classes",
            "in_channels",
            "output_stride",
            "level",
            "columns",
            "format",
            "picture",
            "crop",
        ],
    ),
    ("check", &["names", "all", "explain"]),
    (
        "compare",
        &[
            "a",
            "b",
            "input_size",
            "batch",
            "classes",
            "in_channels",
            "output_stride",
            "count",
            "format",
        ],
    ),
    ("explain", &["number", "net", "format"]),
    (
        "run",
        &[
            "name",
            "input_size",
            "batch",
            "classes",
            "in_channels",
            "output_stride",
            "weights",
            "input",
            "train",
            "bn",
            "batches",
            "channel",
            "until",
            "layers",
            "cam",
            "method",
            "at",
            "patch",
            "patch_stride",
            "output",
            "force",
            "format",
            "mean",
            "std",
            "crop",
        ],
    ),
    (
        "bench",
        &[
            "names",
            "input_size",
            "batch",
            "classes",
            "in_channels",
            "output_stride",
            "weights",
            "threads",
            "kernel",
            "warmup",
            "runs",
            "layers",
            "tune",
            "format",
            "precision",
        ],
    ),
    ("export", &["name", "to", "output"]),
    (
        "gradient",
        &[
            "name",
            "input_size",
            "batch",
            "classes",
            "in_channels",
            "output_stride",
            "weights",
            "input",
            "label",
            "inference",
            "step",
            "single",
            "format",
        ],
    ),
    (
        "evaluate",
        &[
            "name",
            "data",
            "all",
            "seed",
            "input_size",
            "classes",
            "in_channels",
            "output_stride",
            "weights",
            "batch_size",
            "threads",
            "kernel",
            "format",
            "precision",
        ],
    ),
    (
        "lesions",
        &[
            "name",
            "in_channels",
            "output_stride",
            "weights",
            "data",
            "images",
            "format",
        ],
    ),
    (
        "field",
        &[
            "name",
            "input_size",
            "in_channels",
            "output_stride",
            "at",
            "weights",
            "inputs",
            "seed",
            "format",
        ],
    ),
    (
        "train",
        &[
            "names",
            "data",
            "input_size",
            "classes",
            "in_channels",
            "output_stride",
            "weights",
            "freeze",
            "without",
            "epochs",
            "lr",
            "momentum",
            "weight_decay",
            "schedule",
            "smoothing",
            "shift",
            "mirror",
            "batch_size",
            "seed",
            "output",
            "resume",
            "format",
        ],
    ),
    ("lesson", &["list", "export", "force"]),
    ("schema", &["format"]),
    ("completions", &["shell"]),
    ("man", &["command", "dir"]),
    ("weights diff", &["first", "second", "format"]),
    ("weights fetch", &["name", "format"]),
    (
        "weights infer",
        &["file", "entry", "output", "force", "format"],
    ),
    ("weights list", &["name", "here", "verify", "format"]),
    ("weights remove", &["name"]),
    ("weights show", &["file", "entry", "search", "format"]),
];

/// Options of all commands: colour and language of messages.
const GLOBAL: [&str; 4] = ["color", "lang", "help", "version"];

#[test]
fn every_option_of_every_command_is_decided_on() {
    let root = built();
    let mut seen = Vec::new();
    let first = root.get_subcommands().map(|found| (String::new(), found));
    let mut rest: Vec<(String, &clap::Command)> = first.collect();
    while let Some((above, found)) = rest.pop() {
        let name = format!("{above}{}", found.get_name());
        if found.get_name() == "help" {
            continue;
        }
        let below = found.get_subcommands();
        if found.has_subcommands() {
            rest.extend(below.map(|below| (format!("{name} "), below)));
            continue;
        }
        seen.push(name.clone());
        let acts = ACTS.iter().find(|(command, _)| *command == name);
        let (_, acts) = acts.unwrap_or_else(|| panic!("no list of `{name}`'s options"));
        let idle = |option: &str| {
            let mut rows = IDLE.iter().filter(|row| row.command == name);
            rows.any(|row| row.options.contains(&option))
        };
        let options: Vec<_> = found
            .get_arguments()
            .map(|arg| arg.get_id().as_str())
            .filter(|option| !GLOBAL.contains(option))
            .collect();
        for option in &options {
            assert!(
                idle(option) != acts.contains(option),
                "{name} {option}: in the table, or in the list of those that always act"
            );
        }
        for option in *acts {
            assert!(options.contains(option), "{name} has no {option}");
        }
    }
    assert_eq!(seen.len(), ACTS.len());
    // Without a command the options belong to the explorer.
    let explore = root.find_subcommand("explore").expect("a command");
    for arg in root.get_arguments() {
        let id = arg.get_id();
        assert!(
            GLOBAL.contains(&id.as_str()) || explore.get_arguments().any(|own| own.get_id() == id),
            "{id}"
        );
    }
}
