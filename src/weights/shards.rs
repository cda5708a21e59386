//! A checkpoint in several files, by the index that lists them: `model.safetensors.index.json`.

use super::bytes::Bytes;
use super::source::{WeightError, WeightSource, likely};
use super::unreadable::file_name;
use crate::message;
use crate::text::Message;
use ndarray::ArrayD;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};

/// Opening of one of the files.
type Open<'a> = dyn Fn(&Path) -> Result<Box<dyn WeightSource>, WeightError> + 'a;

/// File name of a checkpoint's index.
pub(super) const INDEX: &str = ".index.json";

/// The longest index that is read; a real one takes some hundred kilobytes.
const MAX_INDEX: usize = 64 << 20;

/// The most files; a real checkpoint has some hundred at most.
const MOST: usize = 1000;

/// The names of an index, each with its file.
#[derive(Debug, Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

/// Several files as one.
pub(super) struct Shards {
    files: Vec<Box<dyn WeightSource>>,
    /// The tensors in the index's order, each with the number of its file.
    tensors: Vec<(String, Vec<usize>, usize)>,
    places: HashMap<String, usize>,
    path: PathBuf,
}

/// Whether a file is such an index.
pub(super) fn is_index(bytes: &[u8], path: &Path) -> bool {
    let begins = bytes.trim_ascii_start().starts_with(b"{");
    let key = b"\"weight_map\"";
    begins && file_name(path).ends_with(INDEX) && bytes.windows(key.len()).any(|part| part == key)
}

impl Shards {
    /// Opens every file that an index lists, by `open`.
    ///
    /// # Errors
    /// The index cannot be read, or lists what is not there.
    pub(super) fn open(bytes: &Bytes, path: &Path, open: &Open<'_>) -> Result<Self, WeightError> {
        let format = |reason: Message| WeightError::Format {
            path: path.to_owned(),
            reason,
        };
        if bytes.len() > MAX_INDEX {
            return Err(format(message!("shards-long", limit = MAX_INDEX >> 20)));
        }
        let index: Index = serde_json::from_slice(bytes)
            .map_err(|error| format(message!("shards-damaged", cause = error.to_string())))?;
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for name in index.weight_map.values() {
            let next = numbers.len();
            numbers.entry(name).or_insert(next);
        }
        if numbers.len() > MOST {
            return Err(format(message!(
                "shards-many",
                count = numbers.len(),
                limit = MOST
            )));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut files: Vec<Option<Box<dyn WeightSource>>> = Vec::new();
        files.resize_with(numbers.len(), || None);
        let mut shapes: Vec<HashMap<String, Vec<usize>>> = vec![HashMap::new(); numbers.len()];
        for (name, number) in &numbers {
            // A file beside the index, and no other.
            let is_beside = matches!(
                Path::new(name).components().collect::<Vec<_>>().as_slice(),
                [Component::Normal(_)]
            );
            if !is_beside {
                return Err(format(message!("shards-elsewhere", file = *name)));
            }
            let file = open(&folder.join(name)).map_err(|error| match error {
                WeightError::Open { path, reason } => format(message!(
                    "shards-missing",
                    file = file_name(&path),
                    reason = reason
                )),
                other => other,
            })?;
            shapes[*number] = file.names().unwrap_or_default().into_iter().collect();
            files[*number] = Some(file);
        }
        let mut tensors = Vec::new();
        for (name, file) in &index.weight_map {
            let number = numbers[file.as_str()];
            let Some(shape) = shapes[number].remove(name) else {
                return Err(format(message!("shards-tensor", name = name, file = file)));
            };
            tensors.push((name.clone(), shape, number));
        }
        let places = tensors.iter().enumerate();
        Ok(Self {
            places: places
                .map(|(place, (name, ..))| (name.clone(), place))
                .collect(),
            files: files.into_iter().flatten().collect(),
            tensors,
            path: path.to_owned(),
        })
    }
}

impl Shards {
    /// The file that has a tensor.
    fn file(&self, name: &str) -> Result<&dyn WeightSource, WeightError> {
        if let Some(place) = self.places.get(name) {
            return Ok(self.files[self.tensors[*place].2].as_ref());
        }
        let known: Vec<&str> = self
            .tensors
            .iter()
            .map(|(name, ..)| name.as_str())
            .collect();
        Err(WeightError::Missing {
            name: name.to_owned(),
            origin: self.label(),
            suggestion: likely(name, &known).map(str::to_owned),
        })
    }
}

impl WeightSource for Shards {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        self.file(name)?.tensor(name, shape)
    }

    fn values(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f64>, WeightError> {
        self.file(name)?.values(name, shape)
    }

    fn dtype(&self, name: &str) -> Option<String> {
        self.file(name).ok()?.dtype(name)
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        let tensors = self.tensors.iter();
        Some(
            tensors
                .map(|(name, shape, _)| (name.clone(), shape.clone()))
                .collect(),
        )
    }

    fn label(&self) -> String {
        file_name(&self.path)
    }
}
