//! Normalisations over a single image: the same in training and inference mode.

use super::{Real, feature_map, larger, row_major};
use ndarray::{Array4, ArrayView1, ArrayView4};

/// `y = (x − mean) / √(var + eps) · gamma + beta`, mean and biased variance over each group of channels of each image
/// (Wu and He 2018), as `torch.nn.GroupNorm`.
///
/// Shapes: input and output (N, C, H, W), `gamma` and `beta` (C); `groups` divides C. Asserted in debug builds only.
pub fn group_norm<T: Real>(
    input: ArrayView4<T>,
    gamma: ArrayView1<T>,
    beta: ArrayView1<T>,
    groups: usize,
    eps: f64,
) -> Array4<T> {
    per_group(input, groups, |values, first| {
        let (mean, variance) = moments(values);
        let factor = 1.0 / (variance + eps).sqrt();
        each_channel(values, first, input.dim(), |channel, x| {
            (x - mean) * factor * gamma[channel].into() + beta[channel].into()
        });
    })
}

/// `y = x · sigmoid(v·x) / √(var + eps) · gamma + beta`, the biased variance over each group of channels of each image
/// (Liu et al. 2020, EvoNorm-S0), as timm's `EvoNorm2dS0`.
///
/// Shapes as for [`group_norm`], `v` (C).
pub fn evo_norm_s0<T: Real>(
    input: ArrayView4<T>,
    [gamma, beta, v]: [ArrayView1<T>; 3],
    groups: usize,
    eps: f64,
) -> Array4<T> {
    per_group(input, groups, |values, first| {
        let (_, variance) = moments(values);
        let factor = 1.0 / (variance + eps).sqrt();
        each_channel(values, first, input.dim(), |channel, x| {
            let v: f64 = v[channel].into();
            let gate = 1.0 / (1.0 + (-x * v).exp());
            x * gate * factor * gamma[channel].into() + beta[channel].into()
        });
    })
}

/// `y = max(x / √(mean of x² + eps) · gamma + beta, tau)`, the mean over each channel of each image (Singh and Krishnan
/// 2020), as timm's `FilterResponseNormTlu2d`.
///
/// Shapes: input and output (N, C, H, W), `gamma`, `beta` and `tau` (C), asserted in debug builds only.
pub fn filter_response_norm<T: Real>(
    input: ArrayView4<T>,
    [gamma, beta, tau]: [ArrayView1<T>; 3],
    eps: f64,
) -> Array4<T> {
    per_group(input, input.dim().1, |values, channel| {
        let squares = values.iter().map(|&x| square(x)).sum::<f64>() / values.len() as f64;
        let factor = 1.0 / (squares + eps).sqrt();
        each_channel(values, channel, input.dim(), |channel, x| {
            let y = x * factor * gamma[channel].into() + beta[channel].into();
            larger(y, tau[channel].into())
        });
    })
}

fn square<T: Real>(x: T) -> f64 {
    let x: f64 = x.into();
    x * x
}

/// Mean and biased variance, in two passes and f64.
fn moments<T: Real>(values: &[T]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().map(|&x| x.into()).sum::<f64>() / count;
    let from_mean = |&x: &T| {
        let x: f64 = x.into();
        (x - mean).powi(2)
    };
    (mean, values.iter().map(from_mean).sum::<f64>() / count)
}

/// Calls `normalize` with the values of each group of each image, in place, and the number of the group's first channel.
fn per_group<T: Real>(
    input: ArrayView4<T>,
    groups: usize,
    normalize: impl Fn(&mut [T], usize),
) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    debug_assert!(groups > 0 && channels.is_multiple_of(groups));
    let mut values = row_major(input).into_owned();
    let members = channels / groups;
    if !values.is_empty() {
        for (index, group) in values
            .chunks_exact_mut(members * height * width)
            .enumerate()
        {
            normalize(group, index % groups * members);
        }
    }
    feature_map([batch, channels, height, width], values)
}

/// Replaces each value by `change` of its channel and itself.
fn each_channel<T: Real>(
    values: &mut [T],
    first: usize,
    (_, _, height, width): (usize, usize, usize, usize),
    change: impl Fn(usize, f64) -> f64,
) {
    for (offset, plane) in values.chunks_exact_mut(height * width).enumerate() {
        for x in plane {
            *x = T::rounded(change(first + offset, (*x).into()));
        }
    }
}
