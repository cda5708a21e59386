//! Fit of weights to a network: all differences at once.

mod closest;
mod complete;
mod explanation;
mod group;
mod head;
mod layout;
mod prefix;
mod reason;
mod structure;
mod surplus;
#[cfg(test)]
mod tests;
mod translate;

use super::naming::is_bookkeeping;
use super::source::{WeightSource, dimensions, likely};
use crate::message;
use crate::network::{Network, Parameter, ParameterKind};
use crate::text::Message;
pub use closest::{Closest, closest};
pub(super) use complete::{Incomplete, complete};
pub use explanation::{Explanation, explain};
pub use group::Group;
pub(super) use prefix::is_average;
pub use reason::{Cause, Reason};
use std::collections::{HashMap, HashSet};
pub(super) use translate::{Untranslated, Wanted, translate};

/// Name and shape of a tensor.
pub type Named = (String, Vec<usize>);

/// Name and shape of every tensor that a pass reads.
pub fn wanted(network: &Network) -> Vec<Named> {
    network
        .state_dict()
        .into_iter()
        .filter(|(_, parameter)| parameter.kind != ParameterKind::Counter)
        .map(|(name, parameter)| (name, shape_of(&parameter)))
        .collect()
}

/// Shape of a parameter's tensor.
pub(crate) fn shape_of(parameter: &Parameter) -> Vec<usize> {
    parameter.shape.iter().map(|&size| size as usize).collect()
}

/// One difference between weights and a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The network needs a tensor that the weights lack.
    Missing {
        /// Name of the tensor.
        name: String,
        /// Shape that it should have.
        shape: Vec<usize>,
        /// The unused tensor that was probably meant.
        suggestion: Option<String>,
    },
    /// A tensor has another shape.
    Shape {
        /// Name of the tensor.
        name: String,
        /// Shape that the network needs.
        wanted: Vec<usize>,
        /// Shape of the tensor in the weights.
        found: Vec<usize>,
    },
    /// The weights have a tensor that the network does not need.
    Extra {
        /// Name of the tensor.
        name: String,
        /// Shape of the tensor.
        shape: Vec<usize>,
    },
}

impl Misfit {
    /// Name of the tensor.
    pub fn name(&self) -> &str {
        match self {
            Self::Missing { name, .. } | Self::Shape { name, .. } | Self::Extra { name, .. } => {
                name
            }
        }
    }
}

impl Misfit {
    /// The tensor and its problem.
    pub fn message(&self) -> Message {
        match self {
            Self::Missing {
                name,
                shape,
                suggestion: Some(suggestion),
            } => message!(
                "misfit-missing-likely",
                name = name,
                shape = dimensions(shape),
                suggestion = suggestion
            ),
            Self::Missing { name, shape, .. } => {
                message!("misfit-missing", name = name, shape = dimensions(shape))
            }
            Self::Shape {
                name,
                wanted,
                found,
            } => message!(
                "misfit-shape",
                name = name,
                found = dimensions(found),
                wanted = dimensions(wanted)
            ),
            Self::Extra { name, shape } => {
                message!("misfit-extra", name = name, shape = dimensions(shape))
            }
        }
    }
}

/// All differences of `source` from the `wanted` names and shapes: missing tensors and other shapes in the order of `wanted`,
/// then unused tensors in the source's order. Empty for a source that has every name.
///
/// `num_batches_tracked` counts on neither side: inference ignores it.
pub fn misfits(wanted: &[Named], source: &dyn WeightSource) -> Vec<Misfit> {
    source
        .names()
        .map_or_else(Vec::new, |found| compare(wanted, &found))
}

/// Missing tensors up to which similar names are suggested; more of them are unlikely to be typing errors.
const MAX_SUGGESTIONS: usize = 24;

fn compare(wanted: &[Named], found: &[Named]) -> Vec<Misfit> {
    let matters = |(name, _): &&Named| !is_bookkeeping(name);
    let shapes: HashMap<&str, &Vec<usize>> = found
        .iter()
        .map(|(name, shape)| (name.as_str(), shape))
        .collect();
    let needed: HashSet<&str> = wanted.iter().map(|(name, _)| name.as_str()).collect();
    let extra: Vec<_> = found
        .iter()
        .filter(matters)
        .filter(|(name, _)| !needed.contains(name.as_str()))
        .collect();
    let unused: Vec<&str> = extra.iter().map(|(name, _)| name.as_str()).collect();
    let missing = wanted.iter().filter(matters);
    let missing = missing
        .filter(|(name, _)| !shapes.contains_key(name.as_str()))
        .count();

    let unmet =
        wanted
            .iter()
            .filter(matters)
            .filter_map(|(name, shape)| match shapes.get(name.as_str()) {
                None => Some(Misfit::Missing {
                    name: name.clone(),
                    shape: shape.clone(),
                    suggestion: (missing <= MAX_SUGGESTIONS)
                        .then(|| likely(name, &unused).map(str::to_owned))
                        .flatten(),
                }),
                Some(found) if *found != shape => Some(Misfit::Shape {
                    name: name.clone(),
                    wanted: shape.clone(),
                    found: (*found).clone(),
                }),
                Some(_) => None,
            });
    let left_over = extra.iter().map(|(name, shape)| Misfit::Extra {
        name: name.clone(),
        shape: shape.clone(),
    });
    unmet.chain(left_over).collect()
}
