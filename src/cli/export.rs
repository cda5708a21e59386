//! `export`: a network in a format for another tool.

mod figure;
pub(super) mod onnx;

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::ArgPredicate;
use clap::{Args as ClapArgs, ValueEnum};

use super::bench::{median, ms};
use super::flags::{Shape, level, named, picture, spoken};
use super::output::{Failure, Output};
use super::subject::{model, reading, sound};
use crate::analysis::Rule;
use crate::engine::budget::{Way, admit};
use crate::engine::compiled::LayerSource;
use crate::engine::{self, Compiled, InputChoice};
use crate::export::file::{Draft, Existing};
use crate::export::style::{Direction, Options, Paint, Theme};
use crate::export::{document, dot, html, latex, mermaid, pytorch, scatter, svg, volumes};
use crate::lower::Model;
use crate::message;
use crate::network::Table;
use crate::report::catalogue::entry::entries;
use crate::report::catalogue::plot::Axis;
use crate::report::catalogue::published::Trained;
use crate::report::{Level, Subject};
use crate::spec::has_errors;
use crate::text::{Language, Message};
use crate::weights::{Synthetic, WeightSource};

/// Format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    Dot,
    Onnx,
    Pytorch,
    Svg,
    Volumes,
    Mermaid,
    Markdown,
    Csv,
    Json,
    Html,
    Pdf,
    Png,
    Tikz,
    Latex,
    Points,
}

/// Direction of the data flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Flow {
    Down,
    Right,
}

/// Meaning of a box's fill colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorBy {
    Kind,
    Macs,
    Params,
    Time,
}

/// Background of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Backdrop {
    Auto,
    Light,
    Dark,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExportArgs {
    #[arg(value_parser = named())]
    name: Option<String>,
    #[arg(
        long,
        value_name = "FORMAT",
        default_value_if("for", ArgPredicate::IsPresent, "svg"),
        required = false,
        required_unless_present = "for"
    )]
    to: Target,
    #[command(flatten)]
    shape: Shape,
    #[arg(long, value_parser = level)]
    level: Option<Level>,
    #[arg(long, default_value = "down")]
    direction: Flow,
    #[arg(long, value_name = "WHAT", default_value = "kind")]
    color_by: ColorBy,
    #[arg(long, default_value = "auto")]
    theme: Backdrop,
    #[arg(long, value_name = "WxH", value_parser = picture)]
    picture: Option<[u64; 2]>,
    #[arg(long, value_name = "NAME", value_parser = named())]
    with: Option<String>,
    #[arg(long)]
    unfolded: bool,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    figure: figure::FigureArgs,
    #[command(flatten)]
    onnx: onnx::OnnxArgs,
}

impl Target {
    /// Whether a network with faults is drawn, up to them.
    const fn is_drawn(self) -> bool {
        matches!(
            self,
            Self::Dot
                | Self::Svg
                | Self::Volumes
                | Self::Mermaid
                | Self::Html
                | Self::Pdf
                | Self::Png
                | Self::Tikz
        )
    }
}

impl Target {
    /// Whether only Latin letters can be written: the shipped font and `pdflatex` have no Chinese characters.
    const fn has_latin_alone(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Tikz | Self::Latex)
    }
}

impl ExportArgs {
    const fn theme(&self) -> Theme {
        match self.theme {
            Backdrop::Auto => Theme::Auto,
            Backdrop::Light => Theme::Light,
            Backdrop::Dark => Theme::Dark,
        }
    }

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
                ColorBy::Time if colored => time(subject)?,
                ColorBy::Kind | ColorBy::Time => Paint::Kind,
                ColorBy::Macs => Paint::Macs,
                ColorBy::Params => Paint::Params,
            },
            theme: self.theme(),
            fold: !self.unfolded,
            language: spoken(),
        })
    }
}

pub(super) fn export(args: &ExportArgs) -> Result<Output, Failure> {
    let named = match (&args.name, args.to) {
        (_, Target::Points) => return points(args),
        (Some(name), _) => name,
        (None, _) => return Err(Failure::usage(message!("export-needs-name"))),
    };
    let model = if args.to.is_drawn() {
        Arc::new(model(named, args.shape)?)
    } else {
        sound(named, args.shape, Rule::default())?.model
    };
    let problems = has_errors(&model.problems).then(|| Failure::problems(&model.problems));
    let mut output = written(onnx::expected(model, args)?, args)?;
    if args.to.has_latin_alone() && spoken() != Language::ENGLISH {
        let id = if args.to == Target::Latex {
            "export-table-in-english"
        } else {
            "export-in-english"
        };
        output.stderr.insert_str(0, &super::note(&Message::new(id)));
    }
    if let Some(problems) = problems {
        let problems = problems.into_output();
        output.stderr += &problems.stderr;
        output.code = problems.code;
    }
    Ok(output)
}

/// The catalogue as points: accuracy against operations. A network that is named is marked.
fn points(args: &ExportArgs) -> Result<Output, Failure> {
    let mut entries = entries().map_err(|problems| Failure::problems(&problems))?;
    for entry in &mut entries {
        entry.compare(Trained::default());
    }
    let marked: Vec<&str> = args.name.iter().map(String::as_str).collect();
    let known = |name: &&str| entries.iter().any(|entry| entry.name == **name);
    if let Some(unknown) = marked.iter().find(|name| !known(name)) {
        return Err(Failure::usage(message!(
            "export-points-name",
            name = *unknown
        )));
    }
    let text = scatter::svg(
        &entries,
        Axis::Macs,
        Trained::default(),
        &marked,
        args.theme(),
        spoken(),
    );
    stored(text, args)
}

/// Writes a text to the file, or to stdout.
fn stored(text: String, args: &ExportArgs) -> Result<Output, Failure> {
    match args.output.as_deref() {
        Some(path) if path != Path::new("-") => {
            save(path, args.force, |file| file.write_all(text.as_bytes()))
        }
        _ => Ok(Output::data(text)),
    }
}

/// The export of a network.
fn written(model: Arc<Model>, args: &ExportArgs) -> Result<Output, Failure> {
    let subject = Subject::new(
        reading(model, args.picture),
        Rule::default(),
        args.shape.batch,
    );
    if args.figure.asks(args.to) {
        return figure::write(&subject, args);
    }
    let options = args.options(&subject)?;
    let mut warning = None;
    let text = match args.to {
        Target::Onnx => return onnx::onnx(&subject, args),
        Target::Points => return points(args),
        Target::Pdf | Target::Png | Target::Tikz => return figure::write(&subject, args),
        Target::Latex => latex::latex(&subject, options.level).map_err(Failure::failed)?,
        Target::Pytorch => pytorch::pytorch(&subject.model).map_err(Failure::failed)?,
        Target::Dot => dot::dot(&subject, &options),
        Target::Svg => svg::svg(&subject, &options),
        Target::Volumes => volumes::volumes(&subject, options.theme, options.language),
        Target::Mermaid => {
            let chart = mermaid::mermaid(&subject, &options);
            warning = chart.notice;
            chart.text
        }
        Target::Markdown => document::markdown(&subject, options.level, options.language),
        Target::Csv => document::csv(&subject, options.level),
        Target::Json => document::json(&subject),
        Target::Html => {
            let other = match &args.with {
                Some(name) => Some(sound(name, args.shape, Rule::default())?),
                None => None,
            };
            html::html(&subject, other.as_ref(), options.theme, options.language)
                .map_err(Failure::failed)?
        }
    };
    let mut output = stored(text, args)?;
    if let Some(warning) = warning {
        output.stderr += &spoken().say(&message!("export-warning", warning = warning));
        output.stderr.push('\n');
    }
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
    Draft::write(path, existing, contents).map_err(Failure::failed)
}

/// Gives the draft its final name.
fn publish(path: &Path, draft: Draft) -> Result<Output, Failure> {
    draft.publish().map_err(Failure::failed)?;
    Ok(Output {
        stderr: spoken().say(&message!("export-wrote", file = path.display().to_string())) + "\n",
        ..Output::default()
    })
}

/// Asks at a terminal; without one, the file stays.
fn may_replace(path: &Path) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(false);
    }
    let mut answer = String::new();
    let file = path.display().to_string();
    let question = spoken().say(&message!("export-replace", file = &file));
    let asked =
        super::output::ask(&question).and_then(|()| std::io::stdin().lock().read_line(&mut answer));
    match asked {
        Ok(_) if matches!(answer.trim(), "y" | "Y" | "yes") => Ok(true),
        _ => Err(Failure::failed(message!("export-kept", file = file))),
    }
}

/// Number of passes before the timed ones, and of the timed ones.
const WARMUP: usize = 2;
const RUNS: usize = 5;

/// Times passes of the compiled engine with synthetic weights, whose values do not affect the time. A fused step, such as a
/// convolution with its batch norm and ReLU, counts for its first layer.
///
/// # Errors
/// The network is too large for a pass.
fn time(subject: &Subject) -> Result<Paint, Failure> {
    if has_errors(&subject.model.problems) {
        return Err(Failure::problems(&subject.model.problems));
    }
    let options = engine::Options {
        batch: subject.batch as usize,
        ..engine::Options::default()
    };
    admit(&subject.model.network, options.batch, Way::Compiled).map_err(Failure::failed)?;
    let input = InputChoice::Synthetic(0)
        .open(&subject.model, options.batch)
        .map_err(Failure::failed)?;
    let weights: &dyn WeightSource = &Synthetic { seed: 0 };
    let network = Arc::new(subject.model.network.clone());
    let mut compiled =
        Compiled::new(network, &weights as &dyn LayerSource, options).map_err(Failure::failed)?;
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); compiled.steps().count()];
    for run in 0..WARMUP + RUNS {
        compiled.run(&input).map_err(Failure::failed)?;
        if run >= WARMUP {
            for (times, (_, time)) in times.iter_mut().zip(compiled.steps()) {
                times.push(ms(time));
            }
        }
    }
    let mut of_layers = vec![0.0; subject.model.network.len()];
    for (times, (step, _)) in times.iter().zip(compiled.steps()) {
        if let Some(first) = step.layers.first() {
            of_layers[first.index()] += median(times);
        }
    }
    Ok(Paint::Measured {
        times: Table::from(of_layers),
        machine: message!(
            "figure-machine",
            runs = RUNS,
            threads = compiled.threads(),
            kernels = options.isa.name(),
            machine = std::env::consts::ARCH,
        ),
    })
}
