//! A spec for a checkpoint: the relative in the catalogue that is nearest, changed until its tensors are those of the file.
//!
//! Shapes determine classes, input channels, numbers and widths of blocks. The rest is searched: the kind of
//! block, shortcut and attention, its parameters, the stem, the head and the normalisation, one change at a time, as long as each makes
//! fewer tensors differ. What no tensor shows stays as the relative has it.

mod candidate;
mod derive;
mod goal;
mod search;
mod tally;

use std::collections::HashSet;

use super::fit::{Named, Wanted, translate, wanted};
use super::naming::is_bookkeeping;
use super::values::closest_model;
use crate::lower::{self, Model, Overrides};
use crate::spec::catalog;
use candidate::Candidate;
use tally::{Tally, alike};

/// A spec that was inferred from tensors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inferred {
    /// Text of the spec.
    pub spec: String,
    /// Network of the catalogue that it inherits.
    pub parent: String,
    /// Whether its tensors are exactly those of the file.
    pub fits: bool,
    /// Whether they have other names there, and each was given its place by structure and shape.
    pub renamed: bool,
    /// Number of tensors that the file lacks.
    pub missing: usize,
    /// Number of tensors in the file that the spec has no place for.
    pub extra: usize,
}

/// So many relatives are tried.
const RELATIVES: usize = 10;

/// Infers a spec for tensors; the networks of the catalogue for which `is_excluded` holds are not used.
///
/// `None` if nothing in the catalogue resembles the file.
pub fn infer(found: &[Named], is_excluded: &dyn Fn(&str) -> bool) -> Option<Inferred> {
    let found: Vec<Named> = found
        .iter()
        .filter(|(name, _)| !is_bookkeeping(name))
        .cloned()
        .collect();
    let relatives = relatives(&found, is_excluded);
    let mut best: Option<(usize, Candidate, bool)> = None;
    for (by_name, parent) in relatives {
        let goal = goal::Goal::new(&found, by_name);
        let Some((candidate, distance)) = search::nearest(parent, &goal, is_excluded) else {
            continue;
        };
        let is_better = best.as_ref().is_none_or(|(least, ..)| distance < *least);
        if distance == 0 && (by_name || fits_renamed(&candidate, &found)) {
            return Some(inferred(&candidate, &found, !by_name));
        }
        if is_better {
            best = Some((distance, candidate, by_name));
        }
    }
    let (_, candidate, _) = best?;
    Some(inferred(&candidate, &found, false))
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
    Some(lower::open_text(&name, &inferred.spec, overrides))
}

/// Whether every tensor of a candidate has its place in a file of other names.
fn fits_renamed(candidate: &Candidate, found: &[Named]) -> bool {
    candidate
        .model()
        .is_some_and(|model| translate(&Wanted::of(&model.network), found).is_ok())
}

fn inferred(candidate: &Candidate, found: &[Named], renamed: bool) -> Inferred {
    let own = candidate.tensors().unwrap_or_default();
    let [mine, theirs] = [&own, found].map(|list| Tally::of(list, !renamed));
    let [missing, extra] = mine.differences(&theirs);
    Inferred {
        spec: candidate.text(),
        parent: candidate.parent.to_owned(),
        fits: missing == 0 && extra == 0,
        renamed,
        missing,
        extra,
    }
}

/// Networks to begin with, the most alike first; whether by names, or where names are foreign by shapes.
fn relatives(found: &[Named], is_excluded: &dyn Fn(&str) -> bool) -> Vec<(bool, &'static str)> {
    let nets: Vec<(&'static str, Vec<Named>)> = catalog::names()
        .iter()
        .filter(|name| !is_excluded(name))
        .filter_map(|name| {
            let model = lower::open(name, &Overrides::default()).ok()?;
            Some((*name, wanted(&model.network)))
        })
        .collect();
    let rank = |by_name: bool| {
        let mut ranked: Vec<(f64, usize, &'static str)> = nets
            .iter()
            .map(|(name, own)| {
                let apart = own.len().abs_diff(found.len());
                (alike(own, found, by_name), apart, *name)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
    };
    let by_names = rank(true);
    let is_known = by_names.first().is_some_and(|(alike, ..)| *alike >= 0.3);
    let ranked = if is_known { by_names } else { rank(false) };
    let mut seen = HashSet::new();
    let likely = ranked.into_iter().filter(|(alike, ..)| *alike > 0.05);
    likely
        .filter(|(.., name)| seen.insert(*name))
        .take(RELATIVES)
        .map(|(.., name)| (is_known, name))
        .collect()
}
