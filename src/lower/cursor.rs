//! A tensor of a network under construction, and the density of its map.

use crate::network::{LayerId, Shape};

/// The tensor that is the next layer's input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    pub(super) id: LayerId,
    pub(super) shape: Option<Shape>,
    /// Known even if the shape is not: a convolution has its output channels for every input.
    pub(super) channels: u64,
    pub(super) grid: Grid,
}

/// Density of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grid {
    /// Pixels of the input per pixel of the map.
    pub(super) stride: [u64; 2],
    /// Stride before it that became dilation: the distance of two pixels that a window should read.
    pub(super) dilation: [u64; 2],
}

impl Grid {
    /// Density of the input.
    pub(super) const INPUT: Self = Self {
        stride: [1; 2],
        dilation: [1; 2],
    };
}
