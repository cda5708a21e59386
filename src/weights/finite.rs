//! Tensors that rule out a finite pass: NaNs, infinities, negative variances.

use super::fit::shape_of;
use super::source::{WeightError, WeightSource};
use crate::message;
use crate::network::{Network, ParameterKind};
use crate::text::{Argument, Joint, Message};

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

impl NotFinite {
    /// Counts of NaN and infinite values in a tensor.
    pub fn counts(&self) -> Argument {
        let all = self.of;
        let nan = |count| message!("weights-nan", count = count, all = all);
        let infinite = |count| message!("weights-infinite", count = count, all = all);
        let negative = |count| message!("weights-negative", count = count, all = all);
        let counts: [(usize, &dyn Fn(usize) -> Message); 3] = [
            (self.nan, &nan),
            (self.infinite, &infinite),
            (self.negative, &negative),
        ];
        let some = counts.into_iter().filter(|(count, _)| *count > 0);
        Joint::Comma.of(some.map(|(count, message)| message(count)))
    }

    /// The tensor's name with its counts.
    pub fn message(&self) -> Message {
        message!(
            "weights-not-finite",
            name = &self.name,
            counts = self.counts()
        )
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
