//! Promise: dependencies point one way, between modules and between their files, each external crate is used in one place,
//! and every file states its subject.

#[path = "architecture/circles.rs"]
mod circles;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules in the order of the list in `lib.rs`.
fn order() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").expect("the crate's root");
    let modules: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("//! ")?.split_once(". [`"))
        .filter(|(number, _)| number.parse::<u32>().is_ok())
        .filter_map(|(_, rest)| Some(rest.split_once('`')?.0.to_owned()))
        .collect();
    assert!(modules.len() >= 9, "lib.rs lists the modules: {modules:?}");
    modules
}

/// Every source file with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(folder), &mut found);
    found.sort();
    found
}

/// Module of the crate that a file belongs to: `network` for `src/network/shape.rs`.
fn module(path: &Path) -> String {
    let below = path.strip_prefix("src").expect("a source file");
    let first = below.components().next().expect("a name").as_os_str();
    Path::new(first)
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

/// Lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// Modules of this crate that a text names, as `crate::NAME`, also inside `use crate::{…}`.
fn mentioned(text: &str) -> Vec<String> {
    let joined: String = code(text).collect::<Vec<_>>().join(" ");
    let mut names = Vec::new();
    for rest in joined.split("crate::").skip(1) {
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => rest,
        };
        let many = rest.starts_with('{');
        for name in list.split(',').take(if many { usize::MAX } else { 1 }) {
            let word: String = name
                .trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            names.push(word);
        }
    }
    names
}

#[test]
fn no_module_uses_one_below_it() {
    let order = order();
    let rank = |name: &str| order.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let module = module(&path);
        if module == "main" || module == "lib" {
            continue;
        }
        let own =
            rank(&module).unwrap_or_else(|| panic!("{} is in no listed module", path.display()));
        for name in mentioned(&text) {
            if let Some(other) = rank(&name)
                && other > own
            {
                wrong.push(format!("{} uses {name}", path.display()));
            }
            let strangers = ["network", "spec"];
            if strangers.contains(&module.as_str())
                && strangers.contains(&name.as_str())
                && module != name
            {
                wrong.push(format!("{} knows {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_go_round_in_a_circle() {
    let mut files = circles::Files::default();
    for (path, text) in sources("src") {
        let below = path.strip_prefix("src").expect("a source file");
        let is_test = below.components().any(|part| {
            Path::new(part.as_os_str())
                .file_stem()
                .is_some_and(|stem| stem == "tests")
        });
        if !is_test && below != Path::new("lib.rs") && below != Path::new("main.rs") {
            files.add(&below.with_extension("").to_string_lossy(), &text);
        }
    }
    let found = files.circles();
    assert!(
        found.is_empty(),
        "files name each other in a circle: move what both need into a file of its own {found:#?}"
    );
}

/// Parts of the explorer in their order: each uses only those before it.
const PARTS: [&str; 25] = [
    "input",
    "kit",
    "graphics",
    "worker",
    "message",
    "keys",
    "file",
    "outside",
    "mend",
    "context",
    "request",
    "overlay",
    "setup",
    "fault",
    "history",
    "remembered",
    "replay",
    "course",
    "pane",
    "screen",
    "app",
    "update",
    "view",
    "terminal",
    "tui",
];

/// Parts of the explorer that a file names by `crate::tui::NAME`, or, beside it, by `super::NAME`.
fn parts_named(path: &Path, text: &str) -> Vec<String> {
    let joined: String = code(text).collect::<Vec<_>>().join(" ");
    let is_beside = path.parent() == Some(Path::new("src/tui"));
    let mut begins = vec!["crate::tui::"];
    if is_beside {
        begins.push("super::");
    }
    let mut names = Vec::new();
    for begin in begins {
        for rest in joined.split(begin).skip(1) {
            let list = rest
                .strip_prefix('{')
                .and_then(|list| list.split('}').next());
            for name in list
                .unwrap_or(rest)
                .split(',')
                .take(if list.is_some() { 99 } else { 1 })
            {
                let letter = |c: &char| c.is_alphanumeric() || *c == '_';
                names.push(name.trim().chars().take_while(letter).collect());
            }
        }
    }
    names
}

#[test]
fn imports_of_the_explorer_point_one_way_and_no_view_sees_the_whole_state() {
    let rank = |name: &str| PARTS.iter().position(|part| *part == name);
    let mut wrong = Vec::new();
    for (path, text) in sources("src/tui") {
        let below = path.strip_prefix("src/tui").expect("a file of it");
        let first = below.components().next().expect("a name").as_os_str();
        let part = Path::new(first).file_stem().expect("a name");
        let part = part.to_string_lossy().into_owned();
        let own = rank(&part).unwrap_or_else(|| panic!("{part} is in no order"));
        let text = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        for name in parts_named(&path, text) {
            if rank(&name).is_some_and(|other| other > own) {
                wrong.push(format!("{} uses {name}", path.display()));
            }
        }
        // A view of a network knows no other view.
        if let ["pane", view, ..] = below
            .iter()
            .filter_map(|part| Path::new(part).file_stem()?.to_str())
            .collect::<Vec<_>>()[..]
        {
            let joined: String = code(text).collect::<Vec<_>>().join(" ");
            for rest in joined.split("tui::pane::").skip(1) {
                let letter = |c: &char| c.is_alphanumeric() || *c == '_';
                let name: String = rest.chars().take_while(letter).collect();
                let is_view = name
                    .chars()
                    .all(|letter| letter.is_lowercase() || letter == '_');
                if is_view && !name.is_empty() && name != view {
                    wrong.push(format!("{} knows the view {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_of_the_crate_is_in_the_order() {
    let order = order();
    let text = fs::read_to_string("src/lib.rs").expect("the crate's root");
    let declared: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let mut sorted = order.clone();
    sorted.sort();
    assert_eq!(declared, sorted);
}

#[test]
fn each_outside_crate_has_one_home() {
    let homes: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("petgraph", ["network"].as_slice()),
        ("hashbrown", ["network", "lower"].as_slice()),
        ("libm", ["network"].as_slice()),
        ("smallvec", ["network", "lower", "analysis"].as_slice()),
        ("toml", &["spec"]),
        ("include_dir", &["text", "spec", "report", "lesson"]),
        ("fluent_bundle", &["text"]),
        ("fluent_syntax", &["text"]),
        ("strsim", &["spec"]),
        ("etcetera", &["spec"]),
        ("image", &["weights", "tui"]),
        ("safetensors", &["weights"]),
        ("rawzip", &["weights"]),
        ("flate2", &["weights"]),
        ("memmap2", &["weights", "engine"]),
        ("half", &["weights"]),
        ("ndarray", &["weights", "engine", "tui"]),
        ("rayon", &["engine"]),
        ("annotate_snippets", &["report"]),
        ("comfy_table", &["report"]),
        ("csv", &["report"]),
        ("tempfile", &["export"]),
        ("prost", &["export"]),
        ("clap_complete", &["cli"]),
        ("clap_mangen", &["cli"]),
        ("ratatui", &["tui"]),
        ("ratatui_image", &["tui"]),
        ("rustix", &["export", "tui", "cli"]),
        ("signal_hook", &["tui", "cli"]),
        ("ctor", &["cli"]),
        ("clap", &["cli"]),
        ("anstream", &["cli"]),
        ("indicatif", &["cli"]),
        ("crossterm", &["tui", "cli"]),
    ]);
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let module = module(&path);
        for (outside, homes) in &homes {
            let named = code(&text).any(|line| {
                let line = line.split("//").next().unwrap_or_default();
                line.match_indices(&format!("{outside}::")).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
                })
            });
            if named && !homes.contains(&module.as_str()) {
                wrong.push(format!("{} uses {outside}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_begins_with_its_subject_and_stays_readable() {
    const LONGEST: usize = 500;
    for folder in ["src", "tests", "benches"] {
        for (path, text) in sources(folder) {
            let name = path.display();
            assert!(
                text.starts_with("//! "),
                "{name} begins with //! and its subject"
            );
            assert!(
                text.lines().count() <= LONGEST,
                "{name} has more than {LONGEST} lines"
            );
            for (number, line) in text.lines().enumerate() {
                assert!(
                    !line.ends_with(' '),
                    "{name}:{}: trailing space",
                    number + 1
                );
            }
        }
    }
}

#[test]
fn only_the_command_line_prints() {
    for (path, text) in sources("src") {
        let module = module(&path);
        if module == "cli" || module == "main" {
            continue;
        }
        for word in ["println!", "eprintln!", "print!", "eprint!", "dbg!"] {
            let printed = code(&text).any(|line| {
                line.match_indices(word)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            });
            assert!(!printed, "{} has {word}", path.display());
        }
    }
}

#[test]
fn a_users_file_is_opened_in_one_place() {
    for (path, text) in sources("src") {
        if path == Path::new("src/spec/open.rs") || path.ends_with("tests.rs") {
            continue;
        }
        let own = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        for word in [
            "File::open",
            "fs::read(",
            "fs::read_to_string",
            "image::open",
        ] {
            let opened = code(own).any(|line| line.contains(word));
            assert!(
                !opened,
                "{} opens files by {word}: use spec::open",
                path.display()
            );
        }
    }
}

#[test]
fn unsafe_code_is_the_kernels_and_the_mapped_files() {
    let places = [
        Path::new("src/engine/compiled"),
        Path::new("src/engine/compiled.rs"),
        Path::new("src/weights/bytes.rs"),
    ];
    for (path, text) in sources("src") {
        let may = places.iter().any(|place| path.starts_with(place));
        let has = code(&text).any(|line| line.contains("unsafe_code") || line.contains("unsafe {"));
        assert!(may || !has, "{} has unsafe code", path.display());
    }
}

/// Calls `visit` for every file below a path.
fn walk(path: &Path, visit: &mut dyn FnMut(&Path)) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            walk(&entry.expect("an entry").path(), visit);
        }
    } else {
        visit(path);
    }
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let folders = ["src", "tests", "architectures", "docs", "benches", ".ci"];
    let needles = [
        concat!("..", "/shared"),
        concat!(".", "library"),
        concat!("/wo", "rk/"),
    ];
    for folder in folders.iter().map(Path::new).filter(|path| path.exists()) {
        walk(folder, &mut |path| {
            let text = String::from_utf8_lossy(&fs::read(path).expect("readable")).into_owned();
            for needle in needles {
                assert!(!text.contains(needle), "{} names {needle}", path.display());
            }
        });
    }
}
