//! Reading of a spec from disk: files that cannot be specs are rejected before they are parsed.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::problem::Problem;
use super::source::{Place, Source};
use crate::message;

/// Largest spec in bytes; the longest shipped one has a few thousand.
pub const MAX_BYTES: u64 = 1 << 20;

/// Text of the file at `path`.
///
/// # Errors
/// The file does not exist, is a directory, cannot be read, is larger than [`MAX_BYTES`], is empty, or is not UTF-8.
pub fn read(path: &Path) -> Result<Arc<Source>, Box<Problem>> {
    let name = super::named::text(path);
    if path.is_dir() {
        let message = message!("problem-file-is-folder", file = &name);
        return Err(Problem::error("file", message)
            .help(message!("help-name-spec-file"))
            .into());
    }
    let bytes = super::open::bytes(path, MAX_BYTES).map_err(|error| {
        if error.kind() == ErrorKind::FileTooLarge {
            let message = message!(
                "problem-file-too-large",
                file = &name,
                size = MAX_BYTES >> 10
            );
            return Problem::error("file", message).help(message!("help-spec-is-short"));
        }
        let reason = crate::text::system::reason(&error);
        let message = message!("problem-file-unreadable", file = &name, reason = reason);
        Problem::error("file", message).help(message!("help-check-path"))
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let source = Arc::new(Source {
            name: name.clone(),
            text,
        });
        Problem::error("encoding", message!("problem-not-utf-8", byte = at))
            .at(&Place {
                source,
                span: at..at + 1,
            })
            .help(message!("help-save-as-utf-8"))
    })?;
    let source = Arc::new(Source { name, text });
    // Editors of Windows write a byte order mark even into an empty file.
    let written = source.text.trim_start_matches('\u{feff}');
    if written.trim().is_empty() {
        return Err(Problem::error("empty", message!("problem-file-empty"))
            .at(&Place { source, span: 0..0 })
            .help(message!("help-start-a-spec"))
            .into());
    }
    Ok(source)
}
