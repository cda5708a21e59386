//! `completions` and `man`: scripts for shells and pages of the manual, derived from the command line.

mod man;
mod scripts;
mod values;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Command};
use clap_complete::Shell;

use super::output::{Failure, Output};

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    shell: Shell,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ManArgs {
    command: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

/// Completion script of a shell for the program's command `root`, with all values that it knows.
pub(super) fn completions(args: &CompletionsArgs, root: &Command) -> Output {
    Output::data(scripts::script(args.shell, root))
}

/// Page of the manual, or all pages in a directory.
pub(super) fn man(args: &ManArgs, root: &Command) -> Result<Output, Failure> {
    match &args.dir {
        Some(folder) => man::pages(root, folder),
        None => man::page(root, args.command.as_deref()),
    }
}
