//! Reasons that the system gives for a file that cannot be had, as texts.

use std::io::{Error, ErrorKind};

use super::message::{Message, said};

/// A reason of this program's own within an error of the system or of a library: a device in place of a file, a word that an
/// option does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(Message);

impl Reason {
    /// An error of that text.
    pub const fn new(message: Message) -> Self {
        Self(message)
    }

    /// The reason's text.
    pub fn message(&self) -> Message {
        self.0.clone()
    }
}

said!(Reason);

/// An error of the system's kind whose [`reason`] is that text.
pub fn error(kind: ErrorKind, message: Message) -> Error {
    Error::new(kind, Reason(message))
}

/// The reason of an error, for people: a text of the program where it has one, or else what the system says.
pub fn reason(error: &Error) -> Message {
    let own = error.get_ref().and_then(|own| own.downcast_ref::<Reason>());
    if let Some(own) = own {
        return own.message();
    }
    Message::new(match error.kind() {
        ErrorKind::NotFound => "system-not-found",
        ErrorKind::PermissionDenied => "system-not-permitted",
        ErrorKind::IsADirectory => "system-directory",
        ErrorKind::NotADirectory => "system-not-a-directory",
        ErrorKind::StorageFull => "system-disk-full",
        ErrorKind::QuotaExceeded => "system-quota",
        ErrorKind::ReadOnlyFilesystem => "system-read-only",
        _ => return Message::foreign(error.to_string()),
    })
}
