//! The ZIP archive of `torch.save` since PyTorch 1.6: `NAME/data.pkl` is the description, `NAME/data/0`, `1`, … hold the
//! numbers.

use super::Contents;
use super::run::{Run, checksum, false_checksum, inflate};
use super::state::{self, Source};
use crate::message;
use crate::sorting::Sorting;
use crate::text::Argument;
use crate::weights::foreign;
use crate::weights::pickle::{self, PickleError, Result, damaged};
use rawzip::{CompressionMethod, ZipArchive};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The longest description that is unpacked; a real one takes some hundred kilobytes.
const MAX_PICKLE: u64 = 32 << 20;

/// The longest that is read in place, uncompressed: one with arrays of numpy has all their numbers in it.
const MAX_IN_PLACE: u64 = 4 << 30;

/// The error for a broken archive.
fn broken(cause: impl Into<Argument>) -> PickleError {
    PickleError::Damaged(message!("archive-broken", cause = cause))
}

/// Problem that the archive reader reports.
#[allow(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn unreadable(cause: rawzip::Error) -> PickleError {
    broken(format!("`{cause}`"))
}

/// A file in the archive.
struct Member {
    place: Range<usize>,
    compressed: bool,
    size: u64,
    crc: u32,
}

/// Reads the contents of a state dictionary.
pub(super) fn read(bytes: &[u8]) -> Result<Contents> {
    let members = members(bytes)?;
    let Some(prefix) = members
        .keys()
        .find_map(|name| name.strip_suffix("data.pkl"))
    else {
        let names: Vec<&str> = members.keys().map(String::as_str).collect();
        if let Some(what) = foreign::archive(&names) {
            return Err(PickleError::Foreign(what));
        }
        return damaged(message!("archive-without-description"));
    };
    let contents = |name: &str| -> Result<Option<Cow<'_, [u8]>>> {
        let member = members.get(&format!("{prefix}{name}"));
        member.map(|member| small(bytes, member, name)).transpose()
    };
    if contents("byteorder")?.is_some_and(|order| order.as_ref() == b"big") {
        return damaged(message!("pickle-big-endian"));
    }
    let description = contents("data.pkl")?.unwrap_or_default();
    let (objects, root, _) = pickle::read(&description)?;
    let source = Source::new(|key, size| {
        let Some(member) = members.get(&format!("{prefix}data/{key}")) else {
            return damaged(message!("pickle-storage-missing", storage = key));
        };
        if member.size < size {
            return damaged(message!(
                "pickle-storage-size",
                storage = key,
                wanted = size,
                found = member.size
            ));
        }
        Ok(Run::Mapped {
            place: member.place.clone(),
            inflated: member.compressed.then_some(member.size as usize),
            crc: Some(member.crc),
            checked: OnceLock::new(),
        })
    });
    state::contents(&objects, root, source)
}

/// The whole of a member that is not a storage.
fn small<'a>(bytes: &'a [u8], member: &Member, name: &str) -> Result<Cow<'a, [u8]>> {
    let longest = if member.compressed {
        MAX_PICKLE
    } else {
        MAX_IN_PLACE
    };
    if member.size > longest {
        return damaged(message!(
            "archive-long",
            name = name,
            bytes = member.size,
            limit = longest >> 20
        ));
    }
    let packed = &bytes[member.place.clone()];
    let whole = if member.compressed {
        let unpacked = inflate(packed, member.size as usize, Some(member.crc));
        return unpacked.map(Cow::Owned).or_else(|reason| {
            damaged(message!("weights-of-tensor", name = name, reason = reason))
        });
    } else {
        packed
    };
    if checksum(whole) == member.crc {
        Ok(Cow::Borrowed(whole))
    } else {
        damaged(message!(
            "weights-of-tensor",
            name = name,
            reason = false_checksum()
        ))
    }
}

/// The members by name, each within the file.
fn members(bytes: &[u8]) -> Result<HashMap<String, Member>> {
    let archive = ZipArchive::from_slice(bytes).map_err(unreadable)?;
    if archive.directory_offset() > archive.eocd_offset() {
        return Err(broken(message!("archive-directory")));
    }
    let mut members = HashMap::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(unreadable)? {
        let path = entry.file_path();
        let name = String::from_utf8_lossy(path.as_ref()).into_owned();
        let compressed = match entry.compression_method() {
            CompressionMethod::STORE => false,
            CompressionMethod::DEFLATE => true,
            method => {
                let method = u32::from(method.as_u16());
                return damaged(message!("archive-method", name = name, method = method));
            }
        };
        if entry.flags().is_encrypted() {
            return damaged(message!("archive-encrypted", name = name));
        }
        let (packed, size) = (entry.compressed_size_hint(), entry.uncompressed_size_hint());
        // Deflate cannot shrink by more than this.
        let possible = if compressed {
            size / 1032 <= packed.saturating_add(16)
        } else {
            size == packed
        };
        if !possible {
            return damaged(message!(
                "archive-claims",
                name = name,
                bytes = size,
                packed = packed
            ));
        }
        let found = archive.get_entry(entry.wayfinder());
        let found = found.map_err(|error| broken(format!("`{name}: {error}`")))?;
        let (from, to) = found.compressed_data_range();
        let (from, to) = (usize::try_from(from), usize::try_from(to));
        let place = match (from, to) {
            (Ok(from), Ok(to)) if bytes.get(from..to).is_some() => from..to,
            _ => return Err(broken(message!("archive-member-beyond", name = name))),
        };
        let member = Member {
            place,
            compressed,
            size,
            crc: entry.crc32(),
        };
        if members.insert(name.clone(), member).is_some() {
            return damaged(message!("archive-twice", name = name));
        }
    }
    overlaps(&members)?;
    Ok(members)
}

/// Refuses members that share bytes, as those of zip bombs do.
fn overlaps(members: &HashMap<String, Member>) -> Result<()> {
    let mut places: Vec<_> = members
        .iter()
        .map(|(name, member)| (&member.place, name))
        .collect();
    places.order_by_key(|(place, _)| (place.start, place.end));
    for pair in places.windows(2) {
        let [(first, one), (second, other)] = pair else {
            continue;
        };
        if second.start < first.end {
            return damaged(message!("archive-overlap", first = *one, second = *other));
        }
    }
    Ok(())
}
