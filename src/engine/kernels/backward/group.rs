//! The derivatives of normalisations that look at one image alone.

use ndarray::{Array1, ArrayView1, ArrayView4};

use super::norm::NormGradients;
use super::{Real, feature_map, row_major, total};

/// Gradients of a normalisation that has a third tensor besides.
pub struct ThirdGradients<T> {
    /// Of its input, its scale and its shift.
    pub norm: NormGradients<T>,
    /// Of EvoNorm's v, or the threshold τ.
    pub third: Array1<T>,
}

/// The gradients of [`group_norm`](crate::engine::kernels::group_norm).
pub fn group_norm<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    gamma: ArrayView1<T>,
    groups: usize,
    eps: f64,
) -> NormGradients<T> {
    per_group(input, gradient, groups, |group, sums, output| {
        let (mean, variance) = moments(group.values);
        let factor = 1.0 / (variance + eps).sqrt();
        let mut of = [0.0; 2];
        group.each(|channel, _, x, g| {
            let normal = (x - mean) * factor;
            let gamma: f64 = gamma[channel].into();
            sums[channel][0] += g * normal;
            sums[channel][1] += g;
            of[0] += g * gamma;
            of[1] += g * gamma * normal;
        });
        let [even, along] = of.map(|sum| sum / group.values.len() as f64);
        group.each(|channel, place, x, g| {
            let gamma: f64 = gamma[channel].into();
            let normal = (x - mean) * factor;
            output[place] = T::rounded(factor * (g * gamma - even - normal * along));
        });
    })
    .norm
}

/// The gradients of [`evo_norm_s0`](crate::engine::kernels::evo_norm_s0).
pub fn evo_norm_s0<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    [gamma, v]: [ArrayView1<T>; 2],
    groups: usize,
    eps: f64,
) -> ThirdGradients<T> {
    per_group(input, gradient, groups, |group, sums, output| {
        let (mean, variance) = moments(group.values);
        let factor = 1.0 / (variance + eps).sqrt();
        let gate = |channel: usize, x: f64| {
            let v: f64 = v[channel].into();
            (v, 1.0 / (1.0 + (-x * v).exp()))
        };
        let mut of_factor = 0.0;
        group.each(|channel, _, x, g| {
            let (_, gate) = gate(channel, x);
            let gamma: f64 = gamma[channel].into();
            sums[channel][0] += g * x * gate * factor;
            sums[channel][1] += g;
            sums[channel][2] += g * gamma * factor * x * x * gate * (1.0 - gate);
            of_factor += g * gamma * x * gate;
        });
        let of_variance = of_factor * -0.5 * factor.powi(3);
        let count = group.values.len() as f64;
        group.each(|channel, place, x, g| {
            let (v, gate) = gate(channel, x);
            let gamma: f64 = gamma[channel].into();
            let own = g * gamma * factor * (gate + x * v * gate * (1.0 - gate));
            output[place] = T::rounded(own + of_variance * 2.0 * (x - mean) / count);
        });
    })
}

/// The gradients of [`filter_response_norm`](crate::engine::kernels::filter_response_norm). Where both sides of the maximum
/// are equal, each has half, and where one is NaN, each has all, as in PyTorch.
pub fn filter_response_norm<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    [gamma, beta, tau]: [ArrayView1<T>; 3],
    eps: f64,
) -> ThirdGradients<T> {
    per_group(input, gradient, input.dim().1, |group, sums, output| {
        let count = group.values.len() as f64;
        let squares = group.values.iter().map(|&x| {
            let x: f64 = x.into();
            x * x
        });
        let factor = 1.0 / (squares.sum::<f64>() / count + eps).sqrt();
        let above = |channel: usize, x: f64| {
            let [gamma, beta, tau]: [f64; 3] = [gamma, beta, tau].map(|all| all[channel].into());
            let y = x * factor * gamma + beta;
            let shares = match y.partial_cmp(&tau) {
                Some(std::cmp::Ordering::Less) => [0.0, 1.0],
                Some(std::cmp::Ordering::Equal) => [0.5, 0.5],
                Some(std::cmp::Ordering::Greater) => [1.0, 0.0],
                None => [1.0, 1.0],
            };
            (gamma, shares)
        };
        let mut of_factor = 0.0;
        group.each(|channel, _, x, g| {
            let (gamma, [share, of_tau]) = above(channel, x);
            sums[channel][0] += g * share * x * factor;
            sums[channel][1] += g * share;
            sums[channel][2] += g * of_tau;
            of_factor += g * share * gamma * x;
        });
        let of_squares = of_factor * -0.5 * factor.powi(3);
        group.each(|channel, place, x, g| {
            let (gamma, [share, _]) = above(channel, x);
            let own = g * share * gamma * factor;
            output[place] = T::rounded(own + of_squares * 2.0 * x / count);
        });
    })
}

/// Mean and biased variance, in two passes and f64.
fn moments<T: Real>(values: &[T]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = total(values) / count;
    let from_mean = |&x: &T| {
        let x: f64 = x.into();
        (x - mean).powi(2)
    };
    (mean, values.iter().map(from_mean).sum::<f64>() / count)
}

/// The values and the gradients of one group of one image.
struct Group<'a, T> {
    values: &'a [T],
    gradients: &'a [T],
    first: usize,
    pixels: usize,
}

impl<T: Real> Group<'_, T> {
    /// Calls `visit(channel, place, value, gradient)` for each value.
    fn each(&self, mut visit: impl FnMut(usize, usize, f64, f64)) {
        for (place, (&x, &g)) in self.values.iter().zip(self.gradients).enumerate() {
            visit(self.first + place / self.pixels, place, x.into(), g.into());
        }
    }
}

/// Calls `derive(group, sums, output)` for each group of each image; the sums are those of three tensors, a channel each.
fn per_group<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    groups: usize,
    derive: impl Fn(&Group<'_, T>, &mut [[f64; 3]], &mut [T]),
) -> ThirdGradients<T> {
    let (batch, channels, height, width) = input.dim();
    let (values, gradients) = (row_major(input), row_major(gradient));
    let members = channels / groups;
    let size = members * height * width;
    let mut sums = vec![[0.0; 3]; channels];
    let mut output = vec![T::rounded(0.0); values.len()];
    if !values.is_empty() {
        let pairs = values.chunks_exact(size).zip(gradients.chunks_exact(size));
        for (number, ((values, gradients), output)) in
            pairs.zip(output.chunks_exact_mut(size)).enumerate()
        {
            let group = Group {
                values,
                gradients,
                first: number % groups * members,
                pixels: height * width,
            };
            derive(&group, &mut sums, output);
        }
    }
    let column = |place: usize| sums.iter().map(|sums| T::rounded(sums[place])).collect();
    ThirdGradients {
        norm: NormGradients {
            input: feature_map([batch, channels, height, width], output),
            gamma: column(0),
            beta: column(1),
        },
        third: column(2),
    }
}
