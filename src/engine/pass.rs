//! What every pass has, whichever way it is done: its mode, its input, its watcher, its bound, and why there is none.

use std::ops::ControlFlow;

use ndarray::Array4;

use super::Tensor;
use crate::message;
use crate::network::LayerId;
use crate::text::{Message, said};

/// The most memory in bytes that a pass may take, whatever the machine has.
pub(super) const MEMORY: u128 = 16 << 30;

/// Which statistics batch normalisation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The running ones.
    #[default]
    Inference,
    /// The batch's own; the running ones move towards them.
    Training,
}

/// The batch that a pass starts from: images × channels × height × width.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Values of pixels, from 0 to 255: the network's preprocessing runs on them.
    Pixels(Array4<f32>),
    /// What the first layer after preprocessing shall read: the preprocessing layers pass it on unchanged.
    Prepared(Array4<f32>),
}

/// Watches a run layer by layer, and may end it.
pub type Observer<'a> = dyn FnMut(LayerId, &Tensor) -> ControlFlow<()> + 'a;

/// A place in what a layer puts out. All numbers are from 0; row and column of a vector are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// The image of the batch.
    pub image: usize,
    /// The channel of a map, the feature of a vector.
    pub channel: usize,
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}

impl Cell {
    /// The index of the cell in a tensor of so many dimensions.
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

/// Why a pass cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineError {
    /// The network breaks a rule.
    Illegal {
        /// The layer at fault, where it is one.
        path: Option<String>,
        /// The rule that is broken.
        reason: Message,
    },
    /// The input has another shape than the network reads.
    Input {
        /// Channels × height × width.
        expected: String,
        /// Of the input.
        found: String,
    },
    /// Statistics of a single value.
    OneValue(String),
    /// A step of the compiled pass would read or write beside its maps, so that none has run: a fault of the program.
    Beside {
        /// The first layer of the step; none where it is a map's memory.
        layer: Option<String>,
        /// The reach, in the words of the program's own source.
        reach: String,
    },
    /// More memory than a pass may take.
    Memory {
        /// Bytes.
        needed: u128,
        /// Bytes.
        limit: u128,
    },
    /// More memory than the machine has left.
    Free {
        /// Bytes.
        needed: u128,
        /// Bytes.
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
