//! Receptive field: the part of the image that a cell of a feature map sees.

use super::reach::{Reach, followed, reach};
use crate::network::{Layer, Network, Table, Window};

/// The part of the image that the cells of a feature map depend on; its edges may lie outside the image.
///
/// The recurrences are those of Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks"
/// (2019): a window of extent `e`, stride `s` and padding `p` on a map of step `j` gives size `+ (e − 1)·j`, step `j·s`. The
/// field of an addition is the smallest one that contains both branches'; the same holds for a layer that makes several cells
/// from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceptiveField {
    /// Spans along the height and along the width.
    pub axes: [Span; 2],
}

/// A receptive field along one axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First pixel that cell 0 sees; negative in the padding.
    pub start: i128,
    /// Last pixel that cell 0 sees.
    pub end: i128,
    /// Distance in pixels between the fields of neighbouring cells.
    pub stride: i128,
}

impl Span {
    /// One pixel per cell: the field of the image itself.
    const PIXEL: Self = Self {
        start: 0,
        end: 0,
        stride: 1,
    };

    /// Size in pixels.
    pub const fn size(self) -> u128 {
        (self.end - self.start + 1).unsigned_abs()
    }

    /// First and last pixel that cell `index` sees.
    pub const fn of_cell(self, index: u64) -> (i128, i128) {
        let offset = index as i128 * self.stride;
        (self.start + offset, self.end + offset)
    }

    fn slide(self, window: &Window, axis: usize) -> Self {
        let (padding, extent) = (
            i128::from(window.padding[axis]),
            i128::from(window.extent()[axis]),
        );
        Self {
            start: self.start - padding * self.stride,
            end: self.end + (extent - 1 - padding) * self.stride,
            stride: self.stride * i128::from(window.stride[axis]),
        }
    }

    /// Span of the cells that one cell becomes, `block` along the axis: the smallest field that contains all that each of
    /// them sees, if the step can be divided.
    fn enlarged(self, block: u64) -> Option<Self> {
        let block = i128::from(block);
        (self.stride % block == 0).then(|| {
            let stride = self.stride / block;
            Self {
                start: self.start - (block - 1) * stride,
                stride,
                ..self
            }
        })
    }

    fn union(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            stride: self.stride.max(other.stride),
        }
    }
}

impl ReceptiveField {
    /// Height in pixels.
    pub const fn size(self) -> u128 {
        self.axes[0].size()
    }

    /// Height and width in pixels.
    pub fn sizes(self) -> [u128; 2] {
        self.axes.map(Span::size)
    }

    /// Width in pixels, if it differs from the height.
    pub fn other_width(self) -> Option<u128> {
        let [height, width] = self.sizes();
        (height != width).then_some(width)
    }

    fn slide(self, window: &Window) -> Self {
        Self {
            axes: [0, 1].map(|axis| self.axes[axis].slide(window, axis)),
        }
    }

    fn enlarged(self, block: u64) -> Option<Self> {
        let [height, width] = self.axes.map(|span| span.enlarged(block));
        Some(Self {
            axes: [height?, width?],
        })
    }

    fn union(self, other: Self) -> Self {
        Self {
            axes: [0, 1].map(|axis| self.axes[axis].union(other.axes[axis])),
        }
    }
}

/// Receptive field of every layer up to the global pool, or up to a pool along an axis; after it every value sees the whole
/// image, and the result is `None`.
///
/// Pixels are those of the image at the network's input size: each layer that resizes or crops starts again from one pixel.
pub fn receptive_field(network: &Network) -> Table<Option<ReceptiveField>> {
    let mut fields: Table<Option<ReceptiveField>> = Table::new(network, |_| None);
    for (id, node) in network.nodes() {
        if matches!(node.layer, Layer::Input { .. }) || node.layer.is_of_picture() {
            fields[id] = Some(ReceptiveField {
                axes: [Span::PIXEL; 2],
            });
            continue;
        }
        let input = followed(network, id)
            .into_iter()
            .map(|input| fields[input])
            .reduce(|a, b| Some(a?.union(b?)))
            .flatten();
        fields[id] = match reach(&node.layer) {
            Reach::Cell => input,
            Reach::Window(window) => input.map(|field| field.slide(&window)),
            Reach::Enlarged(block) => input.and_then(|field| field.enlarged(block)),
            Reach::Along(_) | Reach::Whole | Reach::Resized(_) | Reach::Middle => None,
        };
    }
    fields
}
