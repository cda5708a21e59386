//! Published weights on this disk: in torch hub's cache, in that of the Hugging Face hub, in a folder of the user's own.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cache::{FILES, Repository, Slot};
use super::hash::{Expected, Hasher};
use super::published::{self, PublishedWeights};
use crate::sorting::Sorting;
use crate::spec::{open, user};

/// Environment variable that names a folder of the user's own.
pub const VARIABLE: &str = "RESNET_EXPLORE_WEIGHTS";

/// Kind of place where weights are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The folder that [`VARIABLE`] names.
    Own,
    /// torch hub's checkpoints, where torchvision downloads to.
    Torch,
    /// The cache of the Hugging Face hub, where timm downloads to.
    Hub,
}

impl Keeper {
    /// Name in data formats.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Torch => "torch",
            Self::Hub => "huggingface",
        }
    }
}

/// Folders to look in, each of which may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The user's own folder.
    pub own: Option<PathBuf>,
    /// torch hub's `checkpoints`.
    pub torch: Option<PathBuf>,
    /// The hub's cache, which has a folder per repository.
    pub hub: Option<PathBuf>,
}

/// A file of published weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDisk {
    /// The file.
    pub path: PathBuf,
    /// Its place.
    pub keeper: Keeper,
}

/// Result of a comparison of a file's SHA-256 with that of its publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hash {
    /// They agree.
    Right,
    /// They differ: the file is damaged, or another one.
    Wrong {
        /// Hash that the publisher states: the whole, or its beginning.
        expected: String,
        /// Hash of the file.
        found: String,
    },
    /// The publisher's is not known.
    Unknown,
}

impl Places {
    /// The folders of this system's user.
    pub fn of_system() -> Self {
        let home = user::home();
        Self::of(|name| std::env::var_os(name), home.as_deref())
    }

    /// The folders by the environment, as PyTorch and the hub's client determine them: on every system below `~/.cache` by default.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>, home: Option<&Path>) -> Self {
        let folder = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty())?;
            Some(PathBuf::from(value))
        };
        let cache = folder("XDG_CACHE_HOME").or_else(|| Some(home?.join(".cache")));
        let below = |name: &str| cache.as_ref().map(|cache| cache.join(name));
        let torch = folder("TORCH_HOME").or_else(|| below("torch"));
        let hub = folder("HF_HUB_CACHE")
            .or_else(|| folder("HUGGINGFACE_HUB_CACHE"))
            .or_else(|| Some(folder("HF_HOME")?.join("hub")))
            .or_else(|| below("huggingface/hub"));
        Self {
            own: folder(VARIABLE),
            torch: torch.map(|torch| torch.join("hub").join("checkpoints")),
            hub,
        }
    }

    /// The file of published weights: of the user's own folder first, then as the libraries load it.
    pub fn find(&self, weights: &PublishedWeights) -> Option<OnDisk> {
        let of = |keeper| move |path| OnDisk { path, keeper };
        let own = || {
            let folder = self.own.as_ref()?;
            let names =
                ["safetensors", "pth", "bin"].map(|end| format!("{}.{end}", weights.name()));
            let files = weights.files().map(str::to_owned);
            first_file(names.into_iter().chain(files).map(|name| folder.join(name)))
        };
        let torch = || {
            let folder = self.torch.as_ref()?;
            first_file(weights.files().map(|name| folder.join(name)))
        };
        let hub = || self.in_hub(weights.hub?);
        own()
            .map(of(Keeper::Own))
            .or_else(|| hub().map(of(Keeper::Hub)))
            .or_else(|| torch().map(of(Keeper::Torch)))
    }

    /// Every copy of published weights in the caches of Python's libraries, as the paths that these open.
    pub(super) fn copies(&self, weights: &PublishedWeights) -> Vec<PathBuf> {
        let torch = self.torch.iter().flat_map(|folder| {
            let paths = weights.files().map(|name| folder.join(name));
            paths.filter(|path| path.is_file())
        });
        let hub = self.repository(weights).into_iter().flat_map(|own| {
            let snapshots = fs::read_dir(own.snapshots()).ok();
            let revisions = snapshots.into_iter().flatten().flatten();
            let files = revisions.flat_map(|entry| FILES.map(|name| entry.path().join(name)));
            // A link that leads nowhere goes too.
            files.filter(|path| path.symlink_metadata().is_ok())
        });
        torch.chain(hub).collect()
    }

    /// Partial files of interrupted downloads, each with the file that is locked while a download runs.
    pub(super) fn parts(&self, weights: &PublishedWeights) -> Vec<Slot> {
        let torch = self.torch.iter().flat_map(|folder| {
            let names = weights.files();
            names.map(|name| Slot::in_torch(folder, name))
        });
        let hub = self.repository(weights).into_iter().flat_map(|own| {
            let blobs = fs::read_dir(own.blobs()).ok();
            let names = blobs.into_iter().flatten().flatten().filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                Some(name.strip_suffix(".incomplete")?.to_owned())
            });
            names.map(move |blob| own.slot(&blob))
        });
        let mut slots: Vec<_> = torch.chain(hub).collect();
        slots.retain(|slot| slot.part.is_file());
        slots
    }

    /// The number of bytes of weights whose download did not end.
    pub fn begun(&self, weights: &PublishedWeights) -> Option<u64> {
        let sizes = self.parts(weights).into_iter();
        let sizes = sizes.filter_map(|slot| Some(slot.part.metadata().ok()?.len()));
        sizes.max()
    }

    /// The folder of the weights' repository.
    pub(super) fn repository(&self, weights: &PublishedWeights) -> Option<Repository> {
        Some(Repository::of(self.hub.as_ref()?, weights.hub?))
    }

    /// The file of a repository: of the revision that `refs/main` names, else of the newest snapshot.
    fn in_hub(&self, repository: &str) -> Option<PathBuf> {
        let repository = Repository::of(self.hub.as_ref()?, repository);
        let snapshots = repository.snapshots();
        let files = |revision: PathBuf| first_file(FILES.map(|name| revision.join(name)));
        let main = repository.revision();
        if let Some(file) = main.and_then(|name| files(snapshots.join(name))) {
            return Some(file);
        }
        let mut all: Vec<_> = fs::read_dir(snapshots).ok()?.flatten().collect();
        all.order_by_key(|entry| {
            let changed = entry.metadata().and_then(|data| data.modified()).ok();
            std::cmp::Reverse((changed, entry.file_name()))
        });
        all.into_iter().find_map(|entry| files(entry.path()))
    }
}

/// A network's weights on this disk that tell as many classes apart, the most accurate first; those of unknown accuracy come last.
pub fn here(net: &str, classes: u64, places: &Places) -> Vec<(&'static PublishedWeights, OnDisk)> {
    let fitting = published::of(net).filter(|row| row.classes == classes);
    let mut here: Vec<_> = fitting
        .filter_map(|row| Some((row, places.find(row)?)))
        .collect();
    here.sort_by_cached_key(|(row, _)| {
        // Accuracies have three decimals.
        let top1 = published::accuracy(row).map(|[top1, _]| (top1 * 1e3) as u64);
        std::cmp::Reverse(top1)
    });
    here
}

/// The most accurate of a network's weights on this disk that tell as many classes apart.
pub fn best_here(
    net: &str,
    classes: u64,
    places: &Places,
) -> Option<(&'static PublishedWeights, OnDisk)> {
    here(net, classes, places).into_iter().next()
}

fn first_file(paths: impl IntoIterator<Item = PathBuf>) -> Option<PathBuf> {
    // A link into the hub's blobs is followed; one that leads nowhere is no file.
    paths.into_iter().find(|path| path.is_file())
}

/// Compares a file's SHA-256 with the one in its name, or in the name of the blob that it links to.
///
/// # Errors
/// The file cannot be read.
pub fn verify(file: &OnDisk) -> io::Result<Hash> {
    let expected = match file.keeper {
        Keeper::Hub => blob(&file.path),
        Keeper::Own | Keeper::Torch => Expected::of_name(&file.path),
    };
    let Some(expected) = expected else {
        return Ok(Hash::Unknown);
    };
    let mut hasher = Hasher::default();
    hasher.read(&mut open::file(&file.path)?)?;
    Ok(match expected.other_than(&hasher.digits()) {
        None => Hash::Right,
        Some(found) => {
            let expected = expected.digits().to_owned();
            Hash::Wrong { expected, found }
        }
    })
}

/// The hash in the name of the blob: the SHA-256 of a large file, or else git's hash, which is shorter and of other bytes.
fn blob(path: &Path) -> Option<Expected> {
    let target = fs::read_link(path).ok()?;
    Expected::whole(target.file_name()?.to_str()?)
}
