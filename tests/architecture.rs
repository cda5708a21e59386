//! Promise: dependencies point one way, between modules and between their files, each external crate is used in one place,
//! and every file states its subject.

#[path = "architecture/book.rs"]
mod book;
#[path = "architecture/circles.rs"]
mod circles;

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

/// A source file without its unit tests, which end it.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default()
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

/// The library's files without its root and without tests, and who names whom.
fn files() -> circles::Files {
    let mut files = circles::Files::default();
    for (path, text) in sources("src") {
        let below = path.strip_prefix("src").expect("a source file");
        if !is_test(below) && below != Path::new("lib.rs") && below != Path::new("main.rs") {
            let module = below.with_extension("");
            let module = module.to_string_lossy();
            // The root of a package of its own is the module that its folder is.
            files.add(module.strip_suffix("/lib").unwrap_or(&module), &text);
        }
    }
    files
}

/// Whether a file has nothing but unit tests.
fn is_test(path: &Path) -> bool {
    path.components()
        .any(|part| Path::new(part.as_os_str()).file_stem() == Some("tests".as_ref()))
}

#[test]
fn no_files_go_round_in_a_circle() {
    let mut found = files().circles();
    found.extend(files().circles_of_parts());
    assert!(
        found.is_empty(),
        "these name each other in a circle: move what both need into a file of its own {found:#?}"
    );
}

/// Parts of the explorer in their order: each uses only those before it.
const PARTS: [&str; 27] = [
    "input",
    "kit",
    "graphics",
    "worker",
    "message",
    "keys",
    "file",
    "export_file",
    "fix",
    "context",
    "request",
    "overlay",
    "setup",
    "fault",
    "history",
    "saved_state",
    "replay",
    "course",
    "presenter",
    "pane",
    "screen",
    "app",
    "update",
    "view",
    "record",
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
        let text = without_tests(&text);
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

/// A worker alone can take a pass out of `HeldPass`; nothing else in the explorer makes, changes or runs one.
#[test]
fn no_key_waits_for_a_layer() {
    let runs = [
        "Session::",
        "&mut Session",
        "Session>",
        ".edited(",
        ".run_to(",
        ".run_all(",
        ".into_session()",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources("src/tui") {
        if path.starts_with("src/tui/worker") || path == Path::new("src/tui/worker.rs") {
            continue;
        }
        let code: String = code(without_tests(&text)).collect();
        let found = runs.iter().filter(|word| code.contains(**word));
        wrong.extend(found.map(|word| format!("{} has {word}", path.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_path_leads_upward_out_of_its_module() {
    let order = order();
    let rank = |file: &[String]| order.iter().position(|module| *module == file[0]);
    let upward = files()
        .arrows()
        .into_iter()
        .filter(|(own, other)| rank(other) > rank(own));
    let upward: Vec<_> = upward
        .map(|(own, other)| format!("{} names {}", own.join("/"), other.join("/")))
        .collect();
    assert!(upward.is_empty(), "{upward:#?}");
}

#[test]
fn every_module_of_the_crate_is_in_the_order() {
    let order = order();
    let text = fs::read_to_string("src/lib.rs").expect("the crate's root");
    let declared = text.lines().filter_map(|line| {
        let own = line.strip_prefix("pub mod ");
        let own = own.or_else(|| line.strip_prefix("pub use resnet_explore_kernels as "));
        own?.strip_suffix(';')
    });
    let mut declared: Vec<&str> = declared.collect();
    declared.sort_unstable();
    let mut sorted = order.clone();
    sorted.sort();
    assert_eq!(declared, sorted);
}

/// Dependencies whose types are everywhere: what is written as JSON, a style of a text, the width of a character.
const EVERYWHERE: [&str; 4] = ["anstyle", "serde", "serde_json", "unicode_width"];

/// Home of every other dependency: a file or a folder; a second one is a second homestead, with its reason in the book.
const HOMES: [(&str, &[&str]); 42] = [
    ("annotate_snippets", &["report/checks/snippet"]),
    ("anstream", &["cli"]),
    ("base64", &["tui/record"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli/shell"]),
    ("clap_mangen", &["cli/shell"]),
    ("comfy_table", &["report/grid"]),
    ("crossterm", &["tui/terminal", "cli/output"]),
    ("csv", &["report/grid"]),
    ("ctor", &["cli/output"]),
    ("etcetera", &["spec/user"]),
    (
        "flate2",
        &[
            "carried",
            "weights/torch",
            "weights/dataset",
            "export/scene/pdf",
        ],
    ),
    ("fluent_bundle", &["text"]),
    ("fluent_syntax", &["text"]),
    ("half", &["weights/number", "export/onnx"]),
    ("hashbrown", &["network", "lower/builder"]),
    ("image", &["weights", "tui/graphics"]),
    ("indicatif", &["cli/progress"]),
    ("libm", &["network/layer/activation"]),
    ("memmap2", &["weights/bytes", "engine/compiled/memory"]),
    ("ndarray", &["weights", "engine"]),
    ("pdf_writer", &["export/scene/pdf"]),
    ("petgraph", &["network"]),
    ("prost", &["export/onnx"]),
    ("ratatui", &["tui"]),
    ("ratatui_image", &["tui/graphics"]),
    ("rawzip", &["weights/torch"]),
    ("rayon", &["kernels/team"]),
    ("rustix", &["export/file", "tui/terminal", "cli/output"]),
    ("rustls", &["weights/fetch/client"]),
    ("safetensors", &["weights"]),
    ("sha2", &["weights/hash"]),
    ("signal_hook", &["tui/terminal", "cli/interrupt"]),
    ("smallvec", &["network", "lower/builder", "analysis/cost"]),
    ("strsim", &["spec/problem"]),
    ("tempfile", &["export/file"]),
    ("toml", &["spec/value"]),
    ("ttf_parser", &["export/font"]),
    ("tz", &["tui/fault"]),
    ("unicode_linebreak", &["text"]),
    ("ureq", &["weights/fetch/client"]),
    ("zeno", &["export/scene/png"]),
];

/// Dependencies of the library and of the kernels, as their names are written in code.
fn dependencies() -> Vec<String> {
    let manifests = ["Cargo.toml", "src/kernels/Cargo.toml"];
    let text = manifests.map(|path| fs::read_to_string(path).expect("a manifest"));
    let mut section = "";
    let mut found = Vec::new();
    for line in text.iter().flat_map(|text| text.lines()) {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && !section.contains("dev-")
            && let Some((name, _)) = line.split_once(" = ")
            && name != "resnet-explore-kernels"
        {
            found.push(name.trim().replace('-', "_"));
        }
    }
    found.sort();
    // The build script may use one too.
    found.dedup();
    found
}

/// Whether code names something of an outside crate.
fn names_crate(text: &str, outside: &str) -> bool {
    let pattern = format!("{outside}::");
    code(without_tests(text)).any(|line| {
        let line = line.split("//").next().unwrap_or_default();
        line.match_indices(&pattern).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
        })
    })
}

#[test]
fn each_outside_crate_has_one_home() {
    let mut listed: Vec<&str> = HOMES.iter().map(|(outside, _)| *outside).collect();
    listed.extend(EVERYWHERE);
    listed.sort_unstable();
    assert_eq!(dependencies(), listed, "every dependency has its home");
    let sources = sources("src");
    let mut wrong = Vec::new();
    for (outside, homes) in HOMES {
        let users: Vec<String> = sources
            .iter()
            .map(|(path, text)| (path.strip_prefix("src").expect("a source file"), text))
            .filter(|(path, text)| !is_test(path) && names_crate(text, outside))
            .map(|(path, _)| path.with_extension("").to_string_lossy().into_owned())
            .collect();
        let is_at = |user: &str, home: &str| Path::new(user).starts_with(home);
        for user in &users {
            if !homes.iter().any(|home| is_at(user, home)) {
                wrong.push(format!("{user} uses {outside}"));
            }
        }
        for home in homes {
            if !users.iter().any(|user| is_at(user, home)) {
                wrong.push(format!("{home} has no {outside} any more"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_begins_with_its_subject_and_stays_readable() {
    const LONGEST: usize = 900;
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
fn one_copy_of_the_sort_is_in_the_program() {
    for (path, text) in sources("src") {
        let is_kernel = path.starts_with("src/kernels");
        if is_kernel || path == Path::new("src/sorting.rs") || path.ends_with("tests.rs") {
            continue;
        }
        for line in code(without_tests(&text)) {
            let sorts = [".sort_by_key(", ".sort_by(|", ".sort_by(f64::"];
            let sorts = sorts.iter().any(|call| line.contains(call));
            assert!(!sorts, "{}: {line}: see `sorting`", path.display());
        }
    }
}

#[test]
fn a_users_file_is_opened_in_one_place() {
    for (path, text) in sources("src") {
        if path == Path::new("src/spec/open.rs") || path.ends_with("tests.rs") {
            continue;
        }
        let own = without_tests(&text);
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
        Path::new("src/kernels"),
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

/// Quoted texts of code, without its unit tests, each with the code before it.
fn quoted(text: &str) -> Vec<(&str, &str)> {
    let text = without_tests(text);
    let mut found = Vec::new();
    let (mut at, bytes) = (0, text.as_bytes());
    while at < bytes.len() {
        let rest = &text[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").map_or(rest.len(), |end| end + 3);
            found.push((&text[..at], &rest[3..end]));
            at += end + 2;
        } else if rest.starts_with('"') {
            let mut end = 1;
            while end < rest.len() && rest.as_bytes()[end] != b'"' {
                end += if rest.as_bytes()[end] == b'\\' { 2 } else { 1 };
            }
            found.push((&text[..at], &rest[1..end.min(rest.len())]));
            at += end + 1;
        } else if let Some(escaped) = rest.strip_prefix("'\\") {
            at += escaped.find('\'').map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with("'\"'") {
            at += 3;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Whether a text has three words of small letters in a row.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', ':', ';', '.']);
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let words: Vec<&str> = text.split(' ').collect();
    let mut runs = words.windows(3);
    runs.any(|run| run.iter().all(|word| is_word(word)) && run.iter().any(|word| word.len() > 2))
}

/// English that no person is shown, by file: the reason why it is there.
const ENGLISH: [(&str, &str); 7] = [
    (
        "weights/fit/reason",
        "Python that takes a prefix off the names",
    ),
    (
        "spec/syntax",
        "sentences of the TOML parser, by which its reasons are recognised",
    ),
    (
        "spec/file",
        "keywords of a spec, and the English of the schema",
    ),
    ("spec/decode", "the English of the schema"),
    ("lower/schema", "the English of the schema"),
    (
        "kernels",
        "what a fault of the plan reached, for whoever fixes the program",
    ),
    (
        "report/catalogue/entry",
        "the family of specs with errors, in JSON",
    ),
];

#[test]
fn sentences_are_in_the_files_of_texts() {
    let may_say = ["cli", "tui", "export", "lesson", "main", "lib"];
    // These are for programmers: they show only when the program is wrong.
    let by_programmers = ["expect(", "panic!(", "unreachable!(", "reason ="];
    let (mut wrong, mut used) = (Vec::new(), vec![false; ENGLISH.len()]);
    for (path, text) in sources("src") {
        let below = path
            .strip_prefix("src")
            .expect("a source file")
            .with_extension("");
        if is_test(&below) || may_say.contains(&module(&path).as_str()) {
            continue;
        }
        for (before, quote) in quoted(&text) {
            let line = before.trim_end();
            let statement = line.rsplit([';', '{', '}']).next().unwrap_or_default();
            let is_constant = statement.contains("const ") && statement.contains(": &str =");
            let is_for_programmers = by_programmers.iter().any(|word| line.ends_with(word))
                || statement.contains("assert")
                || is_constant && text.contains(".expect(");
            if !is_sentence(quote) || is_for_programmers {
                continue;
            }
            match ENGLISH.iter().position(|(file, _)| below.starts_with(file)) {
                Some(place) => used[place] = true,
                None => wrong.push(format!("{}: {quote:?}", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "a text has an id: {wrong:#?}");
    assert!(used.iter().all(|used| *used), "shorten the list: {used:?}");
}

#[test]
fn numbers_are_formatted_in_one_place() {
    // A percentage, a size, and the number of cells of a text.
    let forms = [
        "* 100.0",
        "100.0 *",
        "}×{",
        "join(\"×\")",
        "split_once(['x'",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        if path == Path::new("src/text/format.rs") || is_test(&path) {
            continue;
        }
        for line in code(without_tests(&text)) {
            let percent = line.match_indices("}%").chain(line.match_indices("} %"));
            let formats = forms.iter().any(|form| line.contains(form)) || percent.count() > 0;
            if formats {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "text::format does that: {wrong:#?}");
}
