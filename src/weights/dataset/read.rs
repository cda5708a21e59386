//! Reading a set's file: whole, gzip or not, and no more of it than its header says.

use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

use super::DataError;
use crate::message;
use crate::spec::open;
use crate::text::system::reason;

/// Bytes of a file of a set, at most.
pub(super) const MOST: u64 = 4 << 30;

/// First bytes of gzip.
const GZIP: [u8; 2] = [0x1F, 0x8B];

/// A file that is read from its beginning.
pub(super) struct Stream {
    path: String,
    bytes: Box<dyn Read>,
}

impl Stream {
    /// Opens a file; its content shows whether it is compressed.
    pub(super) fn open(path: &Path) -> Result<Self, DataError> {
        let shown = path.display().to_string();
        let unreadable = |error: std::io::Error| {
            DataError(message!(
                "data-unreadable",
                path = &shown,
                reason = reason(&error)
            ))
        };
        let mut file = BufReader::new(open::file(path).map_err(unreadable)?);
        let begin = std::io::BufRead::fill_buf(&mut file).map_err(unreadable)?;
        let bytes: Box<dyn Read> = if begin.starts_with(&GZIP) {
            Box::new(GzDecoder::new(file))
        } else {
            Box::new(file)
        };
        Ok(Self { path: shown, bytes })
    }

    /// Bytes that the program holds, compressed.
    pub(super) fn of_static(bytes: &'static [u8], name: &str) -> Self {
        Self {
            path: name.to_owned(),
            bytes: Box::new(GzDecoder::new(bytes)),
        }
    }

    /// The next `count` bytes, all of them.
    pub(super) fn take(&mut self, count: u64) -> Result<Vec<u8>, DataError> {
        let mut bytes = Vec::new();
        let read = (&mut self.bytes).take(count).read_to_end(&mut bytes);
        if let Err(error) = read
            && error.kind() != std::io::ErrorKind::UnexpectedEof
        {
            return Err(message!(
                "data-unreadable",
                path = &self.path,
                reason = reason(&error)
            )
            .into());
        }
        if (bytes.len() as u64) < count {
            return Err(message!(
                "data-cut-short",
                path = &self.path,
                missing = count - bytes.len() as u64
            )
            .into());
        }
        Ok(bytes)
    }

    /// All that is left, of at most `most` bytes.
    pub(super) fn rest(&mut self, most: u64) -> Result<Vec<u8>, DataError> {
        let mut bytes = Vec::new();
        let read = (&mut self.bytes).take(most + 1).read_to_end(&mut bytes);
        let why = match read {
            Ok(_) if bytes.len() as u64 <= most => return Ok(bytes),
            Ok(_) => return Err(self.too_long()),
            Err(error) => reason(&error),
        };
        Err(message!("data-unreadable", path = &self.path, reason = why).into())
    }

    /// Refuses a file that has more.
    pub(super) fn end(&mut self) -> Result<(), DataError> {
        match self.bytes.read(&mut [0]) {
            Ok(0) => Ok(()),
            _ => Err(self.too_long()),
        }
    }

    fn too_long(&self) -> DataError {
        DataError(message!("data-too-long", path = &self.path))
    }
}

/// The first of these files that is there, compressed or not.
pub(super) fn first(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    let forms = names
        .iter()
        .flat_map(|name| [(*name).to_owned(), format!("{name}.gz")]);
    forms
        .map(|name| folder.join(name))
        .find(|path| path.is_file())
}
