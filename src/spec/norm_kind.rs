//! Kinds of normalisation, by name.

use serde_json::json;

use super::decode::{Decode, word};
use super::problem::Problem;
use super::source::Located;
use super::value::Value;

/// Kind of normalisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NormKind {
    /// Batch normalisation.
    #[default]
    Batch,
    /// Group normalisation.
    Group,
    /// Instance normalisation.
    Instance,
    /// Some channels by instance and the rest by batch.
    Split,
    /// EvoNorm-S0, which includes its own activation.
    EvoS0,
    /// Filter response normalisation, including its thresholded linear unit.
    FilterResponse,
    /// No normalisation.
    None,
}

impl NormKind {
    const WORDS: [(&'static str, Self); 7] = [
        ("batch", Self::Batch),
        ("group", Self::Group),
        ("instance", Self::Instance),
        ("split", Self::Split),
        ("evo_s0", Self::EvoS0),
        ("filter_response", Self::FilterResponse),
        ("none", Self::None),
    ];

    /// Whether it keeps running statistics.
    pub const fn has_momentum(self) -> bool {
        match self {
            Self::Batch | Self::Split => true,
            Self::Group | Self::Instance | Self::EvoS0 | Self::FilterResponse | Self::None => false,
        }
    }
}

impl Decode for NormKind {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        word(value, &Self::WORDS, "word-norm-kind", problems)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": Self::WORDS.map(|(word, _)| word)})
    }
}
