//! The flags of `train`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::flags::{Body, Format, input_size, named, positive};
use crate::engine::train::{Part, Schedule};

/// Change of the learning rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ScheduleKind {
    Constant,
    Cosine,
    Steps,
}

impl ValueEnum for Part {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct TrainArgs {
    #[arg(required = true, value_name = "NAME", value_parser = named())]
    pub(super) names: Vec<String>,
    #[arg(long, value_name = "SRC", default_value = "digits", value_parser = named())]
    pub(super) data: String,
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    pub(super) input_size: Option<[u64; 2]>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::CHANNELS))]
    pub(super) classes: Option<u64>,
    #[command(flatten)]
    pub(super) body: Body,
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(super) weights: Option<String>,
    #[arg(long, value_name = "PATH")]
    pub(super) freeze: Vec<String>,
    #[arg(long, value_name = "PART", value_delimiter = ',', conflicts_with_all = ["output", "resume", "weights"])]
    pub(super) without: Vec<Part>,
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) epochs: u32,
    #[arg(long, value_name = "X", default_value_t = 0.05, allow_negative_numbers = true, value_parser = positive)]
    pub(super) lr: f64,
    #[arg(long, value_name = "X", default_value_t = 0.9, allow_negative_numbers = true, value_parser = positive)]
    pub(super) momentum: f64,
    #[arg(long, value_name = "X", default_value_t = 1e-4, allow_negative_numbers = true, value_parser = positive)]
    pub(super) weight_decay: f64,
    #[arg(long, value_name = "KIND", default_value = "constant")]
    pub(super) schedule: ScheduleKind,
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) every: u32,
    #[arg(long, value_name = "X", default_value_t = 0.0, allow_negative_numbers = true, value_parser = share)]
    pub(super) smoothing: f64,
    #[arg(long, value_name = "PIXELS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=512))]
    pub(super) shift: u16,
    #[arg(long)]
    pub(super) mirror: bool,
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::BATCH))]
    pub(super) batch_size: u64,
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["output", "weights"])]
    pub(super) resume: Option<PathBuf>,
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
