//! The measured levels of this machine, kept in a file under the processor's name.

use std::path::{Path, PathBuf};

use crate::cli::engine::cpu;
use crate::engine::Isa;
use crate::engine::levels::Levels;
use crate::export::file;
use crate::message;
use crate::spec::user;
use crate::text::{Message, system};

/// Largest file that is read.
const MOST_BYTES: u64 = 64 << 10;
/// Sizes of the caches where the system does not tell them.
const CACHES: [u64; 3] = [32 << 10, 1 << 20, 32 << 20];

/// The levels of this machine for `isa`: as kept, or else measured and kept; with a note if a file could not be used. `None` if the
/// processor lacks the instructions.
pub(super) fn levels(isa: Isa) -> Option<(Levels, Option<Message>)> {
    let processor = processor();
    let file = user::machine(&format!("{processor} {}", isa.name()));
    let told = match file.as_deref().map(read) {
        Some(Ok(Some(levels))) => return Some((levels, None)),
        Some(Err(told)) => Some(told),
        Some(Ok(None)) | None => None,
    };
    let levels = Levels::measure(isa, processor, caches())?;
    let unwritten = file.and_then(|file| write(&file, &levels).err());
    Some((levels, told.or(unwritten)))
}

/// Levels in a file, if there is one.
fn read(path: &Path) -> Result<Option<Levels>, Message> {
    let failed = |reason: Message| {
        let file = path.display().to_string();
        message!("bench-machine-unread", file = file, reason = reason)
    };
    let text = match crate::spec::open::text(path, MOST_BYTES) {
        Ok(text) => text,
        Err(_) if !path.exists() => return Ok(None),
        Err(error) => return Err(failed(system::reason(&error))),
    };
    let levels: Levels =
        serde_json::from_str(&text).map_err(|error| failed(Message::foreign(error.to_string())))?;
    if levels.is_sound() {
        Ok(Some(levels))
    } else {
        Err(failed(message!("bench-machine-unsound")))
    }
}

fn write(path: &Path, levels: &Levels) -> Result<(), Message> {
    let failed = |reason: Message| message!("bench-machine-unkept", reason = reason);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| failed(system::reason(&error)))?;
    }
    let text = serde_json::to_string_pretty(levels)
        .map_err(|error| failed(Message::foreign(error.to_string())))?;
    file::write(path, (text + "\n").as_bytes(), file::Existing::Replace)
        .map_err(|error| failed(error.message()))
}

/// Name of the processor, or of its architecture.
fn processor() -> String {
    let told = cpu();
    let name = told
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
        let text = crate::spec::open::text(&path, 64).ok()?;
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
    caches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_machine_is_read_again_and_a_wrong_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/machine.json");
        assert_eq!(read(&path), Ok(None));
        let levels = Levels::measure(Isa::best(), processor(), [32 << 10, 256 << 10, 1 << 20]);
        let levels = levels.unwrap();
        write(&path, &levels).unwrap();
        assert_eq!(read(&path), Ok(Some(levels)));
        for wrong in ["", "{}", "[1]", "{\"processor\": 3}"] {
            std::fs::write(&path, wrong).unwrap();
            assert!(read(&path).is_err(), "{wrong}");
        }
    }

    #[test]
    fn caches_grow_from_level_to_level() {
        assert!(caches().is_sorted(), "{:?}", caches());
        assert!(!processor().is_empty());
    }
}
