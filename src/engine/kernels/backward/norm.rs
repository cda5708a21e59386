//! The derivatives of batch normalisation, with fixed statistics and through those of the batch.

use ndarray::{Array1, Array4, ArrayView1, ArrayView4};

use super::{Real, feature_map, row_major};
use crate::kernels::team::{ALONE, share, share_mut};

/// Gradients of a normalisation with a scale and a shift a channel.
pub struct NormGradients<T> {
    /// Of its input.
    pub input: Array4<T>,
    /// Of its scale.
    pub gamma: Array1<T>,
    /// Of its shift.
    pub beta: Array1<T>,
}

/// A channel: its statistics, and the sums that its gradients are made of.
struct Channel {
    mean: f64,
    factor: f64,
    sum: f64,
    along: f64,
}

/// The gradients of [`batch_norm_inference`](crate::engine::kernels::batch_norm_inference): its statistics are constants.
pub fn batch_norm_inference<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    [mean, var, gamma]: [ArrayView1<T>; 3],
    eps: f64,
) -> NormGradients<T> {
    let moments = |channel: usize| (mean[channel].into(), var[channel].into());
    batch_norm(input, gradient, gamma, eps, Some(&moments))
}

/// The gradients of [`batch_norm_training`](crate::engine::kernels::batch_norm_training), whose mean and variance depend on
/// its input: `γ · (g − mean(g) − x̂ · mean(g · x̂)) / √(var + eps)` (Ioffe and Szegedy 2015).
pub fn batch_norm_training<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    gamma: ArrayView1<T>,
    eps: f64,
) -> NormGradients<T> {
    batch_norm(input, gradient, gamma, eps, None)
}

/// Mean and variance of a channel.
type Moments<'a> = &'a (dyn Fn(usize) -> (f64, f64) + Sync);

/// With the statistics that are given, or through those of the batch.
fn batch_norm<T: Real>(
    input: ArrayView4<T>,
    gradient: ArrayView4<T>,
    gamma: ArrayView1<T>,
    eps: f64,
    given: Option<Moments>,
) -> NormGradients<T> {
    let (batch, channels, height, width) = input.dim();
    let (values, gradients) = (row_major(input), row_major(gradient));
    let pixels = height * width;
    let count = (batch * pixels) as f64;
    let plane = |all: &[T], image: usize, channel: usize| -> std::ops::Range<usize> {
        debug_assert!(all.len() >= pixels);
        let first = (image * channels + channel) * pixels;
        first..first + pixels
    };
    let each = |channel: usize, term: &dyn Fn(f64, f64) -> f64| -> f64 {
        let of_image = |image: usize| -> f64 {
            let at = plane(&values, image, channel);
            let pairs = values[at.clone()].iter().zip(&gradients[at]);
            pairs.map(|(&x, &g)| term(x.into(), g.into())).sum()
        };
        (0..batch).map(of_image).sum()
    };
    let numbers: Vec<usize> = (0..channels).collect();
    let known = |&channel: &usize| {
        let (mean, variance) = given.map_or_else(
            || {
                let mean = each(channel, &|x, _| x) / count;
                (mean, each(channel, &|x, _| (x - mean).powi(2)) / count)
            },
            |given| given(channel),
        );
        let factor = 1.0 / (variance + eps).sqrt();
        Channel {
            mean,
            factor,
            sum: each(channel, &|_, g| g),
            along: each(channel, &|x, g| (x - mean) * g) * factor,
        }
    };
    let known: Vec<Channel> = if values.len() < ALONE {
        numbers.iter().map(known).collect()
    } else {
        share(&numbers, known)
    };
    let mut output = vec![T::rounded(0.0); values.len()];
    share_mut(&mut output, pixels.max(1), |number, output| {
        let channel = number % channels;
        let own = &known[channel];
        let at = plane(&values, number / channels, channel);
        let gamma: f64 = gamma[channel].into();
        let scale = gamma * own.factor;
        // Fixed statistics do not depend on the input.
        let (mean, along) = match given {
            Some(_) => (0.0, 0.0),
            None => (own.sum / count, own.along / count),
        };
        let pairs = values[at.clone()].iter().zip(&gradients[at]);
        for (output, (&x, &g)) in output.iter_mut().zip(pairs) {
            let (x, g): (f64, f64) = (x.into(), g.into());
            let normal = (x - own.mean) * own.factor;
            *output = T::rounded(scale * (g - mean - normal * along));
        }
    });
    NormGradients {
        input: feature_map([batch, channels, height, width], output),
        gamma: known.iter().map(|own| T::rounded(own.along)).collect(),
        beta: known.iter().map(|own| T::rounded(own.sum)).collect(),
    }
}
