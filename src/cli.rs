//! Command line: flags, printing and exit codes. Data goes to stdout, everything else to stderr.
//!
//! Exit code 0: success; 1: the check or run failed; 2: the call was wrong.

mod args;
mod bench;
mod budget;
mod call;
mod check;
mod compare;
mod effect;
mod engine;
mod evaluate;
mod explain;
mod explore;
mod export;
mod field;
mod fit;
mod flags;
mod gradient;
mod interrupt;
mod lesions;
mod lesson;
mod list;
mod machine;
mod output;
mod prepare;
mod progress;
mod run;
mod schema;
mod shell;
mod stats;
mod subject;
mod table;
mod train;
mod weights;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::message;
use crate::spec::catalog;
use crate::text::{Language, Message};
use args::{Args, Command};
use output::Failure;

/// Reads the arguments, runs the command, prints its output, and returns the exit code.
pub fn main() -> ExitCode {
    bench::begin();
    let given: Vec<_> = std::env::args_os().collect();
    let parsed = Args::command()
        .try_get_matches_from(call::words(given.iter().cloned()))
        .and_then(|matches| Ok((Args::from_arg_matches(&matches)?, matches)));
    let (args, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return call::print(&given, &error),
    };
    args.color.apply();
    flags::speak(args.lang);
    let command = args.into_command();
    // The explorer handles signals itself, because it has a terminal to restore.
    if !matches!(command, Command::Explore(_)) {
        interrupt::listen();
    }
    let result = effect::refuse(&matches).and_then(|()| match command {
        Command::Explore(args) => explore::explore(&args, &Args::command()),
        Command::List(args) => list::list(&args),
        Command::Stats(args) => stats::stats(&args),
        Command::Table(args) => table::table(&args),
        Command::Check(args) => check::check(&args),
        Command::Compare(args) => compare::compare(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Run(args) => run::run(&args),
        Command::Bench(args) => bench::bench(&args),
        Command::Gradient(args) => gradient::gradient(&args),
        Command::Train(args) => train::train(&args),
        Command::Evaluate(args) => evaluate::evaluate(&args),
        Command::Lesions(args) => lesions::lesions(&args),
        Command::Field(args) => field::field(&args),
        Command::Weights(args) => weights::weights(&args),
        Command::Export(args) => export::export(&args),
        Command::Lesson(args) => lesson::lesson(&args),
        Command::Schema(args) => Ok(schema::schema(&args)),
        Command::Completions(args) => {
            Ok(shell::completions(&args, &call::command(Language::ENGLISH)))
        }
        Command::Man(args) => shell::man(&args, &call::command(Language::ENGLISH)),
    });
    let mut output = result.unwrap_or_else(Failure::into_output);
    output.stderr.insert_str(0, &shadows());
    output::print(&output)
}

/// Notes about shipped networks that a file of the user's folder replaces, one per line: numbers must not change unnoticed.
fn shadows() -> String {
    catalog::shadowing().fold(String::new(), |text, (name, path)| {
        let path = path.display().to_string();
        text + &note(&message!("run-shadowed", name = name, file = path))
    })
}

/// A line of stderr that is worth knowing and no error.
fn note(message: &Message) -> String {
    let language = flags::spoken();
    language.say(&message!("output-note", message = message.clone())) + "\n"
}
