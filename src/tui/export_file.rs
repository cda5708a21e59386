//! Files that the explorer writes. Each ends in a text for the user.

use std::path::{Path, PathBuf};

use crate::export::file;
use crate::message;
use crate::text::system::reason;
use crate::text::{Joint, Message};
use crate::tui::file::File;

/// Writes a file into a folder under an unused name; returns the notice.
pub(in crate::tui) fn write(folder: &Path, wanted: &File) -> Message {
    let path = free_path(folder, &wanted.name);
    match file::write(&path, &wanted.bytes, file::Existing::Keep) {
        Ok(()) => {
            let shown = std::path::absolute(&path).unwrap_or(path);
            message!("notice-wrote", file = shown.display().to_string())
        }
        Err(error) => error.message(),
    }
}

/// Writes files into a folder, which is created if it is missing, each under an unused name; returns the notice.
pub(in crate::tui) fn keep(folder: &Path, files: &[File]) -> Message {
    let shown = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let shown = shown.display().to_string();
    if let Err(error) = std::fs::create_dir_all(folder) {
        return message!("notice-no-folder", path = shown, reason = reason(&error));
    }
    let mut names = Vec::new();
    for own in files {
        let path = free_path(folder, &own.name);
        if let Err(error) = file::write(&path, &own.bytes, file::Existing::Keep) {
            return error.message();
        }
        let name = path.file_name().unwrap_or_default();
        names.push(name.to_string_lossy().into_owned());
    }
    message!(
        "notice-kept",
        folder = shown,
        files = Joint::Comma.of(names)
    )
}

/// `net.csv`, or `net-2.csv` if that exists already, and so on: no export overwrites another.
pub(in crate::tui) fn free_path(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let names = std::iter::once(name.to_owned())
        .chain((2..1000).map(|number| format!("{stem}-{number}.{ending}")));
    let mut paths = names.map(|name| folder.join(name));
    paths
        .find(|path| !path.exists())
        .unwrap_or_else(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn kept_weights_take_the_place_of_no_others() {
        let own = format!("resnet-explore-keep-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        let files = ["a.safetensors", "b.safetensors"].map(|name| File {
            name: name.to_owned(),
            bytes: b"x".to_vec(),
        });
        let notices = [(); 2].map(|()| Language::ENGLISH.say(&keep(&folder, &files)));
        assert!(
            notices[0].ends_with("a.safetensors, b.safetensors"),
            "{notices:?}"
        );
        assert!(
            notices[1].ends_with("a-2.safetensors, b-2.safetensors"),
            "{notices:?}"
        );
        let nowhere = folder.join("a.safetensors");
        let notices = Language::ENGLISH.say(&keep(&nowhere, &files));
        assert!(notices.contains("cannot be created"), "{notices}");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn no_export_takes_the_place_of_another() {
        let own = format!("resnet-explore-export-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&folder).unwrap();
        let file = File {
            name: "net.csv".to_owned(),
            bytes: b"a".to_vec(),
        };
        let write = |folder: &Path| Language::ENGLISH.say(&write(folder, &file));
        assert!(write(&folder).ends_with("net.csv"));
        assert!(write(&folder).ends_with("net-2.csv"));
        let nowhere = folder.join("none");
        assert!(write(&nowhere).contains("cannot be written"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
