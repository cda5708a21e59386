//! Weights from a file of `torch.save`: the current ZIP archive, or the bare pickles from before PyTorch 1.6.

mod archive;
pub(super) mod legacy;
mod run;
mod state;
#[cfg(test)]
mod tests;

use super::bytes::Bytes;
use super::naming::prefix_for;
use super::number::Kind;
use super::pickle::PickleError;
use super::remedy::file_name;
use super::source::{WeightError, WeightSource, likely};
use crate::network::Network;
use ndarray::ArrayD;
use run::Run;
use std::collections::HashMap;
use std::path::PathBuf;

/// A file of `torch.save`: its description is checked when it is opened, its numbers are mapped and read tensor by tensor.
///
/// For a training checkpoint it is the state dictionary inside, as [`label`](WeightSource::label) shows.
#[derive(Debug)]
pub struct TorchFile {
    bytes: Bytes,
    tensors: Vec<Stored>,
    places: HashMap<String, usize>,
    runs: Vec<Run>,
    /// Entries that lead to the state dictionary: `state_dict`.
    entries: Vec<String>,
    path: PathBuf,
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

/// Contents of a container: the tensors of the state dictionary, and the places of storages.
struct Contents {
    tensors: Vec<Stored>,
    runs: Vec<Run>,
    entries: Vec<String>,
}

impl TorchFile {
    /// Reads the description; the names are those of `network`, if it is known.
    pub(super) fn new(
        bytes: Bytes,
        path: PathBuf,
        network: Option<&Network>,
    ) -> Result<Self, WeightError> {
        let contents = if bytes.starts_with(b"PK") {
            archive::read(&bytes)
        } else {
            legacy::read(&bytes)
        };
        let contents = match contents {
            Ok(contents) => contents,
            Err(PickleError::Refused(name)) => {
                let advice = advice(&name);
                return Err(WeightError::Refused { path, name, advice });
            }
            Err(PickleError::Damaged(reason)) => return Err(WeightError::Format { path, reason }),
            Err(PickleError::Foreign(what)) => return Err(WeightError::Foreign { path, what }),
        };
        let Contents {
            mut tensors,
            runs,
            entries,
        } = contents;
        let prefix = prefix_for(&tensors.iter().map(|tensor| tensor.name.as_str()), network);
        for tensor in &mut tensors {
            if let Some(name) = tensor.name.strip_prefix(&prefix) {
                tensor.name = name.to_owned();
            }
        }
        let names = tensors.iter().enumerate();
        let places = names
            .map(|(place, tensor)| (tensor.name.clone(), place))
            .collect();
        Ok(Self {
            bytes,
            tensors,
            places,
            runs,
            entries,
            path,
        })
    }

    fn format(&self, reason: String) -> WeightError {
        WeightError::Format {
            path: self.path.clone(),
            reason,
        }
    }
}

/// Advice for a refused name, as far as its meaning is known.
fn advice(name: &str) -> String {
    let resave = "in Python, save its weights alone: torch.save(model.state_dict(), FILE)";
    let package = name.split('.').next().unwrap_or_default();
    match package {
        "os" | "posix" | "nt" | "subprocess" | "sys" | "shutil" | "socket" | "builtins"
        | "__builtin__" | "runpy" | "pty" | "importlib" | "ctypes" => {
            "a checkpoint has no use for it, and a program that obeyed could be harmed; do not load this file in Python either"
                .to_owned()
        }
        "__torch__" => format!(
            "this is a TorchScript program, not a checkpoint; {resave} after torch.jit.load"
        ),
        // `torch.qint8`, `torch.per_channel_affine`, and objects built of them.
        "torch" if is_quantised(name) => {
            "quantised tensors are not read; save the float weights of the network before it was quantised"
                .to_owned()
        }
        _ if name.contains("sparse") => "sparse tensors are not read; save dense ones".to_owned(),
        _ => format!(
            "only tensors and plain containers are built; if this is a whole model or an object beside the weights, {resave}"
        ),
    }
}

/// Whether a name of PyTorch is one of quantised tensors.
fn is_quantised(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let bits = last.strip_prefix("qu").or(last.strip_prefix('q'));
    last.contains("_qtensor")
        || last.contains("QInt")
        || last.contains("QUInt")
        || bits.is_some_and(|bits| bits.starts_with("int"))
        || last.ends_with("_affine")
        || last.ends_with("_affine_float_qparams")
        || name.contains(".quantized.")
}

impl WeightSource for TorchFile {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        let origin = self.label();
        let Some(tensor) = self.places.get(name).map(|place| &self.tensors[*place]) else {
            let known: Vec<&str> = self
                .tensors
                .iter()
                .map(|known| known.name.as_str())
                .collect();
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
        if let Kind::Other { name: dtype, .. } = tensor.kind {
            return Err(WeightError::DType {
                name: name.to_owned(),
                origin,
                dtype: dtype.to_owned(),
            });
        }
        let size = tensor.kind.size();
        let count: usize = shape.iter().product();
        let window = tensor.offset * size..(tensor.offset + tensor.extent) * size;
        let bytes = self.runs[tensor.run]
            .window(&self.bytes, window, count * size)
            .map_err(|reason| self.format(format!("`{name}`: {reason}")))?;
        let spread = tensor.kind.numbers(&bytes).unwrap_or_default();
        self.bytes.release(self.runs[tensor.run].place.clone());
        let values = if is_contiguous(&tensor.shape, &tensor.stride) {
            spread
        } else {
            gather(&spread, &tensor.shape, &tensor.stride)
        };
        ArrayD::from_shape_vec(shape, values).map_err(|_| {
            self.format(format!(
                "`{name}` has not as many numbers as its shape says"
            ))
        })
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        let tensors = self.tensors.iter();
        Some(
            tensors
                .map(|tensor| (tensor.name.clone(), tensor.shape.clone()))
                .collect(),
        )
    }

    fn label(&self) -> String {
        let name = file_name(&self.path);
        if self.entries.is_empty() {
            name
        } else {
            format!("{name} ({})", self.entries.join("."))
        }
    }
}

/// Whether the elements lie in row-major order; the stride of a dimension of size 1 is ignored.
fn is_contiguous(shape: &[usize], stride: &[usize]) -> bool {
    let mut step = 1;
    shape.iter().zip(stride).rev().all(|(&size, &stride)| {
        let fits = size <= 1 || stride == step;
        step *= size.max(1);
        fits
    })
}

/// Elements in row-major order; the caller guarantees that every index is within `values`.
fn gather(values: &[f32], shape: &[usize], stride: &[usize]) -> Vec<f32> {
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
