//! Preprocessing: steps that bring an image to the network's input size, and its values into range.

use crate::message;
use crate::network::Filter;
use crate::text::Message;
use crate::text::format::dims;

/// A step on a whole image, whose values are and stay integers from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Converts red, green and blue to one grey channel, `(19595 R + 38470 G + 7471 B + 0x8000) >> 16` as PIL does (ITU-R
    /// 601).
    Grayscale,
    /// torchvision's `Resize`: sets the length of the shorter side, and keeps the aspect ratio.
    Resize {
        /// Length of the shorter side, in pixels.
        shorter: u64,
        /// Filter that weights the pixels around a new one.
        filter: Filter,
    },
    /// torchvision's `CenterCrop`: the centre of the image, with zeros beyond its edges.
    CenterCrop {
        /// Height and width of the crop.
        size: [u64; 2],
    },
    /// Reverses the channels: blue, green, red.
    RgbToBgr,
}

impl Picture {
    /// Name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Grayscale => "Grayscale",
            Self::Resize { .. } => "Resize",
            Self::CenterCrop { .. } => "CenterCrop",
            Self::RgbToBgr => "RgbToBgr",
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::Grayscale => message!("layer-grey"),
            Self::Resize { shorter, filter } => {
                message!("layer-resize", side = *shorter, filter = filter.name())
            }
            Self::CenterCrop { size } => {
                message!("layer-crop", size = dims(size))
            }
            Self::RgbToBgr => message!("layer-bgr"),
        }
    }
}

/// A step on the values of an image that has the input size.
#[derive(Debug, Clone, PartialEq)]
pub enum Preprocess {
    /// Divides every value.
    Scale {
        /// Divisor; 255 maps bytes to 0 … 1.
        divisor: f32,
    },
    /// `(x − mean) / std`, per channel.
    Standardize {
        /// Mean of each channel.
        mean: Vec<f32>,
        /// Standard deviation of each channel.
        std: Vec<f32>,
    },
}

impl Preprocess {
    /// Name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Scale { .. } => "Scale",
            Self::Standardize { .. } => "Standardize",
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::Scale { divisor } => {
                message!("layer-divide", divisor = divisor.to_string())
            }
            Self::Standardize { .. } => message!("layer-standardize"),
        }
    }
}
