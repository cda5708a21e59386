//! The derivatives of pools.

use ndarray::{Array4, ArrayView4, Zip};

use super::{Real, feature_map, row_major};
use crate::engine::kernels::axis::{Axis as Line, runs};
use crate::engine::kernels::pool::{axis_counts, binomial, mirrored};
use crate::network::Window;
use crate::network::layer::Axis;

/// The gradient of [`max_pool`](crate::engine::kernels::max_pool): the pixel that each window took has all of it, of equal ones
/// the first, as in PyTorch.
pub fn max_pool<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    window: &Window,
) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let axes @ [rows, columns] = Line::pair(window, [height, width]);
    let positions = rows.output * columns.output;
    let stride = columns.stride;
    let mut output = vec![T::rounded(0.0); input.len()];
    if !gradient.is_empty() && !input.is_empty() {
        let (values, gradients) = (row_major(input), row_major(gradient));
        let mut taken = vec![(T::rounded(f64::NEG_INFINITY), None); positions];
        for ((plane, gradient), output) in values
            .chunks_exact(height * width)
            .zip(gradients.chunks_exact(positions))
            .zip(output.chunks_exact_mut(height * width))
        {
            taken.fill((T::rounded(f64::NEG_INFINITY), None));
            runs(axes, |_, first, pixel, count| {
                for (step, taken) in taken[first..first + count].iter_mut().enumerate() {
                    let place = pixel + step * stride;
                    let value = plane[place];
                    let is_nan = value.partial_cmp(&value).is_none();
                    if taken.1.is_none() || value > taken.0 || is_nan {
                        *taken = (value, Some(place));
                    }
                }
            });
            for (&(_, place), &gradient) in taken.iter().zip(gradient) {
                if let Some(place) = place {
                    output[place] += gradient;
                }
            }
        }
    }
    feature_map([batch, channels, height, width], output)
}

/// The gradient of [`avg_pool`](crate::engine::kernels::avg_pool) for an input of `size`.
pub fn avg_pool<T: Real>(
    gradient: ArrayView4<T>,
    [height, width]: [usize; 2],
    window: &Window,
    count_include_pad: bool,
) -> Array4<T> {
    let (batch, channels, ..) = gradient.dim();
    let axes @ [rows, columns] = Line::pair(window, [height, width]);
    let (heights, widths) = (
        axis_counts(&rows, count_include_pad),
        axis_counts(&columns, count_include_pad),
    );
    let positions = rows.output * columns.output;
    let mut output = vec![T::rounded(0.0); batch * channels * height * width];
    if !gradient.is_empty() && !output.is_empty() {
        let gradients = row_major(gradient);
        let planes = output.chunks_exact_mut(height * width);
        for (gradient, output) in gradients.chunks_exact(positions).zip(planes) {
            let mut shares = gradient.to_vec();
            for (row, height) in shares.chunks_exact_mut(columns.output).zip(&heights) {
                for (share, width) in row.iter_mut().zip(&widths) {
                    *share /= T::rounded(height * width);
                }
            }
            runs(axes, |_, first, pixel, count| {
                let read = output[pixel..].iter_mut().step_by(columns.stride);
                for (&share, pixel) in shares[first..first + count].iter().zip(read) {
                    *pixel += share;
                }
            });
        }
    }
    feature_map([batch, channels, height, width], output)
}

/// The gradient of [`global_avg_pool`](crate::engine::kernels::global_avg_pool), or of a mean along one axis, for an input of
/// `size`.
pub fn mean<T: Real>(gradient: ArrayView4<T>, [height, width]: [usize; 2]) -> Array4<T> {
    let (batch, channels, rows, columns) = gradient.dim();
    let count = T::rounded((height * width / (rows * columns).max(1)) as f64);
    let shape = [batch, channels, height, width];
    let spread = gradient.broadcast(shape);
    debug_assert!(spread.is_some(), "the mean is of size 1 along its axis");
    spread.map_or_else(
        || Array4::from_elem(shape, T::rounded(0.0)),
        |spread| spread.mapv(|g| g / count),
    )
}

/// The gradient of [`mean_deviation`](crate::engine::kernels::pool::mean_deviation): that of the mean and that of the root,
/// `(x − mean) / ((n − 1) · deviation)`.
pub fn mean_deviation<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    axis: Axis,
    eps: f64,
) -> Array4<T> {
    let along = ndarray::Axis(2 + axis.index());
    let channels = input.dim().1;
    let (of_means, of_deviations) = gradient.split_at(ndarray::Axis(1), channels);
    let mut output = input.to_owned();
    let of_means = of_means.index_axis(along, 0);
    let of_deviations = of_deviations.index_axis(along, 0);
    Zip::from(output.lanes_mut(along))
        .and(of_means)
        .and(of_deviations)
        .for_each(|mut values, &of_mean, &of_deviation| {
            let (of_mean, of_deviation): (f64, f64) = (of_mean.into(), of_deviation.into());
            let count = values.len() as f64;
            let mean = values.iter().map(|&x| x.into()).sum::<f64>() / count;
            let from_mean = |x: T| -> f64 { x.into() - mean };
            let squares: f64 = values.iter().map(|&x| from_mean(x).powi(2)).sum();
            let deviation = (squares / (count - 1.0) + eps).sqrt();
            let slope = of_deviation / ((count - 1.0) * deviation);
            values.mapv_inplace(|x| T::rounded(of_mean / count + from_mean(x) * slope));
        });
    output
}

/// The gradient of [`blur_pool`](crate::engine::kernels::blur_pool) for an input of `size`.
pub fn blur_pool<T: Real>(
    gradient: ArrayView4<T>,
    [height, width]: [usize; 2],
    kernel: usize,
    stride: usize,
) -> Array4<T> {
    let (batch, channels, rows, columns) = gradient.dim();
    let window = crate::network::infer::blur_window(kernel as u64, stride as u64);
    let padding = window.padding[0] as usize;
    let taps = binomial(kernel);
    let gradients = row_major(gradient);
    let mut output = vec![T::rounded(0.0); batch * channels * height * width];
    let planes = output.chunks_exact_mut((height * width).max(1));
    for (gradient, plane) in gradients.chunks_exact((rows * columns).max(1)).zip(planes) {
        let mut sums = vec![0.0_f64; plane.len()];
        for (place, &g) in gradient.iter().enumerate() {
            let g: f64 = g.into();
            let (y, x) = (place / columns * stride, place % columns * stride);
            for (ky, vertical) in taps.iter().enumerate() {
                let row = mirrored(y + ky, padding, height);
                for (kx, horizontal) in taps.iter().enumerate() {
                    let column = mirrored(x + kx, padding, width);
                    sums[row * width + column] += vertical * horizontal * g;
                }
            }
        }
        for (pixel, sum) in plane.iter_mut().zip(sums) {
            *pixel = T::rounded(sum);
        }
    }
    feature_map([batch, channels, height, width], output)
}
