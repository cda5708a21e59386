//! `explore`: the terminal UI.

use std::io::IsTerminal;

use super::args::{ExploreArgs, Shape, command_names};
use super::output::{Failure, Output};
use super::subject::model;
use crate::lesson::course;
use crate::spec::catalog;
use crate::spec::problem::nearest;
use crate::tui::graphics::Protocol;
use crate::tui::{Options, replay};

/// A protocol, or the best that the terminal can do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Graphics(Option<Protocol>);

/// Reads the word after `--graphics`.
pub(super) fn graphics(text: &str) -> Result<Graphics, String> {
    if text == "auto" {
        return Ok(Graphics(None));
    }
    Protocol::parse(text)
        .map(|protocol| Graphics(Some(protocol)))
        .ok_or_else(|| {
            let names: Vec<_> = Protocol::ALL.into_iter().map(Protocol::name).collect();
            format!("one of auto, {}", names.join(", "))
        })
}

pub(super) fn explore(args: &ExploreArgs) -> Result<Output, Failure> {
    let start = match &args.name {
        Some(name) => {
            refuse_misspelt_command(name)?;
            Some(model(name, args.shape)?)
        }
        None if args.shape != Shape::default() => {
            return Err(Failure::usage(
                "--input-size, --batch and --classes are about a network, and none is named\n\
                 help: name one, as in `resnet-explore explore resnet50 --input-size 320`",
            ));
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
    let replay = match &args.replay {
        Some(path) => demonstration(path)?,
        None => Vec::new(),
    };
    let language = super::lesson::spoken(args.lang);
    if let Some(id) = &args.lesson {
        let lessons = course::lessons(language).map_err(|problems| Failure::problems(&problems))?;
        super::lesson::called(&lessons, id)?;
    }
    let options = Options {
        scheme: args.theme,
        ascii: args.ascii,
        graphics: args.graphics.0,
        fresh: args.fresh,
        replay,
        language,
        lesson: args.lesson.clone(),
        overrides: args.shape.overrides(),
        batch: args.shape.batch,
    };
    crate::tui::run(start, options).map_err(|error| Failure::failed(error.to_string()))?;
    Ok(Output::default())
}

/// Keys and pauses to play.
fn demonstration(path: &std::path::Path) -> Result<Vec<replay::Step>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{} cannot be read: {error}", path.display())))?;
    replay::parse(&text).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
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
