//! Types shared by all kinds of pass: mode, input, observer, memory limit and errors.

use std::ops::ControlFlow;

use ndarray::Array4;

use super::Tensor;
use crate::message;
use crate::network::LayerId;
use crate::text::{Message, said};

/// Maximum memory of a pass in bytes, whatever the machine has.
pub(super) const MEMORY: u128 = 16 << 30;

/// Statistics that batch normalisation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Running statistics.
    #[default]
    Inference,
    /// Statistics of the batch, which also update the running ones.
    Training,
}

/// Batch that a pass starts from: images × channels × height × width.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Pixel values from 0 to 255, to which the network's preprocessing is applied.
    Pixels(Array4<f32>),
    /// Preprocessed values: the preprocessing layers pass them on unchanged.
    Prepared(Array4<f32>),
}

/// Callback for the output of each layer; it may end the run.
pub type Observer<'a> = dyn FnMut(LayerId, &Tensor) -> ControlFlow<()> + 'a;

/// Position in a layer's output. All numbers are from 0; row and column of a vector are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Image of the batch.
    pub image: usize,
    /// Channel of a feature map, or feature of a vector.
    pub channel: usize,
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
}

impl Cell {
    /// Index of the cell in a tensor with this number of dimensions.
    pub(super) fn index(self, dimensions: usize) -> Vec<usize> {
        let mut index = vec![self.image, self.channel, self.row, self.column];
        index.truncate(dimensions.max(2));
        index
    }
}

impl Cell {
    /// The cell in words: `channel 3, row 1, column 2`.
    pub fn message(self) -> Message {
        let Self {
            image,
            channel,
            row,
            column,
        } = self;
        match image {
            0 => message!("cell", channel = channel, row = row, column = column),
            image => message!(
                "cell-of-image",
                image = image,
                channel = channel,
                row = row,
                column = column
            ),
        }
    }
}

/// Reason that a pass cannot run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineError {
    /// The network is illegal.
    Illegal {
        /// The layer at fault, where it is one.
        path: Option<String>,
        /// The rule that is broken.
        reason: Message,
    },
    /// The input has another shape than the network's.
    Input {
        /// Channels × height × width.
        expected: String,
        /// Shape of the input.
        found: String,
    },
    /// A batch normalisation would have a single value per channel.
    OneValue(String),
    /// A step of the compiled pass would read or write beyond its maps, so none has run: a fault of the program.
    Beside {
        /// The first layer of the step; none where it is a map's memory.
        layer: Option<String>,
        /// The reach, in the words of the program's own source.
        reach: String,
    },
    /// The pass would take more memory than any pass may.
    Memory {
        /// Bytes needed.
        needed: u128,
        /// Bytes allowed.
        limit: u128,
    },
    /// The pass would take more memory than the machine has free.
    Free {
        /// Bytes needed.
        needed: u128,
        /// Bytes free.
        free: u128,
    },
}

impl EngineError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match self {
            Self::Illegal {
                path: Some(path),
                reason,
            } => message!("engine-illegal-at", path = path, reason = reason.clone()),
            Self::Illegal { reason, .. } => message!("engine-illegal", reason = reason.clone()),
            Self::Input { expected, found } => {
                message!("engine-input", expected = expected, found = found)
            }
            Self::OneValue(path) => message!("engine-one-value", path = path),
            Self::Beside {
                layer: Some(layer),
                reach,
            } => message!("engine-beside", layer = layer, reach = reach),
            Self::Beside { reach, .. } => message!("engine-beside-map", reach = reach),
            Self::Memory { needed, limit } => {
                message!("engine-memory", needed = gib(*needed), limit = gib(*limit))
            }
            Self::Free { needed, free } => {
                message!(
                    "engine-memory-free",
                    needed = gib(*needed),
                    free = gib(*free)
                )
            }
        }
    }

    /// The same of the weights alone.
    pub(super) fn of_weights(&self) -> Message {
        match self {
            Self::Memory { needed, limit } => {
                message!("weights-memory", needed = gib(*needed), limit = gib(*limit))
            }
            Self::Free { needed, free } => {
                message!(
                    "weights-memory-free",
                    needed = gib(*needed),
                    free = gib(*free)
                )
            }
            other => other.message(),
        }
    }
}

said!(EngineError);

fn gib(bytes: u128) -> String {
    format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30))
}
