//! Types shared by all kinds of pass: mode, input, observer, memory limit and errors.

use std::fmt;
use std::ops::ControlFlow;

use ndarray::Array4;

use super::Tensor;
use crate::network::LayerId;

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

/// Reason that a pass cannot run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The network is illegal.
    #[error("the network cannot run: {0}")]
    Illegal(String),
    /// The input has another shape than the network's.
    #[error("the network reads {expected}, and the input has {found} (channels × height × width)")]
    Input {
        /// Channels × height × width.
        expected: String,
        /// Shape of the input.
        found: String,
    },
    /// A batch normalisation would have a single value per channel.
    #[error(
        "{0} would take the statistics of one value a channel, whose variance is nothing: use a larger batch or input, or inference"
    )]
    OneValue(String),
    /// A step of the compiled pass would read or write beyond its maps, so none has run: a fault of the program.
    #[error(
        "{layer} would reach beside its feature maps ({reach}), so the fast pass was not begun; this is a fault of the program, and `--plain` runs without it"
    )]
    Beside {
        /// First layer of the step.
        layer: String,
        /// Memory access that is out of range, and its extent.
        reach: String,
    },
    /// The pass would take more memory than any pass may.
    #[error(
        "the pass would take {} of memory, beyond the limit of {}: use a smaller batch, input or network",
        gib(*needed),
        gib(*limit)
    )]
    Memory {
        /// Bytes needed.
        needed: u128,
        /// Bytes allowed.
        limit: u128,
    },
    /// The pass would take more memory than the machine has free.
    #[error(
        "the pass would take {} of memory, and this machine has {} free: use a smaller batch, input or network",
        gib(*needed),
        gib(*free)
    )]
    Free {
        /// Bytes needed.
        needed: u128,
        /// Bytes free.
        free: u128,
    },
}

fn gib(bytes: u128) -> String {
    format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30))
}
