//! Downloads of published weights into the caches that Python's libraries read.
//!
//! Nothing here is called unasked: a command or a key of the user's leads to [`fetch`], and nothing else touches the network.
//! It blocks, so the explorer calls it on a worker thread, with a flag that ends it and a function that receives its progress:
//!
//! ```no_run
//! use std::sync::atomic::AtomicBool;
//! use resnet_explore::weights::{disk::Places, fetch, published};
//!
//! let weights = published::named("resnet18.a1_in1k", None).expect("published");
//! // Before anything is downloaded: about 46,800,000 bytes, apache-2.0, from huggingface.co.
//! let size = fetch::expected_size(weights).map(|size| size.bytes);
//! let licence = weights.licence;
//! let settings = fetch::Settings::of_system();
//! let cancel = AtomicBool::new(false); // another thread may set it
//! let fetched = fetch::fetch(weights, &Places::of_system(), &settings, &cancel, &mut |progress| {
//!     let _ = (progress.stage, progress.done, progress.total, progress.left());
//! });
//! match fetched {
//!     Ok(fetched) => assert!(fetched.file.path.is_file()),
//!     // The same call continues where this one ended: `error.kept` bytes are on the disk.
//!     Err(error) => assert!(error.kept == 0 || size.is_some()),
//! }
//! # let _ = licence;
//! ```
//!
//! A file is written aside under a lock, continued by range where a download broke off, compared with its publisher's SHA-256,
//! and only then given its name: torch hub's `checkpoints/FILE`, or a blob, a link and a revision in the hub's cache.

#[cfg(feature = "fetch")]
mod address;
#[cfg(feature = "fetch")]
mod client;
#[cfg(feature = "fetch")]
mod download;
mod error;
#[cfg(feature = "fetch")]
mod lock;
#[cfg(feature = "fetch")]
mod part;
mod progress;
#[cfg(feature = "fetch")]
mod retry;
mod settings;
mod size;
#[cfg(feature = "fetch")]
mod source;
#[cfg(feature = "fetch")]
mod transfer;

use std::sync::atomic::AtomicBool;

use super::disk::{Hash, Keeper, OnDisk, Places, verify};
use super::published::PublishedWeights;

pub(in crate::weights) use error::reason;
pub use error::{Cause, FetchError};
pub use progress::{Progress, Stage};
pub use settings::{MIRROR, Patience, Proxies, Settings};
pub use size::{Size, expected_size};

/// Whether this build can download at all; [`fetch`] fails with [`Cause::NotBuilt`] otherwise.
pub const AVAILABLE: bool = cfg!(feature = "fetch");

/// Weights that are on this disk now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The file, where Python looks for it.
    pub file: OnDisk,
    /// Its size.
    pub bytes: u64,
    /// Whether it was there already, so nothing was downloaded.
    pub was_here: bool,
}

/// Downloads weights that are not on this disk; those that are there, and whole, are left as they are.
///
/// `cancel` ends it within a quarter of a second, or once a file that is being checked is read; what has arrived is kept for the
/// next call.
///
/// # Errors
/// The network, the server or the disk fails, another file arrives than the publisher's, or `cancel` is set. No file under the
/// name of the weights is ever incomplete.
pub fn fetch(
    weights: &PublishedWeights,
    places: &Places,
    settings: &Settings,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Fetched, FetchError> {
    if let Some(file) = places.find(weights) {
        progress(&Progress::of(Stage::Checking));
        // A damaged file in a cache is replaced; the user's own directory is the user's.
        let is_whole = matches!(verify(&file), Ok(Hash::Right | Hash::Unknown));
        if is_whole || file.keeper == Keeper::Own {
            let bytes = file.path.metadata().map_or(0, |data| data.len());
            return Ok(Fetched {
                file,
                bytes,
                was_here: true,
            });
        }
    }
    #[cfg(feature = "fetch")]
    return download::download(weights, places, settings, cancel, progress);
    #[cfg(not(feature = "fetch"))]
    {
        let _ = (settings, cancel);
        Err(Cause::NotBuilt.into())
    }
}

/// Name of the server that weights come from: `huggingface.co`, `download.pytorch.org`.
pub fn host(weights: &PublishedWeights, settings: &Settings) -> String {
    let address = match (weights.hub, weights.url) {
        (Some(_), _) => settings.hub.clone(),
        (None, url) => settings.mirrored(url.unwrap_or_default()),
    };
    let rest = address
        .split_once("://")
        .map_or(&*address, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    // A name and password before the host are nobody's business.
    host.rsplit('@').next().unwrap_or_default().to_owned()
}
