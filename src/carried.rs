//! Files that the program carries. `build.rs` packs the texts of a folder into one stream, and weights by planes of bytes;
//! they are inflated when one of them is first read.

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

/// Texts of a folder, one after the other: as a stream, and inflated.
#[derive(Debug)]
struct Texts {
    packed: &'static [u8],
    text: OnceLock<String>,
}

/// Weights or an image next to a spec.
#[derive(Debug)]
pub struct Asset {
    /// Path below the folder of specs.
    pub path: &'static str,
    contents: Contents,
}

/// Contents of an asset.
#[derive(Debug)]
enum Contents {
    /// The file's own bytes.
    Plain(&'static [u8]),
    /// Every fourth byte, then those after them, and so on, as a stream; and the file's own bytes.
    Planes {
        packed: &'static [u8],
        size: usize,
        whole: OnceLock<Vec<u8>>,
    },
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
}

impl Texts {
    const fn new(packed: &'static [u8]) -> Self {
        let text = OnceLock::new();
        Self { packed, text }
    }

    fn get(&self, size: usize) -> &str {
        self.text.get_or_init(|| {
            let mut text = String::with_capacity(size);
            let read = DeflateDecoder::new(self.packed).read_to_string(&mut text);
            debug_assert!(read.is_ok(), "the build packs whole streams");
            text
        })
    }
}

impl Asset {
    /// Weights or an image next to a spec, by its path below the folder of specs.
    pub fn of(path: &str) -> Option<&'static Self> {
        ASSETS.iter().find(|asset| asset.path == path)
    }

    /// The file's bytes.
    pub fn bytes(&'static self) -> &'static [u8] {
        match &self.contents {
            Contents::Plain(bytes) => bytes,
            Contents::Planes {
                packed,
                size,
                whole,
            } => whole.get_or_init(|| joined(packed, *size)),
        }
    }
}

impl Contents {
    const fn planes(packed: &'static [u8], size: usize) -> Self {
        Self::Planes {
            packed,
            size,
            whole: OnceLock::new(),
        }
    }
}

/// Bytes of a file from its packed planes.
fn joined(packed: &[u8], size: usize) -> Vec<u8> {
    let mut planes = Vec::with_capacity(size);
    let read = DeflateDecoder::new(packed).read_to_end(&mut planes);
    debug_assert!(read.is_ok(), "the build packs whole streams");
    let mut whole = vec![0; size];
    let order = (0..4).flat_map(|first| (first..size).step_by(4));
    for (at, byte) in order.zip(planes) {
        whole[at] = byte;
    }
    whole
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
        let size = files.iter().map(|(_, size)| size).sum();
        let texts = self.folder.texts.get(size);
        texts.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::read::DeflateEncoder;

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

    #[test]
    fn every_asset_is_its_file() {
        for asset in &ASSETS {
            let file = std::fs::read(format!("architectures/{}", asset.path)).expect("a file");
            assert!(asset.bytes() == file, "{}", asset.path);
        }
    }

    #[test]
    fn planes_are_joined_whatever_the_size() {
        for size in 0..9_u8 {
            let whole: Vec<u8> = (0..size).collect();
            let planes: Vec<u8> = (0..4)
                .flat_map(|plane| whole.iter().skip(plane).step_by(4).copied())
                .collect();
            let mut packed = Vec::new();
            let mut encoder = DeflateEncoder::new(&planes[..], Compression::fast());
            encoder.read_to_end(&mut packed).expect("memory takes all");
            assert_eq!(joined(&packed, usize::from(size)), whole);
        }
    }
}
