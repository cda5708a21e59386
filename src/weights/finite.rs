//! Tensors that rule out a finite pass: NaNs, infinities, negative variances.

use super::fit::shape_of;
use super::source::{WeightError, WeightSource};
use crate::network::{Network, ParameterKind};
use std::fmt;

/// Faults in the values of a tensor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFinite {
    /// Name of the tensor.
    pub name: String,
    /// Number of NaNs.
    pub nan: usize,
    /// Number of infinities.
    pub infinite: usize,
    /// Number of negative values, if the tensor is a variance.
    pub negative: usize,
    /// Number of values in all.
    pub of: usize,
}

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.nan, "not a number"),
            (self.infinite, "infinite"),
            (self.negative, "below 0, which no variance is"),
        ];
        let told: Vec<_> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{what}: {count} of {} values", self.of))
            .collect();
        write!(f, "`{}`: {}", self.name, told.join(", "))
    }
}

/// All tensors of a network that rule out a finite pass, in the order of execution.
///
/// # Errors
/// A tensor cannot be read.
pub fn not_finite(
    network: &Network,
    source: &dyn WeightSource,
) -> Result<Vec<NotFinite>, WeightError> {
    let mut found = Vec::new();
    for (name, parameter) in network.state_dict() {
        if parameter.kind == ParameterKind::Counter {
            continue;
        }
        let tensor = source.tensor(&name, &shape_of(&parameter))?;
        let count = |is: fn(&f32) -> bool| tensor.iter().filter(|value| is(value)).count();
        let one = NotFinite {
            nan: count(|value| value.is_nan()),
            infinite: count(|value| value.is_infinite()),
            negative: if parameter.name == "running_var" {
                count(|value| *value < 0.0)
            } else {
                0
            },
            of: tensor.len(),
            name,
        };
        if one.nan + one.infinite + one.negative > 0 {
            found.push(one);
        }
    }
    Ok(found)
}
