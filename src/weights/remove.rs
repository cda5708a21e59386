//! Removal of published weights from the caches of Python's libraries.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::cache::{Repository, Slot};
use super::disk::{Keeper, Places};
use super::fetch;
use super::published::PublishedWeights;
use crate::message;
use crate::text::{Message, said};

/// Files that are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// Their paths.
    pub files: Vec<PathBuf>,
    /// Bytes that are free now.
    pub bytes: u64,
}

/// Reason why weights are not removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemoveError {
    /// They are not on this disk.
    NotHere(String),
    /// They are in the user's own directory alone, where nothing is removed.
    Own(PathBuf),
    /// They are being downloaded.
    Busy(PathBuf),
    /// The system does not remove a file.
    File {
        /// Path of the file.
        path: PathBuf,
        /// Reason.
        reason: Message,
    },
}

impl RemoveError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::NotHere(name) => message!("remove-not-here", name = name),
            Self::Own(path) => message!("remove-own", file = shown(path)),
            Self::Busy(path) => message!("remove-busy", file = shown(path)),
            Self::File { path, reason } => {
                message!("remove-failed", file = shown(path), reason = reason.clone())
            }
        }
    }
}

said!(RemoveError);

/// Removes weights from torch hub's cache and from that of the Hugging Face hub, with what a download left unfinished. A folder
/// of the hub's cache goes with its last file.
///
/// # Errors
/// They are in neither, a download of them goes on, or the system refuses.
pub fn remove(weights: &PublishedWeights, places: &Places) -> Result<Removed, RemoveError> {
    let parts = places.parts(weights);
    if let Some(slot) = parts.iter().find(|slot| is_locked(slot)) {
        return Err(RemoveError::Busy(slot.file.clone()));
    }
    let copies = places.copies(weights);
    let mut removed = Removed::default();
    let blobs: BTreeSet<PathBuf> = copies.iter().filter_map(|path| target(path)).collect();
    for path in copies {
        removed.take(&path)?;
    }
    let repository = places.repository(weights);
    if let Some(repository) = &repository {
        let linked = linked(repository);
        for blob in blobs.difference(&linked) {
            removed.take(blob)?;
        }
    }
    for slot in parts {
        removed.take(&slot.part)?;
    }
    if let Some(repository) = &repository
        && linked(repository).is_empty()
    {
        sweep(repository);
    }
    if !removed.files.is_empty() {
        return Ok(removed);
    }
    match places.find(weights) {
        Some(file) if file.keeper == Keeper::Own => Err(RemoveError::Own(file.path)),
        _ => Err(RemoveError::NotHere(weights.name())),
    }
}

impl Removed {
    /// Removes a file; one that is gone already is no error.
    fn take(&mut self, path: &Path) -> Result<(), RemoveError> {
        let Ok(data) = path.symlink_metadata() else {
            return Ok(());
        };
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(RemoveError::File {
                path: path.to_owned(),
                reason: fetch::reason(&error),
            }),
            _ => {
                if data.is_file() {
                    self.bytes += data.len();
                }
                self.files.push(path.to_owned());
                Ok(())
            }
        }
    }
}

/// The blob that a snapshot's file links to.
fn target(path: &Path) -> Option<PathBuf> {
    let target = fs::read_link(path).ok()?;
    let repository = path.parent()?.parent()?.parent()?;
    // A link may be written in many ways; the blob of that name in the same repository is what the client means.
    let blobs = repository.join("blobs");
    let parent = target.parent()?.file_name()?;
    (parent == "blobs").then(|| blobs.join(target.file_name().unwrap_or_default()))
}

/// Blobs that files of any snapshot link to; a file that is no link counts as itself.
fn linked(repository: &Repository) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![repository.snapshots()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                _ => {
                    let name = path.file_name().map(Path::new).map(Path::to_owned);
                    let blob = fs::read_link(&path).ok();
                    let blob = blob.and_then(|link| Some(link.file_name()?.to_owned()));
                    let blob = blob.map(|blob| repository.blobs().join(blob));
                    found.extend(blob.or(name));
                }
            }
        }
    }
    found
}

/// Removes the folders of a repository without files, and the client's notes in it.
fn sweep(repository: &Repository) {
    let has_blobs = fs::read_dir(repository.blobs()).is_ok_and(|mut all| all.next().is_some());
    if has_blobs {
        return;
    }
    // What cannot be removed does no harm: the folder has no weights.
    let _ = fs::remove_dir_all(&repository.folder);
    let _ = fs::remove_dir_all(repository.locks());
}

/// Whether a download holds the lock.
fn is_locked(slot: &Slot) -> bool {
    let Ok(file) = OpenOptions::new().write(true).open(&slot.lock) else {
        return false;
    };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}
