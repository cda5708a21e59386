//! Layout of the caches in which Python's libraries keep weights: torch hub's, and that of the Hugging Face hub.

use std::path::{Path, PathBuf};

use crate::spec::open;

/// Most bytes of a file that names a revision.
const LONGEST_REVISION: u64 = 4096;

/// File names of a repository's weights, in the order in which timm looks for them.
pub(super) const FILES: [&str; 2] = ["model.safetensors", "pytorch_model.bin"];

/// Paths of a file that is downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// The whole file.
    pub(super) file: PathBuf,
    /// The beginning of it, while there is no more.
    pub(super) part: PathBuf,
    /// The file that is locked meanwhile.
    pub(super) lock: PathBuf,
}

impl Slot {
    /// Paths in torch hub's `checkpoints`.
    pub(super) fn in_torch(checkpoints: &Path, name: &str) -> Self {
        Self {
            file: checkpoints.join(name),
            part: checkpoints.join(format!("{name}.partial")),
            lock: checkpoints.join(format!(".{name}.lock")),
        }
    }
}

/// A repository's folder in the hub's cache.
#[derive(Debug, Clone)]
pub(super) struct Repository {
    /// The folder.
    pub(super) folder: PathBuf,
    locks: PathBuf,
}

impl Repository {
    /// The folder of `org/name` in the cache.
    pub(super) fn of(cache: &Path, name: &str) -> Self {
        let folder = format!("models--{}", name.replace('/', "--"));
        Self {
            locks: cache.join(".locks").join(&folder),
            folder: cache.join(folder),
        }
    }

    /// The folder with a folder per revision.
    pub(super) fn snapshots(&self) -> PathBuf {
        self.folder.join("snapshots")
    }

    /// The folder of the files themselves, to which snapshots link.
    pub(super) fn blobs(&self) -> PathBuf {
        self.folder.join("blobs")
    }

    /// The folder of the locks that Python's client takes.
    pub(super) fn locks(&self) -> &Path {
        &self.locks
    }

    /// The file that names the newest revision.
    pub(super) fn main(&self) -> PathBuf {
        self.folder.join("refs").join("main")
    }

    /// Paths of a blob.
    pub(super) fn slot(&self, blob: &str) -> Slot {
        Slot {
            file: self.blobs().join(blob),
            part: self.blobs().join(format!("{blob}.incomplete")),
            lock: self.locks.join(format!("{blob}.lock")),
        }
    }

    /// The revision that `refs/main` names.
    pub(super) fn revision(&self) -> Option<String> {
        let text = open::text(&self.main(), LONGEST_REVISION).ok()?;
        let name = text.trim();
        // A revision is a name, and no path to elsewhere.
        let is_name = !name.is_empty() && !name.contains(['/', '\\', '.']);
        is_name.then(|| name.to_owned())
    }
}
