//! `weights infer`: a spec that a checkpoint fits.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;

use super::open;
use crate::cli::flags::{Form, named, spoken};
use crate::cli::output::{Failure, Output};
use crate::export::file::{self, Existing};
use crate::message;
use crate::weights::infer::{Inferred, infer as inferred};

#[derive(Debug, ClapArgs)]
pub(super) struct InferArgs {
    #[arg(value_parser = named())]
    file: String,
    #[arg(long, value_name = "NAME")]
    entry: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, requires = "output")]
    force: bool,
    #[arg(long, default_value = "text")]
    format: Form,
}

/// Settings that no tensor shows.
const UNKNOWN: [&str; 6] = [
    "strides",
    "padding",
    "pools",
    "activations",
    "input size",
    "preprocessing",
];

pub(super) fn infer(args: &InferArgs) -> Result<Output, Failure> {
    let source = open(&args.file, args.entry.as_deref())?;
    let names = source.names().unwrap_or_default();
    let Some(mut found) = inferred(&names, &|_| false) else {
        let none = message!("infer-nothing-alike", file = &args.file);
        return Err(Failure::failed(none));
    };
    let comment = spoken().say(&message!("infer-comment", file = &args.file));
    let comment = comment.lines().map(|line| format!("# {line}\n"));
    found.spec.insert_str(0, &comment.collect::<String>());
    if let (Some(path), true) = (&args.output, found.fits) {
        let existing = if args.force {
            Existing::Replace
        } else {
            Existing::Keep
        };
        file::write(path, found.spec.as_bytes(), existing).map_err(Failure::failed)?;
    }
    let mut output = match args.format {
        Form::Json => Output::json(&json!({
            "spec": found.spec,
            "fits": found.fits,
            "parent": found.parent,
            "renamed": found.renamed,
            "missing": found.missing,
            "extra": found.extra,
            "unknown": UNKNOWN,
            "tensors": names.len(),
        })),
        Form::Text if args.output.is_some() => Output::default(),
        Form::Text => Output::data(found.spec.clone()),
    };
    for line in said(args, &found) {
        output.stderr += &(spoken().say(&line) + "\n");
    }
    output.code = u8::from(!found.fits);
    Ok(output)
}

fn said(args: &InferArgs, found: &Inferred) -> Vec<crate::text::Message> {
    let (file, parent) = (&args.file, &found.parent);
    if !found.fits {
        return vec![message!(
            "infer-no-fit",
            file = file,
            parent = parent,
            missing = found.missing,
            extra = found.extra
        )];
    }
    let mut lines = vec![if found.renamed {
        message!("infer-fits-renamed", file = file, parent = parent)
    } else {
        message!("infer-fits", file = file, parent = parent)
    }];
    lines.push(message!("infer-unknown"));
    if let Some(path) = &args.output {
        let path = path.display().to_string();
        lines.push(message!("export-wrote", file = path));
    }
    lines
}
