//! Files that the program carries. `build.rs` packs the texts of a folder into one stream; it is inflated when one of them is
//! first read.

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::DeflateDecoder;

include!(concat!(env!("OUT_DIR"), "/carried.rs"));

/// Folder of texts.
#[derive(Debug)]
pub struct Folder {
    /// Name of the folder; empty for a file without a folder.
    pub name: &'static str,
    /// Name and length of each text.
    files: &'static [(&'static str, usize)],
    texts: Texts,
}

/// Texts of a folder, one after the other.
#[derive(Debug)]
enum Texts {
    /// As they are.
    Plain(&'static str),
    /// As a stream, and inflated.
    Packed(&'static [u8], OnceLock<String>),
}

/// One text of a folder.
#[derive(Debug, Clone, Copy)]
pub struct File {
    folder: &'static Folder,
    number: usize,
}

impl Folder {
    /// The folder called `name`.
    pub fn of(folders: &'static [Self], name: &str) -> Option<&'static Self> {
        folders.iter().find(|folder| folder.name == name)
    }

    /// Its files, sorted by name.
    pub fn files(&'static self) -> impl Iterator<Item = File> {
        let folder = self;
        (0..self.files.len()).map(move |number| File { folder, number })
    }

    /// The file called `name`.
    pub fn file(&'static self, name: &str) -> Option<File> {
        let number = self.files.iter().position(|(own, _)| *own == name)?;
        Some(File {
            folder: self,
            number,
        })
    }

    fn texts(&'static self) -> &'static str {
        match &self.texts {
            Texts::Plain(text) => text,
            Texts::Packed(packed, text) => text.get_or_init(|| {
                let size = self.files.iter().map(|(_, size)| size).sum();
                let mut text = String::with_capacity(size);
                let read = DeflateDecoder::new(*packed).read_to_string(&mut text);
                debug_assert!(read.is_ok(), "the build packs whole streams");
                text
            }),
        }
    }
}

impl File {
    /// Name with its ending.
    pub const fn name(self) -> &'static str {
        self.folder.files[self.number].0
    }

    /// Name without its ending.
    pub fn stem(self) -> &'static str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Name of its folder.
    pub const fn folder(self) -> &'static str {
        self.folder.name
    }

    /// Contents.
    pub fn text(self) -> &'static str {
        let files = self.folder.files;
        let start: usize = files[..self.number].iter().map(|(_, size)| size).sum();
        let end = start + files[self.number].1;
        self.folder.texts().get(start..end).unwrap_or_default()
    }
}

/// Weights or an image next to a spec, by its path below the folder of specs.
pub fn asset(path: &str) -> Option<&'static [u8]> {
    let (_, contents) = ASSETS.iter().find(|(own, _)| *own == path)?;
    Some(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_that_of_its_file() {
        let whole = [
            ("architectures", &SPECS[..]),
            ("architectures", &PUBLISHED),
            ("docs/src/museum", &MUSEUM),
            ("docs/src/lessons", &LESSONS),
            ("docs/src/checks", &RULES[..1]),
        ];
        for (root, folders) in whole {
            for file in folders.iter().flat_map(Folder::files) {
                let path = [root, file.folder(), file.name()];
                let path: Vec<_> = path.into_iter().filter(|part| !part.is_empty()).collect();
                let path = path.join("/");
                let text = std::fs::read_to_string(&path).expect("a file");
                assert_eq!(file.text(), text, "{path}");
            }
        }
        for file in LANGUAGES.iter().flat_map(Folder::files) {
            let path = format!("src/text/languages/{}", file.name());
            let text = std::fs::read_to_string(&path).expect("a file");
            assert_eq!((file.text(), file.folder()), (text.as_str(), file.stem()));
        }
    }
}
