//! Weights from a file of `torch.save`: the current ZIP archive, or the bare pickles from before PyTorch 1.6.

mod archive;
pub(super) mod legacy;
mod run;
mod state;
#[cfg(test)]
mod tests;

use super::bytes::Bytes;
use super::number::Kind;
use super::pickle::{PickleError, is_harmful, is_quantised};
use super::source::{WeightError, WeightSource, likely};
use super::unreadable::file_name;
use crate::message;
use crate::text::Message;
use ndarray::ArrayD;
use run::Run;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// A file of `torch.save`: its description is checked when it is opened, its numbers are mapped and read tensor by tensor.
///
/// It has the tensors of one of its state dictionaries under the names that they have there, as [`label`](WeightSource::label) says.
#[derive(Debug)]
pub struct TorchFile {
    bytes: Bytes,
    /// The state dictionaries in it, those to infer with first; there is one.
    entries: Vec<Entry>,
    /// Number of the one to read.
    chosen: usize,
    /// Its tensors by name.
    places: HashMap<String, usize>,
    runs: Vec<Run>,
    /// Reason why the first state dictionary may be the wrong one, if that is uncertain.
    unsure: Option<Message>,
    path: PathBuf,
}

/// A state dictionary.
#[derive(Debug)]
struct Entry {
    /// The entries of the file that lead to it: `state_dict`.
    path: Vec<String>,
    tensors: Vec<Stored>,
    /// Entries in place of tensors: names, each with the name of its unknown class.
    strangers: Vec<(String, String)>,
}

/// A tensor in the file.
#[derive(Debug)]
struct Stored {
    name: String,
    kind: Kind,
    shape: Vec<usize>,
    /// Strides in elements, one per dimension.
    stride: Vec<usize>,
    /// Index of its storage in `runs`.
    run: usize,
    /// Offset of its first element in the storage.
    offset: usize,
    /// Number of elements from the first to the last, both included.
    extent: usize,
}

/// Contents of a container: its state dictionaries, and the positions of storages.
struct Contents {
    entries: Vec<Entry>,
    unsure: Option<Message>,
    runs: Vec<Run>,
}

impl TorchFile {
    /// Reads the description.
    pub(super) fn new(bytes: Bytes, path: PathBuf) -> Result<Self, WeightError> {
        let contents = if bytes.starts_with(b"PK") {
            archive::read(&bytes)
        } else {
            legacy::read(&bytes)
        };
        let contents = match contents {
            Ok(contents) => contents,
            Err(PickleError::Refused(name)) => return Err(refused(path, name)),
            Err(PickleError::Damaged(reason)) => return Err(WeightError::Format { path, reason }),
            Err(PickleError::Foreign(what)) => return Err(WeightError::Foreign { path, what }),
        };
        let Contents {
            entries,
            unsure,
            runs,
        } = contents;
        let mut file = Self {
            bytes,
            entries,
            chosen: 0,
            places: HashMap::new(),
            runs,
            unsure,
            path,
        };
        file.choose(0);
        Ok(file)
    }

    /// The state dictionaries: the entries that lead to each, with points between them.
    pub(super) fn entries(&self) -> impl Iterator<Item = String> {
        self.entries.iter().map(|entry| entry.path.join("."))
    }

    /// The names and shapes of a state dictionary.
    pub(super) fn names_of(&self, entry: usize) -> Vec<(String, Vec<usize>)> {
        let tensors = self.entries[entry].tensors.iter();
        tensors
            .map(|tensor| (tensor.name.clone(), tensor.shape.clone()))
            .collect()
    }

    /// Reads that state dictionary from now on.
    pub(super) fn choose(&mut self, entry: usize) {
        self.chosen = entry;
        let names = self.entries[entry].tensors.iter().enumerate();
        self.places = names
            .map(|(place, tensor)| (tensor.name.clone(), place))
            .collect();
    }

    /// Reason why no state dictionary is clearly the one to read, if that is so.
    pub(super) fn unsure(&self) -> Option<WeightError> {
        let reason = self.unsure.clone()?;
        Some(self.format(reason))
    }

    /// Refusal of an entry whose first `missing` tensor is replaced by a value of an unknown class.
    pub(super) fn stranger(&self, entry: usize, missing: &HashSet<&str>) -> Option<WeightError> {
        let strangers = &self.entries[entry].strangers;
        let (_, class) = strangers
            .iter()
            .find(|(name, _)| missing.contains(name.as_str()))?;
        Some(refused(self.path.clone(), class.clone()))
    }

    fn tensors(&self) -> &[Stored] {
        &self.entries[self.chosen].tensors
    }

    fn format(&self, reason: Message) -> WeightError {
        WeightError::Format {
            path: self.path.clone(),
            reason,
        }
    }
}

fn refused(path: PathBuf, name: String) -> WeightError {
    let advice = advice(&name);
    WeightError::Refused { path, name, advice }
}

/// Likely reason why a name is refused.
fn advice(name: &str) -> Message {
    let (module, last) = name.rsplit_once('.').unwrap_or_default();
    match module.split('.').next().unwrap_or_default() {
        package if is_harmful(package) => message!("refused-harmful"),
        "__torch__" => message!("refused-torchscript"),
        "torch" if is_quantised(module, last) => message!("refused-quantised"),
        _ if name.contains("sparse") => message!("refused-sparse"),
        _ => message!("refused-other"),
    }
}

impl TorchFile {
    /// A tensor whose bytes `convert` turns into numbers; `None` for a type that it does not read.
    fn read<T: Copy>(
        &self,
        name: &str,
        shape: &[usize],
        convert: impl Fn(Kind, &[u8]) -> Option<Vec<T>>,
    ) -> Result<ArrayD<T>, WeightError> {
        let origin = self.label();
        let tensors = self.tensors();
        let Some(tensor) = self.places.get(name).map(|place| &tensors[*place]) else {
            let known: Vec<&str> = tensors.iter().map(|known| known.name.as_str()).collect();
            return Err(WeightError::Missing {
                name: name.to_owned(),
                origin,
                suggestion: likely(name, &known).map(str::to_owned),
            });
        };
        if tensor.shape != shape {
            return Err(WeightError::Shape {
                name: name.to_owned(),
                origin,
                expected: shape.to_vec(),
                found: tensor.shape.clone(),
            });
        }
        if convert(tensor.kind, &[]).is_none() {
            return Err(WeightError::DType {
                name: name.to_owned(),
                origin,
                dtype: tensor.kind.to_string(),
            });
        }
        let size = tensor.kind.size();
        let count: usize = shape.iter().product();
        let window = tensor.offset * size..(tensor.offset + tensor.extent) * size;
        let bytes = self.runs[tensor.run]
            .window(&self.bytes, window, count * size)
            .map_err(|reason| {
                self.format(message!("weights-of-tensor", name = name, reason = reason))
            })?;
        let spread = convert(tensor.kind, &bytes).unwrap_or_default();
        if let Some(place) = self.runs[tensor.run].place() {
            self.bytes.release(place);
        }
        let values = if is_contiguous(&tensor.shape, &tensor.stride) {
            spread
        } else {
            gather(&spread, &tensor.shape, &tensor.stride)
        };
        ArrayD::from_shape_vec(shape, values)
            .map_err(|_| self.format(message!("weights-too-few-numbers", name = name)))
    }
}

impl WeightSource for TorchFile {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        self.read(name, shape, Kind::numbers)
    }

    fn values(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f64>, WeightError> {
        self.read(name, shape, Kind::doubles)
    }

    fn dtype(&self, name: &str) -> Option<String> {
        let place = self.places.get(name)?;
        Some(self.tensors()[*place].kind.torch_name())
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        Some(self.names_of(self.chosen))
    }

    fn label(&self) -> String {
        let name = file_name(&self.path);
        match self.entries[self.chosen].path.as_slice() {
            [] => name,
            entries => format!("{name} ({})", entries.join(".")),
        }
    }
}

/// Whether the elements are in row-major order; the stride of a dimension of size 1 is ignored.
fn is_contiguous(shape: &[usize], stride: &[usize]) -> bool {
    let mut step = 1;
    shape.iter().zip(stride).rev().all(|(&size, &stride)| {
        let fits = size <= 1 || stride == step;
        step *= size.max(1);
        fits
    })
}

/// Elements in row-major order; the caller guarantees that every index is within `values`.
fn gather<T: Copy>(values: &[T], shape: &[usize], stride: &[usize]) -> Vec<T> {
    let count: usize = shape.iter().product();
    let mut index = vec![0; shape.len()];
    let mut place = 0;
    let mut gathered = Vec::with_capacity(count);
    for _ in 0..count {
        gathered.push(values[place]);
        for ((index, &size), &stride) in index.iter_mut().zip(shape).zip(stride).rev() {
            *index += 1;
            place += stride;
            if *index < size {
                break;
            }
            place -= stride * size;
            *index = 0;
        }
    }
    gathered
}
