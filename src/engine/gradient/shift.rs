//! Shifts of a layer's output that the loss does not show, and the biases whose gradient is 0 because of them.
//!
//! A normalisation subtracts a mean, and with it whatever was added to all of its values: the gradient of a bias before it is a
//! sum whose terms cancel, and in floating point a sum of what rounding leaves. Softmax does the same to one number added to all
//! classes, and a convolution whose weights have mean 0 to one number added to all of its input.

use super::learned;
use crate::engine::pass::Mode;
use crate::network::layer::Scalar;
use crate::network::{
    Combine, Conv, Gate, Layer, LayerId, Network, Norm, Pool, Reshape, Rounding, Shape, Shapes,
    Table, Window,
};

/// Shifts of a value that have no effect, from none to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shift {
    /// Every shift may have an effect.
    None,
    /// One number added to all channels has none.
    Whole,
    /// Nor has a number per channel.
    Channels,
}

/// The shifts of each layer's output that have no effect on the loss; `mode` says which statistics a normalisation uses.
pub(super) fn without_effect(
    network: &Network,
    shapes: &Shapes,
    mode: impl Fn(LayerId) -> Mode,
) -> Table<Shift> {
    let mut all = Table::new(network, |_| None);
    if let Some(sink) = network.sink() {
        // Softmax.
        all[sink] = Some(Shift::Whole);
    }
    for id in network.ids().rev() {
        let own = all[id].unwrap_or(Shift::None);
        for (place, input) in network.inputs(id).into_iter().enumerate() {
            let before = reader(&network[id].layer, shapes[id], mode(id), place, own);
            let before = match shapes[input] {
                // One channel has one number.
                Some(shape) if shape.channels() == 1 && before == Shift::Whole => Shift::Channels,
                _ => before,
            };
            all[input] = Some(all[input].map_or(before, |other: Shift| other.min(before)));
        }
    }
    Table::new(network, |id| all[id].unwrap_or(Shift::None))
}

/// The place of a layer's bias among its learned tensors, if `shift` leaves it without effect.
pub(super) fn idle_bias(layer: &Layer, shift: Shift, shape: Option<Shape>) -> Option<usize> {
    let is_one = shape.is_some_and(|shape| shape.channels() == 1);
    let needed = match layer {
        // The threshold of this one is not shifted.
        Layer::Norm(Norm::FilterResponse { .. }) => return None,
        Layer::Scalar(Scalar::Bias) => return (shift >= Shift::Whole).then_some(0),
        Layer::Conv(_) | Layer::Linear(_) | Layer::Norm(_) if is_one => Shift::Whole,
        Layer::Conv(_) | Layer::Linear(_) | Layer::Norm(_) => Shift::Channels,
        _ => return None,
    };
    let parameters = layer.parameters();
    let place = learned(&parameters).position(|parameter| parameter.name == "bias");
    place.filter(|_| shift >= needed)
}

/// The shifts of a layer's operand that have no effect, where those of its output are `own`.
fn reader(layer: &Layer, output: Option<Shape>, mode: Mode, place: usize, own: Shift) -> Shift {
    /// A shift of all channels becomes one that differs by channel.
    fn spread(own: Shift) -> Shift {
        if own == Shift::Channels {
            Shift::Channels
        } else {
            Shift::None
        }
    }
    /// Only a shift of all channels stays one.
    fn joined(own: Shift) -> Shift {
        own.min(Shift::Whole)
    }
    // At an output of one pixel, padding takes the same part of a shift away in every image.
    let is_pixel = matches!(output, Some(Shape::Map { size: [1, 1], .. }));
    match layer {
        Layer::Norm(norm) => match norm {
            Norm::Batch(_) if mode == Mode::Training => Shift::Channels,
            Norm::Batch(_) => spread(own),
            Norm::Instance(_) => Shift::Channels,
            Norm::Group(group) if group.groups == group.features => Shift::Channels,
            Norm::Group(_) => Shift::Whole,
            Norm::EvoS0(_) | Norm::FilterResponse { .. } => Shift::None,
        },
        // Zeros of the padding are not shifted.
        Layer::Conv(Conv::Spatial(conv)) if is_padded(&conv.window) && !is_pixel => Shift::None,
        Layer::Conv(Conv::Spatial(conv))
            if conv.standardize.is_some() && !is_padded(&conv.window) =>
        {
            // Weights of mean 0 take away what all channels of a filter have in common.
            if conv.groups == conv.in_channels {
                Shift::Channels
            } else {
                spread(own).max(Shift::Whole)
            }
        }
        // Zeros beyond the first channel and the last are the same at every pixel.
        Layer::Conv(_) | Layer::Linear(_) => spread(own),
        Layer::Pool(pool) => match pool {
            Pool::Max(_) | Pool::Blur { .. } | Pool::Global | Pool::Along(_) => own,
            Pool::Average {
                window,
                count_include_pad,
            } => {
                if *count_include_pad && window.padding != [0, 0] && !is_pixel {
                    Shift::None
                } else {
                    own
                }
            }
            // Deviations have no shift.
            Pool::MeanDeviation { .. } => spread(own),
        },
        Layer::Combine(combine) => match (combine, place) {
            (Combine::Add, _) => own,
            (Combine::Concat { .. }, _) => spread(own),
            (Combine::Multiply | Combine::RadixWeightedSum { .. }, _) => Shift::None,
        },
        Layer::Gate(Gate::RadixSum { .. }) | Layer::Scalar(_) => own,
        // Shares do not change if all of them do.
        Layer::Gate(Gate::RadixSoftmax { radix, .. }) if *radix > 1 => Shift::Whole,
        Layer::Reshape(reshape) => match reshape {
            Reshape::Flatten | Reshape::Slice { .. } | Reshape::SpaceToDepth { .. } => own,
            Reshape::PadShortcut { .. } => spread(own),
            Reshape::PixelShuffle { .. } => joined(own),
            Reshape::Dropout { p } if *p == 0.0 => own,
            Reshape::Dropout { .. } | Reshape::ConstantPad2d { .. } => Shift::None,
        },
        Layer::Gate(_)
        | Layer::Activation(_)
        | Layer::Input { .. }
        | Layer::Picture(_)
        | Layer::Preprocess(_) => Shift::None,
    }
}

fn is_padded(window: &Window) -> bool {
    window.padding != [0, 0] || window.rounding != Rounding::Floor
}
