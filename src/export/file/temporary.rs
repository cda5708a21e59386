//! Temporary files, named after their owner: removed when dropped, at a signal, or by the next file if their program was
//! killed.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::Existing;
use crate::spec::open;

/// Separator between a file's name and the id of the process that writes it.
const OWNER: &str = ".resnet-explore-";
const ENDING: &str = ".tmp";

/// Maximum part of a name that its temporary file repeats, in bytes: file systems allow 255.
const MAX_STEM: usize = 200;

/// Temporary files of this process.
static LIVE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn live() -> MutexGuard<'static, Vec<PathBuf>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Guard: no temporary file is created while it is alive.
#[derive(Debug)]
pub struct Abandoned {
    _live: MutexGuard<'static, Vec<PathBuf>>,
}

/// Removes all temporary files of this process, which is about to exit without finishing them.
pub fn abandon() -> Abandoned {
    let mut live = live();
    for path in live.drain(..) {
        // A file that was renamed in the meantime is complete, and no longer exists under this name.
        let _ = std::fs::remove_file(path);
    }
    Abandoned { _live: live }
}

/// A temporary file, locked while it is open.
#[derive(Debug)]
pub(super) struct Temporary {
    file: NamedTempFile,
    _entry: Entry,
}

/// Entry in the list of live files, until the file is renamed or removed.
#[derive(Debug)]
struct Entry(PathBuf);

impl Drop for Entry {
    fn drop(&mut self) {
        live().retain(|path| *path != self.0);
    }
}

impl Temporary {
    /// Creates an empty file for `target` in its `folder`; removes those that killed programs left for the same target.
    pub(super) fn beside(target: &Path, folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let begin = beginning(target);
        sweep(folder, &begin);
        let process = std::process::id();
        let prefix = match NUMBER.fetch_add(1, Ordering::Relaxed) {
            0 => format!("{begin}{process}"),
            number => format!("{begin}{process}.{number}"),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(ENDING).rand_bytes(0);
        // A temporary file is private by default; an export has the permissions of any new file.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        // The lock keeps a signal from coming between a file and its entry.
        let mut live = live();
        let file = builder.tempfile_in(folder)?;
        let path = file.path().to_owned();
        live.push(path.clone());
        drop(live);
        // If the file system has no locks, no program mistakes the file for an abandoned one.
        let _ = file.as_file().try_lock();
        Ok(Self {
            file,
            _entry: Entry(path),
        })
    }

    pub(super) fn file(&self) -> &File {
        self.file.as_file()
    }

    /// Copies it into the target, which stays the same file. The room is already reserved when the first byte of the old
    /// contents is overwritten, and no signal can interrupt.
    pub(super) fn pour(mut self, target: &Path) -> io::Result<()> {
        let new = self.file.as_file().metadata()?.len();
        let mut file = OpenOptions::new().write(true).open(target)?;
        let old = file.metadata()?.len();
        let _live = live();
        let grown = file
            .seek(io::SeekFrom::End(0))
            .and_then(|_| io::copy(&mut io::repeat(0).take(new.saturating_sub(old)), &mut file))
            .and_then(|_| file.sync_all());
        if let Err(error) = grown {
            file.set_len(old)?;
            return Err(error);
        }
        file.rewind()?;
        self.file.rewind()?;
        io::copy(self.file.as_file_mut(), &mut file)?;
        file.set_len(new)?;
        file.flush()?;
        file.sync_all()
    }

    /// Renames it to the target.
    pub(super) fn rename(self, target: &Path, existing: Existing) -> io::Result<()> {
        match existing {
            Existing::Replace => self.file.persist(target),
            // Another program may have created the file in the meantime.
            Existing::Keep => self.file.persist_noclobber(target),
        }
        .map(|_: File| ())
        .map_err(|error| error.error)
    }
}

/// Prefix of the names of a target's temporary files: `.big.onnx.resnet-explore-`.
fn beginning(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let end = (0..=name.len().min(MAX_STEM))
        .rev()
        .find(|&at| name.is_char_boundary(at));
    format!(".{}{OWNER}", &name[..end.unwrap_or(0)])
}

/// Removes files that killed programs left: those with the prefix whose process no longer exists, and that no process has
/// locked.
fn sweep(folder: &Path, begin: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| process(name, begin));
        let is_left = |process| !is_alive(process) || process == std::process::id();
        if process.is_some_and(is_left) && is_free(&entry.path()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Process id in the name of a temporary file.
fn process(name: &str, begin: &str) -> Option<u32> {
    let rest = name.strip_prefix(begin)?.strip_suffix(ENDING)?;
    let (process, number) = rest.split_once('.').unwrap_or((rest, "0"));
    number.parse::<u64>().ok()?;
    process.parse().ok()
}

/// Whether the process exists on this machine; another machine or container may share the folder.
#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    process.is_some_and(|process| test_kill_process(process) != Err(Errno::SRCH))
}

/// Always false: on other systems, the lock decides.
#[cfg(not(unix))]
const fn is_alive(_: u32) -> bool {
    false
}

/// Whether the file exists and no program has locked it; false if that is unknown.
fn is_free(path: &Path) -> bool {
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    is_file && open::file(path).is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_whose_they_are_and_are_not_too_long() {
        let begin = beginning(Path::new("a/big.onnx"));
        assert_eq!(begin, ".big.onnx.resnet-explore-");
        assert_eq!(process(".big.onnx.resnet-explore-12.tmp", &begin), Some(12));
        let second = ".big.onnx.resnet-explore-12.3.tmp";
        assert_eq!(process(second, &begin), Some(12));
        for other in [
            "big.onnx",
            ".big.onnx.resnet-explore-.tmp",
            ".big.onnx.resnet-explore-12.tmp.bak",
            ".big.onnx.resnet-explore-12.a.tmp",
            ".small.onnx.resnet-explore-12.tmp",
        ] {
            assert_eq!(process(other, &begin), None, "{other}");
        }
        let long = "é".repeat(127);
        assert_eq!(
            beginning(Path::new(&long)).len(),
            1 + MAX_STEM + OWNER.len()
        );
    }

    #[test]
    fn what_a_live_process_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("net.onnx");
        let first = Temporary::beside(&target, folder.path()).unwrap();
        let second = Temporary::beside(&target, folder.path()).unwrap();
        assert!(first.file.path().exists() && second.file.path().exists());
        // No process has the largest id, so only the lock protects this file.
        let left = folder
            .path()
            .join(format!("{}{}{ENDING}", beginning(&target), i32::MAX));
        std::fs::write(&left, "half").unwrap();
        let held = File::open(&left).unwrap();
        held.lock().unwrap();
        drop(Temporary::beside(&target, folder.path()).unwrap());
        assert!(left.exists());
        drop(held);
        drop(Temporary::beside(&target, folder.path()).unwrap());
        assert!(!left.exists());
        assert!(first.file.path().exists() && second.file.path().exists());
        drop((first, second));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
