//! Weights from a safetensors file.

use super::source::{WeightError, WeightSource, likely};
use ::safetensors::tensor::{Dtype, Metadata, SafeTensors};
use ndarray::ArrayD;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A safetensors file, checked when opened and read tensor by tensor.
#[derive(Debug, Clone)]
pub struct SafetensorsFile {
    bytes: Cow<'static, [u8]>,
    /// Where the numbers begin: behind the header.
    start: usize,
    metadata: Metadata,
    path: PathBuf,
}

impl SafetensorsFile {
    /// Reads a file and checks that its header describes exactly the bytes that follow.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, WeightError> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| WeightError::Open {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        Self::new(Cow::Owned(bytes), path.to_owned())
    }

    /// The same for bytes that the program holds; `label` stands for the path in messages.
    pub fn from_static(bytes: &'static [u8], label: &str) -> Result<Self, WeightError> {
        Self::new(Cow::Borrowed(bytes), label.into())
    }

    fn new(bytes: Cow<'static, [u8]>, path: PathBuf) -> Result<Self, WeightError> {
        match SafeTensors::read_metadata(&bytes) {
            Ok((header, metadata)) => Ok(Self {
                // The header's length itself takes eight bytes.
                start: 8 + header,
                metadata,
                bytes,
                path,
            }),
            Err(error) => {
                let reason = format!("{error}; {}", remedy(&bytes));
                Err(WeightError::Format { path, reason })
            }
        }
    }
}

/// What to do about a file that is not safetensors, by how it begins.
fn remedy(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"PK\x03\x04") {
        "it is a ZIP archive, perhaps saved by `torch.save`: load it in Python and save its state_dict with \
         `safetensors.torch.save_file`"
    } else if bytes.starts_with(b"version https://git-lfs") {
        "it is a Git LFS pointer: fetch the file itself with `git lfs pull`"
    } else if bytes.starts_with(b"<") {
        "it looks like a web page: download the file itself"
    } else {
        "it may be cut short or damaged: download or save it again"
    }
}

impl WeightSource for SafetensorsFile {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
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
        let values = match info.dtype {
            Dtype::F32 => numbers(bytes, f32::from_le_bytes),
            Dtype::F16 => numbers(bytes, |pair| from_f16(u16::from_le_bytes(pair))),
            Dtype::BF16 => numbers(bytes, |pair| from_bf16(u16::from_le_bytes(pair))),
            dtype => {
                return Err(WeightError::DType {
                    name: name_owned,
                    origin,
                    dtype: dtype.to_string(),
                });
            }
        };
        ArrayD::from_shape_vec(shape, values).map_err(|_| WeightError::Format {
            path: self.path.clone(),
            reason: format!("`{name}` has not as many numbers as its shape says"),
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
        // Folders in front of the name would crowd every message.
        self.path
            .file_name()
            .unwrap_or(self.path.as_os_str())
            .to_string_lossy()
            .into_owned()
    }
}

/// Little-endian numbers of `N` bytes each.
fn numbers<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    let (chunks, _) = bytes.as_chunks::<N>();
    chunks.iter().map(|chunk| number(*chunk)).collect()
}

/// IEEE 754 binary16, exactly.
fn from_f16(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10 & 0x1F);
    let fraction = u32::from(bits & 0x3FF) << 13;
    match exponent {
        // Subnormal: a multiple of 2^-24, which f32 has as a normal number.
        0 => f32::from_bits(sign | (f32::from(bits & 0x3FF) / (1 << 24) as f32).to_bits()),
        // Infinity or NaN.
        0x1F => f32::from_bits(sign | 0x7F80_0000 | fraction),
        // The exponent's bias is 15 there and 127 here.
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction),
    }
}

/// bfloat16 is the upper half of an f32.
fn from_bf16(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[cfg(test)]
mod tests;
