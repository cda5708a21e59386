//! The beginning of a file that is downloaded, with the hash of what is there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::weights::hash::Hasher;

/// The beginning of a file.
pub(super) struct Part {
    file: File,
    path: PathBuf,
    length: u64,
    hasher: Hasher,
    /// Whether some of it is from an earlier download.
    pub(super) is_resumed: bool,
}

impl Part {
    /// Opens the part of an earlier download, or an empty one.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).read(true).write(true);
        let mut file = options.open(path)?;
        let mut hasher = Hasher::default();
        let length = hasher.read(&mut file)?;
        Ok(Self {
            file,
            path: path.to_owned(),
            length,
            hasher,
            is_resumed: length > 0,
        })
    }

    /// Number of bytes.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Adds the next bytes, as many as the disk takes.
    pub(super) fn add(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let length = match self.file.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            self.hasher.add(&bytes[..length]);
            self.length += length as u64;
            bytes = &bytes[length..];
        }
        Ok(())
    }

    /// Begins again with nothing.
    pub(super) fn restart(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        (self.length, self.hasher, self.is_resumed) = (0, Hasher::default(), false);
        Ok(())
    }

    /// Hash of what is there.
    pub(super) fn hash(&self) -> String {
        self.hasher.clone().digits()
    }

    /// Gives the file its name, once it is on the disk.
    pub(super) fn publish(self, path: &Path) -> io::Result<()> {
        // Some disks report only now that they are full.
        self.file.sync_all()?;
        fs::rename(&self.path, path)
    }

    /// Takes it away.
    pub(super) fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}
