//! Published facts about a network's trained weights: their accuracy, with its source, and their training data.

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
    /// Published accuracies of this network's trained weights.
    pub struct Published {
        /// Pictures that they were tested on.
        on: String = "on",
        /// Source of the numbers.
        source: String = "source",
        /// Rows, one per known file of weights and image size, the best first.
        accuracy: Vec<Located<KnownWeights>> = "accuracy",
    }
}

table! {
    /// Accuracy of one file of trained weights at one image size.
    pub struct KnownWeights {
        /// Published name of the weights: `resnet50.a1_in1k`.
        weights: String = "weights",
        /// Side of the square input in pixels.
        size: u64 = "size",
        /// Percentage of pictures whose class was ranked first.
        top1: Percent = "top1",
        /// Percentage of pictures whose class was among the first five.
        top5: Percent = "top5",
        /// Side of the centre crop as a fraction of the resized picture's shorter side.
        crop: f64 = "crop",
        /// Interpolation of the resize: bicubic or bilinear.
        interpolation: String = "interpolation",
        /// Pictures that they were trained on; by default, determined by the weights' tag.
        data: String = "data",
    }
}

/// Data of weights that were trained only on the classification's own training pictures.
pub const IMAGENET_1K: &str = "ImageNet-1k";

impl KnownWeights {
    /// Pictures that they were trained on, if they are known.
    pub fn data(&self) -> Option<&str> {
        match &self.data {
            Some(data) => Some(&data.value),
            None => training_data(&self.weights.as_ref()?.value),
        }
    }
}

/// Training pictures of published weights, by the weights' tag.
const TRAINING: &str = include_str!("../../architectures/training.csv");

/// Tags of published weights with the pictures that they were trained on.
fn recipes() -> &'static HashMap<&'static str, &'static str> {
    static DATA: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    DATA.get_or_init(|| {
        let rows = TRAINING.lines().filter(|line| !line.starts_with('#'));
        rows.skip(1)
            .filter_map(|line| line.split_once(','))
            .collect()
    })
}

/// Pictures that published weights were trained on, by the tag after the network's name; `None` where they are not known.
pub fn training_data(weights: &str) -> Option<&'static str> {
    let (_, tag) = weights.split_once('.')?;
    recipes().get(tag).copied()
}

/// The recipe of that name: a tag that published weights have after the network's name.
pub fn recipe(name: &str) -> Option<&'static str> {
    recipes().get_key_value(name).map(|(tag, _)| *tag)
}

/// The recipe with the most similar name.
pub fn nearest_recipe(name: &str) -> Option<&'static str> {
    super::problem::nearest(name, recipes().keys().copied()).and_then(recipe)
}

/// Percentage.
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
    /// Merges this file's keys over its parent's: the source of numbers is inherited, but the numbers belong to one network.
    pub(super) fn inherit(self, mut parent: Self) -> Self {
        parent.accuracy = None;
        self.or(parent)
    }

    /// Problems of rows that lack a required key. In a row with a problem in `reported`, the key may be missing because its value
    /// could not be read.
    pub fn problems(&self, reported: &[Problem]) -> Vec<Problem> {
        let is_reported = |row: &Located<KnownWeights>| {
            let places = reported.iter().filter_map(|problem| problem.place.as_ref());
            let mut inside = places.filter(|place| place.source == row.place.source);
            inside.any(|place| row.place.span.contains(&place.span.start))
        };
        let rows = self.accuracy.iter().flat_map(|rows| &rows.value);
        let mut problems = Vec::new();
        for row in rows.filter(|row| !is_reported(row)) {
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
