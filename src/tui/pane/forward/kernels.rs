//! Kernels of a convolution that reads a picture.

use crate::engine::Session;
use crate::network::LayerId;

/// Kernels, one after the other, each channel by channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Kernels {
    /// Input channels: one, or three for the colours.
    pub channels: usize,
    /// Height and width.
    pub size: [usize; 2],
    values: Vec<f32>,
}

impl Kernels {
    /// Kernels of a layer, if it is a convolution larger than one value that reads one or three channels.
    pub fn of(session: &Session, id: LayerId) -> Option<Self> {
        let tensors = session.weights().of(id).tensors();
        let &[_, channels @ (1 | 3), height, width] = tensors.first()?.shape() else {
            return None;
        };
        let reads = *session.network().inputs(id).first()?;
        let is_whole = session.value(reads)?.shape().get(1) == Some(&channels);
        (is_whole && height * width > 1).then(|| Self {
            channels,
            size: [height, width],
            values: tensors[0].iter().copied().collect(),
        })
    }

    /// Number of kernels.
    pub fn count(&self) -> usize {
        self.values.len() / self.area()
    }

    /// Values of a kernel.
    pub fn kernel(&self, number: usize) -> &[f32] {
        let area = self.area();
        &self.values[number * area..(number + 1) * area]
    }

    fn area(&self) -> usize {
        (self.channels * self.size[0] * self.size[1]).max(1)
    }
}
