//! `export --to onnx`.

use std::io::Write;
use std::path::Path;

use clap::Args as ClapArgs;

use super::{ExportArgs, draft, publish, save};
use crate::cli::flags::named;
use crate::cli::output::{self, Failure, Output};
use crate::engine::WeightsChoice;
use crate::export::file::reason;
use crate::export::onnx::{External, Onnx, OnnxError, Options};
use crate::report::Subject;
use crate::weights::WeightSource;

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "ONNX")]
pub(in crate::cli) struct OnnxArgs {
    /// shipped, synthetic:SEED, a checkpoint file, or none: the weights are then inputs
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    /// Let the batch be of any size
    #[arg(long)]
    dynamic_batch: bool,
    /// Begin with the picture's bytes: scale and standardise them in the graph
    #[arg(long)]
    preprocess: bool,
    /// Write the weights to FILE.data beside FILE: needed beyond 2 GiB
    #[arg(long, requires = "output")]
    external_data: bool,
}

pub(super) fn onnx(subject: &Subject, args: &ExportArgs) -> Result<Output, Failure> {
    let model = &subject.model;
    let options = Options {
        batch: (!args.onnx.dynamic_batch).then_some(args.shape.batch),
        preprocess: args.onnx.preprocess,
    };
    let mut onnx = Onnx::new(&model.network, &model.spec.name, model.title(), options)
        .map_err(|error| Failure::failed(error.to_string()))?;
    if args.onnx.weights.as_deref() == Some("none") {
        onnx.say("weights", "none");
        let bytes = onnx.without_weights();
        return put(args, "without weights", |to| Ok(to.write_all(&bytes)?));
    }

    let choice = match &args.onnx.weights {
        Some(text) => {
            WeightsChoice::parse(text).map_err(|error| Failure::usage(error.to_string()))?
        }
        None => WeightsChoice::default_for(model),
    };
    let source = choice
        .open(model)
        .map_err(|error| Failure::failed(error.to_string()))?;
    let source: &dyn WeightSource = source.as_ref();
    onnx.say("weights", source.label());
    let mut told = format!("weights {}", source.label());
    if args.onnx.weights.is_none() && matches!(choice, WeightsChoice::Synthetic(_)) {
        told += ", which stand for trained ones: none are shipped";
    }
    match args.output.as_deref() {
        Some(path) if args.onnx.external_data => external(&onnx, source, path, args.force),
        _ => put(args, &told, |to| onnx.write(source, to)),
    }
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
        return Err(Failure::usage(format!(
            "{} is no file that weights could lie beside",
            path.display()
        )));
    }
    onnx.fits_external()
        .map_err(|error| Failure::failed(error.to_string()))?;
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
    told: &str,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), OnnxError>,
) -> Result<Output, Failure> {
    let fill = |to: &mut dyn Write| fill(to).map_err(OnnxError::into_io);
    let mut output = match args.output.as_deref() {
        Some(path) if path != Path::new("-") => save(path, args.force, fill)?,
        None if output::to_terminal() => {
            return Err(Failure::usage(
                "ONNX is no text for a terminal: add -o FILE.onnx, or write to a pipe",
            ));
        }
        _ => {
            output::stream(|to| fill(to).map_err(|error| reason(&error)))?;
            Output::default()
        }
    };
    output.stderr += &format!("{told}\n");
    Ok(output)
}
