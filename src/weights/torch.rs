//! Weights from a file that `torch.save` wrote: the ZIP archive of today, and the bare pickles from before PyTorch 1.6.

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
use crate::message;
use crate::network::Network;
use crate::text::Message;
use ndarray::ArrayD;
use run::Run;
use std::collections::HashMap;
use std::path::PathBuf;

/// A file of `torch.save`: its description is checked when it is opened, its numbers are mapped and read tensor by tensor.
///
/// Of a training checkpoint it is the state dictionary within, as [`label`](WeightSource::label) says.
#[derive(Debug)]
pub struct TorchFile {
    bytes: Bytes,
    tensors: Vec<Stored>,
    places: HashMap<String, usize>,
    runs: Vec<Run>,
    /// The entries that lead to the state dictionary: `state_dict`.
    entries: Vec<String>,
    path: PathBuf,
}

/// A tensor in the file.
#[derive(Debug)]
struct Stored {
    name: String,
    kind: Kind,
    shape: Vec<usize>,
    /// Elements from one index to the next, a dimension.
    stride: Vec<usize>,
    /// The number of its storage in `runs`.
    run: usize,
    /// Its first element in the storage.
    offset: usize,
    /// From the first element to behind the last, in elements.
    extent: usize,
}

/// What a container says: the tensors of the state dictionary, and where storages are.
struct Contents {
    tensors: Vec<Stored>,
    runs: Vec<Run>,
    entries: Vec<String>,
}

impl TorchFile {
    /// Reads the description; the names are those of `network`, where that is known.
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

    fn format(&self, reason: Message) -> WeightError {
        WeightError::Format {
            path: self.path.clone(),
            reason,
        }
    }
}

/// Why a name is not taken, as far as one can guess.
fn advice(name: &str) -> Message {
    let package = name.split('.').next().unwrap_or_default();
    match package {
        "os" | "posix" | "nt" | "subprocess" | "sys" | "shutil" | "socket" | "builtins"
        | "__builtin__" | "runpy" | "pty" | "importlib" | "ctypes" => {
            message!("refused-harmful")
        }
        "__torch__" => message!("refused-torchscript"),
        // `torch.qint8`, `torch.per_channel_affine`, and what is built of them.
        "torch" if is_quantised(name) => message!("refused-quantised"),
        _ if name.contains("sparse") => message!("refused-sparse"),
        _ => message!("refused-other"),
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
            .map_err(|reason| {
                self.format(message!("weights-of-tensor", name = name, reason = reason))
            })?;
        let spread = tensor.kind.numbers(&bytes).unwrap_or_default();
        self.bytes.release(self.runs[tensor.run].place.clone());
        let values = if is_contiguous(&tensor.shape, &tensor.stride) {
            spread
        } else {
            gather(&spread, &tensor.shape, &tensor.stride)
        };
        ArrayD::from_shape_vec(shape, values)
            .map_err(|_| self.format(message!("weights-too-few-numbers", name = name)))
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

/// Whether the elements lie in row-major order; the stride of a dimension of one element means nothing.
fn is_contiguous(shape: &[usize], stride: &[usize]) -> bool {
    let mut step = 1;
    shape.iter().zip(stride).rev().all(|(&size, &stride)| {
        let fits = size <= 1 || stride == step;
        step *= size.max(1);
        fits
    })
}

/// The elements in row-major order; the caller knows that every index lies within `values`.
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
