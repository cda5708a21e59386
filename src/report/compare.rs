//! Two networks side by side: what moved, appeared, went and changed, and what each difference costs.
//!
//! Stages are paired by their place, blocks by their number, layers by name and kind in the best order-keeping alignment.
//! The costs of all differences add up to the difference of the totals: each layer's goes to exactly one of them.

mod align;
mod facts;
mod field;
mod moves;
mod tables;
mod walk;

use std::ops::{Add, AddAssign};

use serde::Serialize;

pub use tables::{Sides, Total};

use super::format::{signed, thousands};
use super::rows::{Level, Row};
use super::{Subject, stats::Stats};
use crate::message;
use crate::text::{Joint, Message};

/// What a difference adds to each number; negative where it saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Cost {
    /// Learned parameters.
    pub params: i128,
    /// Operations by the rule of the comparison, for the batch.
    pub macs: i128,
    /// Elements put out by convolutions and linear layers, for the batch.
    pub activations: i128,
    /// Pixels of the last feature map's receptive field.
    pub receptive_field: i128,
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

/// How two paired rows differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The same, at the same cost.
    Same,
    /// The same layer, which reads another shape because of a difference before it; or a row that holds differences.
    Follows,
    /// A stride that another layer of the block had, or a layer at another place.
    Moved,
    /// Other settings.
    Changed,
    /// Only the second network has it.
    Appeared,
    /// Only the first network has it.
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

    /// One column wide: `=`, `~`, `→`, `≠`, `+`, `−`.
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

/// What a difference is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// A stride that moved.
    Stride,
    /// Whole blocks.
    Block,
    /// Layers.
    Layer,
}

/// One difference, at all the places where it is the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// How it differs.
    pub kind: Mark,
    /// What it is counted in.
    pub of: Thing,
    /// How many of them.
    pub count: usize,
    /// In words, without the place: `stride 2 from conv1 to conv2`.
    pub what: Message,
    /// Blocks, or layers outside of blocks, by their paths.
    pub places: Vec<String>,
    /// What it adds, with what follows from it.
    pub cost: Cost,
}

/// Two rows side by side, and the rows below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The first network's row.
    pub a: Option<Row>,
    /// The second network's row.
    pub b: Option<Row>,
    /// How they differ.
    pub mark: Mark,
    /// What changed, in words.
    pub what: Option<Message>,
    /// What the second one costs more than the first.
    pub cost: Cost,
    /// Blocks of a stage, layers of a block.
    pub children: Vec<Pair>,
}

/// Two networks side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The first network's totals.
    pub a: Stats,
    /// The second network's totals.
    pub b: Stats,
    /// What the second one adds to the first; its receptive field counts only where both have one.
    pub total: Cost,
    /// Every difference, in the order in which it is met first.
    pub differences: Vec<Difference>,
    /// The stages side by side, in order.
    pub stages: Vec<Pair>,
}

impl Comparison {
    /// Compares two networks, which are counted by the same rule.
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

    /// The pairs of one level, in order; a stage without blocks shows its layers below the level of stages.
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

    /// The whole in a sentence: `3 strides moved: +231,211,008 MACs, receptive field 483 → 427, parameters ±0`.
    pub fn headline(&self, unit: Message) -> Message {
        let mut counts: Vec<(Mark, Thing, usize)> = Vec::new();
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
        let field = |stats: &Stats| match stats.receptive_field {
            Some(field) => Message::of(thousands(field)),
            None => message!("compare-no-field"),
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
        message!(
            "compare-headline",
            differences = Joint::Clause.of(parts),
            operations = signed(self.total.macs),
            unit = unit,
            field = field,
            parameters = signed(self.total.params),
        )
    }
}

fn counted(kind: Mark, of: Thing, count: usize) -> Message {
    Message::new(match (of, kind) {
        (Thing::Stride, _) => "compare-strides-moved",
        (Thing::Block, Mark::Gone) => "compare-blocks-gone",
        (Thing::Block, _) => "compare-blocks-appeared",
        (Thing::Layer, Mark::Moved) => "compare-layers-moved",
        (Thing::Layer, Mark::Gone) => "compare-layers-gone",
        (Thing::Layer, Mark::Appeared) => "compare-layers-appeared",
        (Thing::Layer, Mark::Same | Mark::Follows | Mark::Changed) => "compare-layers-changed",
    })
    .with("count", count)
}
