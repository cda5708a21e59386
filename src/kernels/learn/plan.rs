//! Sizes of a convolution of training, and the method that they ask for.

use std::ops::Range;

use super::super::simd::BLOCK;

/// Places of a transformed tile.
pub const PLACES: usize = 36;

/// Tiles that are transformed together, at most: four panels of the widest kernel.
const STRIP: usize = 56;

/// Numbers of one side's transformed tiles that stay in the second-level cache.
const RESIDENT: usize = 1 << 16;

/// A way to do a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// 4 × 4 outputs from a transformed tile.
    Tiles {
        /// Tiles that are transformed at once.
        strip: usize,
        /// Images that they are of.
        group: usize,
    },
    /// The sum over the window's taps.
    Taps,
}

/// Sizes of a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Input channels.
    pub channels: usize,
    /// Output channels.
    pub filters: usize,
    /// Height and width of the input.
    pub input: [usize; 2],
    /// Height and width of the output.
    pub output: [usize; 2],
    /// Height and width of the window.
    pub kernel: [usize; 2],
    /// Stride.
    pub stride: [usize; 2],
    /// Padding before the first row and column.
    pub padding: [usize; 2],
    /// Dilation.
    pub dilation: [usize; 2],
}

/// A convolution of maps in blocks of 16 channels without a border: images × blocks × rows × pixels × 16.
///
/// Channels that fill up the last block are zeros, in what is read and in what is written.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Input channels.
    pub channels: usize,
    /// Output channels.
    pub filters: usize,
    input: [usize; 2],
    output: [usize; 2],
    kernel: [usize; 2],
    dilation: [usize; 2],
    pub(crate) stride: [usize; 2],
    pub(crate) padding: [usize; 2],
    /// Height and width of an image with its padding, as far as windows reach.
    pub(crate) padded: [usize; 2],
    /// Method of the convolution.
    pub method: Method,
    /// Offsets of taps forward: windows × blocks, or blocks of transformed tiles.
    pub(crate) taps: Vec<usize>,
    /// Offsets of blocks of the gradient.
    pub(crate) taps_back: Vec<usize>,
}

/// Slices of a forward convolution, whose lengths whoever makes it has compared with its sizes.
pub struct Forward<'a> {
    /// Sizes and method.
    pub plan: &'a Plan,
    /// Packed weights.
    pub weights: &'a [f32],
    /// Input.
    pub x: &'a [f32],
    /// Output.
    pub y: &'a mut [f32],
    /// Scratch memory.
    pub scratch: &'a mut [f32],
    /// Number of images.
    pub images: usize,
}

/// Slices of a backward convolution, whose lengths whoever makes it has compared with its sizes.
pub struct Back<'a> {
    /// Sizes and method.
    pub plan: &'a Plan,
    /// Weights with input and output channels exchanged.
    pub weights: &'a [f32],
    /// Input.
    pub x: &'a [f32],
    /// Gradient with respect to the output.
    pub gradient: &'a [f32],
    /// Gradient by the input, and whether it is added to what is there.
    pub of_input: Option<(&'a mut [f32], bool)>,
    /// Gradient by the weights, taps × input channels × output channels.
    pub of_weights: &'a mut [f32],
    /// Scratch memory.
    pub scratch: &'a mut [f32],
    /// Number of images.
    pub images: usize,
}

impl Plan {
    /// Plans a convolution of these sizes.
    ///
    /// # Panics
    /// A window reaches beyond the padding.
    pub fn new(sizes: Sizes) -> Self {
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
    pub fn reach(&self, row: usize) -> Range<usize> {
        let each = self.kernel[1] * self.input_blocks();
        let rows = self.rows_of_window(row);
        rows.start * each..rows.end * each
    }

    /// Blocks of input channels.
    pub fn input_blocks(&self) -> usize {
        self.channels.div_ceil(BLOCK)
    }

    /// Blocks of output channels.
    pub fn output_blocks(&self) -> usize {
        self.filters.div_ceil(BLOCK)
    }

    /// Channels of a block that are not zeros.
    pub fn input_depth(&self) -> usize {
        self.channels.min(BLOCK)
    }

    /// Channels of all blocks.
    pub fn input_depth_all(&self) -> usize {
        self.input_blocks() * BLOCK
    }

    /// Channels of an output block that are not zeros.
    pub fn output_depth(&self) -> usize {
        self.filters.min(BLOCK)
    }

    /// Height and width of the input.
    pub fn input_size(&self) -> [usize; 2] {
        self.input
    }

    /// Height and width of the output.
    pub fn output_size(&self) -> [usize; 2] {
        self.output
    }

    /// Number of taps of the window.
    pub fn windows(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// Tiles along height and width.
    pub fn tiles(&self) -> [usize; 2] {
        self.output.map(|side| side.div_ceil(4))
    }

    /// Tiles of an image.
    pub fn tiles_of_image(&self) -> usize {
        self.tiles().iter().product()
    }

    /// Distance between two blocks of a strip: an odd number of pixels, since lines at distances of powers of two would
    /// share the places of a cache.
    pub fn strip_row(&self) -> usize {
        match self.method {
            Method::Tiles { strip, .. } => (strip | 1) * BLOCK,
            Method::Taps => 0,
        }
    }

    /// Distance between two places of the transformed gradient by the weights, odd for the same reason.
    pub fn sum_place(&self) -> usize {
        self.input_blocks() * self.output_blocks() * BLOCK * BLOCK + BLOCK
    }

    /// Height and width of the input.
    pub fn input_len(&self) -> usize {
        self.input_blocks() * self.input[0] * self.input[1] * BLOCK
    }

    /// Height and width of the output.
    pub fn output_len(&self) -> usize {
        self.output_blocks() * self.output[0] * self.output[1] * BLOCK
    }

    /// Numbers of the gradient by an image that tiles overlap in.
    pub fn spread_len(&self) -> usize {
        let [down, across] = self.tiles();
        self.input_blocks() * (4 * down + 2) * (4 * across + 2) * BLOCK
    }

    /// Numbers of scratch memory for either direction.
    pub fn scratch_len(&self) -> usize {
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
    pub fn gradient_len(&self) -> usize {
        self.windows() * self.input_blocks() * self.output_blocks() * BLOCK * BLOCK
    }

    /// Places of a kernel in the weights' order.
    pub fn places(&self) -> usize {
        match self.method {
            Method::Tiles { .. } => PLACES,
            Method::Taps => self.windows(),
        }
    }
}
