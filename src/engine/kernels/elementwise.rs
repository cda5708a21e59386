//! Kernels that process each value, pixel or row independently.

use super::Real;
use ndarray::{
    Array, Array2, Array4, ArrayD, ArrayView, ArrayView1, ArrayView2, ArrayView4, ArrayViewD, Axis,
    Dimension, Zip, s,
};

/// Applies a function to each value, in double precision with rounding at the end, for any shape.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides"
)]
pub fn each<T: Real, D: Dimension>(
    input: ArrayView<T, D>,
    value: impl Fn(f64) -> f64,
) -> Array<T, D> {
    input.mapv(|x| T::rounded(value(x.into())))
}

/// Applies a function to each value and a slope: that of its channel, the second axis, or one for all.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides"
)]
pub fn with_slopes<T: Real>(
    input: ArrayViewD<T>,
    slopes: ArrayView1<T>,
    value: impl Fn(f64, f64) -> f64,
) -> ArrayD<T> {
    let mut output = input.to_owned();
    for (channel, mut values) in output.axis_iter_mut(Axis(1)).enumerate() {
        let slope: f64 = slopes[channel.min(slopes.len() - 1)].into();
        values.mapv_inplace(|x| T::rounded(value(x.into(), slope)));
    }
    output
}

/// `left + right`, both of one shape (asserted in debug builds only): the end of a residual block.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides"
)]
pub fn add<T: Real, D: Dimension>(left: ArrayView<T, D>, right: ArrayView<T, D>) -> Array<T, D> {
    debug_assert_eq!(left.shape(), right.shape());
    Zip::from(left).and(right).map_collect(|&a, &b| a + b)
}

/// `x / divisor`, for any shape.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides"
)]
pub fn scale<T: Real, D: Dimension>(input: ArrayView<T, D>, divisor: f32) -> Array<T, D> {
    let divisor = T::rounded(divisor.into());
    input.mapv(|x| x / divisor)
}

/// `exp(x) / Σ exp(x)` over the last axis of (N, classes).
///
/// The row's maximum is subtracted first: it cancels out, and no exponential overflows.
pub fn softmax(input: ArrayView2<f32>) -> Array2<f32> {
    let mut output = input.to_owned();
    for mut row in output.rows_mut() {
        let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.mapv_inplace(|x| (x - largest).exp());
        let sum: f64 = row.iter().map(|&x| f64::from(x)).sum();
        row.mapv_inplace(|x| (f64::from(x) / sum) as f32);
    }
    output
}

/// The shortcut without parameters, option A of He et al. 2015 (section 3.3): every `stride`-th pixel,
/// `x[:, :, ::stride, ::stride]`, with zeros for the missing channels, `front` of them before the map's own.
///
/// Shapes: input (N, C, H, W), output (N, `out_channels`, ⌈H/stride⌉, ⌈W/stride⌉) with `out_channels` ≥ C + `front` and each
/// stride ≥ 1 (asserted in debug builds only).
pub fn pad_shortcut<T: Real>(
    input: ArrayView4<T>,
    [rows, columns]: [usize; 2],
    out_channels: usize,
    front: usize,
) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    debug_assert!(out_channels >= channels + front && rows >= 1 && columns >= 1);
    let shape = [
        batch,
        out_channels,
        height.div_ceil(rows),
        width.div_ceil(columns),
    ];
    let mut output = Array4::from_elem(shape, T::rounded(0.0));
    output
        .slice_mut(s![.., front..front + channels, .., ..])
        .assign(&input.slice(s![.., .., ..;rows, ..;columns]));
    output
}

/// `(x − mean[c]) / std[c]` per channel, as torchvision's `Normalize`.
///
/// Shapes: input and output (N, C, H, W), `mean` and `std` C long (asserted in debug builds only).
pub fn standardize<T: Real>(input: ArrayView4<T>, mean: &[f32], std: &[f32]) -> Array4<T> {
    debug_assert_eq!([mean.len(), std.len()], [input.dim().1; 2]);
    let mut output = input.to_owned();
    for ((mut channel, mean), std) in output.axis_iter_mut(Axis(1)).zip(mean).zip(std) {
        let (mean, std) = (T::rounded((*mean).into()), T::rounded((*std).into()));
        channel.mapv_inplace(|x| (x - mean) / std);
    }
    output
}
