//! The network of the catalogue that tensors fit best, by their names and shapes.

use super::layout::shapes;
use super::prefix::{prefixes, taken_off};
use super::{Named, wanted};
use crate::lower::{self, Overrides};
use crate::spec::catalog;
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
    /// Other networks with the same names and shapes: they differ in settings that no checkpoint contains, such as the
    /// placement of strides.
    pub twins: Vec<String>,
}

impl Closest {
    /// Whether every tensor of both has a counterpart, with names unchanged.
    pub fn is_whole(&self) -> bool {
        !self.by_shape && self.fitting == self.wanted && self.fitting == self.found
    }

    /// Similarity from 0 to 1: the tensors that fit, as a share of all that either has.
    pub fn likeness(&self) -> f64 {
        self.fitting as f64 / (self.wanted + self.found - self.fitting).max(1) as f64
    }

    /// Description of the fit for display.
    pub fn sentence(&self) -> String {
        let name = &self.name;
        let classes = self
            .classes
            .map_or_else(String::new, |classes| format!(" with {classes} classes"));
        let behind = match self.prefix.as_str() {
            "" => String::new(),
            prefix => format!(", once `{prefix}` is taken off"),
        };
        let twins = match self.twins.as_slice() {
            [] => String::new(),
            [twin] => format!("; {twin} has the same, and differs in what no checkpoint tells"),
            twins => format!(
                "; {} have the same, and differ in what no checkpoint tells",
                twins.join(", ")
            ),
        };
        if self.by_shape {
            format!(
                "by shapes alone, {name} is closest: {} of its {} tensors have one of their shape{twins}",
                self.fitting, self.wanted
            )
        } else if self.is_whole() {
            format!(
                "{name}{classes} fits: all {} tensors{behind}{twins}",
                self.wanted
            )
        } else {
            format!(
                "{name}{classes} fits best: {} of its {} tensors{behind}, {} of the file's left over{twins}",
                self.fitting,
                self.wanted,
                self.found - self.fitting
            )
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
const LEAST: f64 = 0.3;

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
    let best = best(by_name.collect(), first).filter(|best| best.likeness() >= LEAST);
    best.or_else(|| {
        let shapes = tally(shapes(&found));
        let by_shape = catalogue()
            .iter()
            .map(|(name, wanted)| by_shape(name, wanted, &shapes));
        self::best(by_shape.collect(), first).filter(|best| best.likeness() >= 0.6)
    })
}

fn best(mut all: Vec<Closest>, first: &str) -> Option<Closest> {
    let most = all.iter().map(Closest::likeness).fold(0.0, f64::max);
    all.retain(|one| one.likeness() >= most);
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
    let behind = prefixes(wanted, found, wanted.len() / 2 + 1);
    let (prefix, stripped) = match behind.first() {
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

/// Module of the last tensors, which are the head's.
pub(super) fn head(wanted: &[Named]) -> Option<&str> {
    wanted.last()?.0.rsplit_once('.').map(|(module, _)| module)
}

/// Number of classes of a head that differs from the network's in nothing else.
pub(super) fn classes(wanted: &[Named], found: &[Named]) -> Option<usize> {
    let name = format!("{}.weight", head(wanted)?);
    let of = |list: &[Named]| {
        let tensor = list.iter().find(|(own, _)| *own == name);
        tensor.and_then(|(_, shape)| {
            shape
                .split_first()
                .map(|(first, rest)| (*first, rest.to_vec()))
        })
    };
    let ((own, features), (others, same)) = (of(wanted)?, of(found)?);
    (own != others && features == same && others > 0).then_some(others)
}

/// Tensors of the same network with another number of classes.
pub(super) fn with_classes(wanted: &[Named], classes: usize) -> Vec<Named> {
    let head = head(wanted).map(str::to_owned).unwrap_or_default();
    let mut wanted = wanted.to_vec();
    for (name, shape) in &mut wanted {
        let of_head = name
            .rsplit_once('.')
            .is_some_and(|(module, _)| module == head);
        if let (true, Some(first)) = (of_head, shape.first_mut()) {
            *first = classes;
        }
    }
    wanted
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
        twins: Vec::new(),
    }
}
