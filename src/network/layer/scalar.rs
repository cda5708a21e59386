//! Layers of one number.

use smallvec::smallvec;

use super::{Parameters, learned};
use crate::message;
use crate::text::Message;

/// One number for a whole map or vector: a learned one, an attribute of the module around it, as Fixup's (Zhang et al. 2019), or a given
/// one, as networks without normalisation have it (Brock et al. 2021).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar {
    /// Every value times a learned number.
    Scale,
    /// Every value plus a learned number.
    Bias,
    /// Every value times a given number.
    Times {
        /// The number.
        factor: f64,
    },
}

impl Scalar {
    /// Name of the operation.
    pub const fn op(self) -> &'static str {
        match self {
            Self::Scale => "ScalarScale",
            Self::Bias => "ScalarBias",
            Self::Times { .. } => "ScalarTimes",
        }
    }

    /// Short description.
    pub fn summary(self) -> Message {
        match self {
            Self::Scale => message!("layer-times-number"),
            Self::Bias => message!("layer-plus-number"),
            Self::Times { factor } => message!("layer-times", factor = short(factor)),
        }
    }

    /// The operator between a value and the number, in Python and in formulas.
    pub const fn operators(self) -> [&'static str; 2] {
        match self {
            Self::Scale | Self::Times { .. } => ["*", "·"],
            Self::Bias => ["+", "+"],
        }
    }

    /// Result for the value `x`.
    pub fn value(self, x: f64, number: f64) -> f64 {
        match self {
            Self::Scale | Self::Times { .. } => x * number,
            Self::Bias => x + number,
        }
    }

    /// The learned number in its formula.
    pub fn number(self) -> Message {
        match self {
            Self::Scale | Self::Bias => message!("formula-number"),
            Self::Times { factor } => Message::of(short(factor)),
        }
    }

    /// Whether the number is a tensor, whose key is the layer's own path.
    pub const fn is_learned(self) -> bool {
        matches!(self, Self::Scale | Self::Bias)
    }

    /// Its tensor.
    pub fn parameters(self) -> Parameters {
        let learned = self.is_learned().then(|| learned("", smallvec![1]));
        learned.into_iter().collect()
    }
}

/// A number with six decimals at most.
fn short(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
