//! Preprocessing with other settings than the network's: what comes of them is a common mistake made visible.

use ndarray::{ArrayD, Axis};

use super::super::super::kernels::Real;
use super::Edit;
use crate::message;
use crate::network::{Filter, Layer, LayerId, Network, Picture, Preprocess, limits};
use crate::text::Message;

/// Means and deviations that networks are commonly trained with, of values from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// Those of ImageNet's pictures, as torchvision's nets take them.
    ImageNet,
    /// 0.5 and 0.5: values from −1 to 1, as Inception and BiT take them.
    Halves,
    /// 0 and 1: values are left as they are.
    Nothing,
}

impl Standard {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ImageNet, Self::Halves, Self::Nothing];

    /// The layer that standardises so many channels by them; one of grey takes the mean of the three.
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

/// What a step of preprocessing with these settings does.
pub(super) fn settings(layer: &Layer) -> Message {
    let Layer::Preprocess(Preprocess::Standardize { mean, std }) = layer else {
        return layer.summary().into();
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

/// Whether a step can be done with these settings in place of its own, or why not.
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

/// What can be changed about a step of preprocessing: the order of the colours, the filter, and the numbers that pictures are
/// standardised with.
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

/// The layer behind which the colours of a picture can be put in the other order: the last that works on whole pictures.
///
/// `None` where a layer does that by itself, which can be left out, and for pictures of one channel.
pub fn reversible(network: &Network) -> Option<LayerId> {
    let last = network.picture_layers().max(1) - 1;
    let layer = network.ids_at(last..last + 1).next()?;
    let channels = network.reads()?.channels();
    (channels > 1 && network[layer].layer != Layer::Picture(Picture::RgbToBgr)).then_some(layer)
}

/// Puts the channels of a picture in the other order, where that is asked for: blue, green, red.
pub(in super::super) fn reverse<T: Real>(edits: &[Edit], id: LayerId, picture: &mut ArrayD<T>) {
    if edits.contains(&Edit::Reverse { layer: id }) {
        picture.invert_axis(Axis(1));
        // The kernels take rows as they lie in memory.
        *picture = picture.as_standard_layout().into_owned();
    }
}
