//! Look at a network while it learns: its gradients, one channel of a batch normalisation, its first kernels, its batch.

use ndarray::{Array4, s};

use super::{Seen, Trainer};
use crate::engine::LayerWeights;
use crate::engine::gradient::{BlockNorm, Gradients, Norms};
use crate::network::{Conv, Layer, LayerId, Network, Norm};

/// Batch normalisation and channel that are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Watch {
    /// Number of the batch normalisation, in the order of execution.
    pub norm: usize,
    /// Channel of it.
    pub channel: usize,
}

/// Mean and variance of one channel: of the batch, and as they run along.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistic {
    /// Path of the batch normalisation.
    pub path: String,
    /// Its channel.
    pub channel: usize,
    /// Number of its channels.
    pub channels: usize,
    /// Mean of the batch, and the running mean after it.
    pub mean: [f32; 2],
    /// Unbiased variance of the batch, and the running variance after it.
    pub variance: [f32; 2],
}

/// Kernels of the first convolution.
#[derive(Debug, Clone, PartialEq)]
pub struct Kernels {
    /// Path of the convolution.
    pub path: String,
    /// Height and width of a kernel.
    pub size: [usize; 2],
    /// Values of each kernel's first input channel, one kernel after the other.
    pub values: Vec<f32>,
}

/// First pictures of a batch, with their classes and the network's answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// Height and width of a picture.
    pub size: [usize; 2],
    /// Values of each picture's first channel, one picture after the other.
    pub values: Vec<f32>,
    /// Class of each picture.
    pub labels: Vec<usize>,
    /// Likeliest class of each picture, before the step.
    pub answers: Vec<usize>,
}

/// Step of a network, and the look at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// Loss and right answers, before the step.
    pub seen: Seen,
    /// Learning rate of the step.
    pub rate: f64,
    /// Norm of the gradient of each block.
    pub blocks: Vec<BlockNorm>,
    /// Watched channel; `None` if the network has no batch normalisation.
    pub statistic: Option<Statistic>,
    /// First kernels; `None` if the network has no convolution.
    pub kernels: Option<Kernels>,
    /// Pictures of the batch.
    pub pictures: Pictures,
}

/// Most kernels and pictures of a look.
const MOST: usize = 64;
/// Most values of a look's pictures.
const MOST_VALUES: usize = 1 << 16;

/// Batch normalisations of a network, in the order of execution.
pub fn norms(network: &Network) -> impl Iterator<Item = LayerId> + '_ {
    let is_norm = |id: &LayerId| matches!(network[*id].layer, Layer::Norm(Norm::Batch(_)));
    network.ids().filter(is_norm)
}

pub(super) fn at(
    trainer: &Trainer,
    gradients: &Gradients<f32>,
    (pixels, labels): (&Array4<f32>, &[usize]),
    watch: Watch,
) -> Learned {
    let network = trainer.network();
    let answers: Vec<usize> = gradients
        .logits
        .outer_iter()
        .map(|row| {
            let row = row.iter().enumerate();
            row.max_by(|a, b| a.1.total_cmp(b.1))
                .map_or(0, |best| best.0)
        })
        .collect();
    let (images, _, height, width) = pixels.dim();
    let count = images
        .min(MOST)
        .min(MOST_VALUES / (height * width).max(1))
        .max(1);
    let values = pixels.slice(s![..count.min(images), 0, .., ..]);
    Learned {
        seen: Seen::default(),
        rate: 0.0,
        blocks: Norms::of(gradients, network).blocks,
        statistic: statistic(trainer, gradients, watch),
        kernels: kernels(trainer),
        pictures: Pictures {
            size: [height, width],
            values: values.iter().copied().collect(),
            labels: labels.iter().copied().take(count).collect(),
            answers: answers.into_iter().take(count).collect(),
        },
    }
}

/// Watched channel of the watched normalisation, or of the last one that there is.
fn statistic(trainer: &Trainer, gradients: &Gradients<f32>, watch: Watch) -> Option<Statistic> {
    let network = trainer.network();
    let all: Vec<LayerId> = norms(network).collect();
    let id = *all.get(watch.norm).or_else(|| all.last())?;
    let batch = gradients.statistics.iter().find(|(own, _)| *own == id);
    let (_, batch) = batch?;
    let LayerWeights::Norm { mean, var, .. } = &trainer.weights()[id] else {
        return None;
    };
    let channels = mean.len();
    let channel = watch.channel.min(channels.checked_sub(1)?);
    Some(Statistic {
        path: network[id].path.to_string(),
        channel,
        channels,
        mean: [batch.mean[channel], mean[channel]],
        variance: [batch.variance_unbiased[channel], var[channel]],
    })
}

/// Kernels of the first convolution, as far as they fit into a look.
fn kernels(trainer: &Trainer) -> Option<Kernels> {
    let network = trainer.network();
    let is_conv = |id: &LayerId| matches!(network[*id].layer, Layer::Conv(Conv::Spatial(_)));
    let id = network.ids().find(is_conv)?;
    let LayerWeights::Conv { weight, .. } = &trainer.weights()[id] else {
        return None;
    };
    let (count, _, height, width) = weight.dim();
    let values = weight.slice(s![..count.min(MOST), 0, .., ..]);
    Some(Kernels {
        path: network[id].path.to_string(),
        size: [height, width],
        values: values.iter().copied().collect(),
    })
}
