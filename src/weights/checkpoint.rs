//! A checkpoint of whatever format, recognised by how the file begins.

use super::bytes::Bytes;
use super::foreign;
use super::safetensors::SafetensorsFile;
use super::shards::{self, Shards};
use super::source::{WeightError, WeightSource};
use super::torch::{TorchFile, legacy};
use super::unreadable::{ZIP, file_name};
use super::wrapping::{For, Raw, unwrap};
use crate::message;
use crate::network::Network;
use std::path::Path;

/// File extensions by which a file that does not exist yet is taken for a checkpoint.
const ENDINGS: [&str; 6] = ["safetensors", "pth", "pt", "ckpt", "bin", "pkl"];

/// Whether a file has the name of a checkpoint.
pub fn has_checkpoint_name(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
}

/// Opens a safetensors file, or a file of `torch.save`.
///
/// # Errors
/// It cannot be read, is damaged, is something else, or is a pickle that asks for what can harm.
pub fn open(path: impl AsRef<Path>) -> Result<Box<dyn WeightSource>, WeightError> {
    read(path.as_ref(), For::default())
}

/// Opens one by its entry, or the tensors whose names begin so, if one is asked for.
///
/// # Errors
/// As [`open`]; there is no such entry.
pub fn open_entry(
    path: impl AsRef<Path>,
    entry: Option<&str>,
) -> Result<Box<dyn WeightSource>, WeightError> {
    let network = None;
    read(path.as_ref(), For { network, entry })
}

/// Opens one for a network, whose names the tensors then have, if they fit whole: whatever is around the weights is taken off, and
/// names of other libraries are translated. Of several entries the first that fits is read, averaged weights first, or the one that is
/// asked for.
///
/// # Errors
/// As [`open`]; there is no such entry; the network is there twice.
pub fn open_for(
    path: impl AsRef<Path>,
    network: &Network,
    entry: Option<&str>,
) -> Result<Box<dyn WeightSource>, WeightError> {
    let network = Some(network);
    read(path.as_ref(), For { network, entry })
}

fn read(path: &Path, of: For<'_>) -> Result<Box<dyn WeightSource>, WeightError> {
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
    self::of(Bytes::map(path)?, path, of)
}

pub(super) fn of(
    bytes: Bytes,
    path: &Path,
    of: For<'_>,
) -> Result<Box<dyn WeightSource>, WeightError> {
    let raw = if shards::is_index(&bytes, path) {
        let part = |path: &Path| Ok(raw(Bytes::map(path)?, path)?.first());
        Raw::Plain(Box::new(Shards::open(&bytes, path, &part)?))
    } else {
        raw(bytes, path)?
    };
    unwrap(raw, path, of)
}

/// A file as it is, of either format.
fn raw(bytes: Bytes, path: &Path) -> Result<Raw, WeightError> {
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
        Raw::Torch(Box::new(TorchFile::new(bytes, path.to_owned())?))
    } else {
        Raw::Plain(Box::new(SafetensorsFile::new(bytes, path.to_owned())?))
    })
}

/// Hint at the first checkpoint in a folder.
fn within(folder: &Path) -> Option<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.path());
    let first = names
        .filter(|path| has_checkpoint_name(path) && path.is_file())
        .min();
    first.map(|path| file_name(&path))
}
