//! Batch normalisation at work: batches of images through one layer, its batch statistics, and the updates of its running
//! statistics.

mod error;
mod rights;

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array1, Array4, Axis, Ix4, s};

use super::budget::{Way, admit};
use super::kernels::norm;
pub use super::kernels::norm::BatchStatistics;
use super::{ChoiceError, Input, Keep, LoadedWeights, Mode, Session, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::network::layer::BatchNorm2d;
use crate::network::{Layer, LayerId, LayerPath, Network, Norm};
use crate::spec::catalog;
use crate::spec::problem::nearest;
use crate::weights::{Picture, synthetic_input};
pub use error::LabError;
pub use rights::Rights;

/// Contact sheet next to a spec: 100 test images, ten per row.
const SHEET: &str = "first100.png";
/// Rows of the sheet, and images per row.
const SIDE: usize = 10;

/// Initial values of the running statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Mean 0 and variance 1, as in a new layer.
    Fresh,
    /// The statistics in the weights.
    Stored,
}

/// A network up to one batch normalisation, with batches of images to send through it.
#[derive(Debug)]
pub struct BnLab {
    network: Arc<Network>,
    weights: Arc<LoadedWeights>,
    layer: LayerId,
    settings: BatchNorm2d,
    pictures: Pictures,
}

#[derive(Debug)]
enum Pictures {
    /// Pixel values from 0 to 255.
    Shipped(Array4<f32>),
    /// Noise, different for each batch.
    Synthetic(u64, [usize; 3]),
}

/// Running mean and variance, one number per channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// Running mean of each channel.
    pub mean: Array1<f32>,
    /// Running variance of each channel.
    pub variance: Array1<f32>,
}

/// One batch, and the running statistics after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Statistics of the batch.
    pub batch: BatchStatistics,
    /// Running statistics after the batch.
    pub running: Running,
}

/// One channel of a batch on its way through the layer: the pixels of all images, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Input of the layer.
    pub x: Vec<f32>,
    /// `(x − μ) / √(σ² + ε)`, with the batch's statistics.
    pub normalized: Vec<f32>,
    /// `γ·x̂ + β`: the output in training mode.
    pub training: Vec<f32>,
    /// Output in inference mode, from the running statistics.
    pub inference: Vec<f32>,
    /// Mean μ of the batch.
    pub mean: f32,
    /// Variance σ² over n, which normalises the batch.
    pub variance_biased: f32,
    /// Variance σ² over n − 1, which updates the running variance.
    pub variance_unbiased: f32,
    /// Scale γ.
    pub gamma: f32,
    /// Shift β.
    pub beta: f32,
    /// Running mean that inference uses.
    pub running_mean: f32,
    /// Running variance that inference uses.
    pub running_variance: f32,
}

/// Distance of the batches' statistics from the running ones: means over batches and channels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// Images per batch.
    pub size: usize,
    /// Number of batches.
    pub batches: usize,
    /// `|μ − running mean| / running standard deviation`
    pub mean: f64,
    /// `|σ² / running variance − 1|`
    pub variance: f64,
}

/// Moments of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Variance, over n.
    pub variance: f64,
    /// Third standardised moment: 0 for every symmetric distribution, hence for a Gaussian.
    pub skewness: f64,
    /// Fourth standardised moment: 3 for a Gaussian.
    pub kurtosis: f64,
}

impl BnLab {
    /// Creates the laboratory of the batch normalisation at `path`. Its images are the shipped ones if the network has some
    /// and runs on its shipped weights, noise otherwise.
    ///
    /// # Errors
    /// There is no layer of that path, the layer is no batch normalisation of maps, or the weights cannot be loaded.
    pub fn new(model: &Model, weights: &WeightsChoice, path: &str) -> Result<Self, LabError> {
        let network = &model.network;
        let norms = || {
            network
                .nodes()
                .filter(|(_, node)| of_maps(&node.layer).is_some())
        };
        let help = || {
            let paths: Vec<String> = norms().map(|(_, node)| node.path.to_string()).collect();
            match (
                nearest(path, paths.iter().map(String::as_str)),
                paths.as_slice(),
            ) {
                (Some(near), _) => message!("did-you-mean", name = near),
                (None, [first, .., last]) => {
                    message!("lab-norms", first = first, last = last)
                }
                (None, _) => message!("lab-no-norms"),
            }
        };
        let layer = network.find(path).ok_or_else(|| LabError::NoLayer {
            path: path.to_owned(),
            help: help(),
        })?;
        let Some(settings) = of_maps(&network[layer].layer) else {
            return Err(LabError::Other {
                path: path.to_owned(),
                op: network[layer].layer.op(),
                help: help(),
            });
        };
        let source = weights.open(model)?;
        Ok(Self {
            weights: LoadedWeights::load(network, source.as_ref())?,
            layer,
            settings: settings.clone(),
            pictures: Pictures::of(model, weights)?,
            network: Arc::new(network.clone()),
        })
    }

    /// Path of the layer.
    pub fn path(&self) -> &LayerPath {
        &self.network[self.layer].path
    }

    /// Settings of the layer: ε, momentum and channels.
    pub const fn settings(&self) -> &BatchNorm2d {
        &self.settings
    }

    /// Number of distinct images; `None` if they are unlimited.
    pub fn pictures(&self) -> Option<usize> {
        match &self.pictures {
            Pictures::Shipped(all) => Some(all.len_of(Axis(0))),
            Pictures::Synthetic(..) => None,
        }
    }

    /// Input of the layer for batch `number` (from 0) of `size` images, with the network in training mode: images × channels
    /// × height × width.
    ///
    /// # Errors
    /// The pass takes too much memory, or a layer would have a single value per channel.
    pub fn input(&self, size: usize, number: usize) -> Result<Array4<f32>, LabError> {
        let way = Way::Needed(Mode::Training);
        admit(&self.network, size, way)?;
        let batch = match &self.pictures {
            Pictures::Shipped(all) => {
                let count = all.len_of(Axis(0));
                let places: Vec<_> = (0..size).map(|at| (number * size + at) % count).collect();
                Input::Pixels(all.select(Axis(0), &places))
            }
            Pictures::Synthetic(seed, [channels, height, width]) => {
                let shape = [size, *channels, *height, *width];
                let values = synthetic_input(seed + number as u64, &shape);
                Input::Prepared(
                    values
                        .into_dimensionality()
                        .map_err(|_| ChoiceError::NoInput)?,
                )
            }
        };
        let (network, weights) = (self.network.clone(), self.weights.clone());
        let mut session = Session::new(network, weights, batch, Mode::Training, Keep::Needed)?;
        let inputs = self.network.inputs(self.layer);
        let read = inputs.first().copied().ok_or(ChoiceError::NoInput)?;
        let _ = session.run_to(read, &mut |_, _| ControlFlow::Continue(()));
        let value = session.value(read).ok_or(ChoiceError::NoInput)?.clone();
        let map = value.into_dimensionality::<Ix4>();
        Ok(map.map_err(|_| ChoiceError::NoInput)?)
    }

    /// Running statistics before the first batch.
    pub fn start(&self, start: Start) -> Running {
        let channels = self.settings.features as usize;
        match (start, self.weights.of(self.layer)) {
            (Start::Stored, super::LayerWeights::Norm { mean, var, .. }) => Running {
                mean: mean.clone(),
                variance: var.clone(),
            },
            _ => Running {
                mean: Array1::zeros(channels),
                variance: Array1::ones(channels),
            },
        }
    }

    /// Batch statistics of the layer's input.
    pub fn statistics(&self, input: &Array4<f32>) -> BatchStatistics {
        norm::batch_norm_training(input.mapv(f64::from).view(), None, None, self.settings.eps).1
    }

    /// Updates `running` with one batch, as PyTorch does: by the share `momentum`, with the unbiased variance.
    pub fn moved(&self, running: &Running, batch: &BatchStatistics) -> Running {
        let momentum = self.settings.momentum as f32;
        let mut moved = running.clone();
        norm::update_running(&mut moved.mean, &batch.mean, momentum);
        norm::update_running(&mut moved.variance, &batch.variance_unbiased, momentum);
        moved
    }

    /// Sends `batches` batches of `size` images through the layer, one after the other.
    ///
    /// # Errors
    /// As for [`Self::input`].
    pub fn walk(&self, size: usize, batches: usize, start: Start) -> Result<Vec<Step>, LabError> {
        let mut running = self.start(start);
        let mut steps = Vec::new();
        for number in 0..batches {
            let batch = self.statistics(&self.input(size, number)?);
            running = self.moved(&running, &batch);
            steps.push(Step {
                batch,
                running: running.clone(),
            });
        }
        Ok(steps)
    }

    /// One channel of a batch on its way through the layer; inference uses the statistics `running`.
    ///
    /// # Errors
    /// There is no such channel.
    pub fn channel(
        &self,
        input: &Array4<f32>,
        channel: usize,
        running: &Running,
    ) -> Result<Channel, LabError> {
        self.channel_with(input, channel, running, self.settings.eps)
    }

    /// The same with another ε.
    ///
    /// # Errors
    /// There is no such channel.
    pub fn channel_with(
        &self,
        input: &Array4<f32>,
        channel: usize,
        running: &Running,
        eps: f64,
    ) -> Result<Channel, LabError> {
        let channels = self.settings.features as usize;
        if channel >= channels {
            return Err(LabError::NoChannel {
                channel,
                channels,
                path: self.path().to_string(),
            });
        }
        let batch = self.statistics(input);
        let x: Vec<f32> = input
            .slice(s![.., channel, .., ..])
            .iter()
            .copied()
            .collect();
        let (gamma, beta) = match self.weights.of(self.layer) {
            super::LayerWeights::Norm { gamma, beta, .. } => (gamma[channel], beta[channel]),
            _ => (1.0, 0.0),
        };
        // The mean of the input, not its rounding to f32: values that hardly vary around it would show the difference.
        let exact = moments(&x);
        let normalize = |mean: f64, variance: f64| -> Vec<f64> {
            let deviation = (variance + eps).sqrt();
            x.iter()
                .map(|&x| (f64::from(x) - mean) / deviation)
                .collect()
        };
        let scaled = |values: &[f64]| -> Vec<f32> {
            let scale = |&x: &f64| x.mul_add(f64::from(gamma), f64::from(beta)) as f32;
            values.iter().map(scale).collect()
        };
        let normalized = normalize(exact.mean, exact.variance);
        let (mean, variance) = (running.mean[channel], running.variance[channel]);
        let inference = normalize(f64::from(mean), f64::from(variance));
        Ok(Channel {
            training: scaled(&normalized),
            inference: scaled(&inference),
            normalized: normalized.into_iter().map(|x| x as f32).collect(),
            x,
            mean: batch.mean[channel],
            variance_biased: batch.variance_biased[channel],
            variance_unbiased: batch.variance_unbiased[channel],
            gamma,
            beta,
            running_mean: mean,
            running_variance: variance,
        })
    }

    /// Distance of the statistics of batches of `size` images from the stored running statistics. Uses every image once; if
    /// the images are unlimited, as many as the largest of the usual batch sizes.
    ///
    /// # Errors
    /// As for [`Self::input`].
    pub fn distance(&self, size: usize) -> Result<Distance, LabError> {
        let batches = (self.pictures().unwrap_or(64) / size.max(1)).max(1);
        let running = self.start(Start::Stored);
        let (mut mean, mut variance, mut count) = (0.0, 0.0, 0.0);
        for number in 0..batches {
            let batch = self.statistics(&self.input(size, number)?);
            for channel in 0..running.mean.len() {
                let spread = f64::from(running.variance[channel]) + self.settings.eps;
                let off = f64::from(batch.mean[channel]) - f64::from(running.mean[channel]);
                mean += off.abs() / spread.sqrt();
                variance += (f64::from(batch.variance_biased[channel]) / spread - 1.0).abs();
                count += 1.0;
            }
        }
        Ok(Distance {
            size,
            batches,
            mean: mean / count,
            variance: variance / count,
        })
    }
}

impl Pictures {
    fn of(model: &Model, weights: &WeightsChoice) -> Result<Self, ChoiceError> {
        let [channels, height, width] =
            super::sources::input_dims(model).ok_or(ChoiceError::NoInput)?;
        if let (WeightsChoice::Shipped, Some(bytes)) =
            (weights, catalog::asset(&model.spec.source.name, SHEET))
        {
            let sheet = Picture::decode(bytes)?;
            if sheet.size() == ((SIDE * width) as u32, (SIDE * height) as u32) {
                let sheet = sheet.tensor(channels, SIDE * height, SIDE * width, None)?;
                let mut all = Array4::zeros([SIDE * SIDE, channels, height, width]);
                for (number, mut picture) in all.outer_iter_mut().enumerate() {
                    let (top, left) = (number / SIDE * height, number % SIDE * width);
                    picture.assign(&sheet.slice(s![0, .., top..top + height, left..left + width]));
                }
                return Ok(Self::Shipped(all));
            }
        }
        let seed = match weights {
            WeightsChoice::Synthetic(seed) | WeightsChoice::Initial(_, seed) => *seed,
            WeightsChoice::Shipped | WeightsChoice::File(..) => 0,
        };
        Ok(Self::Synthetic(seed, [channels, height, width]))
    }
}

/// Moments of values, in f64 and two passes; if all values are equal, the standardised moments are 0.
pub fn moments(values: &[f32]) -> Moments {
    let count = values.len().max(1) as f64;
    let mean = values.iter().map(|&x| f64::from(x)).sum::<f64>() / count;
    let central = |power: i32| {
        let powers = values.iter().map(|&x| (f64::from(x) - mean).powi(power));
        powers.sum::<f64>() / count
    };
    let variance = central(2);
    let standardized = |power: i32| {
        if variance > 0.0 {
            central(power) / variance.powf(f64::from(power) / 2.0)
        } else {
            0.0
        }
    };
    Moments {
        mean,
        variance,
        skewness: standardized(3),
        kurtosis: standardized(4),
    }
}

/// The batch normalisation of feature maps in `layer`, if it is one: the laboratory draws pixels.
fn of_maps(layer: &Layer) -> Option<&BatchNorm2d> {
    match layer {
        Layer::Norm(Norm::Batch(norm)) if !norm.vectors => Some(norm),
        _ => None,
    }
}
