//! Parts of a network that training may do without: shortcuts, batch normalisations, the preprocessing of pixels.

use std::collections::BTreeMap;

use ndarray::Axis;

use super::Course;
use crate::lower::PictureSteps;
use crate::message;
use crate::network::{Combine, Layer, LayerId, Network, Norm, Preprocess, Shortened, Stage, check};
use crate::text::Message;

/// Part of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The shortcuts around its blocks: what remains is a plain network.
    Shortcuts,
    /// The batch normalisations.
    Norms,
    /// The layers that scale and standardise pixels: what remains reads values from 0 to 255.
    Preprocessing,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Norms, Self::Shortcuts, Self::Preprocessing];

    /// Its name in a command or a query.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shortcuts => "shortcuts",
            Self::Norms => "norms",
            Self::Preprocessing => "preprocessing",
        }
    }

    /// Its name, for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Shortcuts => "train-part-shortcuts",
            Self::Norms => "train-part-norms",
            Self::Preprocessing => "train-part-preprocessing",
        })
    }

    /// Whether it includes a layer.
    fn has(self, network: &Network, id: LayerId) -> bool {
        let node = &network[id];
        match self {
            Self::Shortcuts => {
                node.layer == Layer::Combine(Combine::Add) && node.scope.block.is_some()
            }
            Self::Norms => matches!(node.layer, Layer::Norm(Norm::Batch(_))),
            Self::Preprocessing => {
                matches!(node.layer, Layer::Preprocess(_)) && node.scope.stage == Stage::Preprocess
            }
        }
    }

    /// The network without it.
    ///
    /// # Errors
    /// It has none, or is illegal without it.
    pub fn taken_from(self, network: &Network) -> Result<Shortened, Message> {
        if !network.ids().any(|id| self.has(network, id)) {
            return Err(message!("train-part-none", part = self.word()));
        }
        // The main path is an addition's first operand.
        let short = network.shortened(|id| self.has(network, id).then_some(0));
        match check::check(&short.network).first() {
            Some(fault) => Err(message!(
                "train-part-needed",
                part = self.word(),
                reason = fault.message.clone()
            )),
            None => Ok(short),
        }
    }
}

/// The network with its pixels standardised by the mean and deviation of a batch that trains.
pub(super) fn standardised(
    network: &Network,
    course: &Course,
    steps: &PictureSteps,
) -> Result<Network, Message> {
    let [mean, std] = moments(course, steps)?;
    // Layers before it may have scaled the pixels already.
    let mut scale = 1.0;
    let mut found = None;
    for (id, node) in network.nodes() {
        match &node.layer {
            Layer::Preprocess(Preprocess::Scale { divisor }) => scale *= divisor,
            Layer::Preprocess(Preprocess::Standardize { .. }) => found = Some(id),
            _ => {}
        }
    }
    let id = found.ok_or_else(|| message!("train-part-none", part = Part::Preprocessing.word()))?;
    let by = |values: Vec<f32>| values.into_iter().map(|value| value / scale).collect();
    let layer = Layer::Preprocess(Preprocess::Standardize {
        mean: by(mean),
        std: by(std),
    });
    Ok(network.with_layers(&BTreeMap::from([(id, layer)])))
}

/// Mean and standard deviation of each channel over pictures that train.
fn moments(course: &Course, steps: &PictureSteps) -> Result<[Vec<f32>; 2], Message> {
    let (pixels, _) = course
        .plain(course.sample(), steps)
        .map_err(|error| error.0)?;
    let (mut means, mut deviations) = (Vec::new(), Vec::new());
    for channel in pixels.axis_iter(Axis(1)) {
        let mean = channel.mean().unwrap_or_default();
        let deviation = channel.std(0.0);
        means.push(mean);
        deviations.push(if deviation > 0.0 { deviation } else { 1.0 });
    }
    Ok([means, deviations])
}
