//! A storage's bytes: in the file, as they are or compressed, or held where the description itself has them.

use crate::message;
use crate::text::Message;
use flate2::read::DeflateDecoder;
use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;

/// Place of a storage's bytes.
#[derive(Debug)]
pub(super) enum Run {
    /// Range in the file.
    Mapped {
        /// Position in the file.
        place: Range<usize>,
        /// Number of bytes after decompression, if they are compressed.
        inflated: Option<usize>,
        /// Checksum, if the container has one.
        crc: Option<u32>,
        /// Whether the checksum was verified, and its result.
        checked: OnceLock<bool>,
    },
    /// Numbers of a `NumPy` array, which are in the description.
    Held(Vec<u8>),
}

/// Error message for a wrong checksum.
pub(super) fn false_checksum() -> Message {
    message!("archive-checksum")
}

impl Run {
    /// Size of the storage in bytes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Mapped {
                place, inflated, ..
            } => inflated.unwrap_or(place.len()),
            Self::Held(bytes) => bytes.len(),
        }
    }

    /// Its position in the file, if it is there.
    pub(super) fn place(&self) -> Option<Range<usize>> {
        match self {
            Self::Mapped { place, .. } => Some(place.clone()),
            Self::Held(_) => None,
        }
    }

    /// Bytes of a window, for a tensor of `needed` bytes.
    pub(super) fn window<'a>(
        &'a self,
        file: &'a [u8],
        window: Range<usize>,
        needed: usize,
    ) -> Result<Cow<'a, [u8]>, Message> {
        let short = || message!("archive-short");
        let (place, inflated, crc, checked) = match self {
            Self::Held(bytes) => return bytes.get(window).map(Cow::Borrowed).ok_or_else(short),
            Self::Mapped {
                place,
                inflated,
                crc,
                checked,
            } => (place, *inflated, *crc, checked),
        };
        let packed = file
            .get(place.clone())
            .ok_or_else(|| message!("archive-beyond"))?;
        if let Some(size) = inflated {
            // Decompression is limited by the network's needs, not by the file's claims.
            if size > needed.saturating_mul(16).saturating_add(1 << 20) {
                return Err(message!("archive-small-part", bytes = size));
            }
            let bytes = inflate(packed, size, crc)?;
            return match bytes.get(window) {
                Some(part) => Ok(Cow::Owned(part.to_vec())),
                None => Err(short()),
            };
        }
        if !checked.get_or_init(|| crc.is_none_or(|crc| crc == checksum(packed))) {
            return Err(false_checksum());
        }
        packed.get(window).map(Cow::Borrowed).ok_or_else(short)
    }
}

/// The checksum of ZIP archives.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Decompresses to exactly `size` bytes; memory is allocated as they arrive.
pub(super) fn inflate(packed: &[u8], size: usize, crc: Option<u32>) -> Result<Vec<u8>, Message> {
    let mut bytes = Vec::new();
    let limit = (size as u64).saturating_add(1);
    let mut unpacked = DeflateDecoder::new(packed).take(limit);
    if let Err(error) = unpacked.read_to_end(&mut bytes) {
        return Err(message!("archive-unpack", cause = format!("`{error}`")));
    }
    if bytes.len() != size {
        return Err(message!("archive-unpack-size", bytes = size));
    }
    if crc.is_some_and(|crc| crc != checksum(&bytes)) {
        return Err(false_checksum());
    }
    Ok(bytes)
}
