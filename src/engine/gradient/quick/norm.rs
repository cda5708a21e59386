//! Numbers of each channel by which batch normalisations scale and shift, forward and back.

use super::plan::{BLOCK, NormOp, Plan};
use crate::engine::LayerWeights;
use crate::engine::compiled::learn::each::{Each, Moments, Sums};
use crate::engine::kernels::BatchStatistics;
use crate::network::{Network, Table};

/// All that operations read besides a piece's own values.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) plan: &'a Plan,
    pub(super) network: &'a Network,
    pub(super) weights: &'a Table<LayerWeights<f32>>,
    pub(super) each: Each,
}

/// Numbers of each channel by which a normalisation's output, or gradient, is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Coefficients {
    pub(super) mean: Vec<f32>,
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
    pub(super) slope: Vec<f32>,
}

impl Coefficients {
    /// Room for so many channels, filled with zeros.
    pub(super) fn clear(&mut self, channels: usize) {
        for all in [
            &mut self.mean,
            &mut self.scale,
            &mut self.shift,
            &mut self.slope,
        ] {
            all.clear();
            all.resize(channels, 0.0);
        }
    }
}

/// Scale and shift of a normalisation, in whole blocks: zeros beyond its channels.
fn affine(norm: &NormOp, around: Around<'_>) -> [Vec<f64>; 4] {
    let LayerWeights::Norm {
        gamma,
        beta,
        mean,
        var,
    } = &around.weights[norm.layer]
    else {
        unreachable!("weights are loaded by the kind of their layer")
    };
    let len = around.plan.values[norm.to].blocks * BLOCK;
    [gamma, beta, mean, var].map(|own| {
        let mut own: Vec<f64> = own.iter().map(|&x| f64::from(x)).collect();
        own.resize(len, 0.0);
        own
    })
}

/// Sets the coefficients of the way forward, and returns `1 / √(variance + eps)` of each channel.
fn set(
    norm: &NormOp,
    around: Around<'_>,
    moments: impl Fn(usize) -> (f64, f64),
    to: &mut Coefficients,
) -> Vec<f64> {
    let [gamma, beta, ..] = affine(norm, around);
    to.clear(gamma.len());
    let mut factors = Vec::with_capacity(gamma.len());
    for (channel, (gamma, beta)) in gamma.iter().zip(&beta).enumerate() {
        let (mean, variance) = moments(channel);
        let factor = 1.0 / (variance + norm.eps).sqrt();
        // The mean is rounded as the kernel takes it off; the shift makes up for the rest.
        to.mean[channel] = mean as f32;
        to.scale[channel] = (gamma * factor) as f32;
        let rest = (f64::from(mean as f32) - mean) * gamma * factor;
        to.shift[channel] = (beta + rest) as f32;
        factors.push(factor);
    }
    factors
}

pub(super) fn by_moments(
    norm: &NormOp,
    moments: &[Moments],
    around: Around<'_>,
    to: &mut Coefficients,
) -> Vec<f64> {
    let of = |channel: usize| {
        let own = moments[channel];
        (own.mean, own.squares / own.count)
    };
    set(norm, around, of, to)
}

pub(super) fn by_running(norm: &NormOp, around: Around<'_>, to: &mut Coefficients) -> Vec<f64> {
    let [_, _, mean, var] = affine(norm, around);
    set(norm, around, |channel| (mean[channel], var[channel]), to)
}

/// Coefficients of the way back through the statistics of the batch: `γ · (g − mean(g) − x̂ · mean(g · x̂)) / √(var + eps)`.
pub(super) fn by_sums(
    norm: &NormOp,
    sums: &[Sums],
    values: f64,
    factors: &[f64],
    around: Around<'_>,
    to: &mut Coefficients,
) {
    let [gamma, ..] = affine(norm, around);
    for (channel, (sums, factor)) in sums.iter().zip(factors).enumerate() {
        let scale = gamma[channel] * factor;
        to.scale[channel] = scale as f32;
        to.shift[channel] = (-scale * sums.all / values) as f32;
        to.slope[channel] = (-scale * factor * factor * sums.along / values) as f32;
    }
}

/// Coefficients of the way back with fixed statistics.
pub(super) fn fixed(norm: &NormOp, factors: &[f64], around: Around<'_>, to: &mut Coefficients) {
    let [gamma, ..] = affine(norm, around);
    for (channel, factor) in factors.iter().enumerate() {
        to.scale[channel] = (gamma[channel] * factor) as f32;
        to.shift[channel] = 0.0;
        to.slope[channel] = 0.0;
    }
}

pub(super) fn statistics(moments: &[Moments]) -> BatchStatistics {
    let each = |of: fn(&Moments) -> f64| moments.iter().map(|own| of(own) as f32).collect();
    BatchStatistics {
        mean: each(|own| own.mean),
        variance_biased: each(|own| own.squares / own.count),
        variance_unbiased: each(|own| own.squares / (own.count - 1.0)),
    }
}
