//! The derivatives of what treats each value by itself.

use ndarray::{Array1, Array4, ArrayD, ArrayView1, ArrayViewD, Axis, Zip};

use super::Real;

/// Gradient of a function whose `derivative` is computed from the kept value, its input or its output.
pub fn each<T: Real>(
    kept: ArrayViewD<T>,
    gradient: ArrayViewD<T>,
    derivative: impl Fn(f64) -> f64,
) -> ArrayD<T> {
    Zip::from(kept).and(gradient).map_collect(|&kept, &g| {
        let (kept, g): (f64, f64) = (kept.into(), g.into());
        T::rounded(g * derivative(kept))
    })
}

/// The gradients of a function with learned slopes: of its input, and of each slope, whose own derivative is the input where
/// it is not above 0, NaN included.
pub fn with_slopes<T: Real>(
    input: ArrayViewD<T>,
    gradient: ArrayViewD<T>,
    slopes: ArrayView1<T>,
    derivative: impl Fn(f64, f64) -> f64,
) -> (ArrayD<T>, Array1<T>) {
    let mut output = gradient.to_owned();
    let mut sums = vec![0.0_f64; slopes.len()];
    let pairs = input.axis_iter(Axis(1)).zip(output.axis_iter_mut(Axis(1)));
    for (channel, (input, mut output)) in pairs.enumerate() {
        let place = channel.min(slopes.len() - 1);
        let slope: f64 = slopes[place].into();
        let mut sum = 0.0;
        Zip::from(&mut output).and(input).for_each(|g, &x| {
            let (own, x): (f64, f64) = ((*g).into(), x.into());
            sum += if x > 0.0 { 0.0 } else { own * x };
            *g = T::rounded(own * derivative(x, slope));
        });
        sums[place] += sum;
    }
    (output, sums.into_iter().map(T::rounded).collect())
}

/// Every value of a gradient times a number.
pub fn times<T: Real>(gradient: ArrayViewD<T>, factor: f64) -> ArrayD<T> {
    gradient.mapv(|g| {
        let g: f64 = g.into();
        T::rounded(g * factor)
    })
}

/// The sum of all products of two tensors of one shape, in double precision.
pub fn dot<T: Real>(left: ArrayViewD<T>, right: ArrayViewD<T>) -> f64 {
    let mut sum = 0.0;
    Zip::from(left).and(right).for_each(|&a, &b| {
        let (a, b): (f64, f64) = (a.into(), b.into());
        sum += a * b;
    });
    sum
}

/// The gradient of [`standardize`](crate::engine::kernels::standardize): each channel's over its deviation.
pub fn standardize<T: Real>(gradient: ndarray::ArrayView4<T>, std: &[f32]) -> Array4<T> {
    let mut output = gradient.to_owned();
    for (mut channel, &std) in output.axis_iter_mut(Axis(1)).zip(std) {
        let std = T::rounded(std.into());
        channel.mapv_inplace(|g| g / std);
    }
    output
}
