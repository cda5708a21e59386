//! Flags of `run`.

use clap::Args as ClapArgs;

use crate::cli::engine::EngineArgs;
use crate::cli::flags::{Format, Shape, named};
use crate::cli::prepare::PrepareArgs;
use crate::cli::value::wanted::{Wanted, wanted};

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct RunArgs {
    /// A network or a spec file
    #[arg(value_parser = named())]
    pub(in crate::cli) name: String,
    #[command(flatten)]
    pub(in crate::cli) shape: Shape,
    /// shipped, synthetic:SEED or a checkpoint: .safetensors, .pth, .pt, .ckpt or .bin
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(in crate::cli) weights: Option<String>,
    /// sample:N (a shipped picture), synthetic:SEED or an image file; several pictures are a batch
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(in crate::cli) input: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) engine: EngineArgs,
    /// The plain kernels, layer by layer: the reference, in double precision where the network needs it
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct"])]
    pub(in crate::cli) plain: bool,
    /// Batch normalisation by the batch's own statistics, with the plain kernels
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct"])]
    pub(in crate::cli) train: bool,
    /// Look into this batch normalisation, with --train: its statistics, formula, histogram and running statistics
    #[arg(long, value_name = "PATH", requires = "train", conflicts_with_all = ["input", "until", "layers", "top", "format"])]
    pub(in crate::cli) bn: Option<String>,
    /// How many batches move the running statistics, with --bn
    #[arg(long, value_name = "N", default_value_t = 5, requires = "bn", value_parser = batches)]
    pub(in crate::cli) batches: usize,
    /// The channel to look at, with --bn
    #[arg(long, value_name = "C", default_value_t = 0, requires = "bn")]
    pub(in crate::cli) channel: usize,
    /// Stop behind this layer
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) until: Option<String>,
    /// Show every layer's statistics
    #[arg(long)]
    pub(in crate::cli) layers: bool,
    /// Explain one value: PATH:CHANNEL,ROW,COLUMN as in conv1:0,12,7, or PATH:FEATURE as in fc:3
    #[arg(long, value_name = "PATH:C,Y,X", value_parser = wanted, conflicts_with_all = ["until", "layers"])]
    pub(in crate::cli) value: Option<Wanted>,
    /// With --value: how many products of each sum to show, the largest first
    #[arg(long, value_name = "N", default_value_t = 9, requires = "value")]
    pub(in crate::cli) products: usize,
    /// How many classes to show; 5 unless given
    #[arg(long, value_name = "K")]
    pub(in crate::cli) top: Option<usize>,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) prepare: PrepareArgs,
}

fn batches(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=1000) => Ok(number),
        _ => Err("write a number of batches from 1 to 1000".to_owned()),
    }
}
