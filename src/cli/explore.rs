//! `explore`: the terminal UI.

use std::ffi::OsStr;
use std::io::IsTerminal;

use clap::{Args as ClapArgs, Command};

use super::flags::{Shape, named, spoken};
use super::output::{Failure, Output};
use super::subject::model;
use crate::lesson::course;
use crate::spec::catalog;
use crate::spec::problem::nearest;
use crate::tui::graphics::Protocol;
use crate::tui::theme::Scheme;
use crate::tui::worker::Kernels;
use crate::tui::{Options, replay};

#[derive(Debug, ClapArgs)]
pub(super) struct ExploreArgs {
    /// A network or a spec file; the catalogue unless given
    #[arg(value_parser = named())]
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// The explorer's colours: dark, light, contrast or none; those that fit the terminal unless given
    #[arg(long, value_name = "COLOURS", value_parser = scheme)]
    pub(super) theme: Option<Scheme>,
    /// Draw the explorer with ASCII alone
    #[arg(long)]
    pub(super) ascii: bool,
    /// How the explorer draws feature maps: auto, blocks, kitty, sixel or iterm2
    #[arg(long, value_name = "PROTOCOL", default_value = "auto", value_parser = graphics)]
    pub(super) graphics: Graphics,
    /// Open a lesson beside the views (`lesson --list` lists them)
    #[arg(long, value_name = "ID", conflicts_with = "name")]
    pub(super) lesson: Option<String>,
    /// Begin the explorer as at the first start, and remember nothing of it
    #[arg(long)]
    pub(super) fresh: bool,
    /// Step through passes with the plain kernels: the reference, whose numbers are the same on every processor
    #[arg(long)]
    pub(super) plain: bool,
    /// Play keys from a file in the explorer: words such as `/50 Enter wait:1 Down`
    #[arg(long, value_name = "FILE")]
    pub(super) replay: Option<std::path::PathBuf>,
}

fn scheme(text: &str) -> Result<Scheme, String> {
    Scheme::parse(text).ok_or_else(|| {
        let names: Vec<_> = Scheme::ALL.into_iter().map(Scheme::name).collect();
        format!("one of {}", names.join(", "))
    })
}

/// Protocol, or the best one that the terminal supports.
#[derive(Debug, Clone, Copy)]
pub(super) struct Graphics(Option<Protocol>);

/// Parses the value of `--graphics`.
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

/// Opens the explorer; `root` is the program's command.
pub(super) fn explore(args: &ExploreArgs, root: &Command) -> Result<Output, Failure> {
    let start = match &args.name {
        Some(name) => {
            refuse_misspelt_command(name, root)?;
            Some(model(name, args.shape)?)
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
    if let Some(told) = unable(std::env::var_os("TERM").as_deref()) {
        return Err(Failure::usage(told));
    }
    let replay = match &args.replay {
        Some(path) => demonstration(path)?,
        None => Vec::new(),
    };
    let language = spoken();
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
        kernels: if args.plain {
            Kernels::Plain
        } else {
            Kernels::Fast
        },
    };
    crate::tui::run(start, options).map_err(|error| Failure::failed(error.to_string()))?;
    Ok(Output::default())
}

/// Message for a terminal that cannot move its cursor, according to its environment variable.
fn unable(term: Option<&OsStr>) -> Option<String> {
    // Windows has no such variable.
    let what = match term.and_then(OsStr::to_str) {
        None | Some("") if cfg!(windows) => return None,
        None | Some("") => "TERM is not set, which says what this one is".to_owned(),
        Some(name @ ("dumb" | "unknown")) => format!("TERM is `{name}`"),
        Some(_) => return None,
    };
    Some(format!(
        "the explorer needs a terminal that can move its cursor, and {what}\n\
         help: where it can, say so: `TERM=xterm-256color resnet-explore`; `resnet-explore stats NAME`, `table NAME` and `list` \
         print on any terminal"
    ))
}

/// Keys and pauses to replay.
fn demonstration(path: &std::path::Path) -> Result<Vec<replay::Step>, Failure> {
    let text = crate::spec::open::text(path, 1 << 20)
        .map_err(|error| Failure::usage(format!("{} cannot be read: {error}", path.display())))?;
    replay::parse(&text).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

/// A first word that is no network is more likely a mistyped command.
fn refuse_misspelt_command(name: &str, root: &Command) -> Result<(), Failure> {
    let near = nearest(name, root.get_subcommands().map(Command::get_name));
    match near {
        Some(command) if catalog::find(name).is_err() => Err(Failure::usage(format!(
            "there is no command and no network called `{name}`; did you mean `resnet-explore {command}`?"
        ))),
        _ => Ok(()),
    }
}
