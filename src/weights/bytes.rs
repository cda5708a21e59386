//! Bytes of a checkpoint: mapped from a file, or held in memory.

use super::source::WeightError;
use crate::spec::open;
use crate::text::system;
use memmap2::Mmap;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

/// Bytes that can be shared and read from any thread.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    /// Bytes in the binary.
    Static(&'static [u8]),
    /// Bytes in memory, for tests.
    #[cfg(test)]
    Owned(Arc<[u8]>),
    /// A mapped file, whose pages are read on demand.
    Mapped(Arc<Mmap>),
}

impl Bytes {
    /// Maps a file. An empty file cannot be mapped and has no bytes.
    pub(super) fn map(path: &Path) -> Result<Self, WeightError> {
        let unreadable = |error: std::io::Error| WeightError::Open {
            path: path.to_owned(),
            reason: system::reason(&error),
        };
        let file = open::file(path).map_err(unreadable)?;
        let kind = file.metadata().map_err(unreadable)?;
        if kind.len() == 0 {
            return Ok(Self::Static(&[]));
        }
        // SAFETY: the map is only read, as bytes, which have no invalid values. A program that truncates the file meanwhile
        // ends this one with SIGBUS, as it would PyTorch with `mmap=True`; tools that replace a file by renaming do not.
        #[allow(unsafe_code, reason = "mapping a file has no safe form")]
        let map = unsafe { Mmap::map(&file) };
        let map = map.map_err(unreadable)?;
        Ok(Self::Mapped(Arc::new(map)))
    }

    /// Informs the system that these bytes were read and need not stay in memory: a later access reads them again.
    ///
    /// Only a hint: if it fails, nothing changes but the memory in use.
    pub(super) fn release(&self, range: std::ops::Range<usize>) {
        #[cfg(unix)]
        if let Self::Mapped(map) = self {
            use memmap2::UncheckedAdvice::DontNeed;
            // SAFETY: the map is of a file and read only, so a page that is dropped returns unchanged.
            #[allow(unsafe_code, reason = "dropping pages has no safe form")]
            let given = unsafe { map.unchecked_advise_range(DontNeed, range.start, range.len()) };
            drop(given);
        }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            #[cfg(test)]
            Self::Owned(bytes) => bytes,
            Self::Mapped(map) => map,
        }
    }
}
