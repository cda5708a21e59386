//! Preprocessing with other numbers than the network's: what comes of them is a common mistake made visible.

use ndarray::{ArrayD, Axis};

use super::super::super::kernels::Real;
use super::Edit;
use crate::network::{Layer, LayerId, Network};

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

    /// Mean and deviation of so many channels; one of grey takes the mean of the three.
    pub fn numbers(self, channels: usize) -> (Vec<f32>, Vec<f32>) {
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
        (of(mean), of(std))
    }

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ImageNet => "mean and std of ImageNet",
            Self::Halves => "mean 0.5, std 0.5",
            Self::Nothing => "mean 0, std 1",
        }
    }
}

/// What can be changed about a step of preprocessing: the order of the colours, and the numbers that they are standardised with.
pub(super) fn possible(network: &Network, id: LayerId) -> Vec<Edit> {
    match &network[id].layer {
        Layer::Input { channels, .. } if *channels > 1 => vec![Edit::Reverse { layer: id }],
        Layer::Standardize { mean, std } => Standard::ALL
            .into_iter()
            .filter(|by| by.numbers(mean.len()) != (mean.clone(), std.clone()))
            .map(|by| Edit::Standardize { layer: id, by })
            .collect(),
        _ => Vec::new(),
    }
}

/// Puts the channels of a picture in the other order, where that is asked for: blue, green, red.
pub(in super::super) fn reverse<T: Real>(edits: &[Edit], id: LayerId, picture: &mut ArrayD<T>) {
    if edits.contains(&Edit::Reverse { layer: id }) {
        picture.invert_axis(Axis(1));
        // The kernels take rows as they lie in memory.
        *picture = picture.as_standard_layout().into_owned();
    }
}
