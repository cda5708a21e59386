//! Writing a file whole or not at all.

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

/// A file that could not be written; what stood there before still does.
#[derive(Debug)]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What is in the way, and where there is a way round it, that too.
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

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and writing fails.
    Keep,
    /// The new one takes its place, owner, permissions and other names (hard links), unless it is read-only.
    Replace,
}

/// Writes `bytes` to `path`, as [`write_with`] does.
///
/// # Errors
/// As [`write_with`].
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), WriteError> {
    write_with(path, existing, |file| file.write_all(bytes))
}

/// Writes what `contents` writes to a file, as a [`Draft`] that is published at once.
///
/// # Errors
/// As [`Draft::write`] and [`Draft::publish`].
pub fn write_with(
    path: &Path,
    existing: Existing,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    Draft::write(path, existing, contents)?.publish()
}

/// A file that is written whole and on the disk, but does not stand under its name yet. Dropping it leaves nothing.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    target: PathBuf,
    existing: Existing,
    /// Whether the old file takes the new contents itself, as replacing would lose its other names or its owner.
    in_place: bool,
    /// None where it was written to a device or a pipe.
    temporary: Option<Temporary>,
}

impl Draft {
    /// Writes what `contents` writes to a temporary file beside `path`, so that no reader ever sees half of it and nothing need be
    /// in memory at once. A symbolic link stays one: the file that it leads to is written. A device or a pipe, such as
    /// `/dev/stdout`, is written to directly.
    ///
    /// # Errors
    /// The folder is not there or not writable, `path` is a directory, a file that is to be kept, a read-only one, the disk is
    /// full, or `contents` fails.
    pub fn write(
        path: &Path,
        existing: Existing,
        contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Self, WriteError> {
        let failed = |reason: Message| WriteError {
            path: path.to_owned(),
            reason,
        };
        // A link that leads nowhere is written as if it were not there.
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
        let (temporary, is_alike) = aside(&target, folder, old.as_ref(), contents)
            .map_err(|error| failed(reason(&error)))?;
        let in_place = !is_alike || old.is_some_and(|old| has_other_names(&old));
        Ok(draft(Some(temporary), in_place))
    }

    /// Puts it under its name.
    ///
    /// # Errors
    /// Another program made a file there that is to be kept, or the directory does not take it any more.
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

/// Refuses to replace a file where that would lose something.
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

/// Whether a file has other names (hard links), which would keep the old contents if another file took its place.
#[cfg(unix)]
fn has_other_names(old: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(old) > 1
}

/// Whether a file has other names, which other systems do not say.
#[cfg(not(unix))]
const fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Writes a file of another name in `folder`; and whether it is like the old one in owner and permissions.
fn aside(
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
    // Some disks say only now that they are full.
    temporary.file().sync_all()?;
    Ok((temporary, is_alike))
}

/// Gives a new file the owner and the group of the one that it replaces.
#[cfg(unix)]
fn owned_like(file: &std::fs::File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    fchown(file, Some(old.uid()), Some(old.gid()))
}

/// Gives a new file the owner of the one that it replaces, which other systems do by the directory.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix, where it can fail")]
fn owned_like(_: &std::fs::File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Writes to what is no file.
fn through(
    target: &Path,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut writer = BufWriter::new(OpenOptions::new().write(true).open(target)?);
    match contents(&mut writer).and_then(|()| writer.flush()) {
        // A reader that has seen enough is no error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// What went wrong, for people.
pub fn reason(error: &io::Error) -> Message {
    match error.kind() {
        ErrorKind::FileTooLarge => message!("file-too-large"),
        ErrorKind::PermissionDenied => message!("file-no-new-files"),
        ErrorKind::AlreadyExists => message!("file-exists"),
        _ => system::reason(error),
    }
}
