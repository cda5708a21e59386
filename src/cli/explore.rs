//! `explore`: the terminal UI.

use std::io::IsTerminal;

use super::args::{ExploreArgs, Shape};
use super::output::{Failure, Output};
use super::subject::model;

pub(super) fn explore(args: &ExploreArgs) -> Result<Output, Failure> {
    let shape = Shape {
        input_size: None,
        batch: 1,
        classes: None,
    };
    let start = args
        .name
        .as_deref()
        .map(|name| model(name, shape))
        .transpose()?;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "the explorer needs a terminal, and this is a pipe or a file\n\
             help: `resnet-explore stats NAME`, `table NAME` and `list` print without one; `resnet-explore --help` shows all",
        ));
    }
    crate::tui::run(start).map_err(|error| Failure::failed(error.to_string()))?;
    Ok(Output::default())
}
