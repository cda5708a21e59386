//! `export`: a network in a format for another tool.

pub(super) mod onnx;
mod time;

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::flags::{Shape, level, named, picture};
use super::output::{Failure, Output};
use super::subject::{reading, sound};
use crate::analysis::Rule;
use crate::export::file::{Draft, Existing};
use crate::export::style::{Direction, Options, Paint, Theme};
use crate::export::{document, dot, html, mermaid, pytorch, svg, volumes};
use crate::report::{Level, Subject};

/// Format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// Graphviz
    Dot,
    /// ONNX, for other runtimes, with its weights
    Onnx,
    /// A Python file with the network as a `torch.nn.Module`
    Pytorch,
    /// A picture, without Graphviz
    Svg,
    /// A picture of the feature maps, as boxes of their size
    Volumes,
    /// A flowchart that GitHub draws in Markdown
    Mermaid,
    /// The totals and the layer table for a document
    Markdown,
    /// Every column of the layer table
    Csv,
    /// Totals, stages, layers and their edges
    Json,
    /// A page to fold, search and click through, which needs nothing else
    Html,
}

/// Direction of the data flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Flow {
    /// From top to bottom
    Down,
    /// From left to right
    Right,
}

/// Meaning of a box's fill colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorBy {
    /// The kind of layer
    Kind,
    /// Its share of all operations
    Macs,
    /// Its share of all parameters
    Params,
    /// Its share of a pass's time, measured here and now
    Time,
}

/// Background of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Backdrop {
    /// Light, and dark where the reader's system is
    Auto,
    /// White
    Light,
    /// Dark
    Dark,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExportArgs {
    /// A network or a spec file
    #[arg(value_parser = named())]
    name: String,
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    to: Target,
    #[command(flatten)]
    shape: Shape,
    /// How far to unfold: stage, block or layer; layer unless given, block for svg and mermaid
    #[arg(long, value_parser = level)]
    level: Option<Level>,
    /// Which way the data flows in a diagram
    #[arg(long, default_value = "down")]
    direction: Flow,
    /// What the colours of an svg or a dot tell
    #[arg(long, value_name = "WHAT", default_value = "kind")]
    color_by: ColorBy,
    /// What is behind an svg
    #[arg(long, default_value = "auto")]
    theme: Backdrop,
    /// Draw the layers that bring a picture of this size to the network's: width x height as in 640x480
    #[arg(long, value_name = "WxH", value_parser = picture)]
    picture: Option<[u64; 2]>,
    /// A second network, which html compares with the first
    #[arg(long, value_name = "NAME", value_parser = named())]
    with: Option<String>,
    /// Draw every block, also those equal to the one before
    #[arg(long)]
    unfolded: bool,
    /// A file in place of stdout; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one, without asking
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    onnx: onnx::OnnxArgs,
}

impl ExportArgs {
    fn options(&self, subject: &Subject) -> Result<Options, Failure> {
        let colored = matches!(self.to, Target::Svg | Target::Dot);
        let usual = match self.to {
            Target::Svg | Target::Mermaid => Level::Block,
            _ => Level::Layer,
        };
        Ok(Options {
            level: self.level.unwrap_or(usual),
            direction: match self.direction {
                Flow::Down => Direction::Down,
                Flow::Right => Direction::Right,
            },
            paint: match self.color_by {
                ColorBy::Time if colored => time::time(subject)?,
                ColorBy::Kind | ColorBy::Time => Paint::Kind,
                ColorBy::Macs => Paint::Macs,
                ColorBy::Params => Paint::Params,
            },
            theme: match self.theme {
                Backdrop::Auto => Theme::Auto,
                Backdrop::Light => Theme::Light,
                Backdrop::Dark => Theme::Dark,
            },
            fold: !self.unfolded,
        })
    }
}

pub(super) fn export(args: &ExportArgs) -> Result<Output, Failure> {
    let model = sound(&args.name, args.shape, Rule::default())?.model;
    let subject = Subject::new(
        reading(model, args.picture),
        Rule::default(),
        args.shape.batch,
    );
    let options = args.options(&subject)?;
    let text = match args.to {
        Target::Onnx => return onnx::onnx(&subject, args),
        Target::Pytorch => {
            pytorch::pytorch(&subject.model).map_err(|error| Failure::failed(error.to_string()))?
        }
        Target::Dot => dot::dot(&subject, &options),
        Target::Svg => svg::svg(&subject, &options),
        Target::Volumes => volumes::volumes(&subject, options.theme),
        Target::Mermaid => mermaid::mermaid(&subject, &options),
        Target::Markdown => document::markdown(&subject, options.level),
        Target::Csv => document::csv(&subject, options.level),
        Target::Json => document::json(&subject),
        Target::Html => {
            let other = match &args.with {
                Some(name) => Some(sound(name, args.shape, Rule::default())?),
                None => None,
            };
            html::html(&subject, other.as_ref(), options.theme)
                .map_err(|error| Failure::failed(error.to_string()))?
        }
    };
    let warning = Some(&text)
        .filter(|_| args.to == Target::Mermaid)
        .and_then(|text| mermaid::beyond(text))
        .map_or_else(String::new, |told| {
            format!("warning: {told}; --level block is shorter\n")
        });
    let mut output = match args.output.as_deref() {
        Some(path) if path != Path::new("-") => {
            save(path, args.force, |file| file.write_all(text.as_bytes()))?
        }
        _ => Output::data(text),
    };
    output.stderr += &warning;
    Ok(output)
}

/// Writes a file atomically, and reports it; an existing one is replaced only with `force` or after a question.
pub(super) fn save(
    path: &Path,
    force: bool,
    contents: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<Output, Failure> {
    publish(path, draft(path, force, contents)?)
}

/// Writes the contents to a draft, without the final name.
fn draft(
    path: &Path,
    force: bool,
    contents: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<Draft, Failure> {
    let existing = if force || (path.is_file() && may_replace(path)?) {
        Existing::Replace
    } else {
        Existing::Keep
    };
    Draft::write(path, existing, contents).map_err(|error| Failure::failed(error.to_string()))
}

/// Gives the draft its final name.
fn publish(path: &Path, draft: Draft) -> Result<Output, Failure> {
    draft
        .publish()
        .map_err(|error| Failure::failed(error.to_string()))?;
    Ok(Output {
        stderr: format!("wrote {}\n", path.display()),
        ..Output::default()
    })
}

/// Asks at a terminal; without one, the file stays.
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
