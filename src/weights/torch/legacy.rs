//! The format of `torch.save` before PyTorch 1.6: five pickles in a row, then the storages, each after its length.

use super::Contents;
use super::run::Run;
use super::state::{self, Source};
use crate::message;
use crate::weights::pickle::{self, Id, Object, Objects, PickleError, Result, damaged};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The first pickle in protocols 0 and 1: the number 0x1950a86a20f9469cfc6c as text.
const MAGIC_TEXT: &[u8] = b"L119547037146038801333356L\n.";

/// The same number from protocol 2 on, after the protocol.
const MAGIC: &[u8] = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";

/// Length of the first pickle; `None` if the file is not of this format.
pub(in crate::weights) fn magic(bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(MAGIC_TEXT) {
        return Some(MAGIC_TEXT.len());
    }
    let [0x80, 2..=5, rest @ ..] = bytes else {
        return None;
    };
    // From protocol 4 on, a frame may surround it, with the length of its contents.
    let rest = match rest {
        [0x95, framed @ ..] => framed.get(8..)?,
        rest => rest,
    };
    rest.starts_with(MAGIC)
        .then(|| bytes.len() - rest.len() + MAGIC.len())
}

/// Reads the contents of a state dictionary.
pub(super) fn read(bytes: &[u8]) -> Result<Contents> {
    let Some(mut at) = magic(bytes) else {
        return plain(bytes);
    };
    let (_, _, read) = next(bytes, at)?; // the protocol's version
    at += read;
    let (system, root, read) = next(bytes, at)?;
    if let Some(little) = system.value(root, "little_endian")
        && *system.get(little) == Object::Bool(false)
    {
        return damaged(message!("pickle-big-endian"));
    }
    at += read;
    let (objects, root, read) = next(bytes, at)?;
    at += read;
    let (keys, list, read) = next(bytes, at)?;
    at += read;
    let runs = storages(bytes, at, &objects, &keys, list)?;
    let source = Source::new(|key, size| {
        let Some((from, to)) = runs.get(key) else {
            return damaged(message!("pickle-storage-missing", storage = key));
        };
        if ((to - from) as u64) < size {
            return damaged(message!(
                "pickle-storage-size",
                storage = key,
                wanted = size,
                found = to - from
            ));
        }
        Ok(Run::Mapped {
            place: *from..*to,
            inflated: None,
            crc: None,
            checked: OnceLock::new(),
        })
    });
    state::contents(&objects, root, source)
}

/// A pickle that is not of `torch.save`: it may hold arrays of numpy.
fn plain(bytes: &[u8]) -> Result<Contents> {
    let (objects, root, _) = pickle::read(bytes)?;
    let nowhere = Source::new(|key, _| damaged(message!("pickle-storage-missing", storage = key)));
    state::contents(&objects, root, nowhere).or_else(|error| match error {
        // The global that it asks for says more than its wrong kind.
        PickleError::Refused(_) => Err(error),
        _ => damaged(message!("pickle-other")),
    })
}

fn next(bytes: &[u8], at: usize) -> Result<(Objects<'_>, Id, usize)> {
    pickle::read(&bytes[at..]).map_err(|error| match error {
        PickleError::Damaged(reason) => {
            PickleError::Damaged(message!("pickle-damaged", reason = reason))
        }
        other => other,
    })
}

/// Place of each storage by its key: they follow each other in the order of `keys`.
fn storages(
    bytes: &[u8],
    mut at: usize,
    objects: &Objects<'_>,
    keys: &Objects<'_>,
    list: Id,
) -> Result<HashMap<String, (usize, usize)>> {
    let (Object::List(list) | Object::Tuple(list)) = keys.get(list) else {
        return damaged(message!("pickle-storages"));
    };
    let sizes: HashMap<&str, usize> = objects
        .storages()
        .map(|storage| {
            let size = storage.kind.map_or(1, crate::weights::number::Kind::size);
            (storage.key.as_str(), size)
        })
        .collect();
    let mut runs = HashMap::new();
    for key in list {
        let Some(key) = keys.text(*key) else {
            return damaged(message!("pickle-storage-name"));
        };
        let Some(size) = sizes.get(key) else {
            return damaged(message!("pickle-storage-unused", storage = key));
        };
        let Some((count, _)) = bytes
            .get(at..)
            .and_then(|rest| rest.split_first_chunk::<8>())
        else {
            return damaged(message!("pickle-storage-cut", storage = key));
        };
        let count = u64::from_le_bytes(*count);
        let end = usize::try_from(count).ok().and_then(|count| {
            let length = count.checked_mul(*size)?;
            let end = (at + 8).checked_add(length)?;
            (end <= bytes.len()).then_some(end)
        });
        let Some(end) = end else {
            return damaged(message!(
                "pickle-storage-claims",
                storage = key,
                count = count
            ));
        };
        if runs.insert(key.to_owned(), (at + 8, end)).is_some() {
            return damaged(message!("pickle-storage-twice", storage = key));
        }
        at = end;
    }
    Ok(runs)
}
