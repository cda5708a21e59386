//! Activation functions as a spec states them: a kind and its settings.

use serde_json::json;

pub use super::act_kind::{ActKind, is_other};
use super::decode::{Decode, no_word, table, word};
use super::expr::Expr;
use super::problem::{Problem, nearest};
use super::source::Located;
use super::value::Value;

impl Decode for ActKind {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let text = String::decode(value, problems)?;
        let found = Self::WORDS.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let words = || Self::WORDS.iter().map(|(word, _)| *word);
            let near = Self::from_any_spelling(&text).map(Self::word);
            let near = near.or_else(|| nearest(&text.to_lowercase(), words()));
            problems.push(no_word(&text, "word-act-kind", near, words()).at(&value.place));
        }
        found.map(|(_, kind)| *kind)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": Self::WORDS.map(|(word, _)| word)})
    }
}

/// Computation of GELU's distribution function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Approximate {
    /// With the error function.
    #[default]
    None,
    /// With tanh.
    Tanh,
}

impl Decode for Approximate {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        const WORDS: [(&str, Approximate); 2] =
            [("none", Approximate::None), ("tanh", Approximate::Tanh)];
        word(value, &WORDS, "word-approximation", problems)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["none", "tanh"]})
    }
}

table! {
    /// Kind and settings of an activation function.
    pub struct ActSettings {
        /// Kind: "relu" (default), "relu6", "leaky_relu", "prelu", "elu", "silu", "gelu", "hard_swish", "sigmoid" or "tanh".
        kind: ActKind = "kind",
        /// Slope of a leaky ReLU for negative inputs; 0.01 by default.
        slope: f64 = "slope",
        /// Alpha of an ELU; 1 by default.
        alpha: f64 = "alpha",
        /// Approximation of a GELU: "none" by default, or "tanh".
        approximate: Approximate = "approximate",
        /// Number of learned slopes of a PReLU: 1 by default, or one per channel, `"channels"`.
        weights: Expr = "weights",
    }
}

/// Activation of all layers that do not name their own: its kind, or a table with its settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Act(pub ActSettings);

impl Decode for Act {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        if let Value::Text(_) = value.value {
            let kind = Located::decode(value, problems)?;
            return Some(Self(ActSettings {
                kind: Some(kind),
                ..ActSettings::default()
            }));
        }
        ActSettings::decode(value, problems).map(Self)
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [ActKind::schema(), ActSettings::schema()]})
    }
}
