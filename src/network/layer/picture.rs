//! What brings a picture to the form that a network reads, and its numbers to the range.

use crate::message;
use crate::network::Filter;
use crate::text::Message;

/// A step on a whole picture, of whole numbers from 0 to 255 that stay so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Red, green and blue as one channel of grey, `(19595 R + 38470 G + 7471 B + 0x8000) >> 16` as PIL does it (ITU-R 601).
    Grayscale,
    /// torchvision's `Resize`: the shorter side gets a length, and the picture keeps its form.
    Resize {
        /// Length of the shorter side, in pixels.
        shorter: u64,
        /// How a new pixel is made of those around its place.
        filter: Filter,
    },
    /// torchvision's `CenterCrop`: the middle of the picture, with zeros where the picture does not reach.
    CenterCrop {
        /// Height and width that are cut out.
        size: [u64; 2],
    },
    /// The channels in the other order: blue, green, red.
    RgbToBgr,
}

impl Picture {
    /// Its name.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Grayscale => "Grayscale",
            Self::Resize { .. } => "Resize",
            Self::CenterCrop { .. } => "CenterCrop",
            Self::RgbToBgr => "RgbToBgr",
        }
    }

    /// What it does in a few words.
    pub fn summary(&self) -> Message {
        match self {
            Self::Grayscale => message!("layer-grey"),
            Self::Resize { shorter, filter } => {
                message!("layer-resize", side = *shorter, filter = filter.name())
            }
            Self::CenterCrop { size } => {
                message!("layer-crop", size = format!("{}×{}", size[0], size[1]))
            }
            Self::RgbToBgr => message!("layer-bgr"),
        }
    }
}

/// A step on the numbers of a picture that has its size.
#[derive(Debug, Clone, PartialEq)]
pub enum Preprocess {
    /// Divides every value.
    Scale {
        /// 255 maps bytes to 0 … 1.
        divisor: f32,
    },
    /// `(x − mean) / std`, per channel.
    Standardize {
        /// One a channel.
        mean: Vec<f32>,
        /// One a channel.
        std: Vec<f32>,
    },
}

impl Preprocess {
    /// Its name.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Scale { .. } => "Scale",
            Self::Standardize { .. } => "Standardize",
        }
    }

    /// What it does in a few words.
    pub fn summary(&self) -> Message {
        match self {
            Self::Scale { divisor } => {
                message!("layer-divide", divisor = divisor.to_string())
            }
            Self::Standardize { .. } => message!("layer-standardize"),
        }
    }
}
