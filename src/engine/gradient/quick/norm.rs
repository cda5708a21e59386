//! Numbers of each channel by which batch normalisations scale and shift, forward and back.

use super::layout::{BLOCK, Layout};
use super::plan::{NormOp, Plan};
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
    /// Images of the batch, in all pieces.
    pub(super) images: usize,
}

/// Values of a channel in a batch, up to which a normalisation is computed in f64.
///
/// The gradient through statistics of two values is what `eps` leaves of it, 10⁻⁵ of its terms where the variance is 1, and
/// little more of a few values. Terms that are rounded to f32 would lose it; of many values a good part always remains.
const FEW: usize = 64;

impl Around<'_> {
    /// Whether a normalisation of this map has so few values a channel that it is computed in f64.
    pub(super) fn is_few(&self, layout: Layout) -> bool {
        self.images * layout.pixels <= FEW
    }
}

/// Numbers of each channel by which a normalisation's output, or gradient, is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Coefficients {
    pub(super) mean: Vec<f32>,
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
    pub(super) slope: Vec<f32>,
    /// All four before they are rounded.
    pub(super) wide: Vec<Wide>,
    /// Distance of the rounded mean from the mean, where sums are taken around the former.
    rest: Vec<f64>,
}

/// Numbers of a channel in f64.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wide {
    mean: f64,
    scale: f64,
    shift: f64,
    slope: f64,
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
        self.wide.clear();
        self.wide.resize(channels, Wide::default());
        self.rest.clear();
        self.rest.resize(channels, 0.0);
    }

    /// Sets a channel's numbers of the way back; `shift` is that around the mean itself.
    fn set_back(&mut self, channel: usize, [scale, shift, slope]: [f64; 3]) {
        let wide = &mut self.wide[channel];
        let rest = f64::from(wide.mean as f32) - wide.mean;
        *wide = Wide {
            mean: wide.mean,
            scale,
            shift,
            slope,
        };
        self.scale[channel] = scale as f32;
        self.shift[channel] = (shift + slope * rest) as f32;
        self.slope[channel] = slope as f32;
    }

    /// Takes sums that kernels made around the rounded mean to the mean.
    pub(super) fn centre(&self, sums: &mut [Sums]) {
        for (sums, rest) in sums.iter_mut().zip(&self.rest) {
            sums.along += rest * sums.all;
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
    let is_few = around.is_few(around.plan.values[norm.from]);
    to.clear(gamma.len());
    let mut factors = Vec::with_capacity(gamma.len());
    for (channel, (gamma, beta)) in gamma.iter().zip(&beta).enumerate() {
        let (mean, variance) = moments(channel);
        let factor = 1.0 / (variance + norm.eps).sqrt();
        // The mean is rounded as the kernel takes it off; the shift makes up for the rest.
        to.mean[channel] = mean as f32;
        to.scale[channel] = (gamma * factor) as f32;
        let rest = f64::from(mean as f32) - mean;
        to.shift[channel] = (beta + rest * gamma * factor) as f32;
        to.wide[channel].mean = mean;
        to.rest[channel] = if is_few { 0.0 } else { rest };
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
        let shift = -scale * sums.all / values;
        let slope = -scale * factor * factor * sums.along / values;
        to.set_back(channel, [scale, shift, slope]);
    }
}

/// Coefficients of the way back with fixed statistics.
pub(super) fn fixed(norm: &NormOp, factors: &[f64], around: Around<'_>, to: &mut Coefficients) {
    let [gamma, ..] = affine(norm, around);
    for (channel, factor) in factors.iter().enumerate() {
        to.set_back(channel, [gamma[channel] * factor, 0.0, 0.0]);
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

/// Numbers of a map in blocks, sixteen channels at a time, with the first of them.
fn channels(map: &[f32], layout: Layout) -> impl Iterator<Item = (usize, &[f32])> {
    let each = map.chunks_exact(BLOCK).enumerate();
    each.map(move |(number, own)| (number / layout.pixels % layout.blocks * BLOCK, own))
}

/// Moments of each channel of few values.
pub(super) fn few_moments(x: &[f32], layout: Layout, to: &mut [Moments]) {
    let count = (x.len() / (layout.blocks * BLOCK)) as f64;
    to.fill(Moments::default());
    for (first, own) in channels(x, layout) {
        for (to, &x) in to[first..].iter_mut().zip(own) {
            to.mean += f64::from(x) / count;
        }
    }
    for (first, own) in channels(x, layout) {
        for (to, &x) in to[first..].iter_mut().zip(own) {
            to.count = count;
            to.squares += (f64::from(x) - to.mean).powi(2);
        }
    }
}

/// Sums of each channel's gradient of few values.
pub(super) fn few_sums(
    gradient: &[f32],
    x: &[f32],
    coefficients: &Coefficients,
    layout: Layout,
    to: &mut [Sums],
) {
    to.fill(Sums::default());
    for ((first, x), gradient) in channels(x, layout).zip(gradient.chunks_exact(BLOCK)) {
        let each = to[first..].iter_mut().zip(&coefficients.wide[first..]);
        for ((to, wide), (&x, &gradient)) in each.zip(x.iter().zip(gradient)) {
            to.all += f64::from(gradient);
            to.along += f64::from(gradient) * (f64::from(x) - wide.mean);
        }
    }
}

/// The gradient by the input of a normalisation over few values.
pub(super) fn few_through(
    gradient: &[f32],
    x: &[f32],
    coefficients: &Coefficients,
    layout: Layout,
    to: &mut [f32],
) {
    let each = channels(x, layout).zip(gradient.chunks_exact(BLOCK));
    for (((first, x), gradient), to) in each.zip(to.chunks_exact_mut(BLOCK)) {
        let wide = &coefficients.wide[first..];
        for (((to, wide), &x), &gradient) in to.iter_mut().zip(wide).zip(x).zip(gradient) {
            let along = wide.slope * (f64::from(x) - wide.mean);
            *to = (wide.scale * f64::from(gradient) + wide.shift + along) as f32;
        }
    }
}
