//! Single or double: what a pass has to calculate in so that its values can be told from rounding.

use super::Mode;
use crate::network::{Layer, Network};

/// The kind of numbers that a pass calculates in; its values are f32 where they are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// f32.
    Single,
    /// f64.
    Double,
}

impl Precision {
    /// What `network` needs in `mode`.
    ///
    /// Some networks enlarge the rounding of f32 from layer to layer, and are calculated in f64: in training, statistics over
    /// few values (16 a channel for four images at 2×2 pixels); in inference, a filter response normalisation, which divides
    /// by a root mean square that may be close to nothing, and convolutions of standardised weights without batch
    /// normalisation. PyTorch's own f32 passes lie 3e-4 (ResNet-50 in training), 4e-5 and up to 1e-4 of the output's rms away
    /// from its passes in f64.
    pub fn of(network: &Network, mode: Mode) -> Self {
        let enlarges = |layer: &Layer| match layer {
            Layer::Norm(norm) => norm.enlarges_rounding(),
            Layer::Conv(conv) => conv.is_standardized(),
            Layer::Input { .. }
            | Layer::Picture(_)
            | Layer::Preprocess(_)
            | Layer::Activation(_)
            | Layer::Scalar(_)
            | Layer::Pool(_)
            | Layer::Combine(_)
            | Layer::Gate(_)
            | Layer::Reshape(_)
            | Layer::Linear(_) => false,
        };
        if mode == Mode::Training || network.nodes().any(|(_, node)| enlarges(&node.layer)) {
            Self::Double
        } else {
            Self::Single
        }
    }
}
