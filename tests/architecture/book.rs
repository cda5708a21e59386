//! Names in the book's page on the structure: every file, folder and module that it names exists, and has the item that follows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::sources;

/// Single words of the page's map that are the names of something else.
const OTHER_NAMES: [&str; 6] = ["black", "gettext", "list", "q", "state_dict", "u128"];

/// Texts by path, without the ending of a source file; of a folder, those of all files in it.
fn texts() -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for folder in ["src", "tests", "benches"] {
        for (path, text) in sources(folder) {
            let path = path.with_extension("");
            for above in path.ancestors().filter(|above| *above != Path::new("")) {
                *all.entry(above.to_string_lossy().into_owned()).or_default() += &text;
            }
        }
    }
    all
}

/// Text of the file or folder whose path ends in `name`, at a border of names.
fn text_of<'a>(all: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    let name = name.trim_end_matches('/');
    let name = name.strip_suffix(".rs").unwrap_or(name);
    let ending = format!("/{name}");
    let ends = |path: &str| path == name || path.ends_with(&ending);
    let found = all.iter().find(|(path, _)| ends(path));
    found.map(|(_, text)| text.as_str())
}

/// Whether a path exists: below the root, the sources, the fixtures, or as the end of a source file's path.
fn is_path(all: &BTreeMap<String, String>, name: &str) -> bool {
    let roots = ["", "src/text", "tests/data"];
    text_of(all, name).is_some() || roots.iter().any(|root| Path::new(root).join(name).exists())
}

/// Whether `a::b::Name` is an item: a module of lower-case segments, and names that its files contain.
fn is_item(all: &BTreeMap<String, String>, name: &str) -> bool {
    let segments: Vec<&str> = name.split("::").collect();
    let is_module = |segment: &&&str| segment.starts_with(|c: char| c.is_ascii_lowercase());
    let lower = segments.iter().take_while(is_module).count();
    let has = |text: &str, names: &[&str]| names.iter().all(|name| text.contains(name));
    // The last lower-case segment may be a function.
    [lower, lower.saturating_sub(1)].into_iter().any(|modules| {
        let text = match modules {
            0 => all.get("src").map(String::as_str),
            _ => text_of(all, &segments[..modules].join("/")),
        };
        text.is_some_and(|text| has(text, &segments[modules..]))
    })
}

#[test]
fn every_file_and_module_that_the_book_names_exists() {
    let page = fs::read_to_string("docs/src/architecture.md").expect("the page");
    let all = texts();
    let (mut module, mut checked, mut wrong) = (String::new(), 0, Vec::new());
    let blocks = page.split("```").step_by(2);
    for line in blocks.flat_map(str::lines) {
        if let Some(title) = line.strip_prefix("##") {
            let named = title.trim_start_matches('#').trim();
            module = named.trim_matches('`').to_owned();
        }
        for name in line.split('`').skip(1).step_by(2) {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./-".contains(c);
            // Words in capitals are holes, as in `pane/NAME.rs`.
            let mut words = name.split(['/', '.']);
            let has_hole =
                words.any(|word| word.len() > 1 && word.bytes().all(|c| c.is_ascii_uppercase()));
            let exists = if has_hole {
                true
            } else if name.contains("::") {
                is_item(&all, name.trim_end_matches("()"))
            } else if name.contains('/') && name.chars().all(is_plain) {
                is_path(&all, name)
            } else if all.contains_key(&format!("src/{module}"))
                && name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')
            {
                let is_below = |path: &String| {
                    let below = path.strip_prefix("src/");
                    below.is_some_and(|below| {
                        below == name
                            || below.starts_with(&module) && below.ends_with(&format!("/{name}"))
                    })
                };
                OTHER_NAMES.contains(&name) || all.keys().any(is_below)
            } else {
                continue;
            };
            checked += 1;
            if !exists {
                wrong.push(format!("{module}: {name}"));
            }
        }
    }
    assert!(checked > 150, "the page names the structure: {checked}");
    assert!(wrong.is_empty(), "nothing has this name: {wrong:#?}");
}
