//! Batch normalisation, with fixed statistics and with those of the batch.

use super::{Real, feature_map, row_major};
use ndarray::{Array1, Array4, ArrayView1, ArrayView4, Axis, Zip};

/// Mean and variances of each channel of a batch, each of shape (C).
#[derive(Debug, Clone, PartialEq)]
pub struct BatchStatistics {
    /// Mean of each channel.
    pub mean: Array1<f32>,
    /// Mean squared distance from the mean, over `n` values, which normalises the batch.
    pub variance_biased: Array1<f32>,
    /// Squared distances over `n − 1`, which update the running variance. NaN for a channel of one value, for which it is
    /// undefined: PyTorch refuses to train there.
    pub variance_unbiased: Array1<f32>,
}

/// `y = (x − mean) / √(var + eps) · gamma + beta` per channel (Ioffe and Szegedy 2015), as `torch.nn.BatchNorm2d` in
/// evaluation mode.
///
/// Shapes: input and output (N, C, H, W); `mean`, `var`, `gamma` and `beta` (C), asserted in debug builds only. `gamma`
/// defaults to 1, `beta` to 0.
pub fn batch_norm_inference<T: Real>(
    input: ArrayView4<T>,
    mean: ArrayView1<T>,
    var: ArrayView1<T>,
    gamma: Option<ArrayView1<T>>,
    beta: Option<ArrayView1<T>>,
    eps: f64,
) -> Array4<T> {
    debug_assert_eq!([mean.len(), var.len()], [input.dim().1; 2]);
    normalize(
        input,
        |channel| (mean[channel].into(), var[channel].into()),
        gamma,
        beta,
        eps,
    )
}

/// Normalises with the batch's mean and biased variance, as `torch.nn.BatchNorm2d` in training mode; also returns the
/// statistics.
///
/// Formula and shapes as for [`batch_norm_inference`]; the statistics of a channel run over batch, height and width, in two
/// passes and f64.
pub fn batch_norm_training<T: Real>(
    input: ArrayView4<T>,
    gamma: Option<ArrayView1<T>>,
    beta: Option<ArrayView1<T>>,
    eps: f64,
) -> (Array4<T>, BatchStatistics) {
    let (batch, channels, height, width) = input.dim();
    let count = (batch * height * width) as f64;
    let moments: Vec<(f64, f64)> = input
        .axis_iter(Axis(1))
        .map(|values| {
            let mean = values.iter().map(|&x| x.into()).sum::<f64>() / count;
            let from_mean = |&x: &T| {
                let x: f64 = x.into();
                (x - mean).powi(2)
            };
            let squares: f64 = values.iter().map(from_mean).sum();
            (mean, squares / count)
        })
        .collect();
    debug_assert_eq!(moments.len(), channels);
    let output = normalize(input, |channel| moments[channel], gamma, beta, eps);
    let statistics = BatchStatistics {
        mean: moments.iter().map(|&(mean, _)| mean as f32).collect(),
        variance_biased: moments
            .iter()
            .map(|&(_, variance)| variance as f32)
            .collect(),
        variance_unbiased: moments
            .iter()
            .map(|&(_, variance)| (variance * count / (count - 1.0)) as f32)
            .collect(),
    };
    (output, statistics)
}

/// Applies the formula with the mean and variance from `moments` of each channel.
///
/// The difference is taken in f64: a mean rounded to f32 would show in a channel that varies little around it.
fn normalize<T: Real>(
    input: ArrayView4<T>,
    moments: impl Fn(usize) -> (f64, f64),
    gamma: Option<ArrayView1<T>>,
    beta: Option<ArrayView1<T>>,
    eps: f64,
) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    debug_assert!(
        [gamma, beta]
            .into_iter()
            .flatten()
            .all(|parameter| parameter.len() == channels)
    );
    let mut values = row_major(input).into_owned();
    if !values.is_empty() {
        let planes = values.chunks_exact_mut(height * width);
        for (plane, channel) in planes.zip((0..channels).cycle()) {
            let (mean, variance) = moments(channel);
            let gamma = gamma.map_or(1.0, |gamma| gamma[channel].into());
            let beta = beta.map_or(0.0, |beta| beta[channel].into());
            let factor = gamma / (variance + eps).sqrt();
            for x in plane {
                let value: f64 = (*x).into();
                *x = T::rounded((value - mean) * factor + beta);
            }
        }
    }
    feature_map([batch, channels, height, width], values)
}

/// `running = (1 − momentum) · running + momentum · batch`, PyTorch's convention.
///
/// Both of shape (C), asserted in debug builds only. For the variance, `batch` is the unbiased one.
pub fn update_running(running: &mut Array1<f32>, batch: &Array1<f32>, momentum: f32) {
    debug_assert_eq!(running.len(), batch.len());
    Zip::from(running)
        .and(batch)
        .for_each(|old, &new| *old = (1.0 - momentum) * *old + momentum * new);
}
