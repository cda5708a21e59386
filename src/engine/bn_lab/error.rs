//! Errors of the batch normalisation laboratory.

use crate::engine::{ChoiceError, EngineError};
use crate::message;
use crate::text::{Message, said};
use crate::weights::WeightError;

/// Reason that a laboratory cannot be created or cannot run.
#[derive(Debug)]
pub enum LabError {
    /// No layer has that path.
    NoLayer {
        /// Path that was requested.
        path: String,
        /// List of the paths that exist.
        help: Message,
    },
    /// The layer is of another kind.
    Other {
        /// Path that was requested.
        path: String,
        /// Kind of the layer.
        op: &'static str,
        /// List of the paths of batch normalisations.
        help: Message,
    },
    /// The channel does not exist.
    NoChannel {
        /// Channel that was requested.
        channel: usize,
        /// Number of channels the layer has.
        channels: usize,
        /// Path of the layer.
        path: String,
    },
    /// The weights cannot be loaded.
    Choice(ChoiceError),
    /// The weights do not fit the network.
    Weights(WeightError),
    /// The pass cannot run.
    Engine(EngineError),
}

impl LabError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match self {
            Self::NoLayer { path, help } => {
                message!("no-such-layer", path = path, help = help.clone())
            }
            Self::Other { path, op, help } => message!(
                "lab-other-layer",
                path = path,
                op = *op,
                help = help.clone()
            ),
            Self::NoChannel {
                channel,
                channels,
                path,
            } => message!(
                "lab-no-channel",
                channel = *channel,
                path = path,
                channels = *channels
            ),
            Self::Choice(error) => error.message(),
            Self::Weights(error) => error.message(),
            Self::Engine(error) => error.message(),
        }
    }
}

said!(LabError: Choice(ChoiceError), Weights(WeightError), Engine(EngineError));
