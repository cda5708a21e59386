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
use crate::export::onnx::{External, Onnx, OnnxError, Options};
use crate::lower::Model;
use crate::message;
use crate::report::Subject;
use crate::text::Message;
use crate::weights::WeightSource;

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "ONNX")]
pub(in crate::cli) struct OnnxArgs {
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[arg(long, value_name = "NAME")]
    entry: Option<String>,
    #[arg(long)]
    dynamic_batch: bool,
    #[arg(long)]
    preprocess: bool,
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
    };
    let mut onnx = Onnx::new(
        &model.network,
        &model.spec.name,
        model.title().own(),
        options,
    )
    .map_err(Failure::failed)?;
    if args.onnx.weights.as_deref() == Some("none") {
        onnx.say("weights", "none");
        let bytes = onnx.without_weights();
        let notice = message!("export-without-weights");
        return put(args, &notice, |to| Ok(to.write_all(&bytes)?));
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
    output.stderr = undone + &output.stderr;
    Ok(output)
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
