//! What a layer's value at one cell depends on: the walk that the receptive field and the region seen share.

use crate::network::infer::blur_window;
use crate::network::layer::Axis;
use crate::network::{
    Conv, Filter, Inputs, Layer, LayerId, Network, Picture, Pool, Reshape, Window,
};

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
    /// All of the same row or column: those along an axis.
    Along(Axis),
    /// The one that becomes a square of so many rows and columns.
    Enlarged(u64),
    /// All of them.
    Whole,
}

/// How far a layer reaches.
pub(super) fn reach(layer: &Layer) -> Reach {
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => Reach::Window(conv.window),
        Layer::Pool(pool) => match pool {
            Pool::Max(window) | Pool::Average { window, .. } => Reach::Window(*window),
            Pool::Blur { kernel, stride } => Reach::Window(blur_window(*kernel, *stride)),
            Pool::Global => Reach::Whole,
            Pool::Along(axis) | Pool::MeanDeviation { axis, .. } => Reach::Along(*axis),
        },
        Layer::Reshape(reshape) => match reshape {
            // It begins earlier by what stands above and at the left.
            Reshape::ConstantPad2d { before, .. } => Reach::Window(Window {
                padding: *before,
                ..Window::square(1, 1, 0)
            }),
            Reshape::PadShortcut { stride, .. } => Reach::Window(Window {
                stride: *stride,
                ..Window::square(1, 1, 0)
            }),
            Reshape::Slice { .. } | Reshape::Dropout { .. } => Reach::Cell,
            Reshape::SpaceToDepth { block, .. } => Reach::Window(Window::square(*block, *block, 0)),
            Reshape::PixelShuffle { block } => Reach::Enlarged(*block),
            Reshape::Flatten => Reach::Whole,
        },
        Layer::Picture(picture) => match picture {
            Picture::Resize { filter, .. } => Reach::Resized(*filter),
            Picture::CenterCrop { .. } => Reach::Middle,
            Picture::Grayscale | Picture::RgbToBgr => Reach::Cell,
        },
        Layer::Linear(_) => Reach::Whole,
        Layer::Input { .. }
        | Layer::Preprocess(_)
        | Layer::Conv(Conv::Channels { .. })
        | Layer::Norm(_)
        | Layer::Activation(_)
        | Layer::Scalar(_)
        | Layer::Combine(_)
        | Layer::Gate(_) => Reach::Cell,
    }
}

/// The inputs that are followed: all but the gates of attention, through which every cell would see the whole image, where
/// what is asked for is what the convolutions see.
pub(super) fn followed(network: &Network, id: LayerId) -> Inputs {
    let mut inputs = network.inputs(id);
    if matches!(&network[id].layer, Layer::Combine(combine) if combine.reads_gate()) {
        inputs.truncate(1);
    }
    inputs
}
