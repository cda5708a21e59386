//! How a network is compiled, and why it may not be.

use super::isa::Isa;
use crate::engine::pass::EngineError;
use crate::message;
use crate::text::{Joint, Message, said};
use crate::weights::WeightError;

/// How a network is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Images of a batch.
    pub batch: usize,
    /// Threads; by default as many of the processor's as make the pass faster, which is one for a small network.
    pub threads: Option<usize>,
    /// The instructions.
    pub isa: Isa,
    /// Whether 3×3 convolutions may be done with fewer multiplications, which changes their rounding. Networks that enlarge
    /// rounding ([`crate::engine::Precision::Double`]) never do.
    pub winograd: bool,
    /// Whether each layer is a step of its own, so that [`watch`](super::Compiled::watch) tells of every one. Slower: nothing is fused.
    pub each_layer: bool,
    /// For tests: each map has memory of its own, between so many numbers that are none, so that a read beside a map is seen in
    /// what comes of it, or by a tool that watches memory.
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

/// Why a network cannot be compiled, or an input not be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileError {
    /// The network breaks a rule.
    Illegal(Message),
    /// A map is beyond what the kernels can address.
    TooLarge,
    /// This processor lacks the instructions; those that it has.
    Isa(Isa, Vec<&'static str>),
    /// It would take too much memory, or reach beside it.
    Memory(EngineError),
    /// From the weights.
    Weights(WeightError),
    /// The input has another shape.
    Input {
        /// Images × channels × height × width.
        expected: String,
        /// Of the input.
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
