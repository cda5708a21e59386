//! The search among changes that shapes do not determine at once.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use super::derive::derive;
use super::goal::Goal;
use crate::spec::catalog;

/// Most rounds of changes.
const ROUNDS: usize = 8;

/// So many of the best changes have numbers derived anew.
const DERIVED: usize = 10;

/// Values that parameters of blocks are tried with: groups, widths of groups, reductions.
const VALUES: [u64; 30] = [
    0, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 26, 28, 32, 40, 48, 52, 56, 64, 80, 96, 112,
    120, 128, 168, 232, 328,
];

/// The nearest spec from a relative by changes of which each makes fewer tensors differ, with the number that still do.
pub(super) fn nearest(
    parent: &'static str,
    goal: &Goal,
    is_excluded: &dyn Fn(&str) -> bool,
) -> Option<(Candidate, usize)> {
    let mut best = Candidate::of(parent);
    derive(&mut best, goal);
    let mut distance = goal.distance(&best)?;
    let axes = Axes::new(is_excluded);
    for _ in 0..ROUNDS {
        if distance == 0 {
            break;
        }
        let changed = axes.changed(&best).into_iter();
        let mut judged: Vec<(usize, Candidate)> = changed
            .filter_map(|candidate| Some((goal.distance(&candidate)?, candidate)))
            .collect();
        judged.sort_by_key(|(distance, _)| *distance);
        judged.truncate(DERIVED);
        for (distance, candidate) in &mut judged {
            // With the change in place, shapes may tell other numbers.
            derive(candidate, goal);
            *distance = goal.distance(candidate).unwrap_or(usize::MAX);
        }
        let nearest = judged.into_iter().min_by_key(|(distance, _)| *distance);
        match nearest {
            Some((nearer, candidate)) if nearer < distance => {
                (best, distance) = (candidate, nearer);
            }
            _ => break,
        }
    }
    Some((best, distance))
}

/// Values of every change.
struct Axes {
    words: Vec<(&'static str, Vec<String>)>,
    parameters: Vec<String>,
    layers: Vec<(&'static str, Vec<String>)>,
}

impl Axes {
    fn new(is_excluded: &dyn Fn(&str) -> bool) -> Self {
        let quoted = |names: Vec<&str>| -> Vec<String> {
            names.iter().map(|name| format!("\"{name}\"")).collect()
        };
        let mut shortcuts = quoted(catalog::shortcut_names());
        shortcuts.push("\"none\"".to_owned());
        let mut layers = [("stem", BTreeSet::new()), ("head", BTreeSet::new())];
        let mut tables: [(&'static str, BTreeSet<String>); 3] = [
            ("norm", BTreeSet::new()),
            ("conv", BTreeSet::new()),
            ("act", BTreeSet::new()),
        ];
        let mut attention: BTreeSet<String> = BTreeSet::new();
        for name in catalog::names().iter().filter(|name| !is_excluded(name)) {
            let Some(spec) = crate::spec::load(name).0 else {
                continue;
            };
            let file = &spec.file;
            for (part, (_, texts)) in [&file.stem, &file.head].into_iter().zip(&mut layers) {
                let list = part.as_ref().and_then(|part| part.value.layers.as_ref());
                texts.extend(list.and_then(|list| list.place.text()).map(str::to_owned));
            }
            let places = [
                file.norm.as_ref().map(|own| &own.place),
                file.conv.as_ref().map(|own| &own.place),
                file.act.as_ref().map(|own| &own.place),
            ];
            for (place, (_, texts)) in places.into_iter().zip(&mut tables) {
                let text = place.and_then(|place| place.text());
                // A table in one line, or a word.
                let text = text.filter(|text| text.starts_with(['{', '"']));
                texts.extend(text.map(str::to_owned));
            }
            let word = file.attention.as_ref().and_then(|own| own.place.text());
            attention.extend(word.map(str::to_owned));
        }
        let mut words = vec![
            ("block", quoted(catalog::block_names())),
            ("shortcut", shortcuts),
            ("attention", attention.into_iter().collect()),
        ];
        words.extend(tables.map(|(key, texts)| (key, texts.into_iter().collect())));
        let mut parameters = BTreeSet::new();
        for name in catalog::block_names() {
            let block = catalog::block(name, &mut Vec::new());
            let own = block.and_then(|block| block.value.parameters.as_ref());
            let names = own.into_iter().flat_map(|own| &own.value.0);
            parameters.extend(names.map(|(name, _)| name.value.clone()));
        }
        parameters.insert("reduction".to_owned());
        Self {
            words,
            parameters: parameters.into_iter().collect(),
            layers: layers
                .map(|(key, texts)| (key, texts.into_iter().collect()))
                .into(),
        }
    }

    /// Every candidate that differs in one change.
    fn changed(&self, from: &Candidate) -> Vec<Candidate> {
        let mut all = Vec::new();
        for (key, values) in &self.words {
            for value in values {
                let mut candidate = from.clone();
                candidate.words.insert(key, value.clone());
                all.push(candidate);
            }
        }
        for key in &self.parameters {
            for value in VALUES {
                let mut candidate = from.clone();
                candidate.with.insert(key.clone(), value);
                all.push(candidate);
            }
        }
        for (key, values) in &self.layers {
            for value in values {
                let mut candidate = from.clone();
                candidate.layers.insert(key, value.clone());
                all.push(candidate);
            }
        }
        all
    }
}
