//! Messages about files that are no checkpoints, by their first bytes, and names of files in messages.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use super::foreign;
use super::source::WeightError;
use crate::message;

/// First bytes of a file of `torch.save`: a ZIP archive or, before PyTorch 1.6, a pickle of a magic number.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// Error for a file that is not safetensors, with its reader's message `notice`.
pub(super) fn not_safetensors(bytes: &[u8], path: PathBuf, notice: &dyn Display) -> WeightError {
    if let Some(what) = foreign::kind(bytes) {
        return WeightError::Foreign { path, what };
    }
    let reason = if bytes.is_empty() {
        message!("weights-empty")
    } else if bytes.starts_with(ZIP) {
        message!("weights-zip")
    } else if path
        .extension()
        .is_some_and(|ending| ending == "safetensors")
    {
        message!("weights-safetensors-damaged", cause = format!("`{notice}`"))
    } else {
        message!("weights-unknown-format")
    };
    WeightError::Format { path, reason }
}

/// Name of a file without its folders, which would crowd every message.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
