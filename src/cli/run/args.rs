//! Flags of `run`.

use clap::Args as ClapArgs;

use super::cam::LookedArgs;
use super::wanted::{Wanted, wanted};
use crate::cli::engine::EngineArgs;
use crate::cli::flags::{Format, Shape, named, whole};
use crate::cli::prepare::PrepareArgs;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct RunArgs {
    #[arg(value_parser = named())]
    pub(in crate::cli) name: String,
    #[command(flatten)]
    pub(in crate::cli) shape: Shape,
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(in crate::cli) weights: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) entry: Option<String>,
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(in crate::cli) input: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) engine: EngineArgs,
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct"])]
    pub(in crate::cli) plain: bool,
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct"])]
    pub(in crate::cli) train: bool,
    #[arg(long, value_name = "PATH", requires = "train", conflicts_with_all = ["input", "until", "layers", "top", "format"])]
    pub(in crate::cli) bn: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 5, requires = "bn", value_parser = whole::<usize>(1, 1000))]
    pub(in crate::cli) batches: usize,
    #[arg(long, value_name = "C", default_value_t = 0, requires = "bn")]
    pub(in crate::cli) channel: usize,
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) until: Option<String>,
    #[arg(long)]
    pub(in crate::cli) layers: bool,
    #[arg(long, value_name = "PATH:C,Y,X", value_parser = wanted, conflicts_with_all = ["until", "layers"])]
    pub(in crate::cli) value: Option<Wanted>,
    #[arg(long, value_name = "N", default_value_t = 9, requires = "value")]
    pub(in crate::cli) products: usize,
    #[arg(long, value_name = "K")]
    pub(in crate::cli) top: Option<usize>,
    #[command(flatten)]
    pub(in crate::cli) looked: LookedArgs,
    #[arg(long, default_value = "text")]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) prepare: PrepareArgs,
}
