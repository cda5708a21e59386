//! Whether weights fit a network, and in what they do not: everything at once.

mod closest;
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
mod whole;

use super::naming::is_bookkeeping;
use super::source::{WeightSource, dimensions, likely};
use crate::message;
use crate::network::{Network, Parameter, ParameterKind};
use crate::text::Message;
pub use closest::{Closest, closest};
pub use explanation::{Explanation, explain};
pub use group::Group;
pub(super) use prefix::is_average;
pub use reason::{Cause, Reason};
use std::collections::{HashMap, HashSet};
pub(super) use translate::{Untranslated, Wanted, translate};
pub(super) use whole::{NotWhole, whole};

/// A tensor's name and shape.
pub type Named = (String, Vec<usize>);

/// The name and shape of every tensor that a pass reads.
pub fn wanted(network: &Network) -> Vec<Named> {
    network
        .state_dict()
        .into_iter()
        .filter(|(_, parameter)| parameter.kind != ParameterKind::Counter)
        .map(|(name, parameter)| (name, shape_of(&parameter)))
        .collect()
}

/// The shape of a parameter's tensor.
pub(crate) fn shape_of(parameter: &Parameter) -> Vec<usize> {
    parameter.shape.iter().map(|&size| size as usize).collect()
}

/// One way in which weights do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The network needs a tensor that is not there.
    Missing {
        /// Its name.
        name: String,
        /// The shape it should have.
        shape: Vec<usize>,
        /// The unused tensor that was probably meant.
        suggestion: Option<String>,
    },
    /// A tensor has another shape.
    Shape {
        /// Its name.
        name: String,
        /// The shape the network needs.
        wanted: Vec<usize>,
        /// The shape it has.
        found: Vec<usize>,
    },
    /// A tensor is there that the network does not need.
    Extra {
        /// Its name.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
    },
}

impl Misfit {
    /// The tensor's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Missing { name, .. } | Self::Shape { name, .. } | Self::Extra { name, .. } => {
                name
            }
        }
    }
}

impl Misfit {
    /// The tensor and what is wrong with it.
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

/// Everything in which `source` differs from the `wanted` names and shapes: what is missing or has another shape in the order
/// wanted, then what is left over in the source's order. Nothing for a source that has any name.
///
/// `num_batches_tracked` counts on neither side: no inference reads it.
pub fn misfits(wanted: &[Named], source: &dyn WeightSource) -> Vec<Misfit> {
    source
        .names()
        .map_or_else(Vec::new, |found| compare(wanted, &found))
}

/// So many missing tensors are looked for under similar names; of more, none is likely to be a slip of the pen.
const MOST_SUGGESTIONS: usize = 24;

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
                    suggestion: (missing <= MOST_SUGGESTIONS)
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
