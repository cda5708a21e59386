//! Checkpoints of any format, recognised by their first bytes.

use super::bytes::Bytes;
use super::foreign;
use super::remedy::{ZIP, file_name};
use super::safetensors::SafetensorsFile;
use super::source::{WeightError, WeightSource};
use super::torch::{TorchFile, legacy};
use crate::network::Network;
use std::path::Path;

/// File extensions by which a file that does not exist yet is taken for a checkpoint.
const ENDINGS: [&str; 5] = ["safetensors", "pth", "pt", "ckpt", "bin"];

/// Whether a file has the name of a checkpoint.
pub fn is_named_so(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
}

/// Opens a safetensors file, or a file of `torch.save`.
///
/// # Errors
/// The file cannot be read, is damaged, is of another kind, or is a pickle that imports more than tensors.
pub fn open(path: impl AsRef<Path>) -> Result<Box<dyn WeightSource>, WeightError> {
    read(path.as_ref(), None)
}

/// Opens a checkpoint for a network: a prefix that is part of the network's own names is not taken for a wrapper's.
///
/// # Errors
/// As for [`open`].
pub fn open_for(
    path: impl AsRef<Path>,
    network: &Network,
) -> Result<Box<dyn WeightSource>, WeightError> {
    read(path.as_ref(), Some(network))
}

fn read(path: &Path, network: Option<&Network>) -> Result<Box<dyn WeightSource>, WeightError> {
    if path.is_dir() {
        let path = path.to_owned();
        return Err(match foreign::folder(&path) {
            Some(what) => WeightError::Foreign { path, what },
            None => WeightError::Format {
                reason: format!(
                    "it is a directory: name a checkpoint in it{}",
                    within(&path)
                ),
                path,
            },
        });
    }
    of(Bytes::map(path)?, path, network)
}

pub(super) fn of(
    bytes: Bytes,
    path: &Path,
    network: Option<&Network>,
) -> Result<Box<dyn WeightSource>, WeightError> {
    // A pickle begins with its protocol, or with an import in protocol 0; safetensors may begin so by its length, but then
    // JSON follows.
    let is_json = bytes.get(8) == Some(&b'{');
    let is_pickle = !is_json
        && match bytes.first() {
            Some(0x80) => bytes.get(1).is_some_and(|version| *version <= 5),
            Some(b'c' | b'(') => true,
            Some(b'L') => legacy::magic(&bytes).is_some(),
            _ => false,
        };
    Ok(if bytes.starts_with(ZIP) || is_pickle {
        Box::new(TorchFile::new(bytes, path.to_owned(), network)?)
    } else {
        Box::new(SafetensorsFile::new(bytes, path.to_owned(), network)?)
    })
}

/// Hint at the first checkpoint in a folder.
fn within(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.path());
    let first = names
        .filter(|path| is_named_so(path) && path.is_file())
        .min();
    first.map_or_else(String::new, |path| {
        format!(", such as {}", file_name(&path))
    })
}
