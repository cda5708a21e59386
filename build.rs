//! Packs the texts that the program carries: specs, museum, lessons, the rules' pages and languages. The texts of a folder
//! become one stream, so that the few that a run needs are inflated together and quickly; weights are packed too.
//! `src/carried.rs` reads them.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The generated code and the folder that it is written to.
struct Shelf {
    root: PathBuf,
    out: PathBuf,
    streams: usize,
    code: String,
}

fn main() {
    let variable = |name| PathBuf::from(env::var_os(name).expect("set by cargo"));
    let mut shelf = Shelf {
        root: variable("CARGO_MANIFEST_DIR"),
        out: variable("OUT_DIR"),
        streams: 0,
        code: String::new(),
    };
    println!("cargo::rerun-if-changed=build.rs");
    let specs = shelf.folders("architectures", "toml");
    shelf.list("SPECS", "Specs of networks and of their parts.", &specs);
    let manifest = shelf.folder("", &["architectures/weights.csv".into()]);
    shelf.list("PUBLISHED", "Table of the published weights.", &[manifest]);
    let museum = shelf.files("docs/src/museum", "toml");
    let museum = shelf.folder("", &museum);
    shelf.list("MUSEUM", "Specs of mistakes.", &[museum]);
    let lessons = shelf.folders("docs/src/lessons", "md");
    shelf.list("LESSONS", "Lessons by language.", &lessons);
    let mut rules = vec![{
        let pages = shelf.files("docs/src/checks", "md");
        shelf.folder("", &pages)
    }];
    rules.push(shelf.folder("zh", &["docs/src/checks-zh.md".into()]));
    shelf.list(
        "RULES",
        "Pages of the rules, and their Chinese page.",
        &rules,
    );
    let languages = shelf.files("src/text/languages", "ftl");
    let languages = languages.iter().map(|file| {
        let code = Path::new(file).file_stem().expect("a name");
        shelf.folder(&code.to_string_lossy(), std::slice::from_ref(file))
    });
    let languages: Vec<String> = languages.collect();
    shelf.list("LANGUAGES", "Texts of each language.", &languages);
    shelf.starts();
    shelf.assets();
    fs::write(shelf.out.join("carried.rs"), &shelf.code).expect("OUT_DIR can be written");
}

impl Shelf {
    /// Files of a folder with an ending, sorted, as paths from the root.
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        println!("cargo::rerun-if-changed={folder}");
        let entries = fs::read_dir(self.root.join(folder)).expect(folder);
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut files: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| Path::new(name).extension().is_some_and(|own| own == ending))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        files.sort();
        files
    }

    /// Each folder within a folder, with its files of an ending.
    fn folders(&mut self, folder: &str, ending: &str) -> Vec<String> {
        println!("cargo::rerun-if-changed={folder}");
        let entries = fs::read_dir(self.root.join(folder)).expect(folder);
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry"))
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        let each = names.iter().map(|name| {
            let files = self.files(&format!("{folder}/{name}"), ending);
            self.folder(name, &files)
        });
        each.collect()
    }

    /// Contents of a file. A checkout of Windows may end lines with a carriage return.
    fn text(&self, file: &str) -> String {
        let text = fs::read_to_string(self.root.join(file)).expect(file);
        text.replace("\r\n", "\n")
    }

    /// Code of a folder with these files; its texts are packed into one stream.
    fn folder(&mut self, name: &str, files: &[String]) -> String {
        let mut names = String::new();
        let mut all = Vec::new();
        for file in files {
            println!("cargo::rerun-if-changed={file}");
            let text = self.text(file);
            let own = file.rsplit('/').next().expect("a name");
            write!(names, "({own:?}, {}), ", text.len()).expect("a string takes all");
            all.extend_from_slice(text.as_bytes());
        }
        let path = self.out.join(format!("texts{}", self.streams));
        self.streams += 1;
        fs::write(&path, deflated(&all)).expect("OUT_DIR can be written");
        let texts = format!("Texts::new(include_bytes!({}))", quoted(&path));
        format!("Folder {{ name: {name:?}, files: &[{names}], texts: {texts} }}")
    }

    /// Adds a list of folders to the code.
    fn list(&mut self, name: &str, doc: &str, folders: &[String]) {
        let count = folders.len();
        let folders = folders.join(",\n");
        let code = format!(
            "/// {doc}\n#[allow(clippy::unreadable_literal, reason = \"lengths that the build writes\")]\npub static {name}: [Folder; {count}] = [{folders}];\n"
        );
        self.code += &code;
    }

    /// Adds the places in each language's file where an entry begins, sorted by the entries' ids.
    fn starts(&mut self) {
        let mut languages = String::new();
        for file in self.files("src/text/languages", "ftl") {
            let text = self.text(&file);
            let mut entries = Vec::new();
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                    let id = line.split('=').next().unwrap_or_default().trim_end();
                    entries.push((id, at));
                }
                at += line.len();
            }
            entries.sort_unstable();
            let starts: Vec<usize> = entries.into_iter().map(|(_, at)| at).collect();
            let code = Path::new(&file).file_stem().expect("a name");
            let code = code.to_string_lossy();
            write!(languages, "({code:?}, &{starts:?}),").expect("a string takes all");
        }
        self.code += &format!(
            "/// Where each entry of a language's file begins, sorted by the entries' ids.\n#[allow(clippy::unreadable_literal, reason = \"places that the build writes\")]\npub static STARTS: &[(&str, &[u32])] = &[{languages}];\n"
        );
    }

    /// Adds the files next to specs that are no texts: images as they are, and weights packed by planes.
    fn assets(&mut self) {
        let mut found = Vec::new();
        let root = self.root.join("architectures");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let ending = path.extension().and_then(|own| own.to_str());
                let contents = match ending {
                    Some("png") => format!("Contents::Plain(include_bytes!({}))", quoted(&path)),
                    Some("safetensors") => self.planes(&path, found.len()),
                    _ => {
                        folders.extend(path.is_dir().then_some(path));
                        continue;
                    }
                };
                let below = path.strip_prefix(&root).expect("below it");
                let below: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                let below = below.join("/");
                found.push(format!("Asset {{ path: {below:?}, contents: {contents} }}"));
            }
        }
        found.sort();
        let count = found.len();
        let found = found.join(",\n");
        let code = format!(
            "/// Weights and images next to specs, by path.\n#[allow(clippy::unreadable_literal, reason = \"lengths that the build writes\")]\npub static ASSETS: [Asset; {count}] = [{found}];\n"
        );
        self.code += &code;
    }

    /// Code of a file of 4-byte numbers, of which the first bytes are packed one after the other, then the second ones, and
    /// so on: numbers of like size have the same sign and exponent, so that these bytes pack well.
    fn planes(&self, file: &Path, number: usize) -> String {
        let whole = fs::read(file).expect("a file");
        let planes: Vec<u8> = (0..4)
            .flat_map(|plane| whole.iter().skip(plane).step_by(4).copied())
            .collect();
        let path = self.out.join(format!("planes{number}"));
        fs::write(&path, deflated(&planes)).expect("OUT_DIR can be written");
        let (packed, size) = (quoted(&path), whole.len());
        format!("Contents::planes(include_bytes!({packed}), {size})")
    }
}

/// Bytes as a stream of deflate.
fn deflated(whole: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(whole).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

/// A path as a literal of Rust.
fn quoted(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}
