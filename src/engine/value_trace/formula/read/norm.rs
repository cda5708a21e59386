//! Formulas of normalisations, with their statistics.

use std::ops::Range;

use ndarray::{Array1, Array4, Axis};

use super::Reader;
use crate::engine::value_trace::formula::{Formula, Norm, Statistics};
use crate::engine::{LayerWeights, Mode};
use crate::network;
use crate::network::layer::Standardize;

impl Reader<'_> {
    /// Formula of a normalisation, with its statistics.
    pub(super) fn norm(&self, norm: &network::Norm, weights: &LayerWeights) -> Option<Formula> {
        let channel = self.cell.channel;
        let read = self.here()?;
        let at = |numbers: &Array1<f32>| numbers.get(channel).copied().map(f64::from);
        let made =
            |[mean, variance]: [f64; 2], eps, [gamma, beta]: [&Array1<f32>; 2], statistics| {
                Some(Norm {
                    read,
                    mean,
                    variance,
                    eps,
                    gamma: at(gamma)?,
                    beta: at(beta)?,
                    statistics,
                })
            };
        Some(match (norm, weights) {
            (
                network::Norm::Batch(settings),
                LayerWeights::Norm {
                    gamma,
                    beta,
                    mean,
                    var,
                },
            ) => {
                let (moments, statistics) = match self.session.mode() {
                    Mode::Inference => ([at(mean)?, at(var)?], Statistics::Running),
                    Mode::Training => {
                        let batch = 0..self.shape()?[0];
                        let (mean, variance, count) =
                            self.moments(batch, channel..channel + 1, None)?;
                        ([mean, variance], Statistics::Batch(count))
                    }
                };
                Formula::Norm(made(moments, settings.eps, [gamma, beta], statistics)?)
            }
            (
                network::Norm::Group(settings) | network::Norm::EvoS0(settings),
                LayerWeights::Affine { gamma, beta, third },
            ) => {
                let members = (settings.features / settings.groups) as usize;
                let first = channel / members * members;
                let image = self.cell.image..self.cell.image + 1;
                let (mean, variance, count) = self.moments(image, first..first + members, None)?;
                let (moments, group) = ([mean, variance], Statistics::Group(count));
                let numbers = made(moments, settings.eps, [gamma, beta], group)?;
                match (norm, third) {
                    (network::Norm::EvoS0(_), Some(v)) => Formula::Gated {
                        norm: Norm {
                            mean: 0.0,
                            ..numbers
                        },
                        v: at(v)?,
                    },
                    _ => Formula::Norm(numbers),
                }
            }
            (network::Norm::Instance(settings), LayerWeights::Affine { gamma, beta, .. }) => {
                let image = self.cell.image..self.cell.image + 1;
                let (mean, variance, count) = self.moments(image, channel..channel + 1, None)?;
                let (moments, group) = ([mean, variance], Statistics::Group(count));
                Formula::Norm(made(moments, settings.eps, [gamma, beta], group)?)
            }
            (
                network::Norm::FilterResponse { eps, .. },
                LayerWeights::Affine {
                    gamma,
                    beta,
                    third: Some(tau),
                },
            ) => {
                let image = self.cell.image..self.cell.image + 1;
                let (_, squares, count) = self.moments(image, channel..channel + 1, Some(0.0))?;
                let group = Statistics::Group(count);
                Formula::Rms {
                    norm: made([0.0, squares], *eps, [gamma, beta], group)?,
                    tau: at(tau)?,
                }
            }
            (
                network::Norm::Batch(_)
                | network::Norm::Group(_)
                | network::Norm::Instance(_)
                | network::Norm::EvoS0(_)
                | network::Norm::FilterResponse { .. },
                _,
            ) => return None,
        })
    }

    /// Mean, mean squared distance from it (or from `centre`), and count of the operand's values in these images and
    /// channels.
    fn moments(
        &self,
        images: Range<usize>,
        channels: Range<usize>,
        centre: Option<f64>,
    ) -> Option<(f64, f64, usize)> {
        let shape = self.shape()?;
        let input = *self.inputs.first()?;
        let mut values = Vec::new();
        for image in images {
            for channel in channels.clone() {
                // A vector has one value per channel.
                let side = |axis: usize| shape.get(axis).copied().unwrap_or(1);
                for row in 0..side(2) {
                    for column in 0..side(3) {
                        let index = [image, channel, row, column];
                        values.push(self.session.number(input, &index[..shape.len()])?);
                    }
                }
            }
        }
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let centre = centre.unwrap_or(mean);
        let squares = values.iter().map(|x| (x - centre).powi(2)).sum::<f64>();
        Some((mean, squares / count, values.len()))
    }
}

/// One filter standardised to mean 0 and variance 1, as the kernel does it: 1 × in × height × width.
pub(super) fn standardized(
    weight: &Array4<f32>,
    filter: usize,
    settings: Standardize,
    gain: Option<f32>,
) -> Array4<f64> {
    let filter = weight
        .index_axis(Axis(0), filter)
        .mapv(f64::from)
        .insert_axis(Axis(0));
    let count = filter.len() as f64;
    let mean = filter.sum() / count;
    let variance = filter.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / count;
    // Scaled ones get the width of their kernel taken out, and a gain of their own.
    let width = settings.gamma.map_or(1.0, |gamma| gamma / count.sqrt());
    let factor = width * gain.map_or(1.0, f64::from) / (variance + settings.eps).sqrt();
    filter.mapv(|w| (w - mean) * factor)
}
