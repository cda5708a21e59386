//! Why there is no laboratory.

use crate::engine::{ChoiceError, EngineError};
use crate::weights::WeightError;

/// Why there is no laboratory.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// No layer of that path.
    #[error("there is no layer `{path}`; {help}")]
    NoLayer {
        /// Asked for.
        path: String,
        /// What there is.
        help: String,
    },
    /// The layer is another one.
    #[error("`{path}` is a {op} and no batch normalisation; {help}")]
    Other {
        /// Asked for.
        path: String,
        /// What it is.
        op: &'static str,
        /// What there is.
        help: String,
    },
    /// The channel is not there.
    #[error("there is no channel {channel}: `{path}` has {channels}, from 0")]
    NoChannel {
        /// Asked for.
        channel: usize,
        /// How many there are.
        channels: usize,
        /// The layer.
        path: String,
    },
    /// The weights cannot be had.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// The weights do not fit.
    #[error(transparent)]
    Weights(#[from] WeightError),
    /// The pass cannot run.
    #[error(transparent)]
    Engine(#[from] EngineError),
}
