//! Failures of downloads.

use std::io::{Error, ErrorKind};
use std::path::PathBuf;
use std::time::Duration;

use crate::message;
use crate::text::format::bytes;
use crate::text::{Message, said, system};

/// Failure of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchError {
    /// Cause.
    pub cause: Cause,
    /// Bytes that are kept on this disk, from which the next call continues.
    pub kept: u64,
}

/// Cause of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// This build has no downloads.
    NotBuilt,
    /// A variable of the environment forbids them.
    Offline(&'static str),
    /// No folder for the cache is known.
    NoPlace,
    /// The address is none.
    Address(String),
    /// The proxy is of a kind that is not supported, or does not answer.
    Proxy {
        /// Address of the proxy, without a password.
        proxy: String,
        /// Reason.
        reason: Message,
    },
    /// The host cannot be reached.
    Unreachable {
        /// Host.
        host: String,
        /// Reason.
        reason: Message,
    },
    /// No secure connection to the host can be made.
    Insecure {
        /// Host.
        host: String,
        /// Reason.
        reason: Message,
    },
    /// The host refuses the file.
    Denied {
        /// Host.
        host: String,
        /// Status of the answer: 401 or 403.
        status: u16,
    },
    /// The host does not have the file.
    Missing {
        /// Address of the file.
        address: String,
    },
    /// The host asks to come back later.
    Busy {
        /// Host.
        host: String,
        /// Time to wait, where it says.
        wait: Option<Duration>,
    },
    /// The host answers with another status.
    Status {
        /// Host.
        host: String,
        /// Status of the answer.
        status: u16,
    },
    /// The host redirects without end, or to an address that is not secure.
    Redirects(String),
    /// The host answers with a web page.
    Page(String),
    /// The answer lacks what a hub says of a file.
    NoHub {
        /// Host.
        host: String,
        /// Header that is missing, or is not of its form.
        header: &'static str,
    },
    /// The connection broke again and again.
    Broken {
        /// Host.
        host: String,
        /// Reason of the last time.
        reason: Message,
    },
    /// The file that arrived is not the publisher's.
    OtherFile {
        /// Host.
        host: String,
        /// Hash that the publisher states: the whole, or its beginning.
        expected: String,
        /// Hash of what arrived.
        found: String,
    },
    /// The host sends more than the file has.
    TooLong(String),
    /// The file cannot be written.
    Write {
        /// File or folder.
        path: PathBuf,
        /// Reason.
        reason: Message,
    },
    /// It was asked to end.
    Cancelled,
}

impl From<Cause> for FetchError {
    fn from(cause: Cause) -> Self {
        Self { cause, kept: 0 }
    }
}

impl FetchError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match (&self.cause, self.kept) {
            (Cause::Cancelled, 0) => message!("fetch-cancelled"),
            (cause, 0) => cause.message(),
            (Cause::Cancelled, kept) => {
                message!("fetch-cancelled-kept", size = bytes(kept.into()))
            }
            (cause, kept) => message!(
                "fetch-kept",
                problem = cause.message(),
                size = bytes(kept.into())
            ),
        }
    }
}

said!(FetchError);

impl Cause {
    /// Failure to write a file or folder.
    #[cfg(feature = "fetch")]
    pub(super) fn writing(path: &std::path::Path, error: &Error) -> Self {
        Self::Write {
            path: path.to_owned(),
            reason: reason(error),
        }
    }

    fn message(&self) -> Message {
        match self {
            Self::NotBuilt => message!("fetch-not-built"),
            Self::Offline(variable) => message!("fetch-offline", variable = *variable),
            Self::NoPlace => message!("fetch-no-place"),
            Self::Address(address) => message!("fetch-address", address = address),
            Self::Proxy { proxy, reason } => {
                message!("fetch-proxy", proxy = proxy, reason = reason.clone())
            }
            Self::Unreachable { host, reason } => {
                message!("fetch-unreachable", host = host, reason = reason.clone())
            }
            Self::Insecure { host, reason } => {
                message!("fetch-insecure", host = host, reason = reason.clone())
            }
            Self::Denied { host, status } => {
                message!("fetch-denied", host = host, status = status.to_string())
            }
            Self::Missing { address } => message!("fetch-missing", address = address),
            Self::Busy { host, wait: None } => message!("fetch-busy", host = host),
            Self::Busy {
                host,
                wait: Some(wait),
            } => message!("fetch-busy-for", host = host, seconds = wait.as_secs()),
            Self::Status { host, status } => {
                message!("fetch-status", host = host, status = status.to_string())
            }
            Self::Redirects(host) => message!("fetch-redirects", host = host),
            Self::Page(host) => message!("fetch-page", host = host),
            Self::NoHub { host, header } => {
                message!("fetch-no-hub", host = host, header = *header)
            }
            Self::Broken { host, reason } => {
                message!("fetch-broken", host = host, reason = reason.clone())
            }
            Self::OtherFile {
                host,
                expected,
                found,
            } => message!(
                "fetch-other-file",
                host = host,
                expected = expected,
                found = found
            ),
            Self::TooLong(host) => message!("fetch-too-long", host = host),
            Self::Write { path, reason } => message!(
                "fetch-unwritable",
                file = path.display().to_string(),
                reason = reason.clone()
            ),
            Self::Cancelled => message!("fetch-cancelled"),
        }
    }
}

/// Reason why a file in a cache cannot be written or removed.
pub(in crate::weights) fn reason(error: &Error) -> Message {
    match error.kind() {
        ErrorKind::FileTooLarge => message!("file-too-large"),
        ErrorKind::PermissionDenied => message!("file-no-new-files"),
        _ => system::reason(error),
    }
}
