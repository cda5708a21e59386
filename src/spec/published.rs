//! What was published about a network's trained weights: their accuracy, with its source, and what they were trained on.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_json::json;

use super::decode::{Decode, table};
use super::problem::Problem;
use super::source::Located;
use super::value::Value;
use crate::message;
use crate::text::Joint;

table! {
    /// Accuracies that were published for trained weights of this network.
    pub struct Published {
        /// The pictures that they were tested on.
        on: String = "on",
        /// Where the numbers are from.
        source: String = "source",
        /// A row for each known weights and image size, the best first.
        accuracy: Vec<Located<KnownWeights>> = "accuracy",
    }
}

table! {
    /// How well one file of trained weights did at one image size.
    pub struct KnownWeights {
        /// The weights' name where they are published: `resnet50.a1_in1k`.
        weights: String = "weights",
        /// Side of the square image that the network read.
        size: u64 = "size",
        /// Share of pictures whose class was the likeliest one, in percent.
        top1: Percent = "top1",
        /// Share of pictures whose class was among the five likeliest, in percent.
        top5: Percent = "top5",
        /// Side of the cut-out centre as a share of the resized picture's shorter side.
        crop: f64 = "crop",
        /// How the picture was resized: bicubic or bilinear.
        interpolation: String = "interpolation",
        /// The pictures that they were trained on; by the weights' tag unless said.
        data: String = "data",
    }
}

/// The data of weights that saw nothing but the classification's own training pictures.
pub const IMAGENET_1K: &str = "ImageNet-1k";

impl KnownWeights {
    /// The pictures that they were trained on, as far as they are known.
    pub fn data(&self) -> Option<&str> {
        match &self.data {
            Some(data) => Some(&data.value),
            None => data_of(&self.weights.as_ref()?.value),
        }
    }
}

/// The pictures that published weights were trained on, by the weights' tag.
const TRAINING: &str = include_str!("../../architectures/training.csv");

/// The pictures that weights were trained on, by the tag after the network's name.
fn data_of(weights: &str) -> Option<&'static str> {
    static DATA: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let (_, tag) = weights.split_once('.')?;
    let known = DATA.get_or_init(|| {
        let rows = TRAINING.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|line| line.split_once(',')).collect()
    });
    known.get(tag).copied()
}

/// A share in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent(pub f64);

impl Decode for Percent {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let number = f64::decode(value, problems)?;
        if (0.0..=100.0).contains(&number) {
            return Some(Self(number));
        }
        problems.push(
            Problem::error(
                "value",
                message!("problem-percent", number = number.to_string()),
            )
            .at(&value.place)
            .help(message!("help-write-percent")),
        );
        None
    }

    fn schema() -> serde_json::Value {
        json!({"type": "number", "minimum": 0, "maximum": 100})
    }
}

impl Published {
    /// This file's keys over its parent's: where numbers are from is inherited, the numbers are about one network alone.
    pub(super) fn inherit(self, mut parent: Self) -> Self {
        parent.accuracy = None;
        self.or(parent)
    }

    /// Rows without what a row cannot do without. In one about which something is `told` already, a key may be missing because
    /// its value could not be read.
    pub fn problems(&self, told: &[Problem]) -> Vec<Problem> {
        let is_told = |row: &Located<KnownWeights>| {
            let places = told.iter().filter_map(|problem| problem.place.as_ref());
            let mut inside = places.filter(|place| place.source == row.place.source);
            inside.any(|place| row.place.span.contains(&place.span.start))
        };
        let rows = self.accuracy.iter().flat_map(|rows| &rows.value);
        let mut problems = Vec::new();
        for row in rows.filter(|row| !is_told(row)) {
            let KnownWeights {
                weights,
                size,
                top1,
                ..
            } = &row.value;
            let present = [
                ("weights", weights.is_some()),
                ("size", size.is_some()),
                ("top1", top1.is_some()),
            ];
            let missing: Vec<_> = present
                .iter()
                .filter(|(_, present)| !present)
                .map(|(key, _)| format!("`{key}`"))
                .collect();
            if !missing.is_empty() {
                let message = message!("problem-accuracy-lacks", keys = Joint::Comma.of(missing));
                let example = "{ weights = \"resnet50.a1_in1k\", size = 224, top1 = 80.382 }";
                let help = message!("help-state-accuracy", example = example);
                problems.push(
                    Problem::error("missing-key", message)
                        .at(&row.place)
                        .help(help),
                );
            }
        }
        problems
    }
}
