//! The state dictionary inside a saved object.

use super::run::Run;
use super::{Contents, Stored};
use crate::weights::number::Kind;
use crate::weights::pickle::{Id, Object, Objects, Result, View, damaged};
use std::collections::{HashMap, HashSet};

/// Entries under which training code keeps the weights; averaged ones first, which are meant for inference, as in timm.
const WRAPPERS: [&str; 14] = [
    "state_dict_ema",
    "model_ema",
    "state_dict",
    "model_state_dict",
    "model_state",
    "model",
    "net",
    "network",
    "module",
    "params_ema",
    "params",
    "weights",
    "ema",
    "teacher",
];

/// Maximum depth of a state dictionary inside wrappers.
const DEEPEST: usize = 6;

/// Lookup of storages, by key and minimum size in bytes.
pub(super) struct Source<F> {
    find: F,
    runs: Vec<Run>,
    numbers: HashMap<String, usize>,
}

impl<F: Fn(&str, u64) -> Result<Run>> Source<F> {
    pub(super) fn new(find: F) -> Self {
        Self {
            find,
            runs: Vec::new(),
            numbers: HashMap::new(),
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

/// Tensors of the state dictionary that `root` is or contains.
pub(super) fn contents<F: Fn(&str, u64) -> Result<Run>>(
    objects: &Objects<'_>,
    root: Id,
    mut source: Source<F>,
) -> Result<Contents> {
    let mut seen = HashSet::new();
    let Some((mut entries, dict)) = find(objects, root, &mut seen, 0) else {
        return damaged(nothing(objects, root));
    };
    entries.reverse();
    let mut tensors: Vec<Stored> = Vec::new();
    let mut places = HashMap::new();
    for (name, view) in tensors_of(objects, dict) {
        let stored = stored(objects, name, view, &mut source)?;
        // Python keeps the first place of a key and its last value.
        if let Some(place) = places.get(name) {
            tensors[*place] = stored;
        } else {
            places.insert(name.to_owned(), tensors.len());
            tensors.push(stored);
        }
    }
    Ok(Contents {
        tensors,
        runs: source.runs,
        entries,
    })
}

fn tensors_of<'o>(objects: &'o Objects<'_>, dict: Id) -> impl Iterator<Item = (&'o str, &'o View)> {
    let pairs = match objects.get(dict) {
        Object::Dict(pairs) => pairs.as_slice(),
        _ => &[],
    };
    pairs.iter().filter_map(|(key, value)| {
        let Object::Tensor(view) = objects.get(*value) else {
            return None;
        };
        Some((objects.text(*key)?, view))
    })
}

/// The state dictionary, and the entries that lead to it, innermost first. Every dictionary is visited once.
fn find(
    objects: &Objects<'_>,
    dict: Id,
    seen: &mut HashSet<Id>,
    depth: usize,
) -> Option<(Vec<String>, Id)> {
    let Object::Dict(pairs) = objects.get(dict) else {
        return None;
    };
    if depth > DEEPEST || !seen.insert(dict) {
        return None;
    }
    let mut within = |name: &str, value: Id| {
        let (mut entries, found) = find(objects, value, seen, depth + 1)?;
        entries.push(name.to_owned());
        Some((entries, found))
    };
    for name in WRAPPERS {
        if let Some(found) = objects
            .value(dict, name)
            .and_then(|value| within(name, value))
        {
            return Some(found);
        }
    }
    if tensors_of(objects, dict).next().is_some() {
        return Some((Vec::new(), dict));
    }
    // An entry of another name is accepted if it is the only one with tensors; an optimiser's state is numbered, not named.
    let mut others = pairs
        .iter()
        .filter_map(|(key, value)| within(objects.text(*key)?, *value));
    let other = others.next()?;
    others.next().is_none().then_some(other)
}

/// Reason that there is no state dictionary.
fn nothing(objects: &Objects<'_>, root: Id) -> String {
    let resave = "save `model.state_dict()`";
    match objects.get(root) {
        Object::Tensor(_) => format!("it holds one tensor without a name; {resave}"),
        Object::List(_) | Object::Tuple(_) => {
            format!("it holds a list, not tensors by name; {resave}")
        }
        Object::Dict(pairs) => {
            if let Some(entry) = optimiser(objects, root) {
                return format!(
                    "{entry} is the state of an optimiser: running averages that are numbered and have no names, and no \
                     weights; pass the file to which the training saved the model, or save it: \
                     `torch.save(model.state_dict(), \"weights.pth\")`"
                );
            }
            let keys = pairs.iter().filter_map(|(key, _)| objects.text(*key));
            let keys: Vec<_> = keys.take(8).map(|key| format!("`{key}`")).collect();
            if keys.is_empty() {
                return format!("it holds no tensors by name; {resave}");
            }
            format!(
                "no entry of it can be told to be the weights ({}); {resave}",
                keys.join(", ")
            )
        }
        _ => format!("it holds no tensors; {resave}"),
    }
}

/// Name of the part that holds an optimiser's state, if there is one: the file, or an entry of it.
fn optimiser(objects: &Objects<'_>, root: Id) -> Option<String> {
    // `torch.optim.Optimizer.state_dict` has these two.
    let is_one = |dict: Id| ["state", "param_groups"].map(|key| objects.value(dict, key).is_some());
    if is_one(root) == [true; 2] {
        return Some("it".to_owned());
    }
    let Object::Dict(pairs) = objects.get(root) else {
        return None;
    };
    let (key, _) = pairs
        .iter()
        .find(|(_, value)| is_one(*value) == [true; 2])?;
    Some(format!("its entry `{}`", objects.text(*key)?))
}

/// A tensor whose elements are all within its storage, and its storage within the file.
fn stored<F: Fn(&str, u64) -> Result<Run>>(
    objects: &Objects<'_>,
    name: &str,
    view: &View,
    source: &mut Source<F>,
) -> Result<Stored> {
    let beyond = || {
        damaged(format!(
            "`{name}` reaches beyond its storage: the file is damaged or hostile"
        ))
    };
    let Object::Storage(storage) = objects.get(view.storage) else {
        return damaged(format!("`{name}` has no storage"));
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
