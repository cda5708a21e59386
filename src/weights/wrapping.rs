//! Weights out of what training code wraps around them: the entry that holds them, wrappers before and inside of names, tensors that
//! hooks have split, the names of another library.

mod made;
mod naming;
mod stem;
mod words;

use super::fit::{self, Incomplete, Named, Untranslated, Wanted, translate, wanted};
use super::naming::prefix_for;
use super::origin::Origin;
use super::source::{WeightError, WeightSource, likely};
use super::torch::TorchFile;
use crate::message;
use crate::network::Network;
use crate::text::Joint;
use made::{Made, Recipe};
use ndarray::ArrayD;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use stem::{Adaptation, Stem};

/// File without changes.
pub(super) enum Raw {
    /// Of `torch.save`: one of several state dictionaries is read.
    Torch(Box<TorchFile>),
    /// With one dictionary of tensors.
    Plain(Box<dyn WeightSource>),
}

impl Raw {
    /// The tensors of its first state dictionary.
    pub(super) fn first(self) -> Box<dyn WeightSource> {
        match self {
            Self::Torch(file) => file,
            Self::Plain(file) => file,
        }
    }
}

/// Purpose for which weights are read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct For<'a> {
    /// The network whose names and shapes the tensors should have.
    pub(super) network: Option<&'a Network>,
    /// Requested entry of the file, or prefix of the names.
    pub(super) entry: Option<&'a str>,
}

/// Tensors under the names of a network, as far as the file has them.
struct Unwrapped {
    file: Box<dyn WeightSource>,
    tensors: Vec<Made>,
    places: HashMap<String, usize>,
    adaptation: Option<Adaptation>,
    origin: Origin,
}

/// One way to read a file: an entry with the names that its tensors have without wrappers.
struct Reading {
    entry: usize,
    made: Vec<Made>,
    adaptation: Option<Adaptation>,
    origin: Origin,
}

impl Reading {
    fn new(entry: usize, path: String, raw: &[Named], own: &HashSet<&str>) -> Self {
        let (bare, mut wrappers) = words::without(raw, own);
        let leading = words::leading(raw, &wrappers);
        // Wrappers inside names are reported separately.
        let inside = raw
            .iter()
            .map(|(name, _)| name.strip_prefix(leading).unwrap_or(name));
        let inside: HashSet<&str> = inside.flat_map(|name| name.split('.')).collect();
        wrappers.retain(|word| inside.contains(word));
        let origin = Origin {
            prefix: (!leading.is_empty()).then(|| leading.to_owned()),
            entry: (!path.is_empty()).then_some(path),
            wrappers,
            ..Origin::default()
        };
        Self {
            entry,
            made: made::whole(raw, bare),
            adaptation: None,
            origin,
        }
    }

    fn names(&self) -> Vec<Named> {
        let tensors = self.made.iter();
        tensors
            .map(|made| (made.name.clone(), made.shape.clone()))
            .collect()
    }

    /// Keeps these tensors under these names; those of `passed_over` are no part of the network.
    fn keep(&mut self, names: Vec<(String, usize)>, passed_over: &[usize]) {
        let raw_of = |number: &usize| match &self.made[*number].recipe {
            Recipe::As((name, _)) => name.clone(),
            _ => self.made[*number].name.clone(),
        };
        self.origin.passed_over = passed_over.iter().map(raw_of).collect();
        let kept = names.into_iter().map(|(name, number)| {
            let mut made = self.made[number].clone();
            made.name = name;
            made
        });
        self.made = kept.collect();
    }

    /// Lets the names be those of the network; whether all of them are.
    ///
    /// # Errors
    /// The network is there twice.
    fn fit(&mut self, own: &Own, path: &Path) -> Result<bool, WeightError> {
        let names = self.names();
        let twice = |both: [String; 2]| WeightError::Format {
            path: path.to_owned(),
            reason: message!(
                "weights-twice",
                first = &both[0],
                second = &both[1],
                entry = both[0].trim_end_matches('.')
            ),
        };
        match fit::complete(&own.names, &names) {
            Ok(whole) => {
                let prefix = whole.prefix.as_str();
                let wanted: HashSet<&str> =
                    own.names.iter().map(|(name, _)| name.as_str()).collect();
                let kept = names.iter().enumerate().filter_map(|(number, (name, _))| {
                    let bare = name.strip_prefix(prefix)?;
                    wanted.contains(bare).then(|| (bare.to_owned(), number))
                });
                let kept = kept.collect();
                self.keep(kept, &whole.passed_over);
                self.set_prefix(prefix);
                return Ok(true);
            }
            Err(Incomplete::Twice(both)) => return Err(twice(both)),
            Err(Incomplete::No) => {}
        }
        match translate(&own.structure, &names) {
            Ok(found) => {
                self.origin.names = Some(naming::of(&names));
                self.keep(found.places, &found.passed_over);
                self.add_prefix(&found.prefix);
                Ok(true)
            }
            Err(Untranslated::Twice(both)) => Err(twice(both)),
            Err(_) => Ok(false),
        }
    }

    /// Lets the names be those of the network, whose input has other channels; whether all of them are.
    ///
    /// # Errors
    /// The network is there twice.
    fn adapt(&mut self, network: &Network, path: &Path) -> Result<bool, WeightError> {
        let Some(stem) = Stem::of(network) else {
            return Ok(false);
        };
        let fits =
            stem.adapts(self.names().iter()) && self.fit(&Own::of(&stem.before(network)), path)?;
        if fits {
            let adaptation = stem.adaptation();
            self.origin.channels = Some(adaptation.channels);
            self.adaptation = Some(adaptation);
        }
        Ok(fits)
    }

    /// Prefix of the names after the wrappers at their beginning.
    fn add_prefix(&mut self, prefix: &str) {
        let before = self.origin.prefix.take().unwrap_or_default() + prefix;
        self.origin.prefix = (!before.is_empty()).then_some(before);
    }

    /// The same prefix as it occurs in the file's names: wrappers may be between its words.
    fn set_prefix(&mut self, prefix: &str) {
        let as_it_is = self.made.iter().filter_map(|made| match &made.recipe {
            Recipe::As((raw, _)) => Some(raw.strip_suffix(made.name.as_str())),
            _ => None,
        });
        let mut before = as_it_is.collect::<Vec<_>>();
        before.dedup();
        match before.as_slice() {
            [Some(one)] => {
                // The removed prefix ended there.
                self.origin.wrappers.clear();
                self.origin.prefix = (!one.is_empty()).then(|| (*one).to_owned());
            }
            _ => self.add_prefix(prefix),
        }
    }

    /// The names of a file for which no network is known, or that does not fit: without what all have in common.
    fn bare(&mut self, network: Option<&Network>) {
        let prefix = prefix_for(&self.made.iter().map(|made| made.name.as_str()), network);
        for made in &mut self.made {
            if let Some(bare) = made.name.strip_prefix(&prefix) {
                made.name = bare.to_owned();
            }
        }
        self.set_prefix(&prefix);
    }
}

/// Parameters that a network needs.
struct Own {
    names: Vec<Named>,
    structure: Wanted,
}

impl Own {
    fn of(network: &Network) -> Self {
        Self {
            names: wanted(network),
            structure: Wanted::of(network),
        }
    }
}

/// Removes the wrappings of weights.
///
/// # Errors
/// Several entries could be meant, there is no such entry, or a required value is of an unknown class.
pub(super) fn unwrap(
    raw: Raw,
    path: &Path,
    of: For<'_>,
) -> Result<Box<dyn WeightSource>, WeightError> {
    let own = of.network.map(Own::of);
    let words: HashSet<&str> = own
        .iter()
        .flat_map(|own| own.names.iter().map(|(name, _)| name.as_str()))
        .collect();
    let entries: Vec<(String, Vec<Named>)> = match &raw {
        Raw::Torch(file) => file
            .entries()
            .enumerate()
            .map(|(number, path)| (path, file.names_of(number)))
            .collect(),
        Raw::Plain(file) => vec![(String::new(), file.names().unwrap_or_default())],
    };
    let paths: Vec<String> = entries.iter().map(|(path, _)| path.clone()).collect();
    let mut readings: Vec<Reading> = entries
        .into_iter()
        .enumerate()
        .map(|(number, (path, raw))| Reading::new(number, path, &raw, &words))
        .collect();
    if let Some(entry) = of.entry {
        readings = choose(readings, entry, path)?;
    }
    let mut chosen = None;
    if let Some(own) = &own {
        for (number, reading) in readings.iter_mut().enumerate() {
            if reading.fit(own, path)? {
                chosen = Some(number);
                break;
            }
        }
    }
    if let (Some(network), None) = (of.network, chosen) {
        for (number, reading) in readings.iter_mut().enumerate() {
            if reading.adapt(network, path)? {
                chosen = Some(number);
                break;
            }
        }
    }
    let unsure = match &raw {
        Raw::Torch(file) if of.entry.is_none() && chosen.is_none() => file.unsure(),
        _ => None,
    };
    if let Some(error) = unsure {
        return Err(error);
    }
    let mut reading = readings.swap_remove(chosen.unwrap_or(0));
    if chosen.is_none() {
        reading.bare(of.network);
    }
    if let (Raw::Torch(file), Some(own), None) = (&raw, &own, chosen) {
        let there: HashSet<&str> = reading.made.iter().map(|made| made.name.as_str()).collect();
        let names = own.names.iter().map(|(name, _)| name.as_str());
        let missing = names.filter(|name| !there.contains(name)).collect();
        if let Some(error) = file.stranger(reading.entry, &missing) {
            return Err(error);
        }
    }
    let is_averaged = |name: &Option<String>| name.as_deref().is_some_and(fit::is_average);
    reading.origin.averaged =
        is_averaged(&reading.origin.entry) || is_averaged(&reading.origin.prefix);
    let others = paths
        .iter()
        .enumerate()
        .filter(|(number, _)| *number != reading.entry);
    reading.origin.others = others.map(|(_, path)| path.clone()).collect();
    let file: Box<dyn WeightSource> = match raw {
        Raw::Torch(mut file) => {
            file.choose(reading.entry);
            file
        }
        Raw::Plain(file) => file,
    };
    Ok(Box::new(Unwrapped::new(file, reading)))
}

/// The readings of the entry that was asked for: one of that path, or below it, or the tensors whose names begin with it.
fn choose(readings: Vec<Reading>, entry: &str, path: &Path) -> Result<Vec<Reading>, WeightError> {
    let entry = entry.trim_end_matches('.');
    let is_at = |reading: &Reading| {
        let path = reading.origin.entry.as_deref().unwrap_or_default();
        let below = path.strip_prefix(entry);
        below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
    };
    let after = format!("{entry}.");
    let mut known: Vec<String> = readings
        .iter()
        .filter_map(|reading| reading.origin.entry.clone())
        .collect();
    let words = readings.iter().flat_map(|reading| &reading.made);
    let mut prefixes: Vec<String> = words
        .filter_map(|made| made.name.split_once('.').map(|(first, _)| first.to_owned()))
        .collect();
    let (at, rest): (Vec<Reading>, Vec<Reading>) = readings.into_iter().partition(is_at);
    if !at.is_empty() {
        return Ok(at);
    }
    let mut found = Vec::new();
    for mut reading in rest {
        reading.made.retain(|made| made.name.starts_with(&after));
        if !reading.made.is_empty() {
            found.push(reading);
        }
    }
    if found.is_empty() {
        prefixes.sort_unstable();
        prefixes.dedup();
        known.extend(prefixes);
        let known: Vec<String> = known
            .iter()
            .take(12)
            .map(|one| format!("`{one}`"))
            .collect();
        return Err(WeightError::Format {
            path: path.to_owned(),
            reason: match known.as_slice() {
                [] => message!("weights-no-entries", entry = entry),
                _ => message!(
                    "weights-no-entry",
                    entry = entry,
                    known = Joint::Comma.of(known)
                ),
            },
        });
    }
    Ok(found)
}

impl Unwrapped {
    fn new(file: Box<dyn WeightSource>, reading: Reading) -> Self {
        let Reading {
            mut made,
            adaptation,
            mut origin,
            ..
        } = reading;
        if let Some(own) = &adaptation
            && let Some(tensor) = made.iter_mut().find(|made| made.name == own.name)
        {
            tensor.shape.clone_from(&own.shape);
        }
        let hooks = made.iter().filter_map(|made| made.recipe.hook());
        for hook in hooks {
            if !origin.hooks.contains(&hook) {
                origin.hooks.push(hook);
            }
        }
        let places = made.iter().enumerate();
        Self {
            places: places
                .map(|(place, made)| (made.name.clone(), place))
                .collect(),
            file,
            tensors: made,
            adaptation,
            origin,
        }
    }
}

impl Unwrapped {
    /// A tensor of this name and shape.
    fn find(&self, name: &str, shape: &[usize]) -> Result<&Made, WeightError> {
        let Some(made) = self.places.get(name).map(|place| &self.tensors[*place]) else {
            let known: Vec<&str> = self.tensors.iter().map(|made| made.name.as_str()).collect();
            return Err(WeightError::Missing {
                name: name.to_owned(),
                origin: self.label(),
                suggestion: likely(name, &known).map(str::to_owned),
            });
        };
        if made.shape != shape {
            return Err(WeightError::Shape {
                name: name.to_owned(),
                origin: self.label(),
                expected: shape.to_vec(),
                found: made.shape.clone(),
            });
        }
        Ok(made)
    }
}

impl WeightSource for Unwrapped {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        let tensor = self.find(name, shape)?.recipe.make(self.file.as_ref())?;
        Ok(match &self.adaptation {
            Some(own) if own.name == name => own.apply(&tensor),
            _ => tensor,
        })
    }

    fn values(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f64>, WeightError> {
        let is_adapted = self.adaptation.as_ref().is_some_and(|own| own.name == name);
        match &self.find(name, shape)?.recipe {
            _ if is_adapted => Ok(self.tensor(name, shape)?.mapv(f64::from)),
            Recipe::As((raw, shape)) => self.file.values(raw, shape),
            recipe => Ok(recipe.make(self.file.as_ref())?.mapv(f64::from)),
        }
    }

    fn dtype(&self, name: &str) -> Option<String> {
        let made = &self.tensors[*self.places.get(name)?];
        self.file.dtype(made.recipe.first())
    }

    fn names(&self) -> Option<Vec<Named>> {
        let tensors = self.tensors.iter();
        Some(
            tensors
                .map(|made| (made.name.clone(), made.shape.clone()))
                .collect(),
        )
    }

    fn label(&self) -> String {
        self.file.label()
    }

    fn origin(&self) -> Origin {
        self.origin.clone()
    }
}
