//! Layers of one learned number.

use smallvec::smallvec;

use super::{Parameter, learned};

/// One learned number for a whole map or vector, as an attribute of the module around it: Fixup's (Zhang et al. 2019).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Multiplies every value by the number.
    Scale,
    /// Adds the number to every value.
    Bias,
}

impl Scalar {
    /// Name of the operation.
    pub const fn op(self) -> &'static str {
        match self {
            Self::Scale => "ScalarScale",
            Self::Bias => "ScalarBias",
        }
    }

    /// Short description.
    pub fn summary(self) -> String {
        match self {
            Self::Scale => "times one number",
            Self::Bias => "plus one number",
        }
        .to_owned()
    }

    /// The operator between a value and the number, in Python and in formulas.
    pub const fn operators(self) -> [&'static str; 2] {
        match self {
            Self::Scale => ["*", "·"],
            Self::Bias => ["+", "+"],
        }
    }

    /// Result for the value `x`.
    pub fn value(self, x: f64, number: f64) -> f64 {
        match self {
            Self::Scale => x * number,
            Self::Bias => x + number,
        }
    }

    /// Tensor of the layer, whose key is the layer's own path.
    pub fn parameters(self) -> Vec<Parameter> {
        vec![learned("", smallvec![1])]
    }
}
