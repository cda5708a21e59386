//! Bytes of a storage in the file, plain or compressed.

use flate2::read::DeflateDecoder;
use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;

/// Place of a storage's bytes.
#[derive(Debug)]
pub(super) struct Run {
    /// Range in the file.
    pub(super) place: Range<usize>,
    /// Number of bytes after decompression, if they are compressed.
    pub(super) inflated: Option<usize>,
    /// Checksum, if the container has one.
    pub(super) crc: Option<u32>,
    /// Whether the checksum was verified, and its result.
    pub(super) checked: OnceLock<bool>,
}

/// Error message for a wrong checksum.
pub(super) const FALSE_CRC: &str = "its checksum is false: the file is damaged (or was saved with compute_crc32 switched off); \
     download or save it again";

impl Run {
    /// Size of the storage in bytes.
    pub(super) fn size(&self) -> usize {
        self.inflated.unwrap_or(self.place.len())
    }

    /// Bytes of a window, for a tensor of `needed` bytes.
    pub(super) fn window<'a>(
        &self,
        file: &'a [u8],
        window: Range<usize>,
        needed: usize,
    ) -> Result<Cow<'a, [u8]>, String> {
        let packed = file
            .get(self.place.clone())
            .ok_or("its storage ends beyond the file")?;
        if let Some(size) = self.inflated {
            // Decompression is limited by the network's needs, not by the file's claims.
            if size > needed.saturating_mul(16).saturating_add(1 << 20) {
                return Err(format!(
                    "it is a small part of {size} compressed bytes, which are not unpacked for it; save it uncompressed"
                ));
            }
            let bytes = inflate(packed, size, self.crc)?;
            return match bytes.get(window) {
                Some(part) => Ok(Cow::Owned(part.to_vec())),
                None => Err("its storage is too short".to_owned()),
            };
        }
        let right = self
            .checked
            .get_or_init(|| self.crc.is_none_or(|crc| crc == checksum(packed)));
        if !right {
            return Err(FALSE_CRC.to_owned());
        }
        packed
            .get(window)
            .map(Cow::Borrowed)
            .ok_or_else(|| "its storage is too short".to_owned())
    }
}

/// The checksum of ZIP archives.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Decompresses to exactly `size` bytes; memory is allocated as they arrive.
pub(super) fn inflate(packed: &[u8], size: usize, crc: Option<u32>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let limit = (size as u64).saturating_add(1);
    let mut unpacked = DeflateDecoder::new(packed).take(limit);
    if let Err(error) = unpacked.read_to_end(&mut bytes) {
        return Err(format!(
            "it cannot be unpacked ({error}): the file is damaged"
        ));
    }
    if bytes.len() != size {
        return Err(format!(
            "it should unpack to {size} bytes and does not: the file is damaged"
        ));
    }
    if crc.is_some_and(|crc| crc != checksum(&bytes)) {
        return Err(FALSE_CRC.to_owned());
    }
    Ok(bytes)
}
