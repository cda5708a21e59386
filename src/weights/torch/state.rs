//! The state dictionary inside a saved object.

use super::run::Run;
use super::{Contents, Entry, Stored};
use crate::message;
use crate::text::{Joint, Message};
use crate::weights::number::Kind;
use crate::weights::pickle::{Array, Id, Object, Objects, PickleError, Result, View, damaged};
use std::collections::{HashMap, HashSet};

/// Entries under which training code keeps the weights; averaged ones first, which are meant for inference, as in timm.
const WRAPPERS: [&str; 20] = [
    "state_dict_ema",
    "ema_state_dict",
    "model_ema",
    "ema_model",
    "params_ema",
    "ema",
    "averaged_model",
    "swa_model",
    "teacher",
    "state_dict",
    "model_state_dict",
    "model_state",
    "model",
    "net",
    "network",
    "module",
    "params",
    "weights",
    "backbone",
    "student",
];

/// So many state dictionaries of a file are looked at.
const MAX_ENTRIES: usize = 32;

/// The longest name of a tensor.
const MAX_NAME: usize = 1024;

/// Maximum depth of a state dictionary inside wrappers.
const DEEPEST: usize = 6;

/// Lookup of storages, by key and minimum size in bytes.
pub(super) struct Source<F> {
    find: F,
    runs: Vec<Run>,
    numbers: HashMap<String, usize>,
    /// The numbers of those of arrays.
    held: HashMap<Id, usize>,
}

impl<F: Fn(&str, u64) -> Result<Run>> Source<F> {
    pub(super) fn new(find: F) -> Self {
        Self {
            find,
            runs: Vec::new(),
            numbers: HashMap::new(),
            held: HashMap::new(),
        }
    }

    /// Index of a storage, which must have at least this size.
    fn number(&mut self, key: &str, size: u64) -> Result<usize> {
        if let Some(number) = self.numbers.get(key)
            && self.runs[*number].size() as u64 >= size
        {
            return Ok(*number);
        }
        let run = (self.find)(key, size)?;
        self.runs.push(run);
        let number = self.runs.len() - 1;
        self.numbers.insert(key.to_owned(), number);
        Ok(number)
    }
}

/// The state dictionaries that `root` is or holds, those to infer with first.
pub(super) fn contents<F: Fn(&str, u64) -> Result<Run>>(
    objects: &Objects<'_>,
    root: Id,
    mut source: Source<F>,
) -> Result<Contents> {
    let mut search = Search {
        objects,
        seen: HashSet::new(),
        path: Vec::new(),
        found: Vec::new(),
    };
    search.look(root);
    let found = search.found;
    if found.is_empty() {
        return damaged(nothing(objects, root)?);
    }
    // An entry that no wrapper's name leads to is the weights if it is the only one.
    let unsure = if found.iter().any(|one| one.is_sure) || found.len() == 1 {
        None
    } else {
        Some(nothing(objects, root)?)
    };
    let mut entries = Vec::new();
    for (number, found) in found.into_iter().enumerate() {
        match entry(objects, found.dict, &mut source) {
            Ok((tensors, strangers)) => entries.push(Entry {
                path: found.path,
                tensors,
                strangers,
            }),
            Err(error) if number == 0 => return Err(error),
            // One that is not whole is not offered.
            Err(_) => {}
        }
    }
    Ok(Contents {
        entries,
        unsure,
        runs: source.runs,
    })
}

/// Tensors, and names of unknown classes with the class.
type Named = (Vec<Stored>, Vec<(String, String)>);

/// Tensors of a dictionary, and the names of the unknown classes in place of tensors.
fn entry<F: Fn(&str, u64) -> Result<Run>>(
    objects: &Objects<'_>,
    dict: Id,
    source: &mut Source<F>,
) -> Result<Named> {
    let mut tensors: Vec<Stored> = Vec::new();
    let mut places = HashMap::new();
    for (name, value) in named(objects, dict) {
        if name.len() > MAX_NAME {
            return damaged(message!("state-long-name"));
        }
        let stored = match objects.get(value) {
            Object::Tensor(view) => stored(objects, name, view, source)?,
            Object::Array(Some(array)) => match filled(objects, name, value, array, source)? {
                Some(stored) => stored,
                None => continue,
            },
            _ => continue,
        };
        // Python keeps the first place of a key and its last value.
        if let Some(place) = places.get(name) {
            tensors[*place] = stored;
        } else {
            places.insert(name, tensors.len());
            tensors.push(stored);
        }
    }
    let strangers = named(objects, dict).filter_map(|(name, value)| match objects.get(value) {
        Object::Stranger(class) if name.len() <= MAX_NAME => {
            Some((name.to_owned(), class.to_string()))
        }
        _ => None,
    });
    Ok((tensors, strangers.take(MAX_UNKNOWN).collect()))
}

/// So many classes in the places of tensors are remembered.
const MAX_UNKNOWN: usize = 1000;

/// Keys that are texts, with their values.
fn named<'o>(objects: &'o Objects<'_>, dict: Id) -> impl Iterator<Item = (&'o str, Id)> {
    let pairs = match objects.get(dict) {
        Object::Dict(pairs) => pairs.as_slice(),
        _ => &[],
    };
    pairs
        .iter()
        .filter_map(|(key, value)| Some((objects.text(*key)?, *value)))
}

/// Whether a dictionary itself has tensors.
fn has_tensors(objects: &Objects<'_>, dict: Id) -> bool {
    let is_one = |object: &Object<'_>| match object {
        Object::Tensor(_) => true,
        Object::Array(Some(array)) => array.kind.is_some(),
        _ => false,
    };
    named(objects, dict).any(|(_, value)| is_one(objects.get(value)))
}

/// A search for state dictionaries.
struct Search<'o, 'a> {
    objects: &'o Objects<'a>,
    /// Every dictionary is looked at once.
    seen: HashSet<Id>,
    /// The entries that lead to where the search is.
    path: Vec<String>,
    found: Vec<Found>,
}

/// A state dictionary, and the entries that lead to it.
struct Found {
    path: Vec<String>,
    dict: Id,
    /// Whether names of wrappers lead there.
    is_sure: bool,
}

impl Search<'_, '_> {
    fn look(&mut self, dict: Id) {
        let Object::Dict(pairs) = self.objects.get(dict) else {
            return;
        };
        let is_deep = self.path.len() > DEEPEST || self.found.len() >= MAX_ENTRIES;
        if is_deep || !self.seen.insert(dict) || is_optimiser(self.objects, dict) {
            return;
        }
        for name in WRAPPERS {
            if let Some(value) = self.objects.value(dict, name) {
                self.within(name, value);
            }
        }
        if has_tensors(self.objects, dict) {
            let path = self.path.clone();
            self.found.push(Found {
                path,
                dict,
                is_sure: true,
            });
        }
        let before = self.found.len();
        for (key, value) in pairs {
            if let Some(name) = self.objects.text(*key)
                && name.len() <= MAX_NAME
            {
                self.within(name, *value);
            }
        }
        for one in &mut self.found[before..] {
            one.is_sure = false;
        }
    }

    fn within(&mut self, name: &str, value: Id) {
        if matches!(self.objects.get(value), Object::Dict(_)) {
            self.path.push(name.to_owned());
            self.look(value);
            self.path.pop();
        }
    }
}

/// Reason why there is no state dictionary.
fn nothing(objects: &Objects<'_>, root: Id) -> Result<Message> {
    Ok(match objects.get(root) {
        Object::Stranger(class) => return Err(PickleError::Refused(class.to_string())),
        Object::Tensor(_) | Object::Array(_) => message!("state-one-tensor"),
        Object::List(_) | Object::Tuple(_) => message!("state-list"),
        Object::Dict(pairs) => {
            match optimiser(objects, root) {
                Some(None) => return Ok(message!("state-optimiser")),
                Some(Some(entry)) => return Ok(message!("state-optimiser-entry", entry = entry)),
                None => {}
            }
            // A whole model under a name of weights.
            let model =
                WRAPPERS
                    .iter()
                    .find_map(|name| match objects.get(objects.value(root, name)?) {
                        Object::Stranger(class) => Some(class.to_string()),
                        _ => None,
                    });
            if let Some(class) = model {
                return Err(PickleError::Refused(class));
            }
            let keys = pairs.iter().filter_map(|(key, _)| objects.text(*key));
            let keys: Vec<_> = keys.take(8).collect();
            let quoted = keys.iter().map(|key| format!("`{key}`"));
            match keys.first() {
                None => message!("state-no-names"),
                Some(first) => message!(
                    "state-entries",
                    entries = Joint::Comma.of(quoted),
                    first = *first
                ),
            }
        }
        _ => message!("state-no-tensors"),
    })
}

/// Whether a dictionary is what `torch.optim.Optimizer.state_dict` makes.
fn is_optimiser(objects: &Objects<'_>, dict: Id) -> bool {
    ["state", "param_groups"]
        .iter()
        .all(|key| objects.value(dict, key).is_some())
}

/// Location of an optimiser's state, if there is one: the file itself, or the entry of that name.
#[allow(clippy::option_option, reason = "whether there is one, and its entry")]
fn optimiser<'o>(objects: &'o Objects<'_>, root: Id) -> Option<Option<&'o str>> {
    if is_optimiser(objects, root) {
        return Some(None);
    }
    let Object::Dict(pairs) = objects.get(root) else {
        return None;
    };
    let (key, _) = pairs
        .iter()
        .find(|(_, value)| is_optimiser(objects, *value))?;
    Some(Some(objects.text(*key)?))
}

/// An array of numpy; `None` for one of numbers that are not read.
fn filled<F: Fn(&str, u64) -> Result<Run>>(
    objects: &Objects<'_>,
    name: &str,
    value: Id,
    array: &Array,
    source: &mut Source<F>,
) -> Result<Option<Stored>> {
    let Some(kind) = array.kind else {
        return Ok(None);
    };
    if array.big_endian {
        return damaged(message!("numpy-big-endian", name = name));
    }
    let run = if let Some(run) = source.held.get(&value) {
        *run
    } else {
        let Some(bytes) = array.bytes(objects) else {
            return damaged(message!("weights-too-few-numbers", name = name));
        };
        source.runs.push(Run::Held(bytes));
        source.held.insert(value, source.runs.len() - 1);
        source.runs.len() - 1
    };
    let sizes = |list: &[u64]| -> Vec<usize> { list.iter().map(|size| *size as usize).collect() };
    Ok(Some(Stored {
        name: name.to_owned(),
        kind,
        shape: sizes(&array.shape),
        stride: sizes(&array.stride()),
        run,
        offset: 0,
        extent: source.runs[run].size() / kind.size(),
    }))
}

/// A tensor whose elements are all within its storage, and its storage within the file.
fn stored<F: Fn(&str, u64) -> Result<Run>>(
    objects: &Objects<'_>,
    name: &str,
    view: &View,
    source: &mut Source<F>,
) -> Result<Stored> {
    let beyond = || damaged(message!("state-beyond", name = name));
    let Object::Storage(storage) = objects.get(view.storage) else {
        return damaged(message!("state-storage", name = name));
    };
    let unit = storage.kind.map_or(1, Kind::size) as u64;
    let size = view.kind.size() as u64;
    let Some(bytes) = storage
        .count
        .checked_add(storage.offset)
        .and_then(|count| count.checked_mul(unit))
    else {
        return beyond();
    };
    let Some(extent) = extent(view) else {
        return beyond();
    };
    let end = view
        .offset
        .checked_add(extent)
        .and_then(|end| end.checked_mul(size));
    if end.is_none_or(|end| end > bytes) {
        return beyond();
    }
    let sizes = |list: &[u64]| -> Option<Vec<usize>> {
        list.iter()
            .map(|size| usize::try_from(*size).ok())
            .collect()
    };
    let (Some(shape), Some(stride)) = (sizes(&view.shape), sizes(&view.stride)) else {
        return beyond();
    };
    Ok(Stored {
        name: name.to_owned(),
        kind: view.kind,
        shape,
        stride,
        run: source.number(&storage.key, bytes)?,
        offset: view.offset as usize,
        extent: extent as usize,
    })
}

/// Number of elements from the first to the last; `None` if it, or its size in bytes, is beyond 63 bits.
fn extent(view: &View) -> Option<u64> {
    let mut count = 8_u64;
    let mut last = 0_u64;
    for (&size, &stride) in view.shape.iter().zip(&view.stride) {
        count = count.checked_mul(size)?;
        last = last.checked_add(size.saturating_sub(1).checked_mul(stride)?)?;
    }
    if count == 0 {
        return Some(0);
    }
    i64::try_from(count).is_ok().then_some(last.checked_add(1)?)
}
