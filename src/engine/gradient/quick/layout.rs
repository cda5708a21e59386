//! Layout of a batch's values in blocks of channels.

use crate::network::Shape;

/// Numbers in a block of channels.
pub(super) const BLOCK: usize = 16;

/// A value between operations: images × blocks × pixels × 16 channels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) shape: Shape,
    pub(super) blocks: usize,
    pub(super) pixels: usize,
    /// Whether anybody wants its gradient.
    pub(super) is_tracked: bool,
}

impl Layout {
    pub(super) fn new(shape: Shape, is_tracked: bool) -> Self {
        let [height, width] = shape.size().unwrap_or([1, 1]);
        Self {
            shape,
            blocks: (shape.channels() as usize).div_ceil(BLOCK),
            pixels: (height * width) as usize,
            is_tracked,
        }
    }

    /// Numbers of an image.
    pub(super) fn len(&self) -> usize {
        self.blocks * self.pixels * BLOCK
    }
}
