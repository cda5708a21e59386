//! Command line: flags, printing and exit codes. Data goes to stdout, everything else to stderr.
//!
//! Exit code 0: success; 1: the check or run failed; 2: the call was wrong.

mod args;
mod bench;
mod bn;
mod check;
mod compare;
mod effect;
mod engine;
mod explain;
mod explore;
mod export;
mod fit;
mod flags;
mod interrupt;
mod lesson;
mod list;
mod output;
mod prepare;
mod progress;
mod run;
mod shell;
mod stats;
mod subject;
mod table;
mod value;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::spec::catalog;
use args::{Args, Command};
use output::{Failure, Output};

/// Reads the arguments, runs the command, prints its output, and returns the exit code.
pub fn main() -> ExitCode {
    bench::begin();
    let parsed = Args::command()
        .try_get_matches()
        .and_then(|matches| Ok((Args::from_arg_matches(&matches)?, matches)));
    let (args, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return output::print_call(&error),
    };
    args.color.apply();
    flags::speak(args.lang);
    let command = args.into_command();
    // The explorer handles signals itself, because it has a terminal to restore.
    if !matches!(command, Command::Explore(_)) {
        interrupt::listen();
    }
    let result = effect::refuse(&matches).and_then(|()| match command {
        Command::Explore(args) => explore::explore(&args, &args::command()),
        Command::List(args) => list::list(&args),
        Command::Stats(args) => stats::stats(&args),
        Command::Table(args) => table::table(&args),
        Command::Check(args) => check::check(&args),
        Command::Compare(args) => compare::compare(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Run(args) => run::run(&args),
        Command::Bench(args) => bench::bench(&args),
        Command::Export(args) => export::export(&args),
        Command::Lesson(args) => lesson::lesson(&args),
        Command::Schema => Ok(schema()),
        Command::Completions(args) => Ok(shell::completions(&args, &args::command())),
        Command::Man(args) => shell::man(&args, &args::command()),
    });
    let mut output = result.unwrap_or_else(Failure::into_output);
    output.stderr.insert_str(0, &shadows());
    output::print(&output)
}

/// Notes about shipped networks that a file of the user's folder replaces, one per line: numbers must not change unnoticed.
fn shadows() -> String {
    catalog::shadowing().fold(String::new(), |text, (name, path)| {
        text + &format!(
            "note: `{name}` is {}, in place of the shipped network\n",
            path.display()
        )
    })
}

fn schema() -> Output {
    Output::json(&crate::lower::schema())
}
