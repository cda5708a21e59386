//! Files that a training leaves in its folder: the best weights, the last ones with their ways, and a log.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::args::{ScheduleKind, TrainArgs};
use crate::cli::output::Failure;
use crate::engine::Trainer;
use crate::engine::train::parameters;
use crate::export::file::{Existing, write};
use crate::message;
use crate::spec::OutputStride;
use crate::text::system::reason;
use crate::weights::safetensors::serialized;

/// A line of the log: an epoch of one network.
#[allow(clippy::struct_field_names, reason = "the names of the JSON")]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Epoch {
    pub(super) net: String,
    pub(super) seed: u64,
    pub(super) epoch: usize,
    pub(super) loss: f64,
    pub(super) accuracy: f64,
    pub(super) test_accuracy: f64,
    pub(super) seconds: f64,
    pub(super) images_per_second: f64,
}

/// Settings that a resumed training must share with its beginning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Same {
    data: String,
    seed: u64,
    batch_size: u64,
    lr: f64,
    momentum: f64,
    weight_decay: f64,
    schedule: String,
    /// Total number of epochs, on which the cosine schedule depends; other schedules may be extended.
    epochs: Option<u32>,
    every: u32,
    smoothing: f64,
    shift: u16,
    mirror: bool,
    freeze: Vec<String>,
    classes: Option<u64>,
    in_channels: Option<u64>,
    output_stride: Option<u64>,
}

impl Same {
    pub(super) fn of(args: &TrainArgs) -> Self {
        Self {
            data: args.data.clone(),
            seed: args.seed,
            batch_size: args.batch_size,
            lr: args.lr,
            momentum: args.momentum,
            weight_decay: args.weight_decay,
            schedule: format!("{:?}", args.schedule).to_lowercase(),
            epochs: (args.schedule == ScheduleKind::Cosine).then_some(args.epochs),
            every: args.every,
            smoothing: args.smoothing,
            shift: args.shift,
            mirror: args.mirror,
            freeze: args.freeze.clone(),
            classes: args.classes,
            in_channels: args.body.in_channels,
            output_stride: args.body.output_stride.map(OutputStride::get),
        }
    }

    /// The first setting in which another differs, with both values.
    fn differs(&self, other: &Self) -> Option<(String, String, String)> {
        let both = [self, other].map(|own| serde_json::to_value(own).unwrap_or_default());
        let [own, other] = both;
        let own = own.as_object()?.clone();
        own.into_iter().find_map(|(name, value)| {
            let theirs = other.get(&name)?;
            (*theirs != value).then(|| {
                (
                    name.replace('_', "-"),
                    value.to_string(),
                    theirs.to_string(),
                )
            })
        })
    }
}

/// The log of one network.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Log {
    pub(super) net: String,
    pub(super) weights: String,
    pub(super) settings: Same,
    /// The epoch whose weights are kept, from 1.
    pub(super) best_epoch: usize,
    pub(super) epochs: Vec<Epoch>,
}

/// Files of one network in a folder.
pub(super) struct Place {
    pub(super) best: PathBuf,
    pub(super) last: PathBuf,
    pub(super) log: PathBuf,
}

impl Place {
    /// Those of a network, whose name may be a path.
    pub(super) fn of(folder: &Path, net: &str) -> Self {
        let stem = Path::new(net)
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let stem = stem.unwrap_or_else(|| "net".to_owned());
        let file = |end: &str| folder.join(format!("{stem}{end}"));
        Self {
            best: file(".safetensors"),
            last: file(".last.safetensors"),
            log: file(".json"),
        }
    }

    /// Refuses a folder that has a training of the network already.
    pub(super) fn refuse_taken(&self) -> Result<(), Failure> {
        let taken = [&self.best, &self.last, &self.log]
            .into_iter()
            .find(|path| path.exists());
        match taken {
            Some(path) => {
                let path = path.display().to_string();
                let message = message!("train-folder-taken", path = path);
                Err(Failure::usage(message))
            }
            None => Ok(()),
        }
    }

    /// Writes the best weights.
    pub(super) fn keep_best(&self, trainer: &Trainer) -> Result<(), Failure> {
        let own: Vec<_> = parameters(trainer.network(), trainer.weights()).collect();
        written(&self.best, &serialized(&own))
    }

    /// Writes all that the next step depends on, and the log.
    pub(super) fn keep_last(&self, trainer: &Trainer, log: &Log) -> Result<(), Failure> {
        let state = trainer.state();
        let views: Vec<_> = state
            .iter()
            .map(|(name, own)| (name.clone(), own.view()))
            .collect();
        written(&self.last, &serialized(&views))?;
        let text = serde_json::to_string_pretty(log).unwrap_or_default() + "\n";
        written(&self.log, text.as_bytes())
    }

    /// Log of a training that is resumed with the same settings.
    pub(super) fn resumed(&self, net: &str, same: &Same) -> Result<Log, Failure> {
        let path = || self.log.display().to_string();
        let text = crate::spec::open::text(&self.log, 64 << 20).map_err(|error| {
            let message = message!("data-unreadable", path = path(), reason = reason(&error));
            Failure::failed(message)
        })?;
        let log: Log = serde_json::from_str(&text).map_err(|error| {
            let message = message!("data-unreadable", path = path(), reason = error.to_string());
            Failure::failed(message)
        })?;
        if log.net != net {
            let message = message!("train-other-net", path = path(), own = &log.net, net = net);
            return Err(Failure::failed(message));
        }
        match log.settings.differs(same) {
            Some((name, began, now)) => {
                let option = format!("--{name}");
                let message = message!(
                    "train-other-setting",
                    option = option,
                    began = began,
                    now = now
                );
                Err(Failure::usage(message))
            }
            None => Ok(log),
        }
    }
}

fn written(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes, Existing::Replace).map_err(Failure::failed)
}
