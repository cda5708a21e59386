//! The flags of `train`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::flags::{Format, input_size, named, positive};
use crate::engine::train::Schedule;

/// Change of the learning rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ScheduleKind {
    /// Not at all
    Constant,
    /// Down to nothing along a half wave
    Cosine,
    /// To a tenth after every --every epochs
    Steps,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct TrainArgs {
    /// Networks or spec files, which learn side by side from the same batches
    #[arg(required = true, value_name = "NAME", value_parser = named())]
    pub(super) names: Vec<String>,
    /// digits (in the binary), or a folder: MNIST's or CIFAR's files, or pictures with a subfolder a class
    #[arg(long, value_name = "SRC", default_value = "digits", value_parser = named())]
    pub(super) data: String,
    /// Input size: 224, or height x width as in 224x320
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    pub(super) input_size: Option<[u64; 2]>,
    /// Number of classes, in place of the spec's own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::CHANNELS))]
    pub(super) classes: Option<u64>,
    /// Weights to begin with: init:he:SEED, init:torch:SEED, shipped or a checkpoint, whose head may differ; init:he and the
    /// seed unless given
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(super) weights: Option<String>,
    /// A layer, block or stage that keeps its weights, as in layer3; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(super) freeze: Vec<String>,
    /// Times that every picture is learned from
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) epochs: u32,
    /// Learning rate
    #[arg(long, value_name = "X", default_value_t = 0.05, value_parser = positive)]
    pub(super) lr: f64,
    /// Part of the last step that the next one goes on
    #[arg(long, value_name = "X", default_value_t = 0.9, value_parser = positive)]
    pub(super) momentum: f64,
    /// Part of each weight that is added to its gradient
    #[arg(long, value_name = "X", default_value_t = 1e-4, value_parser = positive)]
    pub(super) weight_decay: f64,
    /// Change of the learning rate
    #[arg(long, value_name = "KIND", default_value = "constant")]
    pub(super) schedule: ScheduleKind,
    /// Epochs until the learning rate is a tenth, with --schedule steps
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) every: u32,
    /// Share of the target that is spread over all classes
    #[arg(long, value_name = "X", default_value_t = 0.0, value_parser = share)]
    pub(super) smoothing: f64,
    /// Move each picture by up to so many pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=512))]
    pub(super) shift: u16,
    /// Mirror every other picture, left to right
    #[arg(long)]
    pub(super) mirror: bool,
    /// Pictures at once
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::BATCH))]
    pub(super) batch_size: u64,
    /// Seed of weights, parts, batches and what is moved and mirrored
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// Folder for the best weights, the last ones to go on from, and a log of each network
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    /// Go on with what a folder has, up to --epochs in all
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["output", "weights"])]
    pub(super) resume: Option<PathBuf>,
    /// Form of the output; json and csv have a line for each epoch and network as it ends
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

fn share(text: &str) -> Result<f64, String> {
    positive(text).and_then(|share| {
        if share < 1.0 {
            Ok(share)
        } else {
            Err(crate::cli::flags::spoken()
                .word("flag-below-one")
                .to_owned())
        }
    })
}

impl TrainArgs {
    pub(super) fn schedule(&self) -> Schedule {
        match self.schedule {
            ScheduleKind::Constant => Schedule::Constant,
            ScheduleKind::Cosine => Schedule::Cosine,
            ScheduleKind::Steps => Schedule::Steps {
                every: self.every as usize,
                factor: 0.1,
            },
        }
    }
}
