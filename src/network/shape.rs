//! Shapes of the values between layers, without the batch.

use std::fmt;

use crate::text::format::dims;

/// Shape of the activations of one image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A feature map: channels × height × width.
    Map {
        /// Number of channels.
        channels: u64,
        /// Height and width in pixels.
        size: [u64; 2],
    },
    /// A vector, after flattening.
    Vector {
        /// Number of features.
        features: u64,
    },
}

impl Shape {
    /// Creates the shape of a feature map.
    pub const fn map(channels: u64, height: u64, width: u64) -> Self {
        Self::Map {
            channels,
            size: [height, width],
        }
    }

    /// Channels of a map, features of a vector.
    pub const fn channels(self) -> u64 {
        match self {
            Self::Map { channels, .. } => channels,
            Self::Vector { features } => features,
        }
    }

    /// Height and width of a map.
    pub const fn size(self) -> Option<[u64; 2]> {
        match self {
            Self::Map { size, .. } => Some(size),
            Self::Vector { .. } => None,
        }
    }

    /// Number of elements.
    pub fn elements(self) -> u128 {
        self.dims().into_iter().map(u128::from).product()
    }

    /// Dimensions: `[channels, height, width]` or `[features]`.
    pub fn dims(self) -> Vec<u64> {
        match self {
            Self::Map {
                channels,
                size: [height, width],
            } => vec![channels, height, width],
            Self::Vector { features } => vec![features],
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&dims(self.dims()))
    }
}
