//! Writing a file whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that could not be written; what stood there before still does.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {reason}; nothing was changed", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What is in the way, and where there is a way round it, that too.
    pub reason: String,
}

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and writing fails.
    Keep,
    /// The new one takes its place and its permissions, unless it is read-only.
    Replace,
}

/// Writes `bytes` to `path`, as [`write_with`] does.
///
/// # Errors
/// As [`write_with`].
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), WriteError> {
    write_with(path, existing, |file| file.write_all(bytes))
}

/// Writes what `contents` writes to a temporary file beside `path` and renames it once it is on the disk, so that no
/// reader ever sees half of it and nothing need be in memory at once. A symbolic link stays one: the file that it leads to
/// is written. A device or a pipe, such as `/dev/stdout`, is written to directly.
///
/// # Errors
/// The folder is not there or not writable, `path` is a directory, a file that is to be kept or a read-only one, the disk
/// is full, or `contents` fails.
pub fn write_with(
    path: &Path,
    existing: Existing,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    let failed = |reason: String| WriteError {
        path: path.to_owned(),
        reason,
    };
    // A link that leads nowhere is written as if it were not there.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&target).ok();
    if let Some(old) = &old {
        if old.is_dir() {
            return Err(failed("it is a directory".to_owned()));
        }
        if !old.is_file() {
            return through(&target, contents).map_err(|error| failed(reason(&error)));
        }
        if existing == Existing::Keep {
            return Err(failed(
                "there is such a file; --force replaces it".to_owned(),
            ));
        }
        // Renaming would replace even a file that its owner protected.
        if old.permissions().readonly() {
            return Err(failed("the file there is read-only".to_owned()));
        }
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(failed(format!(
            "there is no directory {}",
            folder.display()
        )));
    }
    aside(&target, folder, old.as_ref(), existing, contents).map_err(|error| failed(reason(&error)))
}

/// Writes a file of another name in `folder` and renames it to `target`.
fn aside(
    target: &Path,
    folder: &Path,
    old: Option<&std::fs::Metadata>,
    existing: Existing,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    // A temporary file is private unless told; an export has the permissions of any new file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let temporary = builder.tempfile_in(folder)?;
    let mut writer = BufWriter::new(temporary);
    contents(&mut writer)?;
    let temporary = writer
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?;
    if let Some(old) = old {
        temporary.as_file().set_permissions(old.permissions())?;
    }
    // Some disks say only now that they are full.
    temporary.as_file().sync_all()?;
    match existing {
        Existing::Replace => temporary.persist(target),
        // Another program may have made the file in the meantime.
        Existing::Keep => temporary.persist_noclobber(target),
    }
    .map(|_: File| ())
    .map_err(|error| error.error)
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
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::QuotaExceeded => "the disk quota is used up".to_owned(),
        ErrorKind::FileTooLarge => "it would be larger than files may be here".to_owned(),
        ErrorKind::PermissionDenied => "its directory allows no new files".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::AlreadyExists => "there is such a file; --force replaces it".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_folder_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        std::fs::create_dir(&inside).unwrap();
        let error = write(&inside, b"x", Existing::Replace).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("cannot be written: it is a directory; nothing was changed")
        );
        let nowhere = folder.path().join("nowhere/a.dot");
        let error = write(&nowhere, b"x", Existing::Replace).unwrap_err();
        assert!(error.to_string().contains("there is no directory"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_old_file_is_replaced_whole_or_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("net.dot");
        write(&path, b"old and long", Existing::Keep).unwrap();
        let error = write(&path, b"new", Existing::Keep).unwrap_err();
        assert!(error.reason.contains("--force"), "{error}");
        let halfway = |file: &mut dyn Write| {
            file.write_all(b"half")?;
            Err(io::Error::from(ErrorKind::StorageFull))
        };
        let error = write_with(&path, Existing::Replace, halfway).unwrap_err();
        assert_eq!(error.reason, "the disk is full");
        assert_eq!(std::fs::read(&path).unwrap(), b"old and long");
        write(&path, b"new", Existing::Replace).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_read_only_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("net.dot");
        write(&path, b"old", Existing::Keep).unwrap();
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        let error = write(&path, b"new", Existing::Replace).unwrap_err();
        assert_eq!(error.reason, "the file there is read-only");
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_a_device_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("net.dot"), folder.path().join("link"));
        write(&file, b"old", Existing::Keep).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"new", Existing::Replace).unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
        let device = folder.path().join("null");
        std::os::unix::fs::symlink("/dev/null", &device).unwrap();
        write(&device, b"x", Existing::Keep).unwrap();
        assert!(!Path::new("/dev/null").is_file());
    }
}
