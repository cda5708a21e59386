//! Layout of feature maps in memory.

use super::simd::BLOCK;

/// A batch of feature maps: images × blocks of channels × rows × pixels × channels of a block, with a border of zeros.
///
/// All lengths are in numbers. A block is [`BLOCK`] channels: a pixel of it is a cache line, which a kernel reads at once.
/// The channels that fill up the last block are zeros or anything finite. A planar map has blocks of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// Number of images.
    pub images: usize,
    /// Number of channels.
    pub channels: usize,
    /// Number of rows.
    pub height: usize,
    /// Pixels per row.
    pub width: usize,
    /// Pixels of zeros on each side.
    pub border: usize,
    /// Channels per block: [`BLOCK`], or 1.
    pub lanes: usize,
}

impl Geometry {
    /// Layout in blocks, without a border.
    pub fn blocked(images: usize, [channels, height, width]: [usize; 3]) -> Self {
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
    pub fn blocks(&self) -> usize {
        self.channels.div_ceil(self.lanes)
    }

    /// Distance from a row to the next.
    pub fn row(&self) -> usize {
        (self.width + 2 * self.border) * self.lanes
    }

    /// Distance from a block to the next.
    pub fn block(&self) -> usize {
        (self.height + 2 * self.border) * self.row()
    }

    /// Distance from an image to the next.
    pub fn image(&self) -> usize {
        self.blocks() * self.block()
    }

    /// Length of the whole batch.
    #[allow(clippy::len_without_is_empty, reason = "no batch is without images")]
    pub fn len(&self) -> usize {
        self.images * self.image()
    }

    /// Offset of a pixel from the start of its block.
    pub fn at(&self, y: usize, x: usize) -> usize {
        (y + self.border) * self.row() + (x + self.border) * self.lanes
    }

    /// Number of pixels of a map, without its border.
    pub fn pixels(&self) -> usize {
        self.height * self.width
    }

    /// Whether the pixels of a map lie one after the other, without gaps.
    pub fn is_flat(&self) -> bool {
        self.border == 0
    }
}
