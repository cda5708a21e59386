//! Reasons why there is no gradient.

use std::fmt;

use crate::engine::EngineError;
use crate::text::Message;

/// Reason why a backward pass cannot be, or did not end.
#[derive(Debug, Clone, PartialEq)]
pub enum GradientError {
    /// A reason of every pass: the network, the input's shape, the memory.
    Engine(EngineError),
    /// A reason of backward passes alone.
    Refused(Message),
    /// Its observer ended it.
    Stopped,
}

impl GradientError {
    /// The error as a text.
    pub fn message(&self) -> Message {
        match self {
            Self::Engine(error) => error.message(),
            Self::Refused(message) => message.clone(),
            Self::Stopped => Message::new("gradient-stopped"),
        }
    }
}

impl From<EngineError> for GradientError {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

impl From<Message> for GradientError {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}

impl fmt::Display for GradientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => error.fmt(f),
            Self::Refused(message) => message.fmt(f),
            Self::Stopped => f.write_str("gradient-stopped"),
        }
    }
}

impl std::error::Error for GradientError {}
