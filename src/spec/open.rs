//! The only way to open a user's file: it must be a regular file, and is read up to a limit.

use std::fs::{File, FileType};
use std::io::{ErrorKind, Read, Result};
use std::path::Path;

use crate::message;
use crate::text::Message;
use crate::text::system::error;

/// Opens a regular file for reading; a pipe or a device could have no end, and is rejected before it is opened.
///
/// # Errors
/// It is not there, is no regular file, or cannot be read; [`reason`](crate::text::system::reason) says why.
pub fn file(path: &Path) -> Result<File> {
    regular(std::fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    // The file at the path may have changed meanwhile.
    regular(file.metadata()?.file_type())?;
    Ok(file)
}

/// Bytes of a regular file with at most `most` bytes.
///
/// # Errors
/// As for [`file()`], or the file is larger.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>> {
    let file = file(path)?;
    let too_large = || {
        let unit = if most >= 1 << 20 {
            format!("{} MiB", most >> 20)
        } else {
            format!("{} KiB", most >> 10)
        };
        error(
            ErrorKind::FileTooLarge,
            message!("system-too-large", limit = unit),
        )
    };
    if file.metadata()?.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Text of a regular file with at most `most` bytes.
///
/// # Errors
/// As for [`bytes`], or the file is not UTF-8.
pub fn text(path: &Path, most: u64) -> Result<String> {
    String::from_utf8(bytes(path, most)?)
        .map_err(|_| error(ErrorKind::InvalidData, message!("system-not-utf8")))
}

fn regular(kind: FileType) -> Result<()> {
    if kind.is_file() {
        return Ok(());
    }
    Err(error(ErrorKind::InvalidInput, Message::new(other(kind))))
}

/// Description of a file that is not a regular one.
#[cfg(unix)]
fn other(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_dir() {
        "system-directory"
    } else if kind.is_fifo() {
        "system-pipe"
    } else if kind.is_socket() {
        "system-socket"
    } else {
        "system-device"
    }
}

/// Description of a file that is not a regular one.
#[cfg(not(unix))]
fn other(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "system-directory"
    } else {
        "system-device"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_no_further() {
        let path = Path::new("Cargo.toml");
        let length = std::fs::metadata(path).unwrap().len();
        assert_eq!(bytes(path, length).unwrap().len() as u64, length);
        let error = bytes(path, length - 1).unwrap_err().to_string();
        assert!(error.starts_with("system-too-large "), "{error}");
    }

    #[test]
    fn what_is_no_file_is_not_opened() {
        let error = file(Path::new("src")).unwrap_err().to_string();
        assert_eq!(error, "system-directory");
        #[cfg(unix)]
        assert_eq!(
            file(Path::new("/dev/zero")).unwrap_err().to_string(),
            "system-device"
        );
    }
}
