//! `explore`: the terminal UI.

use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::Path;

use clap::{Args as ClapArgs, Command};

use super::flags::{Shape, named as name_or_path, one_of, spoken};
use super::output::{Failure, Output};
use super::subject::model;
use crate::export::file::{self, Existing};
use crate::lesson::course;
use crate::lower::Model;
use crate::message;
use crate::spec::problem::nearest;
use crate::spec::{catalog, named};
use crate::text::Message;
use crate::text::system::{Reason, reason};
use crate::tui::graphics::Protocol;
use crate::tui::keys::Keymap;
use crate::tui::kit::theme::Scheme;
use crate::tui::worker::Kernels;
use crate::tui::{Options, replay};
use crate::weights::checkpoint;
use crate::weights::infer::identify;

#[derive(Debug, ClapArgs)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct ExploreArgs {
    #[arg(value_parser = name_or_path())]
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) shape: Shape,
    #[arg(long, value_name = "COLOURS", value_parser = scheme)]
    pub(super) theme: Option<Scheme>,
    #[arg(long)]
    pub(super) ascii: bool,
    #[arg(long, value_name = "PROTOCOL", default_value = "auto", value_parser = graphics)]
    pub(super) graphics: Graphics,
    #[arg(long, value_name = "ID", conflicts_with = "name")]
    pub(super) lesson: Option<String>,
    #[arg(long)]
    pub(super) fresh: bool,
    #[arg(long)]
    pub(super) plain: bool,
    #[arg(long)]
    pub(super) present: bool,
    #[arg(long, value_name = "FILE")]
    pub(super) replay: Option<std::path::PathBuf>,
    #[arg(long, value_name = "FILE", requires = "replay")]
    pub(super) record: Option<std::path::PathBuf>,
    #[arg(long, requires = "record")]
    pub(super) force: bool,
}

fn scheme(text: &str) -> Result<Scheme, Reason> {
    Scheme::parse(text).ok_or_else(|| one_of(Scheme::ALL.into_iter().map(Scheme::name)))
}

/// Protocol, or the best one that the terminal supports.
#[derive(Debug, Clone, Copy)]
pub(super) struct Graphics(Option<Protocol>);

/// Parses the value of `--graphics`.
pub(super) fn graphics(text: &str) -> Result<Graphics, Reason> {
    if text == "auto" {
        return Ok(Graphics(None));
    }
    Protocol::parse(text)
        .map(|protocol| Graphics(Some(protocol)))
        .ok_or_else(|| {
            let names = Protocol::ALL.into_iter().map(Protocol::name);
            one_of(["auto"].into_iter().chain(names))
        })
}

/// Opens the explorer; `root` is the program's command.
pub(super) fn explore(args: &ExploreArgs, root: &Command) -> Result<Output, Failure> {
    let mut weights = None;
    let start = match &args.name {
        Some(name) => {
            refuse_misspelt_command(name, root)?;
            match checkpoint_of(name, args.shape)? {
                Some(model) => {
                    weights = Some(named::path(name));
                    Some(model)
                }
                None => Some(model(name, args.shape)?),
            }
        }
        None => None,
    };
    let has_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if args.record.is_none() && !has_terminal {
        let help = message!("explore-no-terminal-help");
        let problem = message!("explore-no-terminal");
        return Err(Failure::usage(message!(
            "with-help",
            problem = problem,
            help = help
        )));
    }
    let term = std::env::var_os("TERM");
    if let Some(notice) = unable(term.as_deref()).filter(|_| args.record.is_none()) {
        return Err(Failure::usage(notice));
    }
    let replay = match &args.replay {
        Some(path) => demonstration(path)?,
        None => Vec::new(),
    };
    let language = spoken();
    if let Some(id) = args.lesson.as_deref().filter(|id| *id != course::REVIEW) {
        let lessons = course::lessons(language).map_err(|problems| Failure::problems(&problems))?;
        super::lesson::called(&lessons, id)?;
    }
    // A demonstration plays the keys of the table, whatever the user's are.
    let keys = match &args.replay {
        Some(_) => Keymap::default(),
        None => Keymap::of_user().map_err(|problems| Failure::problems(&problems))?,
    };
    let options = Options {
        scheme: args.theme,
        ascii: args.ascii,
        graphics: args.graphics.0,
        fresh: args.fresh,
        present: args.present,
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
        keys,
        weights,
    };
    if let Some(path) = &args.record {
        return record(path, args.force, crate::tui::recording(start, options));
    }
    crate::tui::run(start, options).map_err(Failure::failed)?;
    Ok(Output::default())
}

/// Writes a recording.
fn record(path: &Path, force: bool, recording: Result<String, Message>) -> Result<Output, Failure> {
    let text = recording.map_err(Failure::failed)?;
    let existing = if force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    file::write(path, text.as_bytes(), existing).map_err(Failure::failed)?;
    let wrote = message!("export-wrote", file = path.display().to_string());
    Ok(Output {
        stderr: spoken().say(&wrote) + "\n",
        ..Output::default()
    })
}

/// The network of a checkpoint: one of the catalogue that it fits, or the one that its tensors tell; `None` for any other file or name.
fn checkpoint_of(name: &str, shape: Shape) -> Result<Option<Model>, Failure> {
    let path = named::path(name);
    if !checkpoint::has_checkpoint_name(&path) || !path.exists() {
        return Ok(None);
    }
    let source = checkpoint::open(&path).map_err(Failure::failed)?;
    let found = source.names().unwrap_or_default();
    match identify(&found, name, &shape.overrides()) {
        Some(model) => Ok(Some(model)),
        None => Err(super::fit::alone(name)
            .unwrap_or_else(|| Failure::failed(message!("infer-nothing-alike", file = name)))),
    }
}

/// Message for a terminal that cannot move its cursor, according to its environment variable.
fn unable(term: Option<&OsStr>) -> Option<Message> {
    // Windows has no such variable.
    let problem = match term.and_then(OsStr::to_str) {
        None | Some("") if cfg!(windows) => return None,
        None | Some("") => message!("explore-term-unset"),
        Some(name @ ("dumb" | "unknown")) => message!("explore-term", name = name),
        Some(_) => return None,
    };
    let help = message!("explore-term-help");
    Some(message!("with-help", problem = problem, help = help))
}

/// Keys and pauses to replay.
fn demonstration(path: &std::path::Path) -> Result<Vec<replay::Step>, Failure> {
    let text = crate::spec::open::text(path, 1 << 20).map_err(|error| {
        let (file, reason) = (path.display().to_string(), reason(&error));
        Failure::usage(message!("file-unreadable", file = file, reason = reason))
    })?;
    replay::parse(&text).map_err(|error| {
        let file = path.display().to_string();
        Failure::usage(message!(
            "explore-replay",
            file = file,
            reason = error.message()
        ))
    })
}

/// A first word that is no network is more likely a mistyped command.
fn refuse_misspelt_command(name: &str, root: &Command) -> Result<(), Failure> {
    let near = nearest(name, root.get_subcommands().map(Command::get_name));
    match near {
        Some(command) if catalog::find(name).is_err() => {
            let notice = message!("explore-misspelt", name = name, command = command);
            Err(Failure::usage(notice))
        }
        _ => Ok(()),
    }
}
