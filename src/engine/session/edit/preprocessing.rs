//! Edits of the preprocessing settings, which show the effect of common mistakes.

use ndarray::{ArrayD, Axis};

use super::super::super::kernels::Real;
use super::Edit;
use crate::message;
use crate::network::{Filter, Layer, LayerId, Network, Picture, Preprocess, limits};
use crate::text::Message;

/// Means and standard deviations that networks are commonly trained with, for values from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// Those of ImageNet's images, as in torchvision's networks.
    ImageNet,
    /// 0.5 and 0.5: values from −1 to 1, as in Inception and BiT.
    Halves,
    /// 0 and 1: values are unchanged.
    Nothing,
}

impl Standard {
    /// All sets of means and deviations.
    pub const ALL: [Self; 3] = [Self::ImageNet, Self::Halves, Self::Nothing];

    /// The layer that standardises this number of channels; unless there are three, each with the mean of the three.
    pub fn layer(self, channels: usize) -> Layer {
        let (mean, std) = match self {
            Self::ImageNet => ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
            Self::Halves => ([0.5; 3], [0.5; 3]),
            Self::Nothing => ([0.0; 3], [1.0; 3]),
        };
        let of = |numbers: [f32; 3]| -> Vec<f32> {
            if channels == 3 {
                numbers.to_vec()
            } else {
                vec![numbers.iter().sum::<f32>() / 3.0; channels]
            }
        };
        Layer::Preprocess(Preprocess::Standardize {
            mean: of(mean),
            std: of(std),
        })
    }

    fn message(self) -> Message {
        match self {
            Self::ImageNet => message!("edit-imagenet"),
            Self::Halves => message!("edit-mean-std", mean = "0.5", std = "0.5"),
            Self::Nothing => message!("edit-mean-std", mean = "0", std = "1"),
        }
    }
}

/// Description of a preprocessing step with these settings.
pub(super) fn settings(layer: &Layer) -> Message {
    let Layer::Preprocess(Preprocess::Standardize { mean, std }) = layer else {
        return layer.summary();
    };
    let known = |standard: &Standard| standard.layer(mean.len()) == *layer;
    if let Some(standard) = Standard::ALL.into_iter().find(known) {
        return standard.message();
    }
    let list = |values: &[f32]| {
        let all_same = values
            .iter()
            .all(|value| value.to_bits() == values[0].to_bits());
        let values = if all_same { &values[..1] } else { values };
        let texts: Vec<String> = values.iter().map(f32::to_string).collect();
        texts.join(" ")
    };
    message!("edit-mean-std", mean = list(mean), std = list(std))
}

/// Checks whether a step can run with these settings in place of its own; otherwise returns the reason.
pub(super) fn fits(own: &Layer, by: &Layer) -> Result<(), Message> {
    let is_side = |side: &u64| (1..=limits::SIDE).contains(side);
    match (own, by) {
        (
            Layer::Picture(Picture::Resize { .. }),
            Layer::Picture(Picture::Resize { shorter, .. }),
        ) if is_side(shorter) => Ok(()),
        (
            Layer::Picture(Picture::CenterCrop { .. }),
            Layer::Picture(Picture::CenterCrop { size }),
        ) if size.iter().all(is_side) => Ok(()),
        (
            Layer::Picture(Picture::Resize { .. } | Picture::CenterCrop { .. }),
            Layer::Picture(Picture::Resize { .. } | Picture::CenterCrop { .. }),
        ) => Err(message!("edit-side", limit = limits::SIDE)),
        (
            Layer::Preprocess(Preprocess::Standardize { mean: own, .. }),
            Layer::Preprocess(Preprocess::Standardize { mean, std }),
        ) => {
            if [mean.len(), std.len()] != [own.len(); 2] {
                Err(message!("edit-one-per-channel"))
            } else if std.iter().all(|std| *std > 0.0) {
                Ok(())
            } else {
                Err(message!("edit-deviation"))
            }
        }
        _ => Err(message!("edit-other-step")),
    }
}

/// Edits that are possible for a preprocessing step: the order of the colours, the filter, and the mean and deviation for
/// standardisation.
pub(super) fn possible(network: &Network, id: LayerId) -> Vec<Edit> {
    let own = &network[id].layer;
    let replaced = |by: Layer| Edit::Replace { layer: id, by };
    let mut edits: Vec<Edit> = match own {
        Layer::Picture(Picture::Resize { shorter, filter }) => Filter::ALL
            .into_iter()
            .filter(|other| other != filter)
            .map(|filter| {
                replaced(Layer::Picture(Picture::Resize {
                    shorter: *shorter,
                    filter,
                }))
            })
            .collect(),
        Layer::Preprocess(Preprocess::Standardize { mean, .. }) => Standard::ALL
            .into_iter()
            .map(|standard| standard.layer(mean.len()))
            .filter(|by| by != own)
            .map(replaced)
            .collect(),
        _ => Vec::new(),
    };
    if reversible(network) == Some(id) {
        edits.push(Edit::Reverse { layer: id });
    }
    edits
}

/// The layer after which the channels of an image can be reversed: the last that works on whole images.
///
/// `None` if a layer of the network reverses them itself, since that layer can be bypassed, and for images of one channel.
pub fn reversible(network: &Network) -> Option<LayerId> {
    let last = network.picture_layers().max(1) - 1;
    let layer = network.ids_at(last..last + 1).next()?;
    let channels = network.reads()?.channels();
    (channels > 1 && network[layer].layer != Layer::Picture(Picture::RgbToBgr)).then_some(layer)
}

/// Reverses the channels of an image, if an edit asks for it: blue, green, red.
pub(in super::super) fn reverse<T: Real>(edits: &[Edit], id: LayerId, picture: &mut ArrayD<T>) {
    if edits.contains(&Edit::Reverse { layer: id }) {
        picture.invert_axis(Axis(1));
        // The kernels read rows in memory order.
        *picture = picture.as_standard_layout().into_owned();
    }
}
