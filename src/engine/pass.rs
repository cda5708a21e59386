//! What every pass has, whichever way it is done: its mode, its input, its watcher, its bound, and why there is none.

use std::fmt;
use std::ops::ControlFlow;

use ndarray::Array4;

use super::Tensor;
use crate::network::LayerId;

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

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.image > 0 {
            write!(f, "image {}, ", self.image)?;
        }
        write!(
            f,
            "channel {}, row {}, column {}",
            self.channel, self.row, self.column
        )
    }
}

/// Why a pass cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The network breaks a rule.
    #[error("the network cannot run: {0}")]
    Illegal(String),
    /// The input has another shape than the network reads.
    #[error("the network reads {expected}, and the input has {found} (channels × height × width)")]
    Input {
        /// Channels × height × width.
        expected: String,
        /// Of the input.
        found: String,
    },
    /// Statistics of a single value.
    #[error(
        "{0} would take the statistics of one value a channel, whose variance is nothing: use a larger batch or input, or inference"
    )]
    OneValue(String),
    /// A step of the compiled pass would read or write beside its maps, so that none has run: a fault of the program.
    #[error(
        "{layer} would reach beside its feature maps ({reach}), so the fast pass was not begun; this is a fault of the program, and `--plain` runs without it"
    )]
    Beside {
        /// The first layer of the step.
        layer: String,
        /// What reaches how far.
        reach: String,
    },
    /// More memory than a pass may take.
    #[error(
        "the pass would take {} of memory, beyond the limit of {}: use a smaller batch, input or network",
        gib(*needed),
        gib(*limit)
    )]
    Memory {
        /// Bytes.
        needed: u128,
        /// Bytes.
        limit: u128,
    },
    /// More memory than the machine has left.
    #[error(
        "the pass would take {} of memory, and this machine has {} free: use a smaller batch, input or network",
        gib(*needed),
        gib(*free)
    )]
    Free {
        /// Bytes.
        needed: u128,
        /// Bytes.
        free: u128,
    },
}

fn gib(bytes: u128) -> String {
    format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30))
}
