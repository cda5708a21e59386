//! Messages about files that are no checkpoints, by their first bytes, and names of files in messages.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use super::foreign;
use super::source::WeightError;

/// First bytes of a file of `torch.save`: a ZIP archive or, before PyTorch 1.6, a pickle of a magic number.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// Error for a file that is not safetensors, with its reader's message `told`.
pub(super) fn not_safetensors(bytes: &[u8], path: PathBuf, told: &dyn Display) -> WeightError {
    if let Some(what) = foreign::kind(bytes) {
        return WeightError::Foreign { path, what };
    }
    let reason = if bytes.is_empty() {
        "it is empty: download or save it again".to_owned()
    } else if bytes.starts_with(ZIP) {
        "it is a ZIP archive, as `torch.save` writes".to_owned()
    } else if path
        .extension()
        .is_some_and(|ending| ending == "safetensors")
    {
        format!(
            "it is no whole safetensors file ({told}): it may be cut short or damaged; download or save it again"
        )
    } else {
        "it is neither of `torch.save` nor safetensors: it may be cut short, damaged, or of another program; download or save it again"
            .to_owned()
    };
    WeightError::Format { path, reason }
}

/// Name of a file without its folders, which would crowd every message.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
