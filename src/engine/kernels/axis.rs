//! Pixels that each tap of a window reads, along one axis.

use crate::network::Window;
use std::ops::Range;

/// A window along the height or the width of a feature map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) input: usize,
    pub(super) output: usize,
    pub(super) kernel: usize,
    pub(super) stride: usize,
    pub(super) padding: usize,
    dilation: usize,
}

impl Axis {
    /// Axes of `window` along height and width for an input of `size`; the output is empty if the window does not fit.
    pub(super) fn pair(window: &Window, size: [usize; 2]) -> [Self; 2] {
        let output = window.output(size.map(|n| n as u64));
        debug_assert!(output.is_some(), "{window:?} does not fit in {size:?}");
        let output = output.unwrap_or_default();
        [0, 1].map(|axis| Self {
            input: size[axis],
            output: output[axis] as usize,
            kernel: window.kernel[axis] as usize,
            stride: window.stride[axis] as usize,
            padding: window.padding[axis] as usize,
            dilation: window.dilation[axis] as usize,
        })
    }

    /// Outputs for which tap `tap` reads inside the input, and the pixel that it reads for the first of them.
    ///
    /// Output `o` reads pixel `o·stride + tap·dilation − padding`; solved for `0 ≤ pixel < input`.
    pub(super) fn reach(&self, tap: usize) -> (Range<usize>, usize) {
        let offset = tap * self.dilation;
        let first = self.padding.saturating_sub(offset).div_ceil(self.stride);
        let end = (self.input + self.padding)
            .saturating_sub(offset)
            .div_ceil(self.stride)
            .min(self.output);
        if first < end {
            (first..end, first * self.stride + offset - self.padding)
        } else {
            (0..0, 0)
        }
    }
}

/// Calls `visit(tap, output, input)` for each output and each pixel in its window, without the padding.
///
/// Tap by tap and row by row: the innermost loop runs over two contiguous pieces of memory.
pub(super) fn sweep<T: Copy>(
    input: &[T],
    output: &mut [T],
    [rows, columns]: [Axis; 2],
    mut visit: impl FnMut(usize, &mut T, T),
) {
    for ky in 0..rows.kernel {
        let (ys, top) = rows.reach(ky);
        for kx in 0..columns.kernel {
            let (xs, left) = columns.reach(kx);
            let tap = ky * columns.kernel + kx;
            for (step, y) in ys.clone().enumerate() {
                let row = &input[(top + step * rows.stride) * columns.input..][..columns.input];
                let source = &row[left..];
                let target = &mut output[y * columns.output..][xs.clone()];
                if columns.stride == 1 {
                    // The compiler vectorises this loop, but not one with `step_by(1)`.
                    target
                        .iter_mut()
                        .zip(source)
                        .for_each(|(o, &i)| visit(tap, o, i));
                } else {
                    let source = source.iter().step_by(columns.stride);
                    target
                        .iter_mut()
                        .zip(source)
                        .for_each(|(o, &i)| visit(tap, o, i));
                }
            }
        }
    }
}

/// Calls `visit(tap, outputs, inputs, count)` for each run of outputs whose window reads a run of pixels: the places of the first
/// output and the first pixel, and how many there are; pixels are the columns' stride apart. Padding is not visited, and an
/// output meets its taps in the order of the window.
pub(super) fn runs([rows, columns]: [Axis; 2], mut visit: impl FnMut(usize, usize, usize, usize)) {
    for ky in 0..rows.kernel {
        let (ys, top) = rows.reach(ky);
        for kx in 0..columns.kernel {
            let (xs, left) = columns.reach(kx);
            if xs.is_empty() {
                continue;
            }
            for (step, y) in ys.clone().enumerate() {
                visit(
                    ky * columns.kernel + kx,
                    y * columns.output + xs.start,
                    (top + step * rows.stride) * columns.input + left,
                    xs.len(),
                );
            }
        }
    }
}
