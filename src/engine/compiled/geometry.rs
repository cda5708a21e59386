//! Layout of feature maps in memory.

use super::simd::BLOCK;

/// A batch of feature maps: images × blocks of channels × rows × pixels × channels of a block, with a border of zeros.
///
/// All lengths are in numbers. A block is [`BLOCK`] channels: a pixel of it is a cache line, which a kernel reads at once.
/// The channels that fill up the last block are zeros or anything finite. A planar map has blocks of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Geometry {
    /// Number of images.
    pub(super) images: usize,
    /// Number of channels.
    pub(super) channels: usize,
    /// Number of rows.
    pub(super) height: usize,
    /// Pixels per row.
    pub(super) width: usize,
    /// Pixels of zeros on each side.
    pub(super) border: usize,
    /// Channels per block: [`BLOCK`], or 1.
    pub(super) lanes: usize,
}

impl Geometry {
    /// Layout in blocks, without a border.
    pub(super) fn blocked(images: usize, [channels, height, width]: [usize; 3]) -> Self {
        Self {
            images,
            channels,
            height,
            width,
            border: 0,
            lanes: BLOCK,
        }
    }

    /// Blocks per image.
    pub(super) fn blocks(&self) -> usize {
        self.channels.div_ceil(self.lanes)
    }

    /// Distance from a row to the next.
    pub(super) fn row(&self) -> usize {
        (self.width + 2 * self.border) * self.lanes
    }

    /// Distance from a block to the next.
    pub(super) fn block(&self) -> usize {
        (self.height + 2 * self.border) * self.row()
    }

    /// Distance from an image to the next.
    pub(super) fn image(&self) -> usize {
        self.blocks() * self.block()
    }

    /// Length of the whole batch.
    pub(super) fn len(&self) -> usize {
        self.images * self.image()
    }

    /// Offset of a pixel from the start of its block.
    pub(super) fn at(&self, y: usize, x: usize) -> usize {
        (y + self.border) * self.row() + (x + self.border) * self.lanes
    }

    /// Number of pixels of a map, without its border.
    pub(super) fn pixels(&self) -> usize {
        self.height * self.width
    }

    /// Whether the pixels of a map lie one after the other, without gaps.
    pub(super) fn is_flat(&self) -> bool {
        self.border == 0
    }
}
