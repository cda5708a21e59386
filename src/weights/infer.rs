//! A spec for a checkpoint: the relative in the catalogue that is nearest, changed until its tensors are those of the file.
//!
//! Names determine numbers of blocks and which parts the network has; shapes determine classes, input channels, widths and the parameters
//! of blocks. Where no name is known, the order in which modules are registered gives each tensor the name that it would have in a relative.
//! Settings that no tensor shows stay as the relative has them; of relatives with the same tensors, one with the usual pool is
//! taken, and of these the plainest.

mod candidate;
mod goal;
mod numbers;
mod order;
mod parts;
mod relative;
mod search;
mod sizes;

use super::fit::{Named, Wanted, translate, wanted};
use super::naming::is_bookkeeping;
use super::values::closest_model;
use crate::lower::{self, Model, Overrides};
use candidate::Candidate;
use goal::Goal;
use parts::Parts;
use relative::{Ranked, Relative};

/// A spec that was inferred from tensors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inferred {
    /// Text of the spec.
    pub spec: String,
    /// Network of the catalogue that it inherits.
    pub parent: String,
    /// Whether its tensors are exactly those of the file.
    pub fits: bool,
    /// Whether they have other names there, and each was given its place by shape and order, or by structure.
    pub renamed: bool,
    /// Number of tensors that the file lacks.
    pub missing: usize,
    /// Number of tensors in the file that the spec has no place for.
    pub extra: usize,
}

/// So many relatives are tried.
const RELATIVES: usize = 8;

/// Layers that are built for one relative.
const LAYERS: usize = 300_000;

/// The same once another fits: a plainer spec is found at once or not.
const LAYERS_AFTER: usize = 30_000;

/// In so many relatives the tensors of a file with unknown names are given names.
const NAMED: usize = 60;

/// A file with more tensors is not looked at: the largest network of the catalogue has some 7,000.
const MOST_TENSORS: usize = 50_000;

/// A longer name is no module's path.
const LONGEST_NAME: usize = 512;

/// Infers a spec for tensors; the networks of the catalogue for which `is_excluded` holds are not used.
///
/// `None` if nothing in the catalogue resembles the file.
pub fn infer(found: &[Named], is_excluded: &dyn Fn(&str) -> bool) -> Option<Inferred> {
    let matters = |(name, _): &&Named| !is_bookkeeping(name);
    let found: Vec<Named> = found.iter().filter(matters).cloned().collect();
    let is_long = |(name, _): &Named| name.len() > LONGEST_NAME;
    if found.len() > MOST_TENSORS || found.iter().any(is_long) {
        return None;
    }
    let parts = Parts::of(is_excluded);
    let ranked = relative::ranked(&found, is_excluded);
    let mut nearest: Option<Attempt> = None;
    if ranked.names_known {
        nearest = by_names(&found, &ranked.by_names, &parts);
    }
    if nearest.as_ref().is_none_or(|nearest| nearest.distance > 0)
        && let Some(other) = by_order(&found, &ranked, &parts)
    {
        nearest = Some(other);
    }
    Some(nearest?.inferred())
}

/// A candidate and how far it is from the file.
struct Attempt {
    candidate: Candidate,
    distance: usize,
    /// The file's tensors under the names of the candidate.
    names: Vec<Named>,
    renamed: bool,
}

impl Attempt {
    fn inferred(&self) -> Inferred {
        let network = self.candidate.network();
        let own = network.map_or_else(Vec::new, |network| wanted(&network));
        let lacks = |one: &[Named], other: &[Named]| {
            let other: std::collections::HashSet<&Named> = other.iter().collect();
            one.iter().filter(|tensor| !other.contains(tensor)).count()
        };
        let [missing, extra] = [lacks(&own, &self.names), lacks(&self.names, &own)];
        Inferred {
            spec: self.candidate.text(),
            parent: self.candidate.parent.to_owned(),
            fits: missing == 0 && extra == 0,
            renamed: self.renamed,
            missing,
            extra,
        }
    }
}

/// The nearest of the first relatives; of those that fit, the one with the fewest changes.
fn by_names(found: &[Named], relatives: &[&'static Relative], parts: &Parts) -> Option<Attempt> {
    let goal = Goal::new(found);
    let mut nearest: Option<(Candidate, usize)> = None;
    for relative in relatives.iter().take(RELATIVES) {
        let has_fit = nearest.as_ref().is_some_and(|(_, least)| *least == 0);
        goal.allow(if has_fit { LAYERS_AFTER } else { LAYERS });
        let Some((candidate, distance)) = search::nearest(relative.name, &goal, parts) else {
            continue;
        };
        let rank = |candidate: &Candidate, distance: usize| (distance, candidate.changes());
        let is_better = nearest
            .as_ref()
            .is_none_or(|(own, least)| rank(&candidate, distance) < rank(own, *least));
        if is_better {
            nearest = Some((candidate, distance));
        }
        if nearest
            .as_ref()
            .is_some_and(|(own, least)| *least == 0 && own.changes() <= 1)
        {
            break;
        }
    }
    let (candidate, distance) = nearest?;
    Some(Attempt {
        candidate,
        distance,
        names: found.to_vec(),
        renamed: false,
    })
}

/// The network that tensors belong to: one of the catalogue where every tensor has its place, or else a spec that is inferred and
/// named after the file.
///
/// `None` if no spec has exactly these tensors.
pub fn identify(found: &[Named], file: &str, overrides: &Overrides) -> Option<Model> {
    if let Some((best, _)) = closest_model(found)
        && (best.is_exact() || best.renamed)
    {
        let classes = overrides.classes.or(best.classes);
        let overrides = Overrides {
            classes,
            ..*overrides
        };
        return lower::open(&best.name, &overrides).ok();
    }
    let inferred = infer(found, &|_| false).filter(|inferred| inferred.fits)?;
    let name = format!("{file}.toml");
    let model = lower::open_text(&name, &inferred.spec, overrides);
    // By order alone the tensors have no place that is certain.
    let has_places = !inferred.renamed || translate(&Wanted::of(&model.network), found).is_ok();
    has_places.then_some(model)
}

/// The first relative that the file fits under other names.
fn by_order(found: &[Named], ranked: &Ranked, parts: &Parts) -> Option<Attempt> {
    let fits = |candidate: &Candidate| {
        let network = candidate.network()?;
        translate(&Wanted::of(&network), found).ok()
    };
    let modules = order::modules(found);
    let mut tried = 0;
    for relative in ranked.by_shapes.iter().take(NAMED) {
        let Some(names) = order::renamed(found, &modules, relative.name) else {
            continue;
        };
        let goal = Goal::new(&names);
        goal.allow(LAYERS);
        if let Some((candidate, 0)) = search::nearest(relative.name, &goal, parts) {
            return Some(Attempt {
                candidate,
                distance: 0,
                names,
                renamed: true,
            });
        }
        tried += 1;
        if tried == RELATIVES {
            break;
        }
    }
    // In another order, the words of common namings still show which module is which.
    let as_large = ranked
        .by_shapes
        .iter()
        .filter(|own| own.tensors.len() == found.len());
    as_large.take(RELATIVES).find_map(|relative| {
        let candidate = Candidate::of(relative.name);
        let places = fits(&candidate)?.places.into_iter();
        Some(Attempt {
            candidate,
            distance: 0,
            names: places
                .map(|(name, at)| (name, found[at].1.clone()))
                .collect(),
            renamed: true,
        })
    })
}
