//! Experiments of one key each, and what they show as far as they have run.

use super::curve::Curve;
use super::{Net, Train};
use crate::engine::train::{Part, Recipe};
use crate::message;
use crate::report::format::percent;
use crate::text::Message;
use crate::tui::kit::plot::number_text;
use crate::tui::message::Experiment;

/// Networks of the experiment with depths: plain ones, and the same with shortcuts.
const DEPTHS: [&str; 6] = [
    "plain8_digits",
    "plain20_digits",
    "plain56_digits",
    "resnet8_digits",
    "resnet20_digits",
    "resnet56_digits",
];
/// Network of the other experiments, unless another one that reads digits is planned.
const USUAL: &str = "plain20_digits";
/// Seeds of the experiments that decide by a few points.
const SEEDS: [u64; 3] = [1, 2, 3];
/// Accuracy whose first epoch measures how fast a network learns.
const GOAL: f64 = 0.9;

impl Train {
    /// Plans an experiment.
    ///
    /// # Errors
    /// A network cannot be opened, which no shipped one is.
    pub fn try_out(&mut self, experiment: Experiment) -> Result<(), Message> {
        let own = self.nets.iter().find(|net| net.reads_digits());
        let base = own.map_or(USUAL, |net| net.name.as_str()).to_owned();
        let (nets, seeds) = match experiment {
            Experiment::Depth => {
                let nets = DEPTHS.iter().map(|name| Net::open(name));
                (nets.collect::<Result<Vec<Net>, _>>()?, vec![1])
            }
            Experiment::Norm => {
                let base = Net::open(&base)?;
                let without = Net {
                    lacks: vec![Part::Norms],
                    ..base.clone()
                };
                (vec![base, without], SEEDS.to_vec())
            }
            Experiment::Input => {
                // A batch normalisation after the first convolution would standardise what it reads.
                let base = Net {
                    lacks: vec![Part::Norms],
                    ..Net::open(&base)?
                };
                let standardised = Net {
                    is_standardised: true,
                    ..base.clone()
                };
                let raw = Net {
                    lacks: vec![Part::Norms, Part::Preprocessing],
                    ..base
                };
                (vec![standardised, raw], SEEDS.to_vec())
            }
        };
        self.plan(nets);
        self.recipe = Recipe {
            seeds,
            ..Recipe::default()
        };
        self.experiment = Some(experiment);
        Ok(())
    }

    /// Lines about the result so far.
    pub fn findings(&self) -> Vec<Message> {
        let Some(experiment) = self.experiment else {
            return Vec::new();
        };
        if self
            .curves
            .iter()
            .any(|own| own.tests.is_empty() && own.ended.is_none())
        {
            return vec![Message::new(match experiment {
                Experiment::Depth => "train-asks-depth",
                Experiment::Norm => "train-asks-norm",
                Experiment::Input => "train-asks-input",
            })];
        }
        match experiment {
            Experiment::Depth => self.depth(),
            Experiment::Norm | Experiment::Input => self.speed(experiment),
        }
    }

    /// Whether depth makes plain networks worse, and those with shortcuts not.
    fn depth(&self) -> Vec<Message> {
        let of = |net: usize| {
            let curve = self.of(net).next()?;
            Some((curve.loss()?, curve.accuracy()?))
        };
        let all: Option<Vec<(f64, f64)>> = [0, 2, 3, 5].into_iter().map(of).collect();
        let Some(&[shallow, plain, _, residual]) = all.as_deref() else {
            return Vec::new();
        };
        let shares = [shallow.1, plain.1, residual.1].map(percent);
        let [shallow_share, plain_share, residual_share] = shares;
        let losses = [shallow.0, plain.0].map(number_text);
        let [shallow_loss, plain_loss] = losses;
        let id = if plain.0 > 2.0 * shallow.0 && plain.1 < residual.1 {
            "train-found-depth"
        } else {
            "train-found-no-depth"
        };
        vec![
            Message::new(id)
                .with("shallow", shallow_share)
                .with("plain", plain_share)
                .with("residual", residual_share)
                .with("shallowloss", shallow_loss)
                .with("plainloss", plain_loss),
        ]
    }

    /// Learning speed of each of two networks, over the seeds.
    fn speed(&self, experiment: Experiment) -> Vec<Message> {
        let mut lines = Vec::new();
        let mut outcomes = Vec::new();
        for (number, net) in self.nets.iter().enumerate() {
            let curves: Vec<&Curve> = self.of(number).collect();
            let ended = curves.iter().filter(|own| own.ended.is_some()).count();
            let accuracies: Vec<f64> = curves.iter().filter_map(|own| own.accuracy()).collect();
            outcomes.push(Outcome::of(&curves));
            if accuracies.is_empty() {
                lines.push(message!(
                    "train-found-none",
                    net = net.label(),
                    seeds = ended,
                    all = curves.len()
                ));
                continue;
            }
            let low = accuracies.iter().copied().fold(f64::INFINITY, f64::min);
            let high = accuracies.iter().copied().fold(0.0, f64::max);
            let goals: Vec<f64> = curves.iter().filter_map(|own| goal(own)).collect();
            let epochs = match outcomes.last().and_then(|own| own.reached) {
                Some(mean) => message!("train-after-epochs", epochs = format!("{mean:.1}")),
                None => message!("train-not-reached", seeds = goals.len(), all = curves.len()),
            };
            let ended = if ended > 0 {
                message!("train-some-ended", seeds = ended)
            } else {
                Message::of(String::new())
            };
            lines.push(message!(
                "train-found-speed",
                net = net.label(),
                low = percent(low),
                high = percent(high),
                goal = percent(GOAL),
                epochs = epochs,
                ended = ended
            ));
        }
        let verdict = match outcomes[..] {
            [with, without] => with.is_better(without),
            _ => None,
        };
        let ids = match experiment {
            Experiment::Norm => ["train-norm-helps", "train-norm-hurts", "train-norm-alike"],
            _ => [
                "train-input-helps",
                "train-input-hurts",
                "train-input-alike",
            ],
        };
        lines.push(Message::new(match verdict {
            Some(true) => ids[0],
            Some(false) => ids[1],
            None => ids[2],
        }));
        lines
    }
}

/// Result of one network over the seeds.
#[derive(Debug, Clone, Copy)]
struct Outcome {
    /// Epochs to the goal, if all seeds have reached it.
    reached: Option<f64>,
    /// Mean accuracy; none of a seed that ended before it was measured.
    accuracy: f64,
}

/// Accuracies that differ by less are alike.
const ALIKE: f64 = 0.1;

impl Outcome {
    fn of(curves: &[&Curve]) -> Self {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let goals: Vec<f64> = curves.iter().filter_map(|own| goal(own)).collect();
        let all_reach = !goals.is_empty() && goals.len() == curves.len();
        let accuracies = curves.iter().map(|own| own.accuracy().unwrap_or(0.0));
        Self {
            reached: all_reach.then(|| mean(&goals)),
            accuracy: mean(&accuracies.collect::<Vec<_>>()),
        }
    }

    /// Whether this network learns better than another; `None` if both learn alike.
    fn is_better(self, other: Self) -> Option<bool> {
        let differs = |by: f64, least: f64| (by.abs() > least).then_some(by > 0.0);
        match (self.reached, other.reached) {
            (Some(own), Some(other)) => differs(other - own, 0.5),
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            (None, None) => differs(self.accuracy - other.accuracy, ALIKE),
        }
    }
}

/// First epoch after which a network has the accuracy of the goal.
fn goal(curve: &Curve) -> Option<f64> {
    let mut tests = curve.tests.iter();
    tests.find(|test| test[1] >= GOAL).map(|test| test[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_that_learns_nothing_is_not_alike() {
        let outcome = |reached, accuracy| Outcome { reached, accuracy };
        let verdicts = [
            (
                outcome(Some(2.0), 0.98),
                outcome(Some(4.0), 0.97),
                Some(true),
            ),
            (outcome(Some(4.0), 0.98), outcome(Some(3.8), 0.97), None),
            (outcome(None, 0.88), outcome(Some(3.0), 0.97), Some(false)),
            // All seeds of the second ended before an accuracy was measured.
            (outcome(None, 0.69), outcome(None, 0.0), Some(true)),
            (outcome(None, 0.69), outcome(None, 0.66), None),
        ];
        for (own, other, expected) in verdicts {
            assert_eq!(own.is_better(other), expected, "{own:?} {other:?}");
        }
    }
}
