//! Pools: the maximum or the mean of each window.

use super::axis::{Axis as Line, sweep};
use super::{Real, feature_map, row_major};
use crate::network::Window;
use crate::network::layer::Axis;
use ndarray::{Array4, ArrayView1, ArrayView4};

/// Maximum of each window, as `torch.nn.functional.max_pool2d`; padding counts as −∞, NaN wins.
///
/// Shapes: input (N, C, H, W), output (N, C, OH, OW) by [`Window::output`]; the window fits (asserted in debug builds only).
pub fn max_pool<T: Real>(input: ArrayView4<T>, window: &Window) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let axes @ [rows, columns] = Line::pair(window, [height, width]);
    let positions = rows.output * columns.output;
    let mut output = vec![T::rounded(f64::NEG_INFINITY); batch * channels * positions];
    if !output.is_empty() && !input.is_empty() {
        let input = row_major(input);
        let planes = input.chunks_exact(height * width);
        for (plane, output) in planes.zip(output.chunks_exact_mut(positions)) {
            sweep(plane, output, axes, |_, largest, pixel| {
                if pixel > *largest || is_nan(pixel) {
                    *largest = pixel;
                }
            });
        }
    }
    feature_map([batch, channels, rows.output, columns.output], output)
}

fn is_nan<T: Real>(value: T) -> bool {
    let value: f64 = value.into();
    value.is_nan()
}

/// Sum over each window divided by a number of pixels, as `torch.nn.functional.avg_pool2d`.
///
/// The divisor counts the window's pixels in the input and, with `count_include_pad`, in its padding: pixels beyond the
/// padding, which [`Rounding::Ceil`](crate::network::Rounding::Ceil) allows a window to read, never count.
///
/// Shapes: input (N, C, H, W), output (N, C, OH, OW) by [`Window::output`]; the window fits and has dilation 1 (asserted in
/// debug builds only).
pub fn avg_pool<T: Real>(
    input: ArrayView4<T>,
    window: &Window,
    count_include_pad: bool,
) -> Array4<T> {
    debug_assert_eq!(window.dilation, [1, 1], "an average pool has no dilation");
    let (batch, channels, height, width) = input.dim();
    let axes @ [rows, columns] = Line::pair(window, [height, width]);
    let positions = rows.output * columns.output;
    let mut output = vec![T::rounded(0.0); batch * channels * positions];
    if !output.is_empty() && !input.is_empty() {
        let heights = axis_counts(&rows, count_include_pad);
        let widths = axis_counts(&columns, count_include_pad);
        let input = row_major(input);
        let planes = input.chunks_exact(height * width);
        for (plane, output) in planes.zip(output.chunks_exact_mut(positions)) {
            sweep(plane, output, axes, |_, sum, pixel| *sum += pixel);
            for (row, height) in output.chunks_exact_mut(columns.output).zip(&heights) {
                for (sum, width) in row.iter_mut().zip(&widths) {
                    *sum /= T::rounded(height * width);
                }
            }
        }
    }
    feature_map([batch, channels, rows.output, columns.output], output)
}

/// Number of pixels along one axis that count for each output; at least one, since a window wholly in the padding has the sum
/// 0.
pub(super) fn axis_counts(axis: &Line, include_padding: bool) -> Vec<f64> {
    (0..axis.output)
        .map(|output| {
            let start = output * axis.stride;
            let end = start + axis.kernel;
            let (low, high) = if include_padding {
                (0, axis.input + 2 * axis.padding)
            } else {
                (axis.padding, axis.padding + axis.input)
            };
            let count = end.min(high).saturating_sub(start.max(low));
            count.max(1) as f64
        })
        .collect()
}

/// Mean of each channel's map, summed in f64.
///
/// Shapes: input (N, C, H, W), output (N, C, 1, 1); the map is not empty (asserted in debug builds only).
pub fn global_avg_pool<T: Real>(input: ArrayView4<T>) -> Array4<T> {
    debug_assert!(!input.is_empty());
    let (batch, channels, height, width) = input.dim();
    let count = (height * width) as f64;
    Array4::from_shape_fn([batch, channels, 1, 1], |(image, channel, _, _)| {
        let map = input.slice(ndarray::s![image, channel, .., ..]);
        T::rounded(map.iter().map(|&x| x.into()).sum::<f64>() / count)
    })
}

/// Mean along one axis, summed in f64, as `torch.nn.AdaptiveAvgPool2d((None, 1))` along the width.
///
/// Shapes: input (N, C, H, W), output (N, C, H, 1) or (N, C, 1, W); the axis is not empty (asserted in debug builds only).
pub fn mean_along<T: Real>(input: ArrayView4<T>, axis: Axis) -> Array4<T> {
    let along = ndarray::Axis(2 + axis.index());
    debug_assert!(input.len_of(along) > 0);
    let means = input.map_axis(along, |values| T::rounded(moments(values).0));
    means.insert_axis(along)
}

/// Means of each channel along one axis and, as further channels, the square roots of unbiased variance plus `eps`.
///
/// Shapes: input (N, C, H, W), output (N, 2 C, H, 1) or (N, 2 C, 1, W); the axis has at least two values (asserted in debug
/// builds only).
pub fn mean_deviation<T: Real>(input: ArrayView4<T>, axis: Axis, eps: f64) -> Array4<T> {
    let along = ndarray::Axis(2 + axis.index());
    debug_assert!(input.len_of(along) > 1);
    let means = mean_along(input, axis);
    let deviations = input.map_axis(along, |values| T::rounded((moments(values).1 + eps).sqrt()));
    let deviations = deviations.insert_axis(along);
    let (batch, channels, height, width) = means.dim();
    let mut joined = Array4::from_elem((batch, 2 * channels, height, width), T::rounded(0.0));
    joined
        .slice_mut(ndarray::s![.., ..channels, .., ..])
        .assign(&means);
    joined
        .slice_mut(ndarray::s![.., channels.., .., ..])
        .assign(&deviations);
    joined
}

/// Mean and unbiased variance, in two passes and f64.
fn moments<T: Real>(values: ArrayView1<T>) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().map(|&x| x.into()).sum::<f64>() / count;
    let from_mean = |&x: &T| {
        let x: f64 = x.into();
        (x - mean).powi(2)
    };
    (
        mean,
        values.iter().map(from_mean).sum::<f64>() / (count - 1.0),
    )
}

/// Mean under binomial weights, with the map mirrored at its borders without repeating the outermost pixel (Zhang 2019), as
/// timm's `BlurPool2d`: weights `C(kernel − 1, k) / 2^(kernel − 1)` along each axis.
///
/// Shapes: input (N, C, H, W), output (N, C, OH, OW) by [`blur_window`](crate::network::infer::blur_window); the padding is
/// smaller than the map (asserted in debug builds only).
pub fn blur_pool<T: Real>(input: ArrayView4<T>, kernel: usize, stride: usize) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let window = crate::network::infer::blur_window(kernel as u64, stride as u64);
    let padding = window.padding[0] as usize;
    debug_assert!(padding < height && padding < width);
    let [rows, columns] = Line::pair(&window, [height, width]);
    let taps = binomial(kernel);
    let mirror = |position: usize, size: usize| mirrored(position, padding, size);
    Array4::from_shape_fn(
        [batch, channels, rows.output, columns.output],
        |(image, channel, y, x)| {
            let mut sum = 0.0;
            for (ky, vertical) in taps.iter().enumerate() {
                for (kx, horizontal) in taps.iter().enumerate() {
                    let (row, column) = (
                        mirror(y * stride + ky, height),
                        mirror(x * stride + kx, width),
                    );
                    let pixel: f64 = input[[image, channel, row, column]].into();
                    sum += vertical * horizontal * pixel;
                }
            }
            T::rounded(sum)
        },
    )
}

/// The weights of a blur along one axis: `C(kernel − 1, k) / 2^(kernel − 1)`.
pub(super) fn binomial(kernel: usize) -> Vec<f64> {
    let mut taps = vec![1.0_f64];
    for _ in 1..kernel {
        let shifted = std::iter::once(0.0).chain(taps.iter().copied());
        let grown = taps.iter().copied().chain(std::iter::once(0.0));
        taps = grown
            .zip(shifted)
            .map(|(a, b)| f64::midpoint(a, b))
            .collect();
    }
    taps
}

/// The pixel at `position` of a map of `size` with a border of `padding` that mirrors it: position −1 is pixel 1, position n is
/// pixel n − 2.
pub(super) fn mirrored(position: usize, padding: usize, size: usize) -> usize {
    let inside = position.abs_diff(padding);
    if inside < size {
        inside
    } else {
        2 * (size - 1) - inside
    }
}

/// Adds zeros around each map, as `torch.nn.ConstantPad2d`.
///
/// Shapes: input (N, C, H, W), output (N, C, H + above + below, W + left + right); `before` is above and left, `after` below
/// and right.
pub fn constant_pad<T: Real>(input: ArrayView4<T>, before: [u64; 2], after: [u64; 2]) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let [top, left] = before.map(|pad| pad as usize);
    let [bottom, right] = after.map(|pad| pad as usize);
    let shape = [batch, channels, height + top + bottom, width + left + right];
    let mut output = Array4::from_elem(shape, T::rounded(0.0));
    output
        .slice_mut(ndarray::s![.., .., top..top + height, left..left + width])
        .assign(&input);
    output
}
