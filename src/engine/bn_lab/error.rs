//! Errors of the batch normalisation laboratory.

use crate::engine::{ChoiceError, EngineError};
use crate::weights::WeightError;

/// Reason that a laboratory cannot be created or cannot run.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// No layer has that path.
    #[error("there is no layer `{path}`; {help}")]
    NoLayer {
        /// Path that was requested.
        path: String,
        /// List of the paths that exist.
        help: String,
    },
    /// The layer is of another kind.
    #[error("`{path}` is a {op} and no batch normalisation; {help}")]
    Other {
        /// Path that was requested.
        path: String,
        /// Kind of the layer.
        op: &'static str,
        /// List of the paths of batch normalisations.
        help: String,
    },
    /// The channel does not exist.
    #[error("there is no channel {channel}: `{path}` has {channels}, from 0")]
    NoChannel {
        /// Channel that was requested.
        channel: usize,
        /// Number of channels the layer has.
        channels: usize,
        /// Path of the layer.
        path: String,
    },
    /// The weights cannot be loaded.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// The weights do not fit the network.
    #[error(transparent)]
    Weights(#[from] WeightError),
    /// The pass cannot run.
    #[error(transparent)]
    Engine(#[from] EngineError),
}
