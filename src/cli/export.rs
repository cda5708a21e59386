//! `export`: a diagram for another tool.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::args::{Shape, level};
use super::output::{Failure, Output};
use super::subject::sound;
use crate::analysis::Rule;
use crate::export::dot;
use crate::export::file::{self, Existing};
use crate::report::Level;

/// What to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// Graphviz
    Dot,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExportArgs {
    /// A network or a spec file
    name: String,
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    to: Target,
    #[command(flatten)]
    shape: Shape,
    /// How far to unfold: stage, block or layer
    #[arg(long, default_value = "layer", value_parser = level)]
    level: Level,
    /// A file in place of stdout; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one, without asking
    #[arg(long, requires = "output")]
    force: bool,
}

pub(super) fn export(args: &ExportArgs) -> Result<Output, Failure> {
    let subject = sound(&args.name, args.shape, Rule::default())?;
    let text = match args.to {
        Target::Dot => dot::dot(&subject, args.level),
    };
    match args.output.as_deref() {
        None => Ok(Output::data(text)),
        Some(path) if path == Path::new("-") => Ok(Output::data(text)),
        Some(path) => save(path, args.force, |file| file.write_all(text.as_bytes())),
    }
}

/// Writes a file whole or not at all, and says so; one that is there is replaced with `force` or when a person says so.
pub(super) fn save(
    path: &Path,
    force: bool,
    contents: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<Output, Failure> {
    let existing = if force || (path.is_file() && may_replace(path)?) {
        Existing::Replace
    } else {
        Existing::Keep
    };
    file::write_with(path, existing, contents)
        .map_err(|error| Failure::failed(error.to_string()))?;
    Ok(Output {
        stderr: format!("wrote {}\n", path.display()),
        ..Output::default()
    })
}

/// Asks at a terminal; where nobody can answer, the file stays.
fn may_replace(path: &Path) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(false);
    }
    let mut answer = String::new();
    let asked = super::output::ask(&format!("{} exists; replace it? [y/N] ", path.display()))
        .and_then(|()| std::io::stdin().lock().read_line(&mut answer));
    match asked {
        Ok(_) if matches!(answer.trim(), "y" | "Y" | "yes") => Ok(true),
        _ => Err(Failure::failed(format!("{} was kept", path.display()))),
    }
}
