//! Writing a file whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A file that could not be written; what stood there before still does.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {reason}; nothing was changed", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub reason: String,
}

/// Writes `bytes` to a temporary file beside `path` and renames it, so that no reader ever sees half of it.
///
/// # Errors
/// The folder is not there or not writable, `path` is a directory, or the disk is full.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    stream(path, |file| file.write_all(bytes))
}

/// The same for what `fill` writes piece by piece; where it fails, nothing was changed either.
///
/// # Errors
/// As [`write`], and whatever `fill` says.
pub fn stream<E: From<std::io::Error> + std::fmt::Display>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), WriteError> {
    let failed = |reason: String| WriteError {
        path: path.to_owned(),
        reason,
    };
    if path.is_dir() {
        return Err(failed("it is a directory".to_owned()));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(failed(format!(
            "there is no directory {}",
            folder.display()
        )));
    }
    let mut builder = tempfile::Builder::new();
    // A temporary file is private unless told; an export has the permissions of any new file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let write = || {
        let mut buffered = std::io::BufWriter::new(builder.tempfile_in(folder)?);
        fill(&mut buffered)?;
        let temporary = buffered
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        temporary.persist(path).map_err(|error| error.error)?;
        Ok::<_, E>(())
    };
    write().map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_folder_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        std::fs::create_dir(&inside).unwrap();
        let error = write(&inside, b"x").unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("cannot be written: it is a directory; nothing was changed")
        );
        let error = write(&folder.path().join("nowhere/a.dot"), b"x").unwrap_err();
        assert!(error.to_string().contains("there is no directory"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_old_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("net.dot");
        write(&path, b"old and long").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
