//! The derivatives of gates, and of maps that are split, weighted and joined.

use ndarray::{Array1, Array4, ArrayView1, ArrayView4, s};

use super::{Real, feature_map, product, row_major};

/// The gradients of [`multiply`](crate::engine::kernels::multiply): of the map and of its gate.
pub fn multiply<T: Real>(
    input: ArrayView4<T>,
    gate: ArrayView4<T>,
    gradient: ArrayView4<T>,
) -> [Array4<T>; 2] {
    let (batch, channels, height, width) = input.dim();
    let of_input = crate::engine::kernels::multiply(gradient, gate);
    let (values, gradients) = (row_major(input), row_major(gradient));
    let size = (height * width).max(1);
    let planes = values.chunks_exact(size).zip(gradients.chunks_exact(size));
    let of_gate = planes.map(|(plane, gradient)| T::rounded(product(plane, gradient)));
    let of_gate = feature_map([batch, channels, 1, 1], of_gate.collect());
    [of_input, of_gate]
}

/// The gradients of [`channel_conv`](crate::engine::kernels::channel_conv): of its input and of its taps.
pub fn channel_conv<T: Real>(
    input: ArrayView4<T>,
    weight: ArrayView1<T>,
    gradient: ArrayView4<T>,
) -> (Array4<T>, Array1<T>) {
    let half = weight.len() / 2;
    let channels = input.dim().1;
    let mut output = Array4::from_elem(input.dim(), T::rounded(0.0));
    let mut taps = vec![0.0_f64; weight.len()];
    for ((image, channel, y, x), &g) in gradient.indexed_iter() {
        for (tap, &weight) in weight.iter().enumerate() {
            if let Some(other) = (channel + tap).checked_sub(half)
                && other < channels
            {
                output[[image, other, y, x]] += weight * g;
                let (g, read): (f64, f64) = (g.into(), input[[image, other, y, x]].into());
                taps[tap] += g * read;
            }
        }
    }
    (output, taps.into_iter().map(T::rounded).collect())
}

/// The gradient of [`radix_sum`](crate::engine::kernels::radix_sum): each of the maps has all of it.
pub fn radix_sum<T: Real>(gradient: ArrayView4<T>, radix: usize) -> Array4<T> {
    let (batch, channels, height, width) = gradient.dim();
    let shape = [batch, radix * channels, height, width];
    let mut output = Array4::from_elem(shape, T::rounded(0.0));
    for map in 0..radix {
        let own = map * channels..(map + 1) * channels;
        output.slice_mut(s![.., own, .., ..]).assign(&gradient);
    }
    output
}

/// The gradient of [`radix_softmax`](crate::engine::kernels::radix_softmax), from its output shares.
pub fn radix_softmax<T: Real>(
    shares: ArrayView4<T>,
    gradient: ArrayView4<T>,
    radix: usize,
    groups: usize,
) -> Array4<T> {
    let (batch, channels, height, width) = shares.dim();
    let members = channels / radix / groups;
    let mut output = Array4::from_elem((batch, channels, height, width), T::rounded(0.0));
    for ((image, channel, y, x), own) in output.indexed_iter_mut() {
        // The input's channels come group by group, and in each map by map; the shares come map by map.
        let (group, rest) = (channel / (radix * members), channel % (radix * members));
        let (map, member) = (rest / members, rest % members);
        let pair = |map: usize| -> (f64, f64) {
            let place = [image, (map * groups + group) * members + member, y, x];
            (shares[place].into(), gradient[place].into())
        };
        let (share, g) = pair(map);
        *own = T::rounded(if radix == 1 {
            share * (1.0 - share) * g
        } else {
            let mean: f64 = (0..radix).map(|map| pair(map).0 * pair(map).1).sum();
            share * (g - mean)
        });
    }
    output
}

/// The gradients of [`radix_weighted_sum`](crate::engine::kernels::radix_weighted_sum): of the maps and of their shares.
pub fn radix_weighted_sum<T: Real>(
    maps: ArrayView4<T>,
    shares: ArrayView4<T>,
    gradient: ArrayView4<T>,
    radix: usize,
) -> [Array4<T>; 2] {
    let each = radix_sum(gradient, radix);
    multiply(maps, shares, each.view())
}
