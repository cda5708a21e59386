//! A checkpoint of whatever format, told by how the file begins.

use super::bytes::Bytes;
use super::remedy::ZIP;
use super::safetensors::SafetensorsFile;
use super::source::{WeightError, WeightSource};
use super::torch::{TorchFile, legacy};
use crate::network::Network;
use std::path::Path;

/// Endings of names by which a file that is not there yet is taken for a checkpoint.
const ENDINGS: [&str; 5] = ["safetensors", "pth", "pt", "ckpt", "bin"];

/// Whether a file's name is a checkpoint's.
pub fn is_named_so(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
}

/// Opens a safetensors file or one of `torch.save`.
///
/// # Errors
/// It cannot be read, is damaged, is something else, or is a pickle that asks for more than tensors.
pub fn open(path: impl AsRef<Path>) -> Result<Box<dyn WeightSource>, WeightError> {
    read(path.as_ref(), None)
}

/// Opens one for a network: a prefix that is a part of the network's own names is not taken for a wrapper's.
///
/// # Errors
/// As [`open`].
pub fn open_for(
    path: impl AsRef<Path>,
    network: &Network,
) -> Result<Box<dyn WeightSource>, WeightError> {
    read(path.as_ref(), Some(network))
}

fn read(path: &Path, network: Option<&Network>) -> Result<Box<dyn WeightSource>, WeightError> {
    if path.is_dir() {
        let reason = if path.join(".metadata").is_file() {
            "it is a folder of torch.distributed.checkpoint: make one file of it with \
             `python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER FILE.pth`"
        } else {
            "it is a directory: name a checkpoint in it"
        };
        return Err(WeightError::Format {
            path: path.to_owned(),
            reason: reason.to_owned(),
        });
    }
    of(Bytes::map(path)?, path, network)
}

pub(super) fn of(
    bytes: Bytes,
    path: &Path,
    network: Option<&Network>,
) -> Result<Box<dyn WeightSource>, WeightError> {
    // A pickle begins with its protocol, or in protocol 0 with what it imports; safetensors may by its length, but then JSON follows.
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
