//! Whether weights fit a network, and in what they do not: everything at once.

use super::naming::is_bookkeeping;
use super::source::{WeightSource, dimensions, likely};
use std::collections::{HashMap, HashSet};
use std::fmt;

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

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing {
                name,
                shape,
                suggestion,
            } => {
                write!(f, "`{name}` ({}) is missing", dimensions(shape))?;
                match suggestion {
                    Some(suggestion) => write!(f, "; is it `{suggestion}`?"),
                    None => Ok(()),
                }
            }
            Self::Shape {
                name,
                wanted,
                found,
            } => write!(
                f,
                "`{name}` is {} and should be {}",
                dimensions(found),
                dimensions(wanted)
            ),
            Self::Extra { name, shape } => {
                write!(
                    f,
                    "`{name}` ({}) has no place in the network",
                    dimensions(shape)
                )
            }
        }
    }
}

/// Everything in which `source` differs from the `wanted` names and shapes: what is missing or has another shape in the order
/// wanted, then what is left over in the source's order. Nothing for a source that has any name.
///
/// `num_batches_tracked` counts on neither side: no inference reads it.
pub fn misfits(wanted: &[(String, Vec<usize>)], source: &dyn WeightSource) -> Vec<Misfit> {
    let Some(found) = source.names() else {
        return Vec::new();
    };
    let matters = |(name, _): &&(String, Vec<usize>)| !is_bookkeeping(name);
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

    let unmet =
        wanted
            .iter()
            .filter(matters)
            .filter_map(|(name, shape)| match shapes.get(name.as_str()) {
                None => Some(Misfit::Missing {
                    name: name.clone(),
                    shape: shape.clone(),
                    suggestion: likely(name, &unused).map(str::to_owned),
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

/// What the misfits come to, in sentences for people: how many of each kind, then the causes that can be told.
pub fn summary(misfits: &[Misfit]) -> Vec<String> {
    let lines = [
        counts(misfits),
        prefix(misfits),
        head(misfits),
        input(misfits),
    ];
    lines.into_iter().flatten().collect()
}

fn counts(misfits: &[Misfit]) -> Option<String> {
    let count = |kind: fn(&Misfit) -> bool| misfits.iter().filter(|misfit| kind(misfit)).count();
    let kinds = [
        (
            count(|misfit| matches!(misfit, Misfit::Missing { .. })),
            "missing",
        ),
        (
            count(|misfit| matches!(misfit, Misfit::Shape { .. })),
            "of another shape",
        ),
        (
            count(|misfit| matches!(misfit, Misfit::Extra { .. })),
            "left over",
        ),
    ];
    let parts: Vec<_> = kinds
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| format!("{count} {kind}"))
        .collect();
    (!parts.is_empty()).then(|| format!("tensors: {}", parts.join(", ")))
}

/// Training wrappers put a prefix before every name.
fn prefix(misfits: &[Misfit]) -> Option<String> {
    let mut prefixes = misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Missing {
            name, suggestion, ..
        } => {
            let suggestion = suggestion.as_deref().unwrap_or_default();
            Some(suggestion.strip_suffix(name.as_str()).unwrap_or_default())
        }
        _ => None,
    });
    let first = prefixes.next().filter(|prefix| !prefix.is_empty())?;
    prefixes.all(|prefix| prefix == first).then(|| {
        format!("the missing names are there with `{first}` in front: a training wrapper's prefix, to be taken off")
    })
}

/// Only linear layers have weights of two dimensions, and the last of them is the head.
fn head(misfits: &[Misfit]) -> Option<String> {
    misfits.iter().rev().find_map(|misfit| match misfit {
        Misfit::Shape { wanted, found, .. } => match (wanted.as_slice(), found.as_slice()) {
            ([wanted, _], [found, _]) if wanted != found => Some(format!(
                "this file has a {found}-class head; the network has {wanted}"
            )),
            _ => None,
        },
        _ => None,
    })
}

/// A first convolution that differs in nothing but its input channels was made for other pictures.
fn input(misfits: &[Misfit]) -> Option<String> {
    misfits.iter().find_map(|misfit| match misfit {
        Misfit::Shape { wanted, found, .. } => match (wanted.as_slice(), found.as_slice()) {
            ([filters, wanted, kernel @ ..], [same, found, same_kernel @ ..])
                if filters == same
                    && kernel.len() == 2
                    && kernel == same_kernel
                    && wanted != found
                    && (*wanted).max(*found) <= 4 =>
            {
                Some(format!(
                    "this file reads pictures of {found} channel{}; the network reads {wanted}",
                    if *found == 1 { "" } else { "s" }
                ))
            }
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::{Synthetic, WeightError};
    use ndarray::ArrayD;

    type Names = Vec<(String, Vec<usize>)>;

    struct File(Names);

    impl WeightSource for File {
        fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
            Synthetic { seed: 0 }.tensor(name, shape)
        }
        fn names(&self) -> Option<Names> {
            Some(self.0.clone())
        }
        fn label(&self) -> String {
            "file".to_owned()
        }
    }

    fn names(list: &[(&str, &[usize])]) -> Names {
        list.iter()
            .map(|(name, shape)| ((*name).to_owned(), shape.to_vec()))
            .collect()
    }

    #[test]
    fn what_fits_has_no_misfits() {
        let wanted = names(&[("fc.weight", &[10, 64]), ("bn.num_batches_tracked", &[])]);
        let file = File(names(&[
            ("fc.weight", &[10, 64]),
            ("bn1.num_batches_tracked", &[]),
        ]));
        assert_eq!(misfits(&wanted, &file), []);
        assert_eq!(misfits(&wanted, &Synthetic { seed: 7 }), []);
        assert!(summary(&[]).is_empty());
    }

    #[test]
    fn all_misfits_are_found_at_once() {
        let wanted = names(&[
            ("conv1.weight", &[16, 3, 3, 3]),
            ("bn1.weight", &[16]),
            ("fc.weight", &[1000, 64]),
            ("fc.bias", &[1000]),
        ]);
        let file = File(names(&[
            ("conv1.weight", &[16, 1, 3, 3]),
            ("norm.scale", &[16]),
            ("fc.weight", &[10, 64]),
            ("fc.bias", &[10]),
        ]));
        let misfits = misfits(&wanted, &file);
        let sentences: Vec<_> = misfits.iter().map(Misfit::to_string).collect();
        assert_eq!(
            sentences,
            [
                "`conv1.weight` is 16×1×3×3 and should be 16×3×3×3",
                "`bn1.weight` (16) is missing",
                "`fc.weight` is 10×64 and should be 1000×64",
                "`fc.bias` is 10 and should be 1000",
                "`norm.scale` (16) has no place in the network",
            ]
        );
        assert_eq!(
            summary(&misfits),
            [
                "tensors: 1 missing, 3 of another shape, 1 left over",
                "this file has a 10-class head; the network has 1000",
                "this file reads pictures of 1 channel; the network reads 3",
            ]
        );
    }

    #[test]
    fn a_common_prefix_is_named() {
        let wanted = names(&[("conv1.weight", &[16, 3, 3, 3]), ("fc.bias", &[10])]);
        let file = File(names(&[
            ("module.conv1.weight", &[16, 3, 3, 3]),
            ("module.fc.bias", &[10]),
        ]));
        let lines = summary(&misfits(&wanted, &file));
        assert_eq!(lines.len(), 2);
        assert!(lines[1].contains("`module.` in front"), "{}", lines[1]);
    }
}
