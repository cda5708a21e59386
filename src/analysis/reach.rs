//! What a layer's value at one cell depends on: the walk that the receptive field and the region seen share.

use crate::network::infer::blur_window;
use crate::network::{Filter, Inputs, Layer, LayerId, Network, Window};

/// Which cells of its input a layer reads for one cell of its output.
pub(super) enum Reach {
    /// The same cell.
    Cell,
    /// Those under a window.
    Window(Window),
    /// Those that a filter weighs when the picture is resized.
    Resized(Filter),
    /// That at the same place of the middle.
    Middle,
    /// All of them.
    Whole,
}

/// How far a layer reaches.
pub(super) fn reach(layer: &Layer) -> Reach {
    match layer {
        Layer::Conv2d(conv) => Reach::Window(conv.window),
        Layer::MaxPool2d(window) | Layer::AvgPool2d { window, .. } => Reach::Window(*window),
        Layer::BlurPool2d { kernel, stride } => Reach::Window(blur_window(*kernel, *stride)),
        // It begins earlier by what stands above and at the left.
        Layer::ConstantPad2d { before, .. } => Reach::Window(Window {
            padding: *before,
            ..Window::square(1, 1, 0)
        }),
        Layer::PadShortcut { stride, .. } => Reach::Window(Window {
            stride: *stride,
            ..Window::square(1, 1, 0)
        }),
        Layer::Resize { filter, .. } => Reach::Resized(*filter),
        Layer::CenterCrop { .. } => Reach::Middle,
        Layer::GlobalAvgPool | Layer::Flatten | Layer::Linear(_) => Reach::Whole,
        Layer::Input { .. }
        | Layer::Grayscale
        | Layer::RgbToBgr
        | Layer::Scale { .. }
        | Layer::Standardize { .. }
        | Layer::BatchNorm2d(_)
        | Layer::GroupNorm(_)
        | Layer::EvoNorm2dS0(_)
        | Layer::FilterResponseNorm { .. }
        | Layer::Relu
        | Layer::Sigmoid
        | Layer::Add
        | Layer::Multiply
        | Layer::ChannelConv { .. }
        | Layer::Slice { .. }
        | Layer::Concat { .. }
        | Layer::RadixSum { .. }
        | Layer::RadixSoftmax { .. }
        | Layer::RadixWeightedSum { .. } => Reach::Cell,
    }
}

/// The inputs that are followed: all but the gates of attention, through which every cell would see the whole image, where
/// what is asked for is what the convolutions see.
pub(super) fn followed(network: &Network, id: LayerId) -> Inputs {
    let mut inputs = network.inputs(id);
    if matches!(
        network[id].layer,
        Layer::Multiply | Layer::RadixWeightedSum { .. }
    ) {
        inputs.truncate(1);
    }
    inputs
}
