//! Effects of the explorer outside of itself: files that it writes, and the clipboard. Each ends in a text for the user.

use std::path::{Path, PathBuf};

use crate::export::file;
use crate::message;
use crate::text::Message;
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

/// Terminal command that copies a text to the clipboard, also over SSH (OSC 52).
pub(in crate::tui) fn copy_sequence(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", base64(text.as_bytes()))
}

/// Text in base64 (RFC 4648), as OSC 52 requires.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            let digit = move |at: usize| char::from(DIGITS[(bits >> (18 - 6 * at)) as usize & 63]);
            let count = chunk.len() + 1;
            (0..4).map(move |at| if at < count { digit(at) } else { '=' })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (text, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), coded);
        }
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
