//! Shapes that do not fit a layer, in words.

use crate::network::Shape;

/// Why a layer cannot read what comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShapeFault {
    /// The two operands of an addition differ.
    Operands {
        /// From the main path.
        left: Shape,
        /// From the shortcut.
        right: Shape,
    },
    /// It was made for another number of channels or features.
    Channels {
        /// What its settings say.
        wanted: u64,
        /// What comes in.
        found: Shape,
    },
    /// The window is larger than the padded map.
    Window {
        /// The window's extent, dilation included.
        extent: [u64; 2],
        /// What comes in.
        found: Shape,
    },
    /// Channels cannot be split evenly.
    Groups {
        /// Groups.
        groups: u64,
        /// `input` or `output`.
        side: &'static str,
        /// Channels on that side.
        channels: u64,
    },
    /// A map cannot be cut into squares.
    Squares {
        /// Side of a square.
        block: u64,
        /// What comes in.
        found: Shape,
    },
    /// Statistics over one value.
    OneValue {
        /// What they are of.
        what: &'static str,
        /// What comes in.
        found: Shape,
    },
    /// Option A cannot drop channels.
    Narrowing {
        /// Channels that come in.
        from: u64,
        /// Channels asked for.
        to: u64,
    },
    /// It reads maps, and a vector comes in, or the reverse.
    Rank {
        /// `a feature map` or `a vector`.
        wanted: &'static str,
        /// What comes in.
        found: Shape,
    },
    /// A number of channels, a side or a window beyond [`limits`](crate::network::limits), or zero.
    Size {
        /// What is too large.
        what: &'static str,
        /// Its value.
        value: u64,
        /// The largest allowed.
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
