//! Atomic writing of files: whole or not at all.

mod temporary;
#[cfg(test)]
mod tests;

use std::fs::{Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::message;
use crate::text::{Message, said, system};
use temporary::Temporary;
pub use temporary::{Abandoned, abandon};

/// A file that could not be written; the previous file at its path is unchanged.
#[derive(Debug)]
pub struct WriteError {
    /// Path of the file.
    pub path: PathBuf,
    /// Reason, and the fix if there is one.
    pub reason: Message,
}

impl WriteError {
    /// Problem, place and reason.
    pub fn message(&self) -> Message {
        let file = self.path.display().to_string();
        message!("file-unwritable", file = file, reason = self.reason.clone())
    }
}

said!(WriteError);

/// Policy for a file that already exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Keep it; writing fails.
    Keep,
    /// Replace it, with its owner, permissions and other names (hard links) kept, unless it is read-only.
    Replace,
}

/// Writes `bytes` to `path`, as in [`write_with`].
///
/// # Errors
/// As for [`write_with`].
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), WriteError> {
    write_with(path, existing, |file| file.write_all(bytes))
}

/// Writes a file through `contents`, as a [`Draft`] that is published at once.
///
/// # Errors
/// As for [`Draft::write`] and [`Draft::publish`].
pub fn write_with(
    path: &Path,
    existing: Existing,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    Draft::write(path, existing, contents)?.publish()
}

/// A file that is completely on disk, but not under its name yet. Dropping it leaves nothing.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    target: PathBuf,
    existing: Existing,
    /// Whether the contents are copied into the old file itself, because replacing it would lose its other names or its
    /// owner.
    in_place: bool,
    /// Temporary file; `None` if the output went directly to a device or a pipe.
    temporary: Option<Temporary>,
}

impl Draft {
    /// Writes through `contents` to a temporary file next to `path`: no reader ever sees half of it, and nothing need be in
    /// memory at once. A symbolic link is kept, and its target is written. A device or a pipe, such as `/dev/stdout`, is
    /// written directly.
    ///
    /// # Errors
    /// The folder does not exist or is not writable, `path` is a directory, the existing file is to be kept or is read-only,
    /// the disk is full, or `contents` fails.
    pub fn write(
        path: &Path,
        existing: Existing,
        contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Self, WriteError> {
        let failed = |reason: Message| WriteError {
            path: path.to_owned(),
            reason,
        };
        // A link without a target is replaced by the file.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let old = std::fs::metadata(&target).ok();
        let draft = |temporary, in_place| Self {
            path: path.to_owned(),
            target: target.clone(),
            existing,
            in_place,
            temporary,
        };
        if let Some(old) = &old {
            if old.is_dir() {
                return Err(failed(message!("system-directory")));
            }
            if !old.is_file() {
                return match through(&target, contents) {
                    Ok(()) => Ok(draft(None, false)),
                    Err(error) => Err(failed(reason(&error))),
                };
            }
            replaceable(old, existing).map_err(failed)?;
        }
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return Err(failed(message!(
                "file-no-directory",
                directory = folder.display().to_string()
            )));
        }
        let (temporary, is_alike) = set_aside(&target, folder, old.as_ref(), contents)
            .map_err(|error| failed(reason(&error)))?;
        let in_place = !is_alike || old.is_some_and(|old| has_other_names(&old));
        Ok(draft(Some(temporary), in_place))
    }

    /// Moves the file to its name.
    ///
    /// # Errors
    /// Another program created a file there that is to be kept, or the directory no longer accepts it.
    pub fn publish(self) -> Result<(), WriteError> {
        let Some(temporary) = self.temporary else {
            return Ok(());
        };
        let published = if self.in_place {
            temporary.pour(&self.target)
        } else {
            temporary.rename(&self.target, self.existing)
        };
        published.map_err(|error| WriteError {
            path: self.path,
            reason: reason(&error),
        })
    }
}

/// Refuses to replace a file if that would lose something.
fn replaceable(old: &Metadata, existing: Existing) -> Result<(), Message> {
    if existing == Existing::Keep {
        return Err(message!("file-exists"));
    }
    // Renaming would replace even a file that its owner protected.
    if old.permissions().readonly() {
        return Err(message!("file-read-only"));
    }
    Ok(())
}

/// Whether a file has other names (hard links), which would keep the old contents if the file were replaced.
#[cfg(unix)]
fn has_other_names(old: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(old) > 1
}

/// Always false: other systems do not report hard links.
#[cfg(not(unix))]
const fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Writes a temporary file in `folder`, and returns whether it has the owner and permissions of the old one.
fn set_aside(
    target: &Path,
    folder: &Path,
    old: Option<&Metadata>,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<(Temporary, bool)> {
    let temporary = Temporary::beside(target, folder)?;
    let is_alike = old.is_none_or(|old| owned_like(temporary.file(), old).is_ok());
    let mut writer = BufWriter::new(temporary.file());
    contents(&mut writer)?;
    writer.flush()?;
    drop(writer);
    if let Some(old) = old.filter(|_| is_alike) {
        temporary.file().set_permissions(old.permissions())?;
    }
    // Some disks report only now that they are full.
    temporary.file().sync_all()?;
    Ok((temporary, is_alike))
}

/// Gives a new file the owner and group of the one that it replaces.
#[cfg(unix)]
fn owned_like(file: &std::fs::File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    fchown(file, Some(old.uid()), Some(old.gid()))
}

/// Does nothing: on other systems the directory determines the owner.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix, where it can fail")]
fn owned_like(_: &std::fs::File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Writes to a target that is not a regular file.
fn through(
    target: &Path,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut writer = BufWriter::new(OpenOptions::new().write(true).open(target)?);
    match contents(&mut writer).and_then(|()| writer.flush()) {
        // A reader that closes the pipe early is not an error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Description of an error for display.
pub fn reason(error: &io::Error) -> Message {
    match error.kind() {
        ErrorKind::FileTooLarge => message!("file-too-large"),
        ErrorKind::PermissionDenied => message!("file-no-new-files"),
        ErrorKind::AlreadyExists => message!("file-exists"),
        _ => system::reason(error),
    }
}
