//! `export --to onnx`.

use std::path::Path;

use clap::Args as ClapArgs;

use crate::cli::args::ExportArgs;
use crate::cli::output::{self, Failure, Output};
use crate::engine::WeightsChoice;
use crate::export::file;
use crate::export::onnx::{External, Onnx, Options};
use crate::report::Subject;
use crate::weights::WeightSource;

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "ONNX")]
pub(in crate::cli) struct OnnxArgs {
    /// shipped, synthetic:SEED, a checkpoint file, or none: the weights are then inputs
    #[arg(long, value_name = "SRC")]
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
    let mut onnx = Onnx::new(&model.network, &model.spec.name, model.title(), options);
    let output = args.output.as_deref();
    if args.onnx.weights.as_deref() == Some("none") {
        onnx.say("weights", "none");
        let bytes = onnx.without_weights();
        put(output, |to| to.write_all(&bytes))?;
        return Ok(wrote(output, "without weights"));
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
    match output {
        Some(path) if args.onnx.external_data => {
            external(&onnx, source, path)?;
            told += &format!(", in {}", beside(path).display());
        }
        _ => put(output, |to| onnx.write(source, to))?,
    }
    Ok(wrote(output, &told))
}

/// The weights first: a model is never there without them.
fn external(onnx: &Onnx, source: &dyn WeightSource, path: &Path) -> Result<(), Failure> {
    let failed = |error: file::WriteError| Failure::failed(error.to_string());
    let data = beside(path);
    let location = data
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let bytes = onnx.with_external(&External { location });
    file::stream(&data, |to| onnx.write_external(source, to)).map_err(failed)?;
    file::write(path, &bytes).map_err(failed)
}

/// Where the weights of a model go that keeps them apart: `net.onnx.data`.
fn beside(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".data");
    name.into()
}

/// Writes to the file, or to stdout where that is no terminal.
fn put<E: From<std::io::Error> + std::fmt::Display>(
    output: Option<&Path>,
    fill: impl FnOnce(&mut dyn std::io::Write) -> Result<(), E>,
) -> Result<(), Failure> {
    match output {
        Some(path) => file::stream(path, fill).map_err(|error| Failure::failed(error.to_string())),
        None if output::to_terminal() => Err(Failure::usage(
            "ONNX is no text for a terminal: add -o FILE.onnx, or write to a pipe",
        )),
        None => output::stream(fill),
    }
}

fn wrote(output: Option<&Path>, told: &str) -> Output {
    let stderr = match output {
        Some(path) => format!("wrote {}: {told}\n", path.display()),
        None => format!("{told}\n"),
    };
    Output {
        stderr,
        ..Output::default()
    }
}
