//! Weights from a safetensors file.

use super::bytes::Bytes;
use super::number::Kind;
use super::source::{WeightError, WeightSource, likely};
use super::unreadable::{file_name, not_safetensors};
use crate::message;
use ::safetensors::tensor::{Dtype, Metadata, SafeTensors, TensorView};
use ndarray::{ArrayD, ArrayViewD};
use std::path::{Path, PathBuf};

/// A safetensors file, checked when it is opened, mapped, and read tensor by tensor.
#[derive(Debug, Clone)]
pub struct SafetensorsFile {
    bytes: Bytes,
    /// Start of the numbers, after the header.
    start: usize,
    metadata: Metadata,
    path: PathBuf,
}

impl SafetensorsFile {
    /// Maps a file and checks that its header describes exactly the bytes that follow.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, WeightError> {
        let path = path.as_ref();
        Self::new(Bytes::map(path)?, path.to_owned())
    }

    /// Opens bytes in the binary; `label` replaces the path in messages.
    pub fn from_static(bytes: &'static [u8], label: &str) -> Result<Self, WeightError> {
        Self::new(Bytes::Static(bytes), label.into())
    }

    pub(super) fn new(bytes: Bytes, path: PathBuf) -> Result<Self, WeightError> {
        match SafeTensors::read_metadata(&bytes) {
            Ok((header, metadata)) => Ok(Self {
                // The header's length field takes eight bytes.
                start: 8 + header,
                metadata,
                bytes,
                path,
            }),
            Err(error) => Err(not_safetensors(&bytes, path, &error)),
        }
    }
}

/// The type of elements, as checkpoints of either format have it.
fn kind(dtype: Dtype) -> Kind {
    let other = |name| Kind::Other {
        name,
        size: dtype.bitsize() / 8,
    };
    match dtype {
        Dtype::F64 => Kind::F64,
        Dtype::F32 => Kind::F32,
        Dtype::F16 => Kind::F16,
        Dtype::BF16 => Kind::BF16,
        Dtype::I64 => other("I64"),
        Dtype::I32 => other("I32"),
        Dtype::I16 => other("I16"),
        Dtype::I8 => other("I8"),
        Dtype::U64 => other("U64"),
        Dtype::U32 => other("U32"),
        Dtype::U16 => other("U16"),
        Dtype::U8 => other("U8"),
        Dtype::BOOL => other("BOOL"),
        // Types of less than a byte and those of eight bits have no numbers here.
        _ => other("other"),
    }
}

impl SafetensorsFile {
    /// A tensor whose bytes `convert` turns into numbers; `None` for a type that it does not read.
    fn read<T>(
        &self,
        name: &str,
        shape: &[usize],
        convert: impl Fn(Kind, &[u8]) -> Option<Vec<T>>,
    ) -> Result<ArrayD<T>, WeightError> {
        let (name_owned, origin) = (name.to_owned(), self.label());
        let Some(info) = self.metadata.info(name) else {
            let names = self.metadata.offset_keys();
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            return Err(WeightError::Missing {
                suggestion: likely(name, &known).map(str::to_owned),
                name: name_owned,
                origin,
            });
        };
        if info.shape != shape {
            return Err(WeightError::Shape {
                name: name_owned,
                origin,
                expected: shape.to_vec(),
                found: info.shape.clone(),
            });
        }
        let (from, to) = info.data_offsets;
        let bytes = self.bytes.get(self.start + from..self.start + to);
        let bytes = bytes.unwrap_or_default();
        let Some(values) = convert(kind(info.dtype), bytes) else {
            return Err(WeightError::DType {
                name: name_owned,
                origin,
                dtype: info.dtype.to_string(),
            });
        };
        self.bytes.release(self.start + from..self.start + to);
        ArrayD::from_shape_vec(shape, values).map_err(|_| WeightError::Format {
            path: self.path.clone(),
            reason: message!("weights-too-few-numbers", name = name),
        })
    }
}

impl WeightSource for SafetensorsFile {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        self.read(name, shape, Kind::numbers)
    }

    fn values(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f64>, WeightError> {
        self.read(name, shape, Kind::doubles)
    }

    fn dtype(&self, name: &str) -> Option<String> {
        let dtype = self.metadata.info(name)?.dtype;
        Some(match kind(dtype) {
            Kind::Other { name: "other", .. } => dtype.to_string().to_lowercase(),
            kind => kind.torch_name(),
        })
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        let names = self.metadata.offset_keys().into_iter();
        let shaped = names.filter_map(|name| {
            let shape = self.metadata.info(&name)?.shape.clone();
            Some((name, shape))
        });
        Some(shaped.collect())
    }

    fn label(&self) -> String {
        file_name(&self.path)
    }
}

/// A safetensors file of these tensors.
///
/// # Panics
/// Never: names differ and shapes are their tensors'.
pub fn serialized(tensors: &[(String, ArrayViewD<'_, f32>)]) -> Vec<u8> {
    let bytes: Vec<Vec<u8>> = tensors
        .iter()
        .map(|(_, own)| own.iter().flat_map(|x| x.to_le_bytes()).collect())
        .collect();
    let views = tensors.iter().zip(&bytes).map(|((name, own), bytes)| {
        let view = TensorView::new(Dtype::F32, own.shape().to_vec(), bytes);
        (name, view.expect("four bytes a number"))
    });
    ::safetensors::serialize(views, None).expect("names that differ")
}

#[cfg(test)]
mod tests;
