//! A checkpoint's first convolution for another number of input channels, as timm's `adapt_input_conv` makes it.

use std::collections::BTreeMap;

use ndarray::{ArrayD, Axis, IxDyn, Slice};

use crate::network::layer::Order;
use crate::network::{Conv, Layer, LayerId, Network, Reshape};
use crate::weights::fit::Named;

/// Channels of the checkpoints that are adapted: those of colour pictures.
const BASE: usize = 3;

/// The first convolution of a network, by which it reads the channels of its input.
pub(super) struct Stem {
    id: LayerId,
    /// Name of its weights.
    name: String,
    shape: Vec<usize>,
    /// Channels of the network's input.
    channels: usize,
    /// Pixels of the input that are channels of one pixel for it.
    pixels: usize,
    /// Order of those channels.
    order: Order,
}

/// The change of one tensor, for a network whose input has other channels than the checkpoint's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Adaptation {
    /// Name of the tensor in the network.
    pub(super) name: String,
    /// Its shape there.
    pub(super) shape: Vec<usize>,
    /// Channels that the checkpoint was trained with, and those of the network.
    pub(super) channels: [usize; 2],
    order: Order,
}

impl Stem {
    /// That of a network; `None` where the first convolution does not read the input itself, or reads it in groups.
    pub(super) fn of(network: &Network) -> Option<Self> {
        let channels = usize::try_from(network.reads()?.channels()).ok()?;
        let is_conv = |layer: &Layer| matches!(layer, Layer::Conv(Conv::Spatial(_)));
        let (id, node) = network.nodes().find(|(_, node)| is_conv(&node.layer))?;
        let Layer::Conv(Conv::Spatial(conv)) = &node.layer else {
            return None;
        };
        let order = network
            .ids_at(0..id.index())
            .find_map(|id| match &network[id].layer {
                Layer::Reshape(Reshape::SpaceToDepth { order, .. }) => Some(*order),
                _ => None,
            });
        let reads = usize::try_from(conv.in_channels).ok()?;
        let weight = node.layer.parameters().into_iter().next()?;
        let fits = conv.groups == 1 && channels > 0 && reads.is_multiple_of(channels);
        fits.then(|| Self {
            id,
            name: node.path.parameter(weight.name),
            shape: weight.shape.iter().map(|&side| side as usize).collect(),
            channels,
            pixels: reads / channels,
            order: order.unwrap_or(Order::ByPixel),
        })
    }

    /// Whether a checkpoint with these tensors may have been trained with three channels and can be adapted: to one channel, or where no
    /// pixels are channels.
    pub(super) fn adapts<'n>(&self, mut found: impl Iterator<Item = &'n Named>) -> bool {
        let is_like = |shape: &[usize]| match (shape, self.shape.as_slice()) {
            ([out, read, height, width], [own, _, own_height, own_width]) => {
                [out, height, width] == [own, own_height, own_width] && *read == self.pixels * BASE
            }
            _ => false,
        };
        let is_possible = self.channels == 1 || self.pixels == 1;
        self.channels != BASE && is_possible && found.any(|(_, shape)| is_like(shape))
    }

    /// The network as it is with three channels.
    pub(super) fn before(&self, network: &Network) -> Network {
        let mut layer = network[self.id].layer.clone();
        if let Layer::Conv(Conv::Spatial(conv)) = &mut layer {
            conv.in_channels = (self.pixels * BASE) as u64;
        }
        network.with_layers(&BTreeMap::from([(self.id, layer)]))
    }

    /// The change of its weights.
    pub(super) fn adaptation(&self) -> Adaptation {
        Adaptation {
            name: self.name.clone(),
            shape: self.shape.clone(),
            channels: [BASE, self.channels],
            order: self.order,
        }
    }
}

impl Adaptation {
    /// The weights for the network's channels: their sum for one, else repeated and scaled so that equal channels give what they gave.
    pub(super) fn apply(&self, weights: &ArrayD<f32>) -> ArrayD<f32> {
        let [base, channels] = self.channels;
        let [out, read, height, width] = [0, 1, 2, 3].map(|axis| weights.shape()[axis]);
        if channels == 1 {
            // Channels of a colour lie beside each other, or those of a pixel.
            let (shape, axis) = match self.order {
                Order::ByPixel => ([out, read / base, base, height, width], 2),
                Order::ByChannel => ([out, base, read / base, height, width], 1),
            };
            let apart = weights.to_shape(IxDyn(&shape));
            return apart.map_or_else(|_| weights.clone(), |apart| apart.sum_axis(Axis(axis)));
        }
        let scale = (base as f64 / channels as f64) as f32;
        let mut made = ArrayD::zeros(IxDyn(&[out, channels, height, width]));
        for channel in 0..channels {
            let of = |number: usize| Slice::from(number..=number);
            let from = weights.slice_axis(Axis(1), of(channel % base));
            made.slice_axis_mut(Axis(1), of(channel))
                .assign(&from.mapv(|weight| weight * scale));
        }
        made
    }
}
