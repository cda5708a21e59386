//! Compile options, and the errors of compiling and running.

use super::candidate::Candidate;
use crate::engine::levels::{Known, Ways};
use crate::engine::pass::EngineError;
use crate::kernels::bf16::Products;
use crate::kernels::isa::Isa;
use crate::message;
use crate::text::{Joint, Message, said};
use crate::weights::WeightError;

/// Options for compiling a network.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// Way to multiply bf16 numbers, if convolutions and linear layers round what they read and their weights to them. Nothing
    /// is transformed then.
    pub bf16: Option<Products>,
    /// Whether each layer is a separate step, which lets [`watch`](super::Compiled::watch) report every one. Slower: nothing
    /// is fused.
    pub each_layer: bool,
    /// Rates of this machine, and the passes that were raced on it.
    pub known: Option<&'static Known>,
    /// Basis of the choice among the ways to compute each convolution.
    pub by: By,
    /// For tests: numbers of a step's maps that are taken to stay in a cache; more, and a part of the batch goes first.
    pub resident: Option<usize>,
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
            bf16: None,
            each_layer: false,
            known: None,
            by: By::Kept,
            resident: None,
            apart: None,
        }
    }
}

/// Basis of the choice among the ways to compute each convolution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum By {
    /// Winner of a race of this very pass on this machine ([`Known::passes`]). Without one, constants decide, and every machine
    /// with the same instructions chooses alike.
    Kept,
    /// The constants.
    Constants,
    /// The least time that the measured rates predict, for a race; without rates, the constants.
    Rates,
    /// The named ways, for a race; constants for what they do not name.
    Ways(&'static Ways),
    /// One way for all convolutions that can be computed so, for tests and to time it; the others are direct.
    One(Candidate),
}

/// Reason that a network cannot be compiled, or an input cannot be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileError {
    /// The network is illegal.
    Illegal(Message),
    /// A map is too large for the kernels' addresses.
    TooLarge,
    /// This processor lacks the instructions; those that it has.
    Isa(Isa, Vec<&'static str>),
    /// The network would take too much memory, or reach beyond it.
    Memory(EngineError),
    /// An error in the weights.
    Weights(WeightError),
    /// The input has another shape.
    Input {
        /// Images × channels × height × width.
        expected: String,
        /// Shape of the input.
        found: String,
    },
}

impl CompileError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match self {
            Self::Illegal(reason) => message!("engine-illegal", reason = reason.clone()),
            Self::TooLarge => message!("engine-too-large"),
            Self::Isa(isa, has) => message!(
                "engine-no-kernel",
                kernel = isa.name(),
                kernels = Joint::Comma.of(has.iter().copied())
            ),
            Self::Memory(error) => error.message(),
            Self::Weights(error) => error.message(),
            Self::Input { expected, found } => {
                message!("engine-batch", expected = expected, found = found)
            }
        }
    }
}

said!(CompileError: Memory(EngineError), Weights(WeightError));
