//! `export`: a network for another tool.

pub(super) mod onnx;

use super::args::{ExportArgs, Target};
use super::output::{Failure, Output};
use super::subject::sound;
use crate::analysis::Rule;
use crate::export::{dot, file, pytorch};

pub(super) fn export(args: &ExportArgs) -> Result<Output, Failure> {
    let subject = sound(&args.name, args.shape, Rule::default())?;
    let text = match args.to {
        Target::Onnx => return onnx::onnx(&subject, args),
        Target::Pytorch => pytorch::pytorch(&subject.model),
        Target::Dot => dot::dot(&subject, args.level),
    };
    match &args.output {
        None => Ok(Output::data(text)),
        Some(path) => {
            file::write(path, text.as_bytes())
                .map_err(|error| Failure::failed(error.to_string()))?;
            Ok(Output {
                stderr: format!("wrote {}\n", path.display()),
                ..Output::default()
            })
        }
    }
}
