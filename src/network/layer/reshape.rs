//! Layers that move, drop or add values and compute none.

use super::clauses;
use crate::message;
use crate::text::Message;
use crate::text::format::dims;

/// A layer whose output consists of values of its input and zeros.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reshape {
    /// `torch.nn.ConstantPad2d` with zeros.
    ConstantPad2d {
        /// Pixels above and on the left.
        before: [u64; 2],
        /// Pixels below and on the right.
        after: [u64; 2],
    },
    /// Option A of He et al. 2015: every `stride`-th pixel, and additional channels of zeros.
    PadShortcut {
        /// Stride along height and width.
        stride: [u64; 2],
        /// Output channels (≥ input channels).
        channels: u64,
        /// Place of the new channels.
        zeros: Zeros,
    },
    /// A range of a map's channels.
    Slice {
        /// First channel.
        start: u64,
        /// Number of channels.
        channels: u64,
    },
    /// Turns each square of pixels into channels of one pixel.
    SpaceToDepth {
        /// Side of the square.
        block: u64,
        /// Order of the output channels.
        order: Order,
    },
    /// `torch.nn.PixelShuffle`: turns channels into squares of pixels, the reverse of `torch.nn.PixelUnshuffle`.
    PixelShuffle {
        /// Side of the square.
        block: u64,
    },
    /// Turns a map into a vector.
    Flatten,
    /// `torch.nn.Dropout`, which passes everything on in inference mode.
    Dropout {
        /// Share of the values that training mode drops.
        p: f64,
    },
}

/// Order of the channels that squares of pixels become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The pixels of each channel together: `torch.nn.PixelUnshuffle`.
    ByChannel,
    /// The channels of each pixel together: timm's `SpaceToDepth`.
    ByPixel,
}

impl Order {
    /// Channel and pixel of the square (row, column) that `channel` of the output comes from, for squares of side `block` in
    /// a map of `channels`.
    pub const fn source(self, channel: u64, block: u64, channels: u64) -> (u64, [u64; 2]) {
        let (own, pixel) = match self {
            Self::ByChannel => (channel / (block * block), channel % (block * block)),
            Self::ByPixel => (channel % channels, channel / channels),
        };
        (own, [pixel / block, pixel % block])
    }
}

/// Place of the channels of zeros that widen a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zeros {
    /// The smaller half before the map's own channels, the rest after.
    BothEnds,
    /// All of them after the map's own channels.
    End,
}

impl Zeros {
    /// Channels of zeros before the map's own, out of `added` in all.
    pub const fn before(self, added: u64) -> u64 {
        match self {
            Self::BothEnds => added / 2,
            Self::End => 0,
        }
    }
}

impl Reshape {
    /// Name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::ConstantPad2d { .. } => "ConstantPad2d",
            Self::PadShortcut { .. } => "PadShortcut",
            Self::Slice { .. } => "Slice",
            Self::SpaceToDepth {
                order: Order::ByChannel,
                ..
            } => "PixelUnshuffle",
            Self::SpaceToDepth { .. } => "SpaceToDepth",
            Self::PixelShuffle { .. } => "PixelShuffle",
            Self::Flatten => "Flatten",
            Self::Dropout { .. } => "Dropout",
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::ConstantPad2d { before, after } => {
                let [[top, left], [bottom, right]] = [*before, *after];
                if [left, bottom, right] == [top; 3] {
                    message!("layer-zeros-around", pixels = top)
                } else {
                    message!(
                        "layer-zeros-at-sides",
                        top = top,
                        left = left,
                        bottom = bottom,
                        right = right,
                    )
                }
            }
            Self::PadShortcut {
                stride,
                channels,
                zeros,
            } => {
                let pixels = match stride {
                    [1, 1] => message!("layer-every-pixel"),
                    [both, other] if both == other => {
                        message!("layer-every-nth-pixel", stride = *both)
                    }
                    [height, width] => {
                        message!("layer-pixels-in-steps", height = *height, width = *width)
                    }
                };
                let zeros = match zeros {
                    Zeros::BothEnds => message!("layer-zero-channels", channels = *channels),
                    Zeros::End => message!("layer-zero-channels-at-end", channels = *channels),
                };
                clauses(vec![pixels, zeros])
            }
            Self::Slice { channels: 0, .. } => message!("layer-no-channels"),
            Self::Slice { start, channels } => message!(
                "layer-channels",
                first = *start,
                last = start + channels - 1,
            ),
            Self::SpaceToDepth { block, order } => {
                let size = dims([block; 2]);
                match order {
                    Order::ByChannel => message!("layer-pixels-by-channel", size = size),
                    Order::ByPixel => message!("layer-pixels-by-pixel", size = size),
                }
            }
            Self::PixelShuffle { block } => {
                message!("layer-channels-to-pixels", size = dims([block; 2]))
            }
            Self::Flatten => message!("layer-flatten"),
            Self::Dropout { p } => message!("layer-dropout", p = *p),
        }
    }

    /// Whether it returns its operand's memory, or a part of it, without a copy.
    pub const fn is_view(&self) -> bool {
        match self {
            Self::Slice { .. } | Self::Flatten => true,
            // In training mode, for which memory is counted, it creates a new map.
            Self::Dropout { p } => *p == 0.0,
            Self::ConstantPad2d { .. }
            | Self::PadShortcut { .. }
            | Self::SpaceToDepth { .. }
            | Self::PixelShuffle { .. } => false,
        }
    }
}
