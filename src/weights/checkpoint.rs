//! A checkpoint of whatever format, told by how the file begins.

use super::bytes::Bytes;
use super::safetensors::SafetensorsFile;
use super::source::{WeightError, WeightSource};
use super::torch::{TorchFile, legacy};
use crate::network::Network;
use std::path::Path;

/// How a file of `torch.save` begins: a ZIP archive, or, before PyTorch 1.6, a pickle of a magic number.
const ZIP: &[u8] = b"PK\x03\x04";

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

/// What to do about a file that is not safetensors, by how it begins.
pub(super) fn remedy(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() {
        "it is empty: download or save it again"
    } else if bytes.starts_with(ZIP) {
        "it is a ZIP archive, as `torch.save` writes"
    } else if bytes.starts_with(b"version https://git-lfs") {
        "it is a Git LFS pointer: fetch the file itself with `git lfs pull`"
    } else if bytes.starts_with(b"{") {
        "it is JSON: an index of parts, such as `model.safetensors.index.json`, holds no tensors; name a file that it lists"
    } else if is_onnx(bytes) {
        "it is an ONNX model, which this program writes and does not read: save the network's state_dict"
    } else if bytes.starts_with(b"<") {
        "it looks like a web page: download the file itself"
    } else if bytes.starts_with(&[0x1F, 0x8B]) {
        "it is compressed: unpack it with `gunzip`"
    } else if bytes.get(257..262) == Some(b"ustar") {
        "it is a tar archive: unpack it; one that PyTorch 0.1 wrote must be saved again with a later PyTorch"
    } else if bytes.starts_with(b"\x89HDF") {
        "it is HDF5, as Keras writes: convert it to safetensors"
    } else if bytes.starts_with(b"\x93NUMPY") {
        "it is an array of NumPy: save a state_dict"
    } else {
        "it may be cut short or damaged: download or save it again"
    }
}

/// Whether a file begins as ONNX does: the model's version, and then who made it.
fn is_onnx(bytes: &[u8]) -> bool {
    matches!(bytes, [0x08, 1..=20, 0x12 | 0x1A | 0x3A, ..])
}

/// A file's name; folders in front of it would crowd every message.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
