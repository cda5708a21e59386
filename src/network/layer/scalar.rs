//! Layers of one learned number.

use smallvec::smallvec;

use super::{Parameter, learned};
use crate::message;
use crate::text::Message;

/// One learned number for a whole map or vector, an attribute of the module around it: Fixup's (Zhang et al. 2019).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Every value times the number.
    Scale,
    /// Every value plus the number.
    Bias,
}

impl Scalar {
    /// Its name.
    pub const fn op(self) -> &'static str {
        match self {
            Self::Scale => "ScalarScale",
            Self::Bias => "ScalarBias",
        }
    }

    /// What it does in a few words.
    pub fn summary(self) -> Message {
        match self {
            Self::Scale => message!("layer-times-number"),
            Self::Bias => message!("layer-plus-number"),
        }
    }

    /// The operator between a value and the number, in Python and in formulas.
    pub const fn operators(self) -> [&'static str; 2] {
        match self {
            Self::Scale => ["*", "·"],
            Self::Bias => ["+", "+"],
        }
    }

    /// Its value.
    pub fn value(self, x: f64, number: f64) -> f64 {
        match self {
            Self::Scale => x * number,
            Self::Bias => x + number,
        }
    }

    /// Its tensor, whose key is the layer's own path.
    pub fn parameters(self) -> Vec<Parameter> {
        vec![learned("", smallvec![1])]
    }
}
