//! Compile options, and the errors of compiling and running.

use super::isa::Isa;
use crate::engine::pass::EngineError;
use crate::weights::WeightError;

/// Options for compiling a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Images per batch.
    pub batch: usize,
    /// Number of threads; by default as many of the processor's as make the pass faster, which is one for a small network.
    pub threads: Option<usize>,
    /// Instruction set.
    pub isa: Isa,
    /// Whether 3×3 convolutions may be done with fewer multiplications, which changes their rounding. Networks that amplify
    /// rounding ([`crate::engine::Precision::Double`]) never do.
    pub winograd: bool,
    /// Whether each layer is a separate step, which lets [`watch`](super::Compiled::watch) report every one. Slower: nothing
    /// is fused.
    pub each_layer: bool,
    /// For tests: gives each map separate memory, between this number of NaNs, so that a read beyond a map shows in the
    /// result, or in a memory checker.
    pub apart: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            batch: 1,
            threads: None,
            isa: Isa::best(),
            winograd: true,
            each_layer: false,
            apart: None,
        }
    }
}

/// Reason that a network cannot be compiled, or an input cannot be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// The network is illegal.
    #[error("the network cannot run: {0}")]
    Illegal(String),
    /// A map is too large for the kernels' addresses.
    #[error("a feature map of this size is too large for the fast kernels: use a smaller input")]
    TooLarge,
    /// This processor lacks the instructions.
    #[error("this processor has no {0}; it has {1}")]
    Isa(Isa, String),
    /// The network would take too much memory, or reach beyond it.
    #[error(transparent)]
    Memory(#[from] EngineError),
    /// An error in the weights.
    #[error(transparent)]
    Weights(#[from] WeightError),
    /// The input has another shape.
    #[error(
        "the compiled network reads {expected}, and the input has {found} (images × channels × height × width)"
    )]
    Input {
        /// Images × channels × height × width.
        expected: String,
        /// Shape of the input.
        found: String,
    },
}
