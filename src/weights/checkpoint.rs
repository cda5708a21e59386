//! A checkpoint of whatever format, told by how the file begins.

use super::bytes::Bytes;
use super::foreign;
use super::remedy::{ZIP, file_name};
use super::safetensors::SafetensorsFile;
use super::source::{WeightError, WeightSource};
use super::torch::{TorchFile, legacy};
use crate::message;
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
        let path = path.to_owned();
        return Err(match foreign::folder(&path) {
            Some(what) => WeightError::Foreign { path, what },
            None => WeightError::Format {
                reason: match within(&path) {
                    Some(first) => message!("weights-directory-such-as", file = first),
                    None => message!("weights-directory"),
                },
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

/// The first checkpoint in a folder, for people.
fn within(folder: &Path) -> Option<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.path());
    let first = names
        .filter(|path| is_named_so(path) && path.is_file())
        .min();
    first.map(|path| file_name(&path))
}
