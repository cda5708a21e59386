//! Lock of a file that only one program downloads at a time; on Unix the one that Python's hub client takes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Cause, FetchError};

/// A lock that is held until it is dropped.
pub(super) struct Lock {
    /// The locked file; `None` on a file system without locks.
    pub(super) held: Option<File>,
    path: PathBuf,
    /// Whether the file goes with the lock.
    goes: bool,
}

impl Lock {
    /// Takes a lock as soon as nobody else has it. `wait` is called meanwhile, and may give up.
    pub(super) fn take(
        path: &Path,
        goes: bool,
        mut wait: impl FnMut() -> Result<(), FetchError>,
    ) -> Result<Self, FetchError> {
        let failed = |error: io::Error| FetchError::from(Cause::writing(path, &error));
        let lock = |held| Self {
            held,
            path: path.to_owned(),
            goes,
        };
        loop {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(failed)?;
            }
            let mut options = OpenOptions::new();
            let file = options.create(true).truncate(false).write(true).open(path);
            let file = file.map_err(failed)?;
            match file.try_lock() {
                // Whoever had it may have taken the file away.
                Ok(()) if !is_at(&file, path) => {}
                Ok(()) => return Ok(lock(Some(file))),
                Err(TryLockError::WouldBlock) => wait()?,
                Err(TryLockError::Error(_)) => return Ok(lock(None)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.goes && self.held.is_some() && cfg!(unix) {
            // Another program that waits sees that the file is gone, and makes its own.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let key = |data: fs::Metadata| (data.dev(), data.ino());
    let own = file.metadata().map(key).ok();
    own.is_some() && own == fs::metadata(path).map(key).ok()
}

/// Always true: elsewhere the file stays.
#[cfg(not(unix))]
const fn is_at(_: &File, _: &Path) -> bool {
    true
}
