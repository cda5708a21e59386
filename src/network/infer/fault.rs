//! Shapes that do not fit a layer, as texts.

use crate::message;
use crate::network::Shape;
use crate::text::Message;
use crate::text::format::dims;

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
    /// A gate has not one number per channel of the map.
    Gate {
        /// The map.
        map: Shape,
        /// The other factor.
        gate: Shape,
    },
    /// Maps whose channels are joined differ in height or width.
    Joined {
        /// The first of them.
        first: Shape,
        /// One that differs.
        other: Shape,
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
        /// The id of the text for the layer's input or output.
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
        /// The id of the text.
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
        /// The id of the text for a feature map or a vector.
        wanted: &'static str,
        /// Shape of the input.
        found: Shape,
    },
    /// A number of channels, a side or a window is beyond [`limits`](crate::network::limits), or zero.
    Size {
        /// The id of the size's name.
        what: &'static str,
        /// Value of the size.
        value: u64,
        /// Largest value allowed.
        limit: u64,
    },
}

impl ShapeFault {
    /// The fault as a text.
    pub fn message(&self) -> Message {
        match self {
            Self::Operands { left, right } => message!(
                "problem-operands",
                main = left.to_string(),
                shortcut = right.to_string()
            ),
            Self::Gate { map, gate } => message!(
                "problem-gate",
                map = map.to_string(),
                gate = gate.to_string()
            ),
            Self::Joined { first, other } => message!(
                "problem-joined",
                first = first.to_string(),
                other = other.to_string()
            ),
            Self::Channels { wanted, found } => message!(
                "problem-channels",
                wanted = *wanted,
                found = found.to_string()
            ),
            Self::Window { extent, found } => message!(
                "problem-window",
                window = dims(extent),
                found = found.to_string()
            ),
            Self::Groups {
                groups,
                side,
                channels,
            } => Message::new(side)
                .with("channels", *channels)
                .with("groups", *groups),
            Self::Squares { block, found } => message!(
                "problem-squares",
                found = found.to_string(),
                block = dims([block; 2])
            ),
            Self::OneValue { what, found } => Message::new(what).with("found", found.to_string()),
            Self::Narrowing { from, to } => {
                message!("problem-narrowing", from = *from, to = *to)
            }
            Self::Rank { wanted, found } => Message::new(wanted).with("found", found.to_string()),
            Self::Size { what, value: 0, .. } => {
                message!("problem-size-zero", what = Message::new(what))
            }
            Self::Size { what, value, limit } => message!(
                "problem-size-limit",
                what = Message::new(what),
                value = *value,
                limit = *limit
            ),
        }
    }

    /// The same in a branch of a block, where an addition's operands are not the block's two paths.
    pub(in crate::network) fn message_within(&self) -> Message {
        match self {
            Self::Operands { left, right } => message!(
                "problem-summands",
                first = left.to_string(),
                other = right.to_string()
            ),
            _ => self.message(),
        }
    }
}
