//! Curves of one network with one seed, and the last look at it.

use crate::engine::train::{Happened, Learned, Moment, Statistic};
use crate::text::Message;

/// Most points of a curve.
const MOST: usize = 1024;
/// Most steps of a watched channel.
const MOST_STEPS: usize = 240;
/// Share of a new loss in the mean of the last ones.
const SHARE: f64 = 0.1;

/// Curves of one network with one seed.
#[derive(Debug, Clone, Default)]
pub struct Curve {
    /// Number of the network.
    pub net: usize,
    /// Its seed.
    pub seed: u64,
    /// Moving mean of the loss, by epochs.
    pub losses: Vec<[f64; 2]>,
    /// Accuracy on pictures that do not train, by epochs.
    pub tests: Vec<[f64; 2]>,
    /// Statistics of the watched channel, step by step.
    pub statistics: Vec<Statistic>,
    /// Last step.
    pub latest: Option<Box<Learned>>,
    /// Reason why it ended before the others.
    pub ended: Option<Message>,
    /// Epochs so far, with parts.
    at: f64,
    mean: Option<f64>,
    /// Steps between two points, and the number of steps so far.
    stride: usize,
    steps: usize,
}

impl Curve {
    /// Empty curves of so many networks with these seeds, in the order of a training's students.
    pub fn all(nets: usize, seeds: &[u64]) -> Vec<Self> {
        let own = |net| {
            seeds.iter().map(move |&seed| Self {
                net,
                seed,
                stride: 1,
                ..Self::default()
            })
        };
        (0..nets).flat_map(own).collect()
    }

    /// Epochs so far, with parts.
    pub const fn epochs(&self) -> f64 {
        self.at
    }

    /// Moving mean of the loss.
    pub const fn loss(&self) -> Option<f64> {
        self.mean
    }

    /// Last accuracy on pictures that do not train.
    pub fn accuracy(&self) -> Option<f64> {
        self.tests.last().map(|test| test[1])
    }

    /// Handles an event of its network.
    pub fn take(&mut self, moment: Moment, steps: usize) {
        match moment.event {
            Happened::Learned(learned) => {
                self.at = moment.epoch as f64 + (moment.step + 1) as f64 / steps.max(1) as f64;
                self.learn(*learned);
            }
            Happened::Tested(seen) => {
                let at = (moment.epoch + 1) as f64;
                self.tests.push([at, seen.accuracy()]);
            }
            Happened::Ended(reason) => self.ended = Some(reason),
        }
    }

    fn learn(&mut self, learned: Learned) {
        let loss = learned.seen.mean_loss();
        let mean = self.mean.map_or(loss, |mean| mean + SHARE * (loss - mean));
        self.mean = Some(mean);
        if self.steps.is_multiple_of(self.stride.max(1)) {
            self.losses.push([self.at, mean]);
        }
        self.steps += 1;
        if self.losses.len() > MOST {
            let mut number = 0;
            self.losses.retain(|_| {
                number += 1;
                number % 2 == 1
            });
            self.stride *= 2;
        }
        if let Some(statistic) = &learned.statistic {
            let is_same = |other: &Statistic| {
                other.path == statistic.path && other.channel == statistic.channel
            };
            if !self.statistics.last().is_some_and(is_same) {
                self.statistics.clear();
            }
            self.statistics.push(statistic.clone());
            if self.statistics.len() > MOST_STEPS {
                self.statistics.remove(0);
            }
        } else {
            self.statistics.clear();
        }
        self.latest = Some(Box::new(learned));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::train::{Pictures, Seen};

    #[test]
    fn a_long_curve_stays_short_and_reaches_its_end() {
        let mut curves = Curve::all(2, &[5, 6]);
        let order: Vec<_> = curves.iter().map(|own| (own.net, own.seed)).collect();
        assert_eq!(order, [(0, 5), (0, 6), (1, 5), (1, 6)]);
        let curve = &mut curves[0];
        for step in 0..5_000 {
            let learned = Learned {
                seen: Seen {
                    loss: 2.0,
                    right: 1,
                    pictures: 1,
                },
                rate: 0.1,
                blocks: Vec::new(),
                statistic: None,
                kernels: None,
                pictures: Pictures {
                    size: [1, 1],
                    values: vec![0.0],
                    labels: vec![0],
                    answers: vec![0],
                },
            };
            curve.take(
                Moment {
                    student: 0,
                    epoch: step / 100,
                    step: step % 100,
                    event: Happened::Learned(Box::new(learned)),
                },
                100,
            );
        }
        assert!(curve.losses.len() <= MOST && curve.losses.len() > MOST / 2);
        let last = curve.losses[curve.losses.len() - 1];
        assert!((curve.epochs() - last[0]) < 0.2 && (last[1] - 2.0).abs() < 1e-12);
        assert!((curve.epochs() - 50.0).abs() < 1e-12);
    }
}
