//! `explore`: the terminal UI.

use std::io::IsTerminal;

use super::args::{ExploreArgs, Shape, command_names};
use super::output::{Failure, Output};
use super::subject::model;
use crate::spec::catalog;
use crate::spec::problem::nearest;

pub(super) fn explore(args: &ExploreArgs) -> Result<Output, Failure> {
    let start = match &args.name {
        Some(name) => {
            refuse_misspelt_command(name)?;
            Some(model(name, Shape::default())?)
        }
        None => None,
    };
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "the explorer needs a terminal, and this is a pipe or a file\n\
             help: `resnet-explore stats NAME`, `table NAME` and `list` print without one; \
             `resnet-explore --help` shows all",
        ));
    }
    crate::tui::run(start).map_err(|error| Failure::failed(error.to_string()))?;
    Ok(Output::default())
}

/// A first word that is no network is more likely a command typed wrong.
fn refuse_misspelt_command(name: &str) -> Result<(), Failure> {
    let commands = command_names();
    let near = nearest(name, commands.iter().map(String::as_str));
    match near {
        Some(command) if catalog::find(name).is_err() => Err(Failure::usage(format!(
            "there is no command and no network called `{name}`; did you mean `resnet-explore {command}`?"
        ))),
        _ => Ok(()),
    }
}
