//! `weights`: published weights, and a look at checkpoints.

mod diff;
mod infer;
mod list;
mod show;

use std::path::Path;

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Number, Value};

use super::output::{Failure, Output};
use crate::weights::{WeightSource, checkpoint};

#[derive(Debug, ClapArgs)]
#[command(subcommand_required = true)]
pub(super) struct WeightsArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(after_help = "resnet-explore weights list resnet50")]
    List(list::ListArgs),
    #[command(after_help = "resnet-explore weights infer mine.pth -o mine.toml")]
    Infer(infer::InferArgs),
    #[command(after_help = "resnet-explore weights show resnet18.pth --search conv1")]
    Show(show::ShowArgs),
    #[command(after_help = "resnet-explore weights diff before.pth after.pth --format csv")]
    Diff(diff::DiffArgs),
}

pub(super) fn weights(args: &WeightsArgs) -> Result<Output, Failure> {
    match &args.command {
        Command::List(args) => list::list(args),
        Command::Infer(args) => infer::infer(args),
        Command::Show(args) => show::show(args),
        Command::Diff(args) => diff::diff(args),
    }
}

/// Opens a checkpoint, by one of its entries if one is asked for.
fn open(file: &str, entry: Option<&str>) -> Result<Box<dyn WeightSource>, Failure> {
    checkpoint::open_entry(Path::new(file), entry).map_err(Failure::failed)
}

/// A figure of four digits; nothing for one that does not exist.
fn figure(value: f64) -> String {
    if value.is_nan() {
        String::new()
    } else if value.is_infinite() {
        "∞".to_owned()
    } else if value == 0.0 {
        "0".to_owned()
    } else if (1e-3..1e5).contains(&value.abs()) {
        let before = value.abs().log10().floor().max(0.0) as usize;
        format!("{value:.*}", 4_usize.saturating_sub(before))
    } else {
        format!("{value:.3e}")
    }
}

/// A figure as JSON, which has neither NaN nor infinity: `null` then.
fn number(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}
