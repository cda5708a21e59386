//! Comparison of two networks: moved, added, removed and changed parts, and the cost of each difference.
//!
//! Stages are paired by their position, blocks by their number, layers by name and kind in the best alignment that keeps
//! their order. The costs of all differences add up to the difference of the totals, because each layer's cost is counted in
//! only one difference.

mod align;
mod facts;
mod moves;
mod tables;
mod walk;

use std::ops::{Add, AddAssign};

use serde::Serialize;

pub use tables::{Sides, Total};

use super::Subject;
use super::format::{difference, thousands};
use super::network::rows::{Level, Row};
use super::network::stats::Stats;
use crate::message;
use crate::text::{Joint, Message};

/// Change of each number by a difference; negative for savings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Cost {
    /// Learned parameters.
    pub params: i128,
    /// Operations by the rule of the comparison, for the batch.
    pub macs: i128,
    /// Output elements of convolutions and linear layers, for the batch.
    pub activations: i128,
    /// Receptive field of the last feature map, in pixels.
    pub receptive_field: i128,
}

impl Cost {
    /// Operations, parameters, activations and receptive field in words, each if it differs.
    pub fn words(self, unit: Message) -> [Option<Message>; 4] {
        let words = |number: i128, words: Message| {
            (number != 0).then(|| words.with("count", difference(number)))
        };
        [
            words(
                self.macs,
                Message::new("compare-cost-operations").with("unit", unit),
            ),
            words(self.params, Message::new("compare-cost-parameters")),
            words(self.activations, Message::new("compare-cost-activations")),
            words(self.receptive_field, Message::new("compare-cost-field")),
        ]
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            params: self.params + other.params,
            macs: self.macs + other.macs,
            activations: self.activations + other.activations,
            receptive_field: self.receptive_field + other.receptive_field,
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Kind of difference between two paired rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The same row, at the same cost.
    Same,
    /// The same layer with another input shape because of an earlier difference; or a row that contains differences.
    Follows,
    /// A stride that another layer of the block had, or a layer in another position.
    Moved,
    /// Other settings.
    Changed,
    /// Row that only the second network has.
    Appeared,
    /// Row that only the first network has.
    Gone,
}

impl Mark {
    /// A word for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Same => "mark-same",
            Self::Follows => "mark-follows",
            Self::Moved => "mark-moved",
            Self::Changed => "mark-changed",
            Self::Appeared => "mark-appeared",
            Self::Gone => "mark-gone",
        })
    }

    /// Sign of one column: `=`, `~`, `→`, `≠`, `+`, `−`.
    pub const fn sign(self) -> char {
        match self {
            Self::Same => '=',
            Self::Follows => '~',
            Self::Moved => '→',
            Self::Changed => '≠',
            Self::Appeared => '+',
            Self::Gone => '−',
        }
    }
}

/// Unit that differences are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Stride that moved.
    Stride,
    /// Whole block.
    Block,
    /// Layer.
    Layer,
}

/// Difference, with all the places where it is the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Kind of the difference.
    pub kind: Mark,
    /// Unit that it is counted in.
    pub of: Unit,
    /// Number of units.
    pub count: usize,
    /// Description without the place: `stride 2 from conv1 to conv2`.
    pub what: Message,
    /// Paths of the blocks, or of layers outside blocks.
    pub places: Vec<String>,
    /// Cost of the difference, including its consequences.
    pub cost: Cost,
}

/// Paired rows, with the pairs below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Row of the first network.
    pub a: Option<Row>,
    /// Row of the second network.
    pub b: Option<Row>,
    /// Kind of difference.
    pub mark: Mark,
    /// The difference, in words.
    pub what: Option<Message>,
    /// Cost of the second minus that of the first.
    pub cost: Cost,
    /// Pairs of a stage's blocks or a block's layers.
    pub children: Vec<Pair>,
}

/// Comparison of two networks.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Totals of the first network.
    pub a: Stats,
    /// Totals of the second network.
    pub b: Stats,
    /// Totals of the second minus those of the first; the receptive field counts only if both have one.
    pub total: Cost,
    /// All differences, in the order of their first places.
    pub differences: Vec<Difference>,
    /// Pairs of stages, in order.
    pub stages: Vec<Pair>,
}

impl Comparison {
    /// Compares two networks that are counted by the same rule.
    pub fn new(a: &Subject, b: &Subject) -> Self {
        let (stages, differences) = walk::walk(a, b);
        let total = stages
            .iter()
            .fold(Cost::default(), |sum, stage| sum + stage.cost);
        Self {
            a: Stats::new(a),
            b: Stats::new(b),
            total,
            differences,
            stages,
        }
    }

    /// Pairs of one level, in order; for the level of blocks, a stage without blocks shows its layers.
    pub fn pairs(&self, level: Level) -> Vec<&Pair> {
        let mut pairs = Vec::new();
        for stage in &self.stages {
            if level == Level::Stage {
                pairs.push(stage);
                continue;
            }
            for child in &stage.children {
                if level == Level::Layer && !child.children.is_empty() {
                    pairs.extend(&child.children);
                } else {
                    pairs.push(child);
                }
            }
        }
        pairs
    }

    /// Numbers of what differs, without costs: `3 strides moved`.
    pub fn changes(&self) -> Message {
        let mut counts: Vec<(Mark, Unit, usize)> = Vec::new();
        for difference in &self.differences {
            let (kind, of) = (difference.kind, difference.of);
            match counts
                .iter_mut()
                .find(|(other, thing, _)| (*other, *thing) == (kind, of))
            {
                Some((_, _, count)) => *count += difference.count,
                None => counts.push((kind, of, difference.count)),
            }
        }
        if counts.is_empty() {
            return message!("compare-same");
        }
        let parts = counts
            .into_iter()
            .map(|(kind, of, count)| counted(kind, of, count));
        Message::of(Joint::Clause.of(parts))
    }

    /// The whole in a sentence, without the costs that are equal: `3 strides moved: +231,211,008 MACs, receptive field 483 → 427`.
    pub fn headline(&self, unit: Message) -> Message {
        if self.differences.is_empty() {
            return self.changes();
        }
        let field = |stats: &Stats| match stats.receptive_field {
            Some(field) => Message::of(thousands(field)),
            None => message!("label-none"),
        };
        let field = if self.a.receptive_field == self.b.receptive_field {
            message!("compare-field-in-both", field = field(&self.a))
        } else {
            message!(
                "compare-fields",
                first = field(&self.a),
                second = field(&self.b)
            )
        };
        let [operations, parameters, ..] = self.total.words(unit);
        let costs = [operations, Some(field), parameters];
        message!(
            "compare-headline",
            differences = self.changes(),
            costs = Joint::Clause.of(costs.into_iter().flatten())
        )
    }
}

fn counted(kind: Mark, of: Unit, count: usize) -> Message {
    Message::new(match (of, kind) {
        (Unit::Stride, _) => "compare-strides-moved",
        (Unit::Block, Mark::Gone) => "compare-blocks-gone",
        (Unit::Block, _) => "compare-blocks-appeared",
        (Unit::Layer, Mark::Moved) => "compare-layers-moved",
        (Unit::Layer, Mark::Gone) => "compare-layers-gone",
        (Unit::Layer, Mark::Appeared) => "compare-layers-appeared",
        (Unit::Layer, Mark::Same | Mark::Follows | Mark::Changed) => "compare-layers-changed",
    })
    .with("count", count)
}
