//! The bytes of an ONNX file, with the weights streamed.
//!
//! The length of a message comes before it, and prost would hold the whole message to compute it. Since the length follows
//! from the shapes, it is written first and the weights after it, one tensor at a time.

use std::io::{self, Write};

use prost::Message;
use prost::encoding::{WireType, encode_key, encode_varint, encoded_len_varint};

use super::Onnx;
use super::graph::{Weight, fixed, value};
use super::message::{ModelProto, StringStringEntryProto, TensorProto};
use crate::engine::kernels::conv::standardized_tensor;
use crate::export::file::reason;
use crate::message;
use crate::network::layer::Standardize;
use crate::text::{said, system};
use crate::weights::{WeightError, WeightSource};

/// Maximum size of a protobuf message in bytes, which every reader of ONNX enforces.
pub const PROTOBUF_LIMIT: u64 = (1 << 31) - 1;

/// Maximum size of a weights file next to its model, in bytes: larger networks are of little use, and may fill a disk.
pub const EXTERNAL_LIMIT: u64 = 16 << 30;

/// Field numbers of `onnx.proto` at which the stream is split.
const MODEL_GRAPH: u32 = 7;
const GRAPH_INITIALIZER: u32 = 5;
const TENSOR_RAW_DATA: u32 = 9;

/// Reason that a network could not be written.
#[derive(Debug)]
pub enum OnnxError {
    /// A tensor cannot be loaded.
    Weights(WeightError),
    /// The file or pipe cannot be written.
    Write(io::Error),
    /// The weights are larger than a weights file may be.
    External {
        /// Size of the weights in bytes.
        bytes: u128,
    },
    /// A number of a tensor is beyond the range of 16-bit floats.
    Overflow {
        /// Key of the tensor.
        tensor: String,
        /// The number.
        value: f32,
    },
    /// The model is larger than a protobuf message may be.
    TooLarge {
        /// Size of the model in bytes.
        bytes: u64,
    },
}

impl OnnxError {
    /// Problem and fix.
    pub fn message(&self) -> crate::text::Message {
        match self {
            Self::Weights(error) => error.message(),
            Self::Write(error) => reason(error),
            Self::External { bytes } => message!(
                "export-external-too-large",
                bytes = bytes.to_string(),
                limit = EXTERNAL_LIMIT
            ),
            Self::Overflow { tensor, value } => message!(
                "export-onnx-overflow",
                tensor = tensor,
                value = f64::from(*value).to_string(),
                limit = f64::from(half::f16::MAX).to_string()
            ),
            Self::TooLarge { bytes } => message!(
                "export-onnx-too-large",
                bytes = *bytes,
                limit = PROTOBUF_LIMIT
            ),
        }
    }
}

said!(OnnxError: Weights(WeightError), Write(io::Error));

impl OnnxError {
    /// Converts the error into an I/O error.
    pub fn into_io(self) -> io::Error {
        match self {
            Self::Write(error) => error,
            other => system::error(io::ErrorKind::Other, other.message()),
        }
    }
}

/// Weights in a separate file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// Name of the file as stated in the model, relative to the model's folder.
    pub location: String,
}

impl Onnx {
    /// Checks that the weights fit into a separate file, before it is created.
    ///
    /// # Errors
    /// The weights are larger than [`EXTERNAL_LIMIT`].
    pub fn fits_external(&self) -> Result<(), OnnxError> {
        let sizes = self.weights.iter().map(|weight| u128::from(weight.bytes()));
        let bytes = sizes.sum();
        if bytes > u128::from(EXTERNAL_LIMIT) {
            return Err(OnnxError::External { bytes });
        }
        Ok(())
    }

    /// Writes the whole model, including the weights.
    ///
    /// # Errors
    /// A tensor is missing or has another shape, the model would exceed 2 GiB, or `to` cannot be written.
    pub fn write(&self, source: &dyn WeightSource, to: &mut dyn Write) -> Result<(), OnnxError> {
        let heads: Vec<Vec<u8>> = self.weights.iter().map(head).collect();
        let sizes = self.weights.iter().zip(&heads);
        let initializers: u64 = sizes
            .map(|(weight, head)| entry_len(tensor_len(weight, head)))
            .sum();
        let (model, graph) = (self.model.encode_to_vec(), self.graph.encode_to_vec());
        let graph_len = graph.len() as u64 + initializers;
        let total = model.len() as u64 + entry_len(graph_len);
        if total > PROTOBUF_LIMIT {
            return Err(OnnxError::TooLarge { bytes: total });
        }
        to.write_all(&model)?;
        prefix(to, MODEL_GRAPH, graph_len)?;
        to.write_all(&graph)?;
        for (weight, head) in self.weights.iter().zip(&heads) {
            prefix(to, GRAPH_INITIALIZER, tensor_len(weight, head))?;
            to.write_all(head)?;
            prefix(to, TENSOR_RAW_DATA, weight.bytes())?;
            numbers(weight, source, to)?;
        }
        Ok(())
    }

    /// The model with its weights as inputs of the graph: it has every shape and name, and no numbers.
    pub fn without_weights(&self) -> Vec<u8> {
        let mut graph = self.graph.clone();
        for weight in &self.weights {
            let dims = weight.dims.iter().map(|&dim| fixed(dim as u64)).collect();
            graph.input.push(value(&weight.name, weight.element, dims));
        }
        ModelProto {
            graph: Some(graph),
            ..self.model.clone()
        }
        .encode_to_vec()
    }

    /// The model alone, with references to its weights in `external`, which [`Onnx::write_external`] writes.
    pub fn with_external(&self, external: &External) -> Vec<u8> {
        let mut graph = self.graph.clone();
        let mut offset = 0;
        for weight in &self.weights {
            let length = weight.bytes();
            let entry = |(key, value): (&str, String)| StringStringEntryProto {
                key: key.to_owned(),
                value,
            };
            let place = [
                ("location", external.location.clone()),
                ("offset", offset.to_string()),
                ("length", length.to_string()),
            ];
            graph.initializer.push(TensorProto {
                external_data: place.into_iter().map(entry).collect(),
                data_location: Some(1),
                ..described(weight)
            });
            offset += length;
        }
        ModelProto {
            graph: Some(graph),
            ..self.model.clone()
        }
        .encode_to_vec()
    }

    /// Writes the numbers of the weights, one tensor after the other.
    ///
    /// # Errors
    /// As for [`Onnx::write`], without the size limit.
    pub fn write_external(
        &self,
        source: &dyn WeightSource,
        to: &mut dyn Write,
    ) -> Result<(), OnnxError> {
        self.weights
            .iter()
            .try_for_each(|weight| numbers(weight, source, to))
    }
}

/// Description of a tensor without its numbers.
fn described(weight: &Weight) -> TensorProto {
    TensorProto {
        dims: weight.dims.iter().map(|&dim| dim as i64).collect(),
        data_type: weight.element.code(),
        name: weight.name.clone(),
        doc_string: match weight.standardize {
            Some(Standardize { gamma: None, .. }) => {
                "standardised: mean 0 and variance 1 for each output channel".to_owned()
            }
            Some(_) => {
                "standardised: mean 0 and the same variance for each output channel".to_owned()
            }
            None => String::new(),
        },
        ..TensorProto::default()
    }
}

fn head(weight: &Weight) -> Vec<u8> {
    described(weight).encode_to_vec()
}

/// Length of a tensor with its numbers.
fn tensor_len(weight: &Weight, head: &[u8]) -> u64 {
    head.len() as u64 + entry_len(weight.bytes())
}

/// Length of a field of `bytes` bytes with its length and its key, which takes one byte below field 16.
fn entry_len(bytes: u64) -> u64 {
    1 + encoded_len_varint(bytes) as u64 + bytes
}

/// Writes the key and the length of a field.
fn prefix(to: &mut dyn Write, field: u32, bytes: u64) -> io::Result<()> {
    let mut buffer = Vec::new();
    encode_key(field, WireType::LengthDelimited, &mut buffer);
    encode_varint(bytes, &mut buffer);
    to.write_all(&buffer)
}

fn numbers(
    weight: &Weight,
    source: &dyn WeightSource,
    to: &mut dyn Write,
) -> Result<(), OnnxError> {
    let tensor = source.tensor(&weight.name, &weight.dims)?;
    let tensor = match weight.standardize {
        None => tensor,
        Some(own) => standardized_tensor(tensor, own),
    };
    let mut buffer = Vec::with_capacity(1 << 16);
    for &value in &tensor {
        if weight.element.overflows(value) {
            return Err(OnnxError::Overflow {
                tensor: weight.name.clone(),
                value,
            });
        }
        weight.element.put(value, &mut buffer);
        if buffer.len() >= 1 << 16 {
            to.write_all(&buffer)?;
            buffer.clear();
        }
    }
    to.write_all(&buffer)?;
    Ok(())
}
