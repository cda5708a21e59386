//! The formula for the output size of a sliding window.

use crate::text::format::dims;
use std::fmt;

/// Rounding of a window's last, incomplete step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// The step is left out: PyTorch's default.
    #[default]
    Floor,
    /// The step is kept if its window starts inside the input or its left padding: `ceil_mode=True`.
    Ceil,
}

/// A window that slides over a feature map, of a convolution or a pool. Pairs are (height, width).
///
/// The output size along an axis is `floor((n + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1`, as in the
/// documentation of PyTorch's `Conv2d` and `MaxPool2d`; `tests/same_padding.rs` checks it against the results of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Size in pixels.
    pub kernel: [u64; 2],
    /// Stride in pixels.
    pub stride: [u64; 2],
    /// Border added on each side, in pixels.
    pub padding: [u64; 2],
    /// Distance between the pixels that the window reads.
    pub dilation: [u64; 2],
    /// Rounding of the last, incomplete step.
    pub rounding: Rounding,
}

/// Text for a pair of sizes: one number if they are equal, else height × width.
pub fn sides<T: PartialEq + fmt::Display>([height, width]: [T; 2]) -> String {
    if height == width {
        height.to_string()
    } else {
        dims([height, width])
    }
}

impl Window {
    /// A square window with dilation 1 that rounds down.
    pub const fn square(kernel: u64, stride: u64, padding: u64) -> Self {
        Self {
            kernel: [kernel; 2],
            stride: [stride; 2],
            padding: [padding; 2],
            dilation: [1; 2],
            rounding: Rounding::Floor,
        }
    }

    /// Extent of the window with its dilation: `dilation·(kernel − 1) + 1`.
    pub fn extent(&self) -> [u64; 2] {
        [0, 1].map(|axis| self.dilation[axis] * (self.kernel[axis] - 1) + 1)
    }

    /// Height and width of the output for an input of `size`, or `None` if the window does not fit.
    pub fn output(&self, size: [u64; 2]) -> Option<[u64; 2]> {
        Some([
            self.output_along(0, size[0])?,
            self.output_along(1, size[1])?,
        ])
    }

    fn output_along(&self, axis: usize, size: u64) -> Option<u64> {
        let (stride, padding) = (self.stride[axis], self.padding[axis]);
        let (room, extent) = (size + 2 * padding, self.extent()[axis]);
        let steps = match self.rounding {
            Rounding::Floor => room.checked_sub(extent)? / stride,
            // With rounding up, a window may be larger than the map by less than a step; PyTorch drops a last window that
            // would start in the right padding.
            Rounding::Ceil => {
                let steps = (room + stride - 1).checked_sub(extent)? / stride;
                if steps * stride >= size + padding {
                    steps - 1
                } else {
                    steps
                }
            }
        };
        Some(steps + 1)
    }

    /// Formula along an axis, 0 for the height and 1 for the width, with its numbers filled in, for display:
    /// `(56 + 2·1 − 1·(3 − 1) − 1) / 2 + 1 = 28`.
    pub fn formula(&self, size: [u64; 2], axis: usize) -> String {
        let [kernel, stride, padding, dilation] =
            [self.kernel, self.stride, self.padding, self.dilation].map(|pair| pair[axis]);
        let (open, close) = match self.rounding {
            Rounding::Floor => ('⌊', '⌋'),
            Rounding::Ceil => ('⌈', '⌉'),
        };
        let result = self
            .output(size)
            .map_or_else(|| "—".to_owned(), |output| output[axis].to_string());
        format!(
            "{open}({} + 2·{padding} − {dilation}·({kernel} − 1) − 1) / {stride}{close} + 1 = {result}",
            size[axis]
        )
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&dims(self.kernel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stem_of_resnet_halves_twice() {
        assert_eq!(Window::square(7, 2, 3).output([224, 224]), Some([112, 112]));
        assert_eq!(Window::square(3, 2, 1).output([112, 112]), Some([56, 56]));
    }

    #[test]
    fn a_window_larger_than_its_input_has_no_output() {
        assert_eq!(Window::square(7, 1, 0).output([6, 9]), None);
    }

    #[test]
    fn rounding_up_a_window_may_be_larger_than_its_input() {
        let window = Window {
            rounding: Rounding::Ceil,
            ..Window::square(2, 2, 0)
        };
        assert_eq!(window.output([1, 1]), Some([1, 1]));
        let larger = Window {
            kernel: [3; 2],
            ..window
        };
        assert_eq!(larger.output([2, 2]), Some([1, 1]));
        assert_eq!(larger.output([1, 1]), None);
    }

    #[test]
    fn ceil_mode_keeps_the_last_step_unless_it_starts_in_the_padding() {
        let window = Window {
            rounding: Rounding::Ceil,
            ..Window::square(3, 2, 0)
        };
        assert_eq!(window.output([112, 112]), Some([56, 56]));
        assert_eq!(
            Window {
                rounding: Rounding::Floor,
                ..window
            }
            .output([112, 112]),
            Some([55, 55])
        );
        // torch.nn.MaxPool2d(2, 2, 1, ceil_mode=True) maps 3 to 2: a third window would lie in the padding.
        let padded = Window {
            rounding: Rounding::Ceil,
            ..Window::square(2, 2, 1)
        };
        assert_eq!(padded.output([3, 3]), Some([2, 2]));
    }
}
