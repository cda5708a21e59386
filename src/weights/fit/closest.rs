//! The network of the catalogue that tensors fit best, by their names and shapes.

use super::head::{classes, with_classes};
use super::layout::shapes;
use super::prefix::{prefixes, taken_off};
use super::translate::{self, Wanted};
use super::{Named, wanted};
use crate::lower::{self, Overrides};
use crate::message;
use crate::spec::catalog;
use crate::text::{Argument, Joint, Message};
use crate::weights::naming::is_bookkeeping;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A network of the catalogue that tensors fit, or nearly fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Closest {
    /// Name of the network.
    pub name: String,
    /// Number of classes for which the head fits, if it differs from the network's own.
    pub classes: Option<u64>,
    /// Number of tensors that fit.
    pub fitting: usize,
    /// Number of tensors the network needs.
    pub wanted: usize,
    /// Number of tensors in the file, without bookkeeping.
    pub found: usize,
    /// Prefix to remove from the names.
    pub prefix: String,
    /// Whether only shapes agree: the names are another program's.
    pub by_shape: bool,
    /// Whether all fit under other names, each by its place and shape.
    pub renamed: bool,
    /// Other networks with the same names and shapes: they differ in settings that no checkpoint contains, such as the
    /// placement of strides.
    pub twins: Vec<String>,
}

impl Closest {
    /// A network all of whose tensors fit.
    pub(super) fn all(name: &str, count: usize) -> Self {
        Self {
            name: name.to_owned(),
            classes: None,
            fitting: count,
            wanted: count,
            found: count,
            prefix: String::new(),
            by_shape: false,
            renamed: false,
            twins: Vec::new(),
        }
    }

    /// Whether every tensor of both has a counterpart, with names unchanged.
    pub fn is_exact(&self) -> bool {
        !self.by_shape && self.fitting == self.wanted && self.fitting == self.found
    }

    /// Similarity from 0 to 1: the tensors that fit, as a share of all that either has.
    pub fn similarity(&self) -> f64 {
        self.fitting as f64 / (self.wanted + self.found - self.fitting).max(1) as f64
    }

    /// Description of the fit for display.
    pub fn sentence(&self) -> Message {
        let name = match self.classes {
            Some(classes) => {
                message!("closest-classes", name = &self.name, classes = classes).into()
            }
            None => Argument::from(&self.name),
        };
        let (fitting, wanted) = (self.fitting, self.wanted);
        let fits = if self.by_shape {
            message!(
                "closest-by-shape",
                name = name,
                fitting = fitting,
                wanted = wanted
            )
        } else if self.is_exact() && self.renamed {
            message!("closest-renamed", name = name, wanted = wanted)
        } else if self.is_exact() {
            message!("closest-whole", name = name, wanted = wanted)
        } else {
            message!(
                "closest-best",
                name = name,
                fitting = fitting,
                wanted = wanted,
                more = self.found - fitting
            )
        };
        let prefix = self.prefix.as_str();
        let fits = match prefix {
            "" => fits,
            prefix => message!("closest-prefix", prefix = prefix, fits = fits),
        };
        match self.twins.as_slice() {
            [] => fits,
            twins => message!("closest-twins", fits = fits, twins = Joint::And.of(twins)),
        }
    }

    /// Arguments of `run` or `check` for it: `resnet50 --classes 10`.
    pub fn arguments(&self) -> String {
        match self.classes {
            Some(classes) => format!("{} --classes {classes}", self.name),
            None => self.name.clone(),
        }
    }
}

/// Tensors of every network of the catalogue; computed once, since reading 150 specs takes a tenth of a second.
fn catalogue() -> &'static [(&'static str, Vec<Named>)] {
    static ALL: OnceLock<Vec<(&'static str, Vec<Named>)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let nets = catalog::names().iter().filter_map(|name| {
            let model = lower::open(name, &Overrides::default()).ok()?;
            Some((*name, wanted(&model.network)))
        });
        nets.collect()
    })
}

/// Similarity below which no network is suggested.
const MIN_SIMILARITY: f64 = 0.3;

/// The network that tensors fit best; `first` is preferred if another fits equally well.
pub fn closest(found: &[Named], first: &str) -> Option<Closest> {
    let found: Vec<Named> = found
        .iter()
        .filter(|(name, _)| !is_bookkeeping(name))
        .cloned()
        .collect();
    let by_name = catalogue()
        .iter()
        .map(|(name, wanted)| by_name(name, wanted, &found));
    let best = best(by_name.collect(), first).filter(|best| best.similarity() >= MIN_SIMILARITY);
    best.or_else(|| {
        let shapes = tally(shapes(&found));
        let by_shape = catalogue()
            .iter()
            .map(|(name, wanted)| by_shape(name, wanted, &shapes));
        let best = self::best(by_shape.collect(), first).filter(|best| best.similarity() >= 0.6)?;
        Some(renamed(&best, &found).unwrap_or(best))
    })
}

/// So many networks that are alike by shapes are tried under the file's names.
const MAX_TRIED: usize = 8;

/// The first of a network and its twins in which every tensor has its place, under the names that it has.
fn renamed(best: &Closest, found: &[Named]) -> Option<Closest> {
    let all = std::iter::once(&best.name).chain(&best.twins);
    all.take(MAX_TRIED).find_map(|name| {
        let model = lower::open(name, &Overrides::default()).ok()?;
        let own = Wanted::of(&model.network);
        let names = wanted(&model.network);
        let classes = translate::classes(&own, found)?;
        let other = (super::head::outputs(&names) != Some(classes)).then_some(classes);
        let own = match other {
            Some(classes) => own.with_classes(classes),
            None => own,
        };
        translate::translate(&own, found).ok()?;
        Some(Closest {
            classes: other.map(|classes| classes as u64),
            renamed: true,
            ..Closest::all(name, names.len())
        })
    })
}

fn best(mut all: Vec<Closest>, first: &str) -> Option<Closest> {
    let most = all.iter().map(Closest::similarity).fold(0.0, f64::max);
    all.retain(|one| one.similarity() >= most);
    let place = all.iter().position(|one| one.name == first).unwrap_or(0);
    if all.is_empty() {
        return None;
    }
    let mut best = all.remove(place);
    best.twins = all.into_iter().map(|one| one.name).collect();
    Some(best)
}

/// Fit of tensors to a network by their names, with the best prefix and number of classes.
pub(super) fn by_name(name: &str, wanted: &[Named], found: &[Named]) -> Closest {
    let bare = overlap(wanted, found);
    let after = prefixes(wanted, found, wanted.len() / 2 + 1);
    let (prefix, stripped) = match after.first() {
        Some((prefix, count)) if *count > bare => (*prefix, taken_off(found, prefix)),
        _ => ("", found.to_vec()),
    };
    let classes = classes(wanted, &stripped);
    let [fitting, extra] = match classes {
        Some(classes) => counts(&with_classes(wanted, classes), &stripped),
        None => counts(wanted, &stripped),
    };
    Closest {
        name: name.to_owned(),
        classes: classes.map(|classes| classes as u64),
        fitting,
        wanted: wanted.len(),
        found: fitting + extra,
        prefix: prefix.to_owned(),
        by_shape: false,
        renamed: false,
        twins: Vec::new(),
    }
}

/// Number of tensors whose exact names are wanted.
fn overlap(wanted: &[Named], found: &[Named]) -> usize {
    let names: std::collections::HashSet<&str> =
        wanted.iter().map(|(name, _)| name.as_str()).collect();
    found
        .iter()
        .filter(|(name, _)| names.contains(name.as_str()))
        .count()
}

/// Number of tensors that fit, and number of the file's tensors that do not.
fn counts(wanted: &[Named], found: &[Named]) -> [usize; 2] {
    let shapes: HashMap<&str, &Vec<usize>> = found
        .iter()
        .map(|(name, shape)| (name.as_str(), shape))
        .collect();
    let fits = |(name, shape): &&Named| shapes.get(name.as_str()) == Some(&shape);
    let fitting = wanted.iter().filter(fits).count();
    [fitting, found.len() - fitting]
}

fn tally(shapes: Vec<Vec<usize>>) -> HashMap<Vec<usize>, usize> {
    let mut counts = HashMap::new();
    for shape in shapes {
        *counts.entry(shape).or_default() += 1;
    }
    counts
}

fn by_shape(name: &str, wanted: &[Named], found: &HashMap<Vec<usize>, usize>) -> Closest {
    let own = tally(wanted.iter().map(|(_, shape)| shape.clone()).collect());
    let common = own.iter().map(|(shape, count)| {
        let others = found.get(shape).copied().unwrap_or(0);
        others.min(*count)
    });
    Closest {
        name: name.to_owned(),
        classes: None,
        fitting: common.sum(),
        wanted: wanted.len(),
        found: found.values().sum(),
        prefix: String::new(),
        by_shape: true,
        renamed: false,
        twins: Vec::new(),
    }
}
