//! The parser with the texts of a language in it.

use std::collections::HashMap;

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::analysis::Rule;
use crate::cli::args::Args;
use crate::message;
use crate::text::{Joint, Language, Message, entries};

/// The ids of the command line's texts, by their letters.
struct Ids(HashMap<&'static str, &'static str>);

impl Ids {
    fn new() -> Self {
        let all = entries(Language::ENGLISH.code()).into_iter();
        let own = all.filter(|entry| entry.id.starts_with("call-"));
        Self(own.map(|entry| (entry.id, entry.id)).collect())
    }

    fn find(&self, id: &str) -> Option<&'static str> {
        self.0.get(id).copied()
    }

    /// The text of an argument of a command, or else the one of all commands.
    fn argument(&self, command: &str, argument: &str) -> Option<&'static str> {
        let argument = argument.replace('_', "-");
        let own = self.find(&format!("call-{command}-{argument}"));
        own.or_else(|| self.find(&format!("call-any-{argument}")))
    }
}

/// The program's command with all its texts, for the manual and the shells' completions.
pub(in crate::cli) fn command(language: Language) -> Command {
    let mut command = said(Args::command(), None, language, &Ids::new());
    command.build();
    command
}

/// The same as people read it on a terminal: what clap itself says of values, headings and usage is in the language too.
pub(super) fn explained(language: Language) -> Command {
    let command = command(language);
    // Its own words are English.
    if language == Language::ENGLISH {
        return command;
    }
    translated(command, language)
}

/// A text with what it may name: languages and counting rules.
fn say(language: Language, id: &'static str) -> String {
    let languages = Joint::Comma.of(Language::all().map(Language::code));
    let rules = Joint::Comma.of(Rule::ALL.iter().map(|rule| rule.name()));
    let message = Message::new(id).with("languages", languages);
    language.say(&message.with("rules", rules))
}

/// The command and those below it with their texts.
fn said(command: Command, above: Option<&str>, language: Language, ids: &Ids) -> Command {
    let is_root = above.is_none();
    let name = path(above, &command);
    let about = if is_root {
        "call-about"
    } else {
        ids.find(&format!("call-{name}")).unwrap_or_default()
    };
    let examples = command.get_after_help().map(ToString::to_string);
    let examples = if is_root {
        let program = message!("call-examples", program = name.as_str());
        Some(language.say(&program))
    } else {
        let example = |code: &str| language.say(&message!("call-example", command = code));
        examples.map(|codes| codes.lines().map(example).collect::<Vec<_>>().join("\n"))
    };
    // Without a command the program takes what the explorer takes.
    let command_name = if is_root { "explore" } else { &name };
    let mut command = command.about(language.word(about));
    if let Some(examples) = examples {
        command = command.after_help(examples);
    }
    command
        .mut_args(|arg| described(arg, command_name, language, ids))
        .mut_subcommands(|below| {
            let above = if is_root { "" } else { &name };
            said(below, Some(above), language, ids)
        })
}

/// The words that lead to a command, by which its texts are named: `weights-show`.
fn path(above: Option<&str>, command: &Command) -> String {
    match above {
        None | Some("") => command.get_name().to_owned(),
        Some(above) => format!("{above}-{}", command.get_name()),
    }
}

/// An argument with its text and those of its values.
fn described(mut arg: Arg, command: &str, language: Language, ids: &Ids) -> Arg {
    let name = arg.get_id().as_str().to_owned();
    if let Some(id) = ids.argument(command, &name) {
        arg = arg.help(say(language, id));
    }
    if let Some(heading) = arg.get_help_heading().map(str::to_lowercase)
        && let Some(id) = ids.find(&format!("call-heading-{heading}"))
    {
        arg = arg.help_heading(language.word(id));
    }
    let values = values(&arg);
    if values.is_empty() {
        return arg;
    }
    let name = name.replace('_', "-");
    let described = values.into_iter().map(|value| {
        let id = ids.find(&format!("call-value-{name}-{}", value.get_name()));
        match id {
            Some(id) => value.help(language.word(id)),
            None => value,
        }
    });
    let described: Vec<PossibleValue> = described.collect();
    arg.value_parser(PossibleValuesParser::new(described))
}

/// The words that an option takes; none of one that takes any word, or no word at all.
fn values(arg: &Arg) -> Vec<PossibleValue> {
    if arg.get_action().takes_values() {
        arg.get_possible_values()
    } else {
        Vec::new()
    }
}

/// A built command, and those below it, with clap's own words in the language.
fn translated(command: Command, language: Language) -> Command {
    let usage = usage(&command, language);
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        language.word("call-usage")
    );
    command
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading(language.word("call-commands"))
        .mut_args(|arg| annotated(arg, language))
        .mut_subcommands(|below| {
            if below.get_name() == "help" {
                return below.about(language.word("call-help-command"));
            }
            translated(below, language)
        })
}

/// The usage as clap has it, with its own words in the language.
fn usage(command: &Command, language: Language) -> StyledStr {
    let text = command.clone().render_usage().ansi().to_string();
    let text = text.split_once("Usage:").map_or(&*text, |(_, usage)| usage);
    // The end of the heading's style.
    let text = text.trim_start_matches("\u{1b}[0m").trim_start();
    language
        .say(&message!("call-usage-of", usage = text))
        .replace("[OPTIONS]", language.word("call-usage-options"))
        .replace("[COMMAND]", language.word("call-usage-command"))
        .replace("<COMMAND>", language.word("call-usage-command"))
        .into()
}

/// An argument with its heading, default and values in the language.
fn annotated(arg: Arg, language: Language) -> Arg {
    let heading = match arg.get_help_heading() {
        Some(_) => None,
        None if arg.is_positional() => Some("call-arguments"),
        None => Some("call-options"),
    };
    let arg = match heading {
        Some(heading) => arg.help_heading(language.word(heading)),
        None => arg,
    };
    match arg.get_action() {
        ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong => {
            return arg
                .help(language.word("call-help"))
                .long_help(language.word("call-help"));
        }
        ArgAction::Version => return arg.help(language.word("call-version")),
        _ => {}
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let defaults = arg.get_default_values().iter();
    let defaults: Vec<String> = defaults
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    let with_default = if defaults.is_empty() || !arg.get_action().takes_values() {
        help.clone()
    } else {
        language.say(&message!(
            "call-default",
            help = help,
            value = defaults.join(",")
        ))
    };
    let values = values(&arg);
    let arg = arg.hide_default_value(true).hide_possible_values(true);
    if values.is_empty() {
        return arg.help(with_default);
    }
    let names = Joint::Comma.of(values.iter().map(PossibleValue::get_name));
    let short = message!("call-values", help = with_default.as_str(), values = names);
    let each = values.iter().map(|value| {
        let text = value.get_help().map(ToString::to_string);
        message!(
            "call-value-is",
            value = value.get_name(),
            text = text.unwrap_or_default()
        )
    });
    let long = message!(
        "call-values-long",
        help = with_default.as_str(),
        values = Joint::Lines.of(each)
    );
    let has_texts = values.iter().any(|value| value.get_help().is_some());
    let arg = arg.help(language.say(&short));
    if has_texts {
        arg.long_help(language.say(&long))
    } else {
        arg
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every command, argument and value has its text in every language, and every text of theirs is one's.
    #[test]
    fn the_whole_tree_has_its_texts() {
        fn walk(
            command: &Command,
            above: Option<&str>,
            ids: &Ids,
            used: &mut BTreeSet<&'static str>,
        ) {
            let is_root = above.is_none();
            let name = &path(above, command);
            let (about, of) = if is_root {
                ("call-about".to_owned(), "explore")
            } else {
                (format!("call-{name}"), name.as_str())
            };
            let mut found = |id: Option<&'static str>, what: &str| {
                let id = id.unwrap_or_else(|| panic!("{name} {what} has no text"));
                used.insert(id);
                for language in Language::all() {
                    let own = entries(language.code());
                    assert!(own.iter().any(|entry| entry.id == id), "{language:?} {id}");
                }
            };
            found(ids.find(&about), "itself");
            for arg in command.get_arguments() {
                let argument = arg.get_id().as_str();
                found(ids.argument(of, argument), argument);
                if let Some(heading) = arg.get_help_heading() {
                    let heading = format!("call-heading-{}", heading.to_lowercase());
                    found(ids.find(&heading), &heading);
                }
                // The values of some are names that say all: languages, shells, weights.
                let own = argument.replace('_', "-");
                let texts = values(arg).into_iter().filter_map(|value| {
                    ids.find(&format!("call-value-{own}-{}", value.get_name()))
                });
                let texts: Vec<_> = texts.collect();
                assert!(
                    texts.is_empty() || texts.len() == values(arg).len(),
                    "{name} {argument}: some values have no text"
                );
                for id in texts {
                    found(Some(id), argument);
                }
                assert!(
                    arg.get_help().is_none(),
                    "{name} {argument}: a text in the code"
                );
            }
            assert!(is_root || command.get_after_help().is_some(), "{name}");
            command.get_subcommands().for_each(|below| {
                walk(below, Some(if is_root { "" } else { name }), ids, used);
            });
        }
        let (ids, mut used) = (Ids::new(), BTreeSet::new());
        let root = Args::command();
        walk(&root, None, &ids, &mut used);
        let commands = root.get_subcommands().map(Command::get_name);
        let groups: Vec<String> = commands
            .chain(["any", "value", "heading"])
            .map(|group| format!("call-{group}-"))
            .collect();
        let own = |id: &&&str| {
            groups.iter().any(|group| id.starts_with(group)) && **id != "call-value-is"
        };
        let unused: Vec<_> = ids
            .0
            .keys()
            .filter(own)
            .filter(|id| !used.contains(**id))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn help_is_whole_in_every_language() {
        for language in Language::all() {
            let mut root = explained(language);
            root.clone().debug_assert();
            for below in root.get_subcommands_mut() {
                let text = below.render_long_help().to_string();
                assert!(!text.contains("call-"), "{text}");
            }
        }
    }
}
