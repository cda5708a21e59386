//! Gates, and feature maps that are split, weighted and joined.

use super::{Real, feature_map, row_major};
use ndarray::{Array, Array4, ArrayView, ArrayView1, ArrayView4, Axis, Dimension, concatenate, s};

/// `1 / (1 + exp(−x))`, for any shape.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides"
)]
pub fn sigmoid<T: Real, D: Dimension>(input: ArrayView<T, D>) -> Array<T, D> {
    input.mapv(|x| {
        let x: f64 = x.into();
        T::rounded(1.0 / (1.0 + (-x).exp()))
    })
}

/// Multiplies each channel of a map by its gate.
///
/// Shapes: input and output (N, C, H, W), gate (N, C, 1, 1), asserted in debug builds only.
pub fn multiply<T: Real>(input: ArrayView4<T>, gate: ArrayView4<T>) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    debug_assert_eq!(gate.dim(), (batch, channels, 1, 1));
    let mut values = row_major(input).into_owned();
    if !values.is_empty() {
        for (plane, &gate) in values.chunks_exact_mut(height * width).zip(gate) {
            for x in plane {
                *x = *x * gate;
            }
        }
    }
    feature_map([batch, channels, height, width], values)
}

/// A convolution over the channels of each pixel, zeros beyond the first and the last: `torch.nn.Conv1d(1, 1, kernel)`
/// with padding (kernel − 1) / 2 on a row of channels (Wang et al. 2020, ECA).
///
/// Shapes: input and output (N, C, H, W), weight (kernel), kernel odd.
pub fn channel_conv<T: Real>(input: ArrayView4<T>, weight: ArrayView1<T>) -> Array4<T> {
    let half = weight.len() / 2;
    let channels = input.dim().1;
    Array4::from_shape_fn(input.dim(), |(image, channel, y, x)| {
        let mut sum = T::rounded(0.0);
        for (tap, &weight) in weight.iter().enumerate() {
            if let Some(other) = (channel + tap).checked_sub(half)
                && other < channels
            {
                sum += weight * input[[image, other, y, x]];
            }
        }
        sum
    })
}

/// Picks `channels` channels, from `start` on.
///
/// Shapes: input (N, C, H, W), output (N, `channels`, H, W).
pub fn slice<T: Real>(input: ArrayView4<T>, start: usize, channels: usize) -> Array4<T> {
    input
        .slice(s![.., start..start + channels, .., ..])
        .to_owned()
}

/// Concatenates the channels of all maps.
///
/// All have the same batch, height and width, and there is at least one (asserted in debug builds only).
pub fn concat<T: Real>(maps: &[ArrayView4<T>]) -> Array4<T> {
    let joined = concatenate(Axis(1), maps);
    debug_assert!(joined.is_ok(), "the maps differ in size");
    joined.unwrap_or_else(|_| Array4::from_elem([0; 4], T::rounded(0.0)))
}

/// Sum of `radix` maps that lie one after the other in the channels.
///
/// Shapes: input (N, radix · C, H, W), output (N, C, H, W).
pub fn radix_sum<T: Real>(input: ArrayView4<T>, radix: usize) -> Array4<T> {
    let channels = input.dim().1 / radix;
    let mut output = slice(input, 0, channels);
    for map in 1..radix {
        output.zip_mut_with(
            &input.slice(s![.., map * channels..(map + 1) * channels, .., ..]),
            |sum, &x| {
                *sum += x;
            },
        );
    }
    output
}

/// Shares of `radix` maps in each channel, `exp(x) / Σ exp(x)`; the sigmoid if there is one map. timm's `RadixSoftmax` (Zhang
/// et al. 2020, ResNeSt).
///
/// Shapes: input and output (N, radix · C, H, W). The input's channels are ordered by group, then by map; the output's by
/// map.
pub fn radix_softmax<T: Real>(input: ArrayView4<T>, radix: usize, groups: usize) -> Array4<T> {
    if radix == 1 {
        return sigmoid(input);
    }
    let (batch, channels, height, width) = input.dim();
    let members = channels / radix / groups;
    let mut output = Array4::from_elem((batch, channels, height, width), T::rounded(0.0));
    for ((image, channel, y, x), share) in output.indexed_iter_mut() {
        let (map, rest) = (channel / (groups * members), channel % (groups * members));
        let (group, member) = (rest / members, rest % members);
        let logit = |map: usize| -> f64 {
            input[[image, (group * radix + map) * members + member, y, x]].into()
        };
        let largest = (0..radix).map(logit).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = (0..radix).map(|map| (logit(map) - largest).exp()).sum();
        *share = T::rounded((logit(map) - largest).exp() / sum);
    }
    output
}

/// Sum of `radix` maps, with each channel weighted by its share.
///
/// Shapes: maps (N, radix · C, H, W), shares (N, radix · C, 1, 1), output (N, C, H, W).
pub fn radix_weighted_sum<T: Real>(
    maps: ArrayView4<T>,
    shares: ArrayView4<T>,
    radix: usize,
) -> Array4<T> {
    let weighted = multiply(maps, shares);
    radix_sum(weighted.view(), radix)
}
