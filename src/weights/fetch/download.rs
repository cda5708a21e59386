//! A download from asking to the file's place in the cache.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::Fetched;
use super::client::Client;
use super::error::{Cause, FetchError};
use super::lock::Lock;
use super::progress::{Progress, Stage};
use super::retry::{self, Retry};
use super::settings::Settings;
use super::source::{self, Revision, Source};
use super::transfer::Transfer;
use crate::spec::open;
use crate::weights::disk::{Keeper, OnDisk, Places};
use crate::weights::hash::Hasher;
use crate::weights::published::PublishedWeights;

/// Interval in which a lock of another program is tried.
const LOCKED: Duration = Duration::from_millis(200);

/// Tag that backup programs look for in a cache.
const CACHE_TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n";

/// Downloads a file.
pub(super) fn download(
    weights: &PublishedWeights,
    places: &Places,
    settings: &Settings,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Fetched, FetchError> {
    if let Some(variable) = settings.offline {
        return Err(Cause::Offline(variable).into());
    }
    let client = Client::new(settings);
    let mut retry = Retry::new(settings.patience, cancel);
    let source = loop {
        progress(&Progress::of(Stage::Asking));
        match source::find(weights, places, settings, &client, cancel) {
            Err(FetchError {
                cause: cause @ (Cause::Busy { .. } | Cause::Status { .. }),
                ..
            }) if is_passing(&cause) => {
                let asked = match &cause {
                    Cause::Busy { wait, .. } => *wait,
                    _ => None,
                };
                retry.pause(cause, asked, &mut |stage| progress(&Progress::of(stage)))?;
            }
            found => break found?,
        }
    };
    let slot = &source.slot;
    let lock = Lock::take(&slot.lock, source.revision.is_none(), || {
        progress(&Progress::of(Stage::Waiting));
        retry::wait(LOCKED, cancel)
    })?;
    // Another program may have downloaded it meanwhile.
    if is_whole(&source) {
        return place(&source, true);
    }
    // Where no file can be locked, nobody else may write to the part.
    let own = slot
        .part
        .with_extension(format!("{}.partial", std::process::id()));
    let part = lock.held.as_ref().map_or(&own, |_| &slot.part);
    let transfer = Transfer::new(&client, &source, part, settings.patience, cancel, progress);
    let part = transfer.run().map_err(|error| {
        if lock.held.is_some() {
            return error;
        }
        // Nobody continues from it.
        let _ = fs::remove_file(part);
        error.cause.into()
    })?;
    part.publish(&slot.file)
        .map_err(|error| Cause::writing(&slot.file, &error))?;
    place(&source, false)
}

/// Whether another try may find another answer.
fn is_passing(cause: &Cause) -> bool {
    match cause {
        Cause::Busy { .. } => true,
        Cause::Status { status, .. } => matches!(status, 408 | 500 | 502 | 503 | 504),
        _ => false,
    }
}

/// Whether the file is there, with the publisher's hash.
fn is_whole(source: &Source) -> bool {
    let mut hasher = Hasher::default();
    let read = open::file(&source.slot.file).and_then(|mut file| hasher.read(&mut file));
    read.is_ok() && source.expected.other_than(&hasher.digits()).is_none()
}

/// Makes a whole file one that Python's libraries find.
fn place(source: &Source, was_here: bool) -> Result<Fetched, FetchError> {
    let file = &source.slot.file;
    let (path, keeper) = match &source.revision {
        None => (file.clone(), Keeper::Torch),
        Some(revision) => {
            let snapshot = revision.repository.snapshots().join(&revision.commit);
            let path = snapshot.join(revision.file);
            publish(revision, file, &path).map_err(|error| Cause::writing(&path, &error))?;
            (path, Keeper::Hub)
        }
    };
    let bytes = path.metadata().map_or(0, |data| data.len());
    Ok(Fetched {
        file: OnDisk { path, keeper },
        bytes,
        was_here,
    })
}

/// Links a snapshot's file to its blob, and lets `refs/main` name the snapshot.
fn publish(revision: &Revision, blob: &Path, path: &Path) -> io::Result<()> {
    let name = blob.file_name().unwrap_or_default();
    if let Some(snapshot) = path.parent() {
        fs::create_dir_all(snapshot)?;
    }
    let tag = revision.cache.join("CACHEDIR.TAG");
    if !tag.exists() {
        fs::write(tag, CACHE_TAG)?;
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // A link that can be moved with the cache; where there are none, the file itself, as Python's client does.
    let target = Path::new("..").join("..").join("blobs").join(name);
    if link(&target, path).is_err() {
        fs::rename(blob, path)?;
    }
    let main = revision.repository.main();
    if let Some(folder) = main.parent() {
        fs::create_dir_all(folder)?;
    }
    let aside = main.with_extension(format!("{}.tmp", std::process::id()));
    fs::write(&aside, &revision.commit)?;
    fs::rename(aside, main)
}

#[cfg(unix)]
fn link(target: &Path, path: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(windows)]
fn link(target: &Path, path: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target, path)
}

/// Fails: elsewhere there are no links.
#[cfg(not(any(unix, windows)))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
