//! The words of the command line itself: help, manual and wrong calls, from the files of texts.
//!
//! A right call needs none of them. The parser is made without a word; where it returns help or an error, it is made again with
//! the texts of the reader's language.

mod help;
mod wrong;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::ErrorKind;

use super::args::Args;
use super::{flags, output};
use crate::text::Language;

pub(super) use help::command;

/// Options of the program itself, which take a value and may come before a command.
const GLOBAL: [&str; 2] = ["--lang", "--color"];

/// Words of the call, with global options before a command moved after its name, where the parser accepts them.
pub(super) fn words(all: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut all = all.into_iter();
    let program = all.next();
    let mut rest: Vec<OsString> = all.collect();
    let mut end = 0;
    while let Some(word) = rest.get(end).and_then(|word| word.to_str()) {
        let is_alone = GLOBAL.contains(&word);
        let is_whole = word
            .split_once('=')
            .is_some_and(|(option, _)| GLOBAL.contains(&option));
        if !is_alone && !is_whole {
            break;
        }
        end += if is_alone { 2 } else { 1 };
    }
    let is_command = |word: &OsString| {
        let command = Args::command();
        word.to_str()
            .is_some_and(|word| word == "help" || command.find_subcommand(word).is_some())
    };
    if end > 0 && rest.get(end).is_some_and(is_command) {
        let options: Vec<OsString> = rest.drain(..end).collect();
        // The command `help` takes no options; the language is read from the words.
        if rest[0] != "help" {
            rest.splice(1..1, options);
        }
    }
    program.into_iter().chain(rest).collect()
}

/// The language that the words ask for, whether or not the call is right.
fn requested_language(words: &[OsString]) -> Option<Language> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        let code = match word.strip_prefix("--lang") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(language) = code.and_then(Language::parse) {
            return Some(language);
        }
    }
    None
}

/// Prints the requested help, or the error of a call that the parser refused.
pub(super) fn print(given: &[OsString], refused: &clap::Error) -> ExitCode {
    flags::speak(requested_language(given));
    if refused.kind() == ErrorKind::DisplayVersion {
        return output::print_call(refused);
    }
    let language = flags::spoken();
    // The same call again, whose help and names of values are in words now.
    let words = words(given.iter().cloned());
    let again = help::explained(language).try_get_matches_from(words);
    let notice = again.as_ref().err().unwrap_or(refused);
    match notice.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::print_call(notice)
        }
        _ => output::print(&wrong::failure(notice, language).into_output()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(text: &str) -> String {
        let given = ["resnet-explore"].into_iter().chain(text.split(' '));
        let words = words(given.map(OsString::from));
        let words: Vec<_> = words[1..]
            .iter()
            .map(|word| word.to_string_lossy())
            .collect();
        words.join(" ")
    }

    #[test]
    fn global_options_may_stand_before_the_command() {
        let cases = [
            ("--lang zh stats resnet50", "stats --lang zh resnet50"),
            (
                "--lang=zh --color never run x",
                "run --lang=zh --color never x",
            ),
            ("--lang zh help stats", "help stats"),
            ("--lang zh resnet50", "--lang zh resnet50"),
            ("--lang zh", "--lang zh"),
            ("stats resnet50 --lang zh", "stats resnet50 --lang zh"),
            ("--ascii --lang zh resnet50", "--ascii --lang zh resnet50"),
        ];
        for (given, expected) in cases {
            assert_eq!(called(given), expected);
        }
    }
}
