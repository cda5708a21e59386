//! Sums of products: of convolutions and linear layers, and the fixed ones of means, blurs and radix sums.

use std::ops::Range;

use super::Reader;
use crate::engine::LayerWeights;
use crate::engine::value_trace::Cell;
use crate::engine::value_trace::formula::{Formula, Sum, Term};
use crate::network::Window;
use crate::network::infer::blur_window;

impl Reader<'_> {
    /// A sum over a window and a range of channels, weighted by `weight` of each tap.
    pub(super) fn window_sum(
        &self,
        window: &Window,
        channels: Range<usize>,
        weight: &dyn Fn([usize; 3]) -> f64,
    ) -> Option<Sum> {
        let [rows, columns] = window.kernel.map(|side| side as usize);
        let taps = self.taps(window)?;
        let mut terms = Vec::new();
        for (depth, channel) in channels.clone().enumerate() {
            for ([y, x], row, column) in taps.iter().flatten() {
                let tap = [depth, *y, *x];
                let cell = Cell {
                    image: self.cell.image,
                    channel,
                    row: *row,
                    column: *column,
                };
                terms.push(Term {
                    read: self.read(0, cell)?,
                    tap,
                    weight: weight(tap),
                });
            }
        }
        let kernel = [channels.len(), rows, columns];
        Some(Sum {
            border: kernel.iter().product::<usize>() - terms.len(),
            kernel,
            terms,
            bias: None,
            is_learned: true,
        })
    }

    /// Mean of a window of this channel.
    pub(super) fn average(&self, window: &Window, count_include_pad: bool) -> Option<Formula> {
        let shape = self.shape()?;
        let along = |axis: usize, cell: usize| {
            let (size, padding) = (shape[2 + axis], window.padding[axis] as usize);
            let start = cell * window.stride[axis] as usize;
            let end = start + window.kernel[axis] as usize;
            let (low, high) = if count_include_pad {
                (0, size + 2 * padding)
            } else {
                (padding, padding + size)
            };
            end.min(high).saturating_sub(start.max(low)).max(1)
        };
        let count = along(0, self.cell.row) * along(1, self.cell.column);
        let weight = 1.0 / count as f64;
        let channel = self.cell.channel;
        let sum = self.window_sum(window, channel..channel + 1, &|_| weight)?;
        Some(Formula::Sum(Sum {
            is_learned: false,
            ..sum
        }))
    }

    /// Mean under binomial weights; beyond the border, the mirrored map is read.
    pub(super) fn blur(&self, kernel: usize, stride: u64) -> Option<Formula> {
        let shape = self.shape()?;
        let window = blur_window(kernel as u64, stride);
        let padding = window.padding[0] as usize;
        let mut taps = vec![1.0_f64];
        for _ in 1..kernel {
            let mut grown = vec![0.0; taps.len() + 1];
            for (at, weight) in taps.iter().enumerate() {
                grown[at] += weight / 2.0;
                grown[at + 1] += weight / 2.0;
            }
            taps = grown;
        }
        let mirrored = |cell: usize, tap: usize, size: usize| {
            let at = (cell * stride as usize + tap).abs_diff(padding);
            if at < size { at } else { 2 * (size - 1) - at }
        };
        let mut terms = Vec::new();
        for (y, vertical) in taps.iter().enumerate() {
            for (x, horizontal) in taps.iter().enumerate() {
                let cell = Cell {
                    row: mirrored(self.cell.row, y, shape[2]),
                    column: mirrored(self.cell.column, x, shape[3]),
                    ..self.cell
                };
                terms.push(Term {
                    read: self.read(0, cell)?,
                    tap: [0, y, x],
                    weight: vertical * horizontal,
                });
            }
        }
        Some(Formula::Sum(Sum {
            kernel: [1, kernel, kernel],
            terms,
            border: 0,
            bias: None,
            is_learned: false,
        }))
    }

    pub(super) fn linear(&self, weights: &LayerWeights) -> Option<Formula> {
        let LayerWeights::Linear { weight, bias } = weights else {
            return None;
        };
        let features = weight.ncols();
        let terms = (0..features).map(|feature| {
            let cell = Cell {
                image: self.cell.image,
                channel: feature,
                row: 0,
                column: 0,
            };
            Some(Term {
                read: self.read(0, cell)?,
                tap: [feature, 0, 0],
                weight: f64::from(weight[[self.cell.channel, feature]]),
            })
        });
        Some(Formula::Sum(Sum {
            kernel: [features, 1, 1],
            terms: terms.collect::<Option<_>>()?,
            border: 0,
            bias: bias.as_ref().map(|bias| f64::from(bias[self.cell.channel])),
            is_learned: true,
        }))
    }

    pub(super) fn channel_conv(&self, weights: &LayerWeights) -> Option<Formula> {
        let LayerWeights::ChannelConv { weight } = weights else {
            return None;
        };
        let (taps, channels) = (weight.len(), self.shape()?[1]);
        let mut terms = Vec::new();
        for (tap, weight) in weight.iter().enumerate() {
            let channel = (self.cell.channel + tap).checked_sub(taps / 2);
            if let Some(channel) = channel.filter(|channel| *channel < channels) {
                terms.push(Term {
                    read: self.read(0, self.in_channel(channel))?,
                    tap: [tap, 0, 0],
                    weight: f64::from(*weight),
                });
            }
        }
        Some(Formula::Sum(Sum {
            kernel: [taps, 1, 1],
            border: taps - terms.len(),
            terms,
            bias: None,
            is_learned: true,
        }))
    }

    pub(super) fn radix_sum(
        &self,
        radix: usize,
        weight: impl Fn(usize) -> Option<f64>,
    ) -> Option<Formula> {
        let channels = self.shape()?[1] / radix;
        let terms = (0..radix).map(|map| {
            let channel = map * channels + self.cell.channel;
            Some(Term {
                read: self.read(0, self.in_channel(channel))?,
                tap: [map, 0, 0],
                weight: weight(channel)?,
            })
        });
        Some(Formula::Sum(Sum {
            kernel: [radix, 1, 1],
            terms: terms.collect::<Option<_>>()?,
            border: 0,
            bias: None,
            is_learned: false,
        }))
    }
}
