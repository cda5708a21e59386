//! Bytes of a pickle, read from the start.

use super::{Result, damaged};
use crate::message;

/// Bytes with a read position.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Number of bytes read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Position of the last byte that was read.
    pub(super) fn last(&self) -> usize {
        self.at.saturating_sub(1)
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(count);
        match end.and_then(|end| self.bytes.get(self.at..end)) {
            Some(taken) => {
                self.at += count;
                Ok(taken)
            }
            None => damaged(message!("pickle-ends", byte = self.at)),
        }
    }

    pub(super) fn counted(&mut self, count: u64) -> Result<&'a [u8]> {
        self.take(usize::try_from(count).unwrap_or(usize::MAX))
    }

    pub(super) fn byte(&mut self) -> Result<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(super) fn line(&mut self) -> Result<&'a str> {
        let rest = &self.bytes[self.at..];
        let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
            return damaged(message!("pickle-line-end", byte = self.at));
        };
        let line = self.take(length)?;
        self.take(1)?;
        match std::str::from_utf8(line) {
            Ok(line) => Ok(line.trim_end_matches('\r')),
            Err(_) => damaged(message!("pickle-line-text", byte = self.at)),
        }
    }
}
