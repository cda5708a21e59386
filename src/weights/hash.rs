//! SHA-256 of weights, by which their publishers identify them.

use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Fewest digits in a file's name that identify it, as in `resnet50-0676ba61.pth`.
const FEWEST_DIGITS: usize = 8;

/// Number of digits of a whole hash.
const ALL_DIGITS: usize = 64;

/// Publisher's hash of a file: the whole, or its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected(String);

impl Expected {
    /// A whole hash of small hexadecimal digits.
    pub fn whole(text: &str) -> Option<Self> {
        is_hash(text, ALL_DIGITS).then(|| Self(text.to_owned()))
    }

    /// The digits before the file name's ending, which torch hub compares with the SHA-256: `resnet50-0676ba61.pth`.
    pub fn of_name(path: &Path) -> Option<Self> {
        let (_, digits) = path.file_stem()?.to_str()?.rsplit_once('-')?;
        is_hash(digits, FEWEST_DIGITS).then(|| Self(digits.to_owned()))
    }

    /// Its digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Digits of a file's hash to be shown with these; `None` if the file has the hash.
    pub fn other_than(&self, found: &str) -> Option<String> {
        (!found.starts_with(&self.0)).then(|| found[..self.0.len().max(FEWEST_DIGITS)].to_owned())
    }
}

fn is_hash(text: &str, least: usize) -> bool {
    (least..=ALL_DIGITS).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Hash of bytes that come in pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Hasher(Sha256);

impl Hasher {
    /// Adds the next bytes.
    #[cfg(feature = "fetch")]
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Adds all bytes that are left to read.
    pub(super) fn read(&mut self, from: &mut impl Read) -> io::Result<u64> {
        io::copy(from, &mut self.0)
    }

    /// Digits of the hash.
    pub(super) fn digits(self) -> String {
        let digest = self.0.finalize();
        digest
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }
}
