//! Knowledge of this machine, kept in a file under the processor's name: measured rates and the passes that were raced.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::engine::Isa;
use crate::engine::levels::{Known, Levels};
use crate::export::file;
use crate::message;
use crate::spec::user;
use crate::text::{Message, system};

/// Largest file that is read: some hundred passes.
const MOST_BYTES: u64 = 1 << 20;
/// Sizes of the caches where the system does not tell them.
const CACHES: [u64; 3] = [32 << 10, 1 << 20, 32 << 20];
/// Most of the third-level cache that a process counts on: a larger one is shared by many cores.
const SHARE: u64 = 64 << 20;

/// Measured or kept knowledge of the machine.
pub(super) struct Machine {
    pub(super) known: Known,
    /// Whether it was measured now.
    pub(super) is_new: bool,
    /// Note about a file that could not be used.
    pub(super) note: Option<Message>,
}

/// File of this machine for `isa`. A build that is not optimised has other rates, and thus a file of its own.
fn file(isa: Isa) -> Option<PathBuf> {
    let build = if cfg!(debug_assertions) { " debug" } else { "" };
    user::machine(&format!("{} {}{build}", processor(), isa.name()))
}

/// Knowledge of this machine for `isa`: as kept, or else measured and kept. `None` if the processor lacks the instructions.
pub(super) fn measured(isa: Isa) -> Option<Machine> {
    let note = match file(isa).as_deref().map(read) {
        Some(Ok(Some(known))) => {
            return Some(Machine {
                known,
                is_new: false,
                note: None,
            });
        }
        Some(Err(note)) => Some(note),
        Some(Ok(None)) | None => None,
    };
    let known = Known::new(Levels::measure(isa, processor(), caches())?);
    let unwritten = keep(isa, &known).err();
    Some(Machine {
        known,
        is_new: true,
        note: note.or(unwritten),
    })
}

/// Kept knowledge of this machine for `isa`, if any; nothing is measured. The portable kernels compute alike on every
/// machine.
pub(super) fn kept(isa: Isa) -> Option<&'static Known> {
    static KEPT: OnceLock<Option<Known>> = OnceLock::new();
    if isa == Isa::Portable {
        return None;
    }
    let kept = KEPT.get_or_init(|| read(&file(isa)?).ok().flatten());
    kept.as_ref()
        .filter(|known| known.levels.kernel == isa.name())
}

/// Keeps what is known of this machine, if it has a file.
///
/// # Errors
/// The file cannot be written.
pub(super) fn keep(isa: Isa, known: &Known) -> Result<(), Message> {
    file(isa).map_or(Ok(()), |file| write(&file, known))
}

/// Contents of a file, if there is one.
fn read(path: &Path) -> Result<Option<Known>, Message> {
    let failed = |reason: Message| {
        let file = path.display().to_string();
        message!("bench-machine-unread", file = file, reason = reason)
    };
    let text = match crate::spec::open::text(path, MOST_BYTES) {
        Ok(text) => text,
        Err(_) if !path.exists() => return Ok(None),
        Err(error) => return Err(failed(system::reason(&error))),
    };
    let known: Known =
        serde_json::from_str(&text).map_err(|error| failed(Message::foreign(error.to_string())))?;
    if known.is_sound() {
        Ok(Some(known))
    } else {
        Err(failed(message!("bench-machine-unsound")))
    }
}

fn write(path: &Path, known: &Known) -> Result<(), Message> {
    let failed = |reason: Message| message!("bench-machine-unkept", reason = reason);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| failed(system::reason(&error)))?;
    }
    let text = serde_json::to_string_pretty(known)
        .map_err(|error| failed(Message::foreign(error.to_string())))?;
    file::write(path, (text + "\n").as_bytes(), file::Existing::Replace)
        .map_err(|error| failed(error.message()))
}

/// Description of the first processor, where the system has one: its beginning, since the system composes the whole anew, which
/// takes milliseconds where there are many.
pub(super) fn cpu() -> String {
    let mut text = Vec::new();
    let part = crate::spec::open::file(Path::new("/proc/cpuinfo")).map(|file| file.take(8 << 10));
    let _ = part.and_then(|mut part| part.read_to_end(&mut text));
    String::from_utf8_lossy(&text).into_owned()
}

/// Name of the processor, or of its architecture.
fn processor() -> String {
    let text = cpu();
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or(std::env::consts::ARCH, |(_, name)| name.trim())
        .to_owned()
}

/// Sizes of the data caches of the first core, the smallest first.
fn caches() -> [u64; 3] {
    let mut caches = CACHES;
    let all: PathBuf = "/sys/devices/system/cpu/cpu0/cache".into();
    let told = |index: usize, what: &str| {
        let path = all.join(format!("index{index}/{what}"));
        // The system states the size of a page for each of these files, whatever is in it.
        let text = crate::spec::open::text(&path, MOST_BYTES).ok()?;
        Some(text.trim().to_owned())
    };
    for index in 0..8 {
        let level = told(index, "level").and_then(|level| level.parse::<usize>().ok());
        let size = told(index, "size").and_then(|size| size.strip_suffix('K')?.parse::<u64>().ok());
        if let (Some(level @ 1..=3), Some(size)) = (level, size)
            && told(index, "type").as_deref() != Some("Instruction")
        {
            caches[level - 1] = size << 10;
        }
    }
    caches[2] = caches[2].min(SHARE);
    caches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::levels::{Basis, Ways};

    #[test]
    fn a_kept_machine_is_read_again_and_a_wrong_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/machine.json");
        assert_eq!(read(&path), Ok(None));
        let levels = Levels::measure(Isa::best(), processor(), [32 << 10, 256 << 10, 1 << 20]);
        let mut known = Known::new(levels.unwrap());
        let ways = Ways {
            by: Basis::Timed,
            ms: [2.0, 1.0],
            of: [("a convolution".to_owned(), "direct".to_owned())].into(),
        };
        known.passes.insert("a pass".to_owned(), ways);
        write(&path, &known).unwrap();
        assert_eq!(read(&path), Ok(Some(known.clone())));
        known.version += 1;
        write(&path, &known).unwrap();
        assert!(read(&path).is_err(), "another version");
        for wrong in ["", "{}", "[1]", "{\"processor\": 3}"] {
            std::fs::write(&path, wrong).unwrap();
            assert!(read(&path).is_err(), "{wrong}");
        }
    }

    #[test]
    fn caches_are_those_that_the_system_names() {
        assert!(caches().is_sorted(), "{:?}", caches());
        assert!(!processor().is_empty());
        for index in 0..4 {
            let own = format!("/sys/devices/system/cpu/cpu0/cache/index{index}");
            let read = |what: &str| std::fs::read_to_string(format!("{own}/{what}"));
            let (Ok(level), Ok(kind), Ok(size)) = (read("level"), read("type"), read("size"))
            else {
                continue;
            };
            if kind.trim() != "Instruction" {
                let kib: u64 = size.trim().trim_end_matches('K').parse().unwrap();
                let level: usize = level.trim().parse().unwrap();
                assert!((1..=3).contains(&level), "{level}");
                let most = if level == 3 { SHARE } else { u64::MAX };
                assert_eq!(caches()[level - 1], (kib << 10).min(most));
            }
        }
    }
}
