//! `export --to onnx`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::Args as ClapArgs;

use super::{ExportArgs, draft, publish, save};
use crate::cli::fit::{unchosen, undone};
use crate::cli::flags::{named, spoken};
use crate::cli::output::{self, Failure, Output};
use crate::engine::WeightsChoice;
use crate::export::complete::Incomplete;
use crate::export::onnx::{Element, External, OneSize, Onnx, OnnxError, Options};
use crate::lower::Model;
use crate::message;
use crate::network::Shape;
use crate::report::Subject;
use crate::spec::Severity;
use crate::text::{Language, Message};
use crate::weights::WeightSource;

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "ONNX")]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(in crate::cli) struct OnnxArgs {
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[arg(long, value_name = "NAME")]
    entry: Option<String>,
    #[arg(long)]
    dynamic_batch: bool,
    #[arg(long)]
    preprocess: bool,
    #[arg(long)]
    dynamic_size: bool,
    #[arg(long)]
    fp16: bool,
    #[arg(long, requires = "output")]
    external_data: bool,
}

/// The network with the preprocessing that the weights expect, if pictures are prepared in the model.
pub(super) fn expected(model: Arc<Model>, args: &ExportArgs) -> Result<Arc<Model>, Failure> {
    let weights = args.onnx.weights.as_deref().filter(|text| *text != "none");
    match weights {
        Some(text) if args.onnx.preprocess || args.picture.is_some() => {
            let choice = WeightsChoice::parse_in(text, &model).map_err(unchosen)?;
            Ok(Arc::new(choice.prepared(Model::clone(&model))))
        }
        _ => Ok(model),
    }
}

pub(super) fn onnx(subject: &Subject, args: &ExportArgs) -> Result<Output, Failure> {
    let model = &subject.model;
    let options = Options {
        batch: (!args.onnx.dynamic_batch).then_some(args.shape.batch),
        preprocess: args.onnx.preprocess,
        any_size: args.onnx.dynamic_size,
        element: if args.onnx.fp16 {
            Element::Half
        } else {
            Element::Single
        },
    };
    let mut onnx = translated(model, options).map_err(Failure::failed)?;
    onnx.describe(subject, options);
    let sizes = sizes(&mut onnx, model, options)?;
    if args.onnx.weights.as_deref() == Some("none") {
        onnx.say("weights", "none");
        let bytes = onnx.without_weights();
        let notice = message!("export-without-weights");
        let mut output = put(args, &notice, |to| Ok(to.write_all(&bytes)?))?;
        output.stderr += &sizes;
        return Ok(output);
    }

    let choice = match &args.onnx.weights {
        Some(text) => WeightsChoice::parse_in(text, model)
            .and_then(|choice| choice.with_entry(args.onnx.entry.as_deref()))
            .map_err(unchosen)?,
        None => WeightsChoice::default_for(model),
    };
    let source = choice.open(model).map_err(Failure::failed)?;
    let source: &dyn WeightSource = source.as_ref();
    let undone = undone(source);
    onnx.say("weights", source.label());
    let label = source.label();
    let notice = if args.onnx.weights.is_none() && matches!(choice, WeightsChoice::Synthetic(_)) {
        message!("export-stand-in-weights", weights = label)
    } else {
        message!("pass-weights", weights = label)
    };
    let mut output = match args.output.as_deref() {
        Some(path) if args.onnx.external_data => external(&onnx, source, path, args.force),
        _ => put(args, &notice, |to| onnx.write(source, to)),
    }?;
    output.stderr = undone + &output.stderr + &sizes;
    Ok(output)
}

fn translated(model: &Model, options: Options) -> Result<Onnx, Incomplete> {
    Onnx::new(
        &model.network,
        &model.spec.name,
        model.title().own(),
        options,
    )
}

/// Holds a graph for any size against those of other sizes, and records which fit: a sentence for people.
fn sizes(onnx: &mut Onnx, model: &Model, options: Options) -> Result<String, Failure> {
    let Some(own) = model.network.reads().and_then(Shape::size) else {
        return Ok(String::new());
    };
    if !options.any_size {
        return Ok(String::new());
    }
    let at = |size| {
        let other = model.at_size(size);
        let mut errors = other.problems.iter();
        let error = errors.find(|problem| problem.severity == Severity::Error);
        let part = error.map(|error| error.path.clone().unwrap_or_else(|| error.rule.to_owned()));
        match part {
            Some(part) => Err(OneSize { part }),
            None => translated(&other, options).map_err(|_| OneSize {
                part: other.spec.name.clone(),
            }),
        }
    };
    let sizes = onnx
        .sizes(own, at)
        .map_err(|one| Failure::usage(one.message()))?;
    onnx.say("sizes", Language::ENGLISH.say(&sizes.message()));
    Ok(spoken().say(&sizes.message()) + "\n")
}

/// Writes the weights first, so a model never exists without them.
fn external(
    onnx: &Onnx,
    source: &dyn WeightSource,
    path: &Path,
    force: bool,
) -> Result<Output, Failure> {
    // The model's own name is checked before anything is written.
    if path.is_dir() || path.file_name().is_none() {
        let file = path.display().to_string();
        return Err(Failure::usage(message!(
            "export-external-name",
            file = file
        )));
    }
    onnx.fits_external().map_err(Failure::failed)?;
    let mut data = path.as_os_str().to_owned();
    data.push(".data");
    let data = std::path::PathBuf::from(data);
    let location = data
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let bytes = onnx.with_external(&External { location });
    // Both are complete on the disk before either has its name, so neither exists alone.
    let model = draft(path, force, |to| to.write_all(&bytes))?;
    let numbers = draft(&data, force, |to| {
        onnx.write_external(source, to).map_err(OnnxError::into_io)
    })?;
    let mut wrote = publish(&data, numbers)?;
    wrote.stderr += &publish(path, model)?.stderr;
    Ok(wrote)
}

/// Writes to the file, or to stdout unless that is a terminal, and reports it.
fn put(
    args: &ExportArgs,
    notice: &Message,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), OnnxError>,
) -> Result<Output, Failure> {
    let fill = |to: &mut dyn Write| fill(to).map_err(OnnxError::into_io);
    let mut output = match args.output.as_deref() {
        Some(path) if path != Path::new("-") => save(path, args.force, fill)?,
        None if output::to_terminal() => {
            return Err(Failure::usage(message!("export-onnx-terminal")));
        }
        _ => {
            output::stream(fill)?;
            Output::default()
        }
    };
    output.stderr += &(spoken().say(notice) + "\n");
    Ok(output)
}
