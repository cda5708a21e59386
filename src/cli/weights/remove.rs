//! `weights remove`: published weights leave this disk.

use clap::Args as ClapArgs;

use super::chosen;
use crate::cli::flags::{named, spoken};
use crate::cli::output::{Failure, Output};
use crate::message;
use crate::report::format::bytes;
use crate::weights::disk::Places;
use crate::weights::remove;

#[derive(Debug, ClapArgs)]
pub(super) struct RemoveArgs {
    #[arg(value_parser = named())]
    name: String,
}

pub(super) fn remove(args: &RemoveArgs) -> Result<Output, Failure> {
    let (weights, _) = chosen(&args.name, false)?;
    let removed = remove::remove(weights, &Places::of_system())
        .map_err(|error| Failure::failed(error.message()))?;
    let files = removed.files.iter().map(|path| path.display());
    let mut output =
        Output::data(files.fold(String::new(), |text, path| format!("{text}{path}\n")));
    let (name, size) = (weights.name(), bytes(removed.bytes.into()));
    let done = message!("remove-done", name = name, size = size);
    output.stderr = spoken().say(&done) + "\n";
    Ok(output)
}
