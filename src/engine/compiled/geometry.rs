//! Where the numbers of a feature map lie in memory.

use super::simd::BLOCK;

/// A batch of feature maps: images × blocks of channels × rows × pixels × channels of a block, with a border of zeros.
///
/// All lengths are in numbers. A block is [`BLOCK`] channels, so that a pixel of it is a cache line and a kernel reads all of
/// it at once; the channels that fill up the last block are zeros or anything finite. A planar map has blocks of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Geometry {
    /// Images.
    pub(super) images: usize,
    /// Channels.
    pub(super) channels: usize,
    /// Rows.
    pub(super) height: usize,
    /// Pixels of a row.
    pub(super) width: usize,
    /// Pixels of zeros at each side.
    pub(super) border: usize,
    /// Channels of a block: [`BLOCK`], or 1.
    pub(super) lanes: usize,
}

impl Geometry {
    /// Of blocks, without a border.
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

    /// Blocks of an image.
    pub(super) fn blocks(&self) -> usize {
        self.channels.div_ceil(self.lanes)
    }

    /// From a row to the next.
    pub(super) fn row(&self) -> usize {
        (self.width + 2 * self.border) * self.lanes
    }

    /// From a block to the next.
    pub(super) fn block(&self) -> usize {
        (self.height + 2 * self.border) * self.row()
    }

    /// From an image to the next.
    pub(super) fn image(&self) -> usize {
        self.blocks() * self.block()
    }

    /// All of it.
    pub(super) fn len(&self) -> usize {
        self.images * self.image()
    }

    /// From the start of a block to a pixel of it.
    pub(super) fn at(&self, y: usize, x: usize) -> usize {
        (y + self.border) * self.row() + (x + self.border) * self.lanes
    }

    /// Pixels of a map, without its border.
    pub(super) fn pixels(&self) -> usize {
        self.height * self.width
    }

    /// Whether its pixels lie one after the other.
    pub(super) fn is_flat(&self) -> bool {
        self.border == 0
    }
}
