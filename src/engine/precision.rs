//! Single or double precision: the one that a pass needs for values beyond rounding noise.

use super::Mode;
use crate::network::{Layer, Network};

/// Precision in which a pass computes; its values are displayed as f32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// f32 (single precision).
    Single,
    /// f64 (double precision).
    Double,
}

impl Precision {
    /// Precision that `network` needs in `mode`.
    ///
    /// Some networks amplify the rounding of f32 from layer to layer, and are computed in f64: in training mode, statistics
    /// over few values (16 per channel for four images at 2×2 pixels); in inference mode, a filter response normalisation,
    /// which divides by a root mean square that may be close to zero, and convolutions of standardised weights without batch
    /// normalisation. PyTorch's own f32 passes differ from its f64 passes by 3e-4 (ResNet-50 in training mode), 4e-5 and up
    /// to 1e-4 of the output's rms.
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
