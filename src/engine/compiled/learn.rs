//! Convolutions of training on slices, checked before any kernel trusts them.

pub(in crate::engine) mod each;

use std::ops::Range;

use super::isa::Isa;
use super::kernels::learn::{Back, Forward, PLACES};
use super::kernels::sides::KERNEL_SIDE;
use super::kernels::table;
use super::simd::BLOCK;

/// Tiles that are transformed together, at most: four panels of the widest kernel.
const STRIP: usize = 56;

/// Numbers of one side's transformed tiles that stay in the second-level cache.
const RESIDENT: usize = 1 << 16;

/// A way to do a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// 4 × 4 outputs from a transformed tile; `strip` tiles at once, of `group` images.
    Tiles { strip: usize, group: usize },
    /// The sum over the window's taps.
    Taps,
}

/// A convolution of maps in blocks of 16 channels without a border: images × blocks × rows × pixels × 16.
///
/// Channels that fill up the last block are zeros, in what is read and in what is written.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Conv {
    isa: Isa,
    channels: usize,
    filters: usize,
    input: [usize; 2],
    output: [usize; 2],
    kernel: [usize; 2],
    dilation: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) padding: [usize; 2],
    /// Height and width of an image with its padding, as far as windows reach.
    pub(super) padded: [usize; 2],
    pub(super) method: Method,
    /// Offsets of taps forward: windows × blocks, or blocks of transformed tiles.
    pub(super) taps: Vec<usize>,
    /// Offsets of blocks of the gradient.
    pub(super) taps_back: Vec<usize>,
}

/// Sizes of a [`Conv`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) struct Sizes {
    /// Input channels.
    pub(in crate::engine) channels: usize,
    /// Output channels.
    pub(in crate::engine) filters: usize,
    /// Height and width of the input.
    pub(in crate::engine) input: [usize; 2],
    /// Height and width of the output.
    pub(in crate::engine) output: [usize; 2],
    /// Height and width of the window.
    pub(in crate::engine) kernel: [usize; 2],
    /// Stride.
    pub(in crate::engine) stride: [usize; 2],
    /// Padding before the first row and column.
    pub(in crate::engine) padding: [usize; 2],
    /// Dilation.
    pub(in crate::engine) dilation: [usize; 2],
}

/// Weights of a [`Conv`] in the kernels' order.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Packed {
    forward: Vec<f32>,
    back: Vec<f32>,
}

impl Conv {
    /// Convolution of these sizes with the kernels of `isa`, which this processor must have.
    pub(in crate::engine) fn new(sizes: Sizes, isa: Isa) -> Self {
        assert!(isa.is_available(), "{isa} is not on this processor");
        let Sizes {
            channels,
            filters,
            input,
            output,
            kernel,
            stride,
            padding,
            dilation,
        } = sizes;
        let padded = [0, 1].map(|axis| {
            let reach = (output[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1;
            assert!(output[axis] > 0 && reach <= input[axis] + 2 * padding[axis]);
            reach.max(padding[axis] + 1)
        });
        let mut conv = Self {
            isa,
            channels,
            filters,
            input,
            output,
            kernel,
            dilation,
            stride,
            padding,
            padded,
            method: Method::Taps,
            taps: Vec::new(),
            taps_back: Vec::new(),
        };
        let (xb, yb) = (conv.input_blocks(), conv.output_blocks());
        let is_small_window =
            kernel == [3, 3] && [stride, padding, dilation] == [[1, 1]; 3] && input == output;
        if is_small_window && conv.tiles_pay() {
            let wide = RESIDENT / (PLACES * BLOCK * xb.max(yb));
            let strip = (wide / 14 * 14).clamp(14, STRIP);
            let group = (strip / conv.tiles_of_image()).max(1);
            conv.method = Method::Tiles {
                strip: strip.min(group * conv.tiles_of_image()),
                group,
            };
            let row = conv.strip_row();
            conv.taps = (0..xb).map(|block| block * row).collect();
            conv.taps_back = (0..yb).map(|block| block * row).collect();
        } else {
            let plane = padded[0] * padded[1] * BLOCK;
            for ky in 0..kernel[0] {
                for kx in 0..kernel[1] {
                    let at = (ky * dilation[0] * padded[1] + kx * dilation[1]) * BLOCK;
                    conv.taps.extend((0..xb).map(|block| at + block * plane));
                }
            }
            let plane = output[0] * output[1] * BLOCK;
            conv.taps_back = (0..yb).map(|block| block * plane).collect();
        }
        conv
    }

    /// Whether transformed tiles take fewer operations: about 220 for each block of a tile, and a multiplication for each
    /// place, pair of channels and tile.
    fn tiles_pay(&self) -> bool {
        let (xb, yb) = (self.input_blocks(), self.output_blocks());
        let pairs = xb * self.input_depth() * yb;
        let tiles = self.tiles_of_image() * (PLACES * pairs + 220 * (xb + yb));
        let rows: usize = (0..self.output[0])
            .map(|row| self.rows_of_window(row).len())
            .sum();
        tiles < rows * 3 * self.output[1] * pairs
    }

    /// Rows of the window that reach into the input for a row of the output.
    fn rows_of_window(&self, row: usize) -> Range<usize> {
        let reaches = |ky: &usize| {
            let y = row * self.stride[0] + ky * self.dilation[0];
            y >= self.padding[0] && y < self.input[0] + self.padding[0]
        };
        let first = (0..self.kernel[0]).find(reaches).unwrap_or(0);
        let end = (0..self.kernel[0])
            .rfind(reaches)
            .map_or(first, |last| last + 1);
        first..end
    }

    /// Taps that reach into the input for a row of the output.
    pub(super) fn reach(&self, row: usize) -> Range<usize> {
        let each = self.kernel[1] * self.input_blocks();
        let rows = self.rows_of_window(row);
        rows.start * each..rows.end * each
    }

    pub(super) fn input_blocks(&self) -> usize {
        self.channels.div_ceil(BLOCK)
    }

    pub(super) fn output_blocks(&self) -> usize {
        self.filters.div_ceil(BLOCK)
    }

    /// Channels of a block that are not zeros.
    pub(super) fn input_depth(&self) -> usize {
        self.channels.min(BLOCK)
    }

    /// Channels of all blocks.
    pub(super) fn input_depth_all(&self) -> usize {
        self.input_blocks() * BLOCK
    }

    pub(super) fn output_depth(&self) -> usize {
        self.filters.min(BLOCK)
    }

    pub(super) fn input_size(&self) -> [usize; 2] {
        self.input
    }

    pub(super) fn output_size(&self) -> [usize; 2] {
        self.output
    }

    pub(super) fn windows(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// Tiles along height and width.
    pub(super) fn tiles(&self) -> [usize; 2] {
        self.output.map(|side| side.div_ceil(4))
    }

    pub(super) fn tiles_of_image(&self) -> usize {
        self.tiles().iter().product()
    }

    /// Distance between two blocks of a strip: an odd number of pixels, since lines at distances of powers of two would
    /// share the places of a cache.
    pub(super) fn strip_row(&self) -> usize {
        match self.method {
            Method::Tiles { strip, .. } => (strip | 1) * BLOCK,
            Method::Taps => 0,
        }
    }

    /// Distance between two places of the transformed gradient by the weights, odd for the same reason.
    pub(super) fn sum_place(&self) -> usize {
        self.input_blocks() * self.output_blocks() * BLOCK * BLOCK + BLOCK
    }

    /// Numbers of an image of the input.
    pub(in crate::engine) fn input_len(&self) -> usize {
        self.input_blocks() * self.input[0] * self.input[1] * BLOCK
    }

    /// Numbers of an image of the output.
    pub(in crate::engine) fn output_len(&self) -> usize {
        self.output_blocks() * self.output[0] * self.output[1] * BLOCK
    }

    /// Numbers of the gradient by an image that tiles overlap in.
    pub(super) fn spread_len(&self) -> usize {
        let [down, across] = self.tiles();
        self.input_blocks() * (4 * down + 2) * (4 * across + 2) * BLOCK
    }

    /// Numbers of scratch memory for either direction.
    pub(in crate::engine) fn scratch_len(&self) -> usize {
        let (xb, yb) = (self.input_blocks(), self.output_blocks());
        match self.method {
            Method::Tiles { group, .. } => {
                PLACES * (xb + yb) * self.strip_row()
                    + group * self.spread_len()
                    + PLACES * self.sum_place()
            }
            Method::Taps => 2 * xb * self.padded[0] * self.padded[1] * BLOCK,
        }
    }

    /// Numbers of the gradient by the weights: taps × input channels × output channels, in whole blocks.
    pub(in crate::engine) fn gradient_len(&self) -> usize {
        self.windows() * self.input_blocks() * self.output_blocks() * BLOCK * BLOCK
    }

    /// Brings weights, out × in × height × width, into the kernels' order.
    ///
    /// # Panics
    /// There are not as many.
    pub(in crate::engine) fn pack(&self, weights: &[f32], packed: &mut Packed) {
        let windows = self.windows();
        assert_eq!(weights.len(), self.filters * self.channels * windows);
        let at = |filter: usize, channel: usize| {
            &weights[(filter * self.channels + channel) * windows..][..windows]
        };
        let places = self.places();
        let is_tiles = matches!(self.method, Method::Tiles { .. });
        let forward = Order::new(self.isa, [self.channels, self.filters], places);
        let back = Order::new(self.isa, [self.filters, self.channels], places);
        packed.forward.resize(forward.len(), 0.0);
        packed.back.resize(back.len(), 0.0);
        for filter in 0..self.filters {
            for channel in 0..self.channels {
                let own = at(filter, channel);
                let transformed = is_tiles.then(|| transform(own));
                let values = transformed.as_ref().map_or(own, |all| &all[..]);
                for (place, &value) in values.iter().enumerate() {
                    packed.forward[forward.at(place, channel, filter)] = value;
                    packed.back[back.at(place, filter, channel)] = value;
                }
            }
        }
    }

    /// Adds the gradient by the weights, in the kernels' order, to that in the order out × in × height × width.
    ///
    /// # Panics
    /// There are not as many.
    pub(in crate::engine) fn unpack(&self, gradient: &[f32], to: &mut [f32]) {
        let windows = self.windows();
        assert_eq!(gradient.len(), self.gradient_len());
        assert_eq!(to.len(), self.filters * self.channels * windows);
        let row = self.output_blocks() * BLOCK;
        for filter in 0..self.filters {
            for channel in 0..self.channels {
                for window in 0..windows {
                    to[(filter * self.channels + channel) * windows + window] +=
                        gradient[(window * self.input_depth_all() + channel) * row + filter];
                }
            }
        }
    }

    /// Convolves the images of `x` into `y`.
    ///
    /// # Panics
    /// A slice is not as long as the images need.
    pub(in crate::engine) fn forward(
        &self,
        weights: &Packed,
        x: &[f32],
        y: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        let images = self.images(x.len(), y.len());
        let order = Order::new(self.isa, [self.channels, self.filters], self.places());
        assert_eq!(weights.forward.len(), order.len());
        scratch.resize(scratch.len().max(self.scratch_len()), 0.0);
        let mut job = Forward {
            conv: self,
            weights: &weights.forward,
            x,
            y,
            scratch,
            images,
        };
        // SAFETY: the processor has the instructions, as `new` saw; the slices have the lengths that the kernel assumes, as
        // was asserted above, and offsets within them follow from this convolution's sizes, which nothing else can change.
        #[allow(unsafe_code, reason = "a kernel of the processor's own instructions")]
        unsafe {
            (table(self.isa).learn_forward)(&mut job);
        }
    }

    /// Gradients from that of the output: by the input (`adds`: on top of what is there), where it is wanted, and by the
    /// weights, which are overwritten.
    ///
    /// # Panics
    /// A slice is not as long as the images need.
    pub(in crate::engine) fn back(
        &self,
        weights: &Packed,
        x: &[f32],
        gradient: &[f32],
        of_input: Option<(&mut [f32], bool)>,
        of_weights: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        let images = self.images(x.len(), gradient.len());
        let order = Order::new(self.isa, [self.filters, self.channels], self.places());
        assert_eq!(weights.back.len(), order.len());
        assert_eq!(of_weights.len(), self.gradient_len());
        assert!(
            of_input
                .as_ref()
                .is_none_or(|(own, _)| own.len() == x.len())
        );
        scratch.resize(scratch.len().max(self.scratch_len()), 0.0);
        let mut job = Back {
            conv: self,
            weights: &weights.back,
            x,
            gradient,
            of_input,
            of_weights,
            scratch,
            images,
        };
        // SAFETY: as in `forward`.
        #[allow(unsafe_code, reason = "a kernel of the processor's own instructions")]
        unsafe {
            (table(self.isa).learn_back)(&mut job);
        }
    }

    fn places(&self) -> usize {
        match self.method {
            Method::Tiles { .. } => PLACES,
            Method::Taps => self.windows(),
        }
    }

    fn images(&self, x: usize, y: usize) -> usize {
        let images = x / self.input_len();
        assert_eq!(
            [x, y],
            [self.input_len(), self.output_len()].map(|each| images * each)
        );
        images
    }
}

/// Order of packed weights: groups of output blocks × places × input blocks × channels × the group's channels.
struct Order {
    /// Output blocks of a group.
    group: usize,
    /// Input and output blocks.
    blocks: [usize; 2],
    /// Channels of an input block.
    depth: usize,
    places: usize,
}

impl Order {
    fn new(isa: Isa, [from, to]: [usize; 2], places: usize) -> Self {
        Self {
            group: isa.tile_blocks(),
            blocks: [from.div_ceil(BLOCK), to.div_ceil(BLOCK)],
            depth: from.min(BLOCK),
            places,
        }
    }

    fn len(&self) -> usize {
        self.places * self.blocks[0] * self.depth * self.blocks[1] * BLOCK
    }

    fn at(&self, place: usize, from: usize, to: usize) -> usize {
        let block = to / BLOCK;
        // Blocks that fill no whole group are groups of one.
        let whole = self.blocks[1] / self.group * self.group;
        let (first, size) = if block < whole {
            (block / self.group * self.group, self.group)
        } else {
            (block, 1)
        };
        let rows = self.blocks[0] * self.depth;
        let row = (from / BLOCK) * self.depth + from % BLOCK;
        first * BLOCK * self.places * rows
            + (place * rows + row) * size * BLOCK
            + (block - first) * BLOCK
            + to % BLOCK
    }
}

/// A 3×3 kernel at the places of a tile: `G · w · Gᵀ`.
fn transform(kernel: &[f32]) -> [f32; PLACES] {
    let mut half = [[0.0; 3]; 6];
    for (row, side) in half.iter_mut().zip(KERNEL_SIDE) {
        for (column, value) in row.iter_mut().enumerate() {
            *value = (0..3).map(|k| side[k] * kernel[3 * k + column]).sum();
        }
    }
    let mut places = [0.0; PLACES];
    for (place, value) in places.iter_mut().enumerate() {
        let (row, side) = (half[place / 6], KERNEL_SIDE[place % 6]);
        *value = (0..3).map(|k| row[k] * side[k]).sum();
    }
    places
}
