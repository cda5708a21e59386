//! Shortcuts without weights: a map's pixels at a stride, between channels of zeros.

use super::layout::{BLOCK, Layout};

/// Sizes of such a shortcut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pad {
    pub(super) stride: [usize; 2],
    /// Channels of zeros before the map's.
    pub(super) before: usize,
    /// Channels of the map.
    pub(super) channels: usize,
    /// Width of the map.
    pub(super) width: usize,
    /// Height and width of the output.
    pub(super) output: [usize; 2],
    /// Numbers of an image, and pixels, before and after.
    pub(super) layouts: [Layout; 2],
}

impl Pad {
    /// Writes the output of whole images.
    pub(super) fn forward(&self, x: &[f32], y: &mut [f32]) {
        y.fill(0.0);
        self.each(x.len(), |from, to, lanes| {
            y[to..to + lanes].copy_from_slice(&x[from..from + lanes]);
        });
    }

    /// Writes the gradient by the map from that by the output.
    pub(super) fn back(&self, gradient: &[f32], to: &mut [f32]) {
        to.fill(0.0);
        self.each(to.len(), |from, at, lanes| {
            to[from..from + lanes].copy_from_slice(&gradient[at..at + lanes]);
        });
    }

    /// Calls `copy` with places in the map and in the output, for lanes that stay side by side.
    fn each(&self, len: usize, mut copy: impl FnMut(usize, usize, usize)) {
        let [from, to] = self.layouts;
        for image in 0..len / from.len() {
            let mut channel = 0;
            while channel < self.channels {
                let target = self.before + channel;
                // Up to the end of a block on either side.
                let room = BLOCK - (channel % BLOCK).max(target % BLOCK);
                let lanes = room.min(self.channels - channel);
                let place = |layout: Layout, channel: usize| {
                    let block = image * layout.blocks + channel / BLOCK;
                    block * layout.pixels * BLOCK + channel % BLOCK
                };
                let (x, y) = (place(from, channel), place(to, target));
                for row in 0..self.output[0] {
                    for column in 0..self.output[1] {
                        let pixel = row * self.stride[0] * self.width + column * self.stride[1];
                        let at = row * self.output[1] + column;
                        copy(x + pixel * BLOCK, y + at * BLOCK, lanes);
                    }
                }
                channel += lanes;
            }
        }
    }
}
