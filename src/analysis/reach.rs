//! Dependence of a layer's value at one cell on its inputs: shared by the receptive field and the region seen.

use crate::network::infer::blur_window;
use crate::network::layer::Axis;
use crate::network::{
    Conv, Filter, Inputs, Layer, LayerId, Network, Picture, Pool, Reshape, Window,
};

/// Cells of a layer's input that one cell of its output depends on.
pub(super) enum Reach {
    /// The same cell.
    Cell,
    /// The cells in a window.
    Window(Window),
    /// The cells that a resize filter weights.
    Resized(Filter),
    /// The cell at the same place of a centre crop.
    Middle,
    /// All cells of the same row or column, along an axis.
    Along(Axis),
    /// The cell that becomes a square with this side.
    Enlarged(u64),
    /// All cells.
    Whole,
}

/// Reach of a layer.
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
            // The window begins earlier by the padding above and on the left.
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

/// The operands to follow: all but the gates of attention, through which every cell would see the whole image; the question
/// is about the reach of the convolutions.
pub(super) fn followed(network: &Network, id: LayerId) -> Inputs {
    let mut inputs = network.inputs(id);
    if matches!(&network[id].layer, Layer::Combine(combine) if combine.reads_gate()) {
        inputs.truncate(1);
    }
    inputs
}
