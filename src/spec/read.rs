//! Reading of a spec from disk: files that cannot be specs are rejected before they are parsed.

use std::path::Path;
use std::sync::Arc;

use super::problem::Problem;
use super::source::{Place, Source};

/// Largest spec in bytes; the longest shipped one has a few thousand.
pub const LARGEST: u64 = 1 << 20;

/// Text of the file at `path`.
///
/// # Errors
/// The file does not exist, is a directory, cannot be read, is larger than [`LARGEST`], is empty, or is not UTF-8.
pub fn read(path: &Path) -> Result<Arc<Source>, Problem> {
    let name = super::named::text(path);
    let file = |message: String| Problem::error("file", format!("{name}: {message}"));
    if path.is_dir() {
        return Err(
            file("this is a directory".into()).help("name a spec file, such as my_resnet.toml")
        );
    }
    let bytes = super::open::bytes(path, LARGEST).map_err(|error| {
        if error.kind() == std::io::ErrorKind::FileTooLarge {
            return file(format!("is larger than {} KiB", LARGEST >> 10))
                .help("a spec has a few dozen lines: is this the right file?");
        }
        let help = "check the path, or run `resnet-explore list` for the shipped networks";
        file(format!("cannot be read: {error}")).help(help)
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let source = Arc::new(Source {
            name: name.clone(),
            text,
        });
        Problem::error("encoding", format!("byte {at} is not UTF-8"))
            .at(&Place {
                source,
                span: at..at + 1,
            })
            .help("save the file as UTF-8")
    })?;
    let source = Arc::new(Source { name, text });
    // Editors of Windows write a byte order mark even into an empty file.
    let written = source.text.trim_start_matches('\u{feff}');
    if written.trim().is_empty() {
        return Err(Problem::error("empty", "the file is empty")
            .at(&Place { source, span: 0..0 })
            .help("start with `inherits = \"resnet50\"` and say what differs"));
    }
    Ok(source)
}
