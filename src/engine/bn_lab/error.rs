//! Why there is no laboratory.

use crate::engine::{ChoiceError, EngineError};
use crate::message;
use crate::text::{Message, said};
use crate::weights::WeightError;

/// Why there is no laboratory.
#[derive(Debug)]
pub enum LabError {
    /// No layer of that path.
    NoLayer {
        /// Asked for.
        path: String,
        /// What there is.
        help: Message,
    },
    /// The layer is another one.
    Other {
        /// Asked for.
        path: String,
        /// What it is.
        op: &'static str,
        /// What there is.
        help: Message,
    },
    /// The channel is not there.
    NoChannel {
        /// Asked for.
        channel: usize,
        /// How many there are.
        channels: usize,
        /// The layer.
        path: String,
    },
    /// The weights cannot be had.
    Choice(ChoiceError),
    /// The weights do not fit.
    Weights(WeightError),
    /// The pass cannot run.
    Engine(EngineError),
}

impl LabError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match self {
            Self::NoLayer { path, help } => {
                message!("lab-no-layer", path = path, help = help.clone())
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
