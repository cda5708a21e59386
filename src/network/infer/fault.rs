//! Faults of shapes that do not fit a layer, with their messages.

use crate::network::Shape;

/// Reason that a layer cannot take its inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShapeFault {
    /// The two operands of an addition have different shapes.
    Operands {
        /// Shape of the main path.
        left: Shape,
        /// Shape of the shortcut.
        right: Shape,
    },
    /// The layer is made for another number of channels or features.
    Channels {
        /// Number in the layer's settings.
        wanted: u64,
        /// Shape of the input.
        found: Shape,
    },
    /// The window is larger than the padded map.
    Window {
        /// Extent of the window, dilation included.
        extent: [u64; 2],
        /// Shape of the input.
        found: Shape,
    },
    /// The channels cannot be split evenly into groups.
    Groups {
        /// Number of groups.
        groups: u64,
        /// Side of the layer: `input` or `output`.
        side: &'static str,
        /// Number of channels on that side.
        channels: u64,
    },
    /// The map cannot be cut into squares.
    Squares {
        /// Side of a square in pixels.
        block: u64,
        /// Shape of the input.
        found: Shape,
    },
    /// The statistics would be those of a single value.
    OneValue {
        /// Name of the operation.
        what: &'static str,
        /// Shape of the input.
        found: Shape,
    },
    /// Option A cannot reduce the number of channels.
    Narrowing {
        /// Input channels.
        from: u64,
        /// Output channels in the layer's settings.
        to: u64,
    },
    /// The layer needs a feature map and gets a vector, or the reverse.
    Rank {
        /// Kind that it needs: `a feature map` or `a vector`.
        wanted: &'static str,
        /// Shape of the input.
        found: Shape,
    },
    /// A number of channels, a side or a window is beyond [`limits`](crate::network::limits), or zero.
    Size {
        /// Name of the size.
        what: &'static str,
        /// Value of the size.
        value: u64,
        /// Largest value allowed.
        limit: u64,
    },
}

impl std::fmt::Display for ShapeFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Operands { left, right } => write!(f, "left {left}, right {right}"),
            Self::Channels { wanted, found } => {
                write!(f, "made for {wanted} channels, and {found} comes in")
            }
            Self::Window { extent, found } => write!(
                f,
                "a window of {}×{} does not fit into {found}",
                extent[0], extent[1]
            ),
            Self::Groups {
                groups,
                side,
                channels,
            } => write!(
                f,
                "{channels} {side} channels cannot be split into {groups} groups"
            ),
            Self::Squares { block, found } => write!(
                f,
                "{found} cannot be cut into squares of {block}×{block} pixels"
            ),
            Self::OneValue { what, found } => {
                write!(f, "{what} is of one value alone in {found}")
            }
            Self::Narrowing { from, to } => {
                write!(
                    f,
                    "zero padding adds channels, and {from} → {to} would drop some"
                )
            }
            Self::Rank { wanted, found } => write!(f, "reads {wanted}, and {found} comes in"),
            Self::Size { what, value: 0, .. } => write!(f, "{what} is 0"),
            Self::Size { what, value, limit } => {
                write!(f, "{what} is {value}, beyond the limit of {limit}")
            }
        }
    }
}
