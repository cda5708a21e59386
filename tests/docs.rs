//! Promise: README and the book show exactly what the program prints, and leave out no key and no rule.
//!
//! A fenced block `toml file=NAME` is a file. A `console` block has commands after `$ ` and the output of each, stderr before
//! stdout; a line of `...` matches any lines. Trailing blanks and times are ignored, and a number with at least five decimals
//! may differ in the last ones, since processors round differently.

#[path = "common/english.rs"]
mod english;
#[path = "docs/packages.rs"]
mod packages;
#[path = "docs/rules.rs"]
mod rules;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use resnet_explore::analysis::{Macs, Params, Rule, cost};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::check;
use resnet_explore::spec::has_errors;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below `folder` that ends in `ending`.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Pages of the book, and the README in both languages.
fn pages() -> Vec<PathBuf> {
    let mut pages = files(&root().join("docs/src"), ".md");
    pages.extend(["README.md", "README.zh.md"].map(|name| root().join(name)));
    pages
}

/// Fenced blocks: the words after the fence, the number of the first line, and the lines.
fn blocks(text: &str) -> Vec<(&str, usize, Vec<&str>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, usize, Vec<&str>)> = None;
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(words)) => open = Some((words, number + 2, Vec::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((.., lines)), None) => lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// Runs a command line of words without quotes, and returns stderr followed by stdout, and the exit code.
fn run(command: &str, folder: &Path) -> (String, i32) {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("resnet-explore"), "{command}");
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(words)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env("XDG_STATE_HOME", folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the binary runs");
    let text = [output.stderr, output.stdout].concat();
    let code = output.status.code().expect("no signal");
    (String::from_utf8(text).expect("UTF-8"), code)
}

/// Whether the page shows the output; `...` matches any lines.
fn agrees(page: &[&str], printed: &[&str]) -> bool {
    match (page, printed) {
        ([], []) => true,
        (["...", rest @ ..], _) => (0..=printed.len()).any(|skip| agrees(rest, &printed[skip..])),
        ([line, rest @ ..], [found, more @ ..]) => same_line(line, found) && agrees(rest, more),
        _ => false,
    }
}

fn same_line(page: &str, printed: &str) -> bool {
    let (mut left, mut right) = (page.split(' '), printed.trim_end().split(' '));
    if page.trim_start().starts_with("time ") && printed.trim_start().starts_with("time ") {
        return true;
    }
    left.by_ref().all(|word| {
        right
            .next()
            .is_some_and(|other| word == other || same_decimal(word, other))
    }) && right.next().is_none()
}

fn same_decimal(page: &str, printed: &str) -> bool {
    let decimal = |word: &str| {
        let word = word.trim_end_matches(',');
        let (_, decimals) = word.split_once('.')?;
        (decimals.len() >= 5).then(|| word.parse::<f64>().ok())?
    };
    match (decimal(page), decimal(printed)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-5 * a.abs().max(1.0),
        _ => false,
    }
}

#[test]
fn pages_show_what_the_program_prints() {
    let mut wrong = Vec::new();
    let mut commands = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        let folder = tempfile::tempdir().expect("a folder");
        let weights = "resnet20_fashion.safetensors";
        fs::copy(
            root().join("architectures/fashion").join(weights),
            folder.path().join(weights),
        )
        .expect("the shipped weights");
        let mut code = 0;
        for (words, start, lines) in blocks(&text) {
            if let Some(name) = words.strip_prefix("toml file=") {
                fs::write(folder.path().join(name), lines.join("\n") + "\n").expect("a file");
            }
            if words != "console" {
                continue;
            }
            for (offset, line) in lines.iter().enumerate() {
                let Some(command) = line.strip_prefix("$ ") else {
                    continue;
                };
                let shown: Vec<&str> = lines[offset + 1..]
                    .iter()
                    .copied()
                    .take_while(|line| !line.starts_with("$ "))
                    .collect();
                let printed = if command == "echo $?" {
                    code.to_string()
                } else {
                    let (text, status) = run(command, folder.path());
                    code = status;
                    text
                };
                commands += 1;
                if !agrees(&shown, &printed.trim_end().lines().collect::<Vec<_>>()) {
                    let place = format!("{}:{}", page.display(), start + offset);
                    wrong.push(format!("{place}: {command} prints\n{printed}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(commands > 30, "the pages have commands");
}

#[test]
fn the_explorers_page_has_its_keys() {
    let keys = resnet_explore::tui::keys::key_table_markdown();
    assert!(
        read("docs/src/explorer.md").contains(keys.trim()),
        "docs/src/explorer.md against:\n{keys}"
    );
}

/// Keys of every table in the schema; a table in two places counts once, and no two tables have the same keys.
fn tables<'a>(schema: &'a Value, found: &mut BTreeSet<BTreeSet<&'a str>>) {
    if let Some(properties) = schema["properties"].as_object() {
        found.insert(properties.keys().map(String::as_str).collect());
    }
    match schema {
        Value::Object(map) => map.values().for_each(|value| tables(value, found)),
        Value::Array(items) => items.iter().for_each(|value| tables(value, found)),
        _ => {}
    }
}

#[test]
fn the_spec_reference_has_every_key_once_a_table_and_no_other() {
    // Every layer may have a condition, and say what it reads: the page says so once.
    const OF_ALL: [&str; 2] = ["when", "from"];
    let schema = resnet_explore::lower::schema();
    let mut found = BTreeSet::new();
    tables(&schema, &mut found);
    let mut wanted: Vec<&str> = found.iter().flatten().copied().collect();
    wanted.retain(|key| !OF_ALL.contains(key));
    wanted.sort_unstable();
    let page = read("docs/src/spec.md");
    let mut in_reference = false;
    let mut notice = Vec::new();
    for line in page.lines() {
        in_reference = line.starts_with("| key |") || (in_reference && line.starts_with('|'));
        if let Some(rest) = line.strip_prefix("| `").filter(|_| in_reference) {
            notice.extend(rest.split_once('`').map(|(key, _)| key));
        }
    }
    assert!(OF_ALL.iter().all(|key| notice.contains(key)));
    notice.retain(|key| !OF_ALL.contains(key));
    notice.sort_unstable();
    assert_eq!(
        notice, wanted,
        "keys in docs/src/spec.md against the schema"
    );
}

#[test]
fn links_between_pages_lead_somewhere() {
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if target.contains("://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = match file {
                "" => page.clone(),
                file => page.parent().expect("a folder").join(file),
            };
            assert!(path.exists(), "{}: {target}", page.display());
            if !anchor.is_empty() {
                let text = fs::read_to_string(&path).expect("a page");
                let headings = text.lines().filter(|line| line.starts_with('#'));
                let found = headings.map(anchor_of).any(|heading| heading == anchor);
                assert!(found, "{}: {target}", page.display());
            }
        }
    }
}

/// Anchor that mdBook and GitHub give a heading.
fn anchor_of(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}

#[test]
fn the_books_contents_name_every_page_once_and_no_other() {
    let summary = read("docs/src/SUMMARY.md");
    let mut named: Vec<String> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()))
        .collect();
    named.sort();
    let folder = root().join("docs/src");
    let mut there: Vec<String> = files(&folder, ".md")
        .iter()
        .filter_map(|path| Some(path.strip_prefix(&folder).ok()?.to_str()?.to_owned()))
        .filter(|path| path != "SUMMARY.md")
        .collect();
    there.sort();
    assert_eq!(named, there);
}

#[test]
fn the_authors_page_has_every_function_of_the_lessons_language() {
    let page = read("docs/src/writing-lessons.md");
    for (name, takes) in resnet_explore::lesson::evaluate::FUNCTIONS {
        let takes = resnet_explore::text::Language::ENGLISH.word(takes);
        assert!(page.contains(&format!("| `{name}` | {takes} |")), "{name}");
    }
    for pane in resnet_explore::lesson::file::PANES {
        assert!(page.contains(&format!("`{pane}`")), "{pane}");
    }
}

/// A number as people write it, without its commas.
fn plain(number: &str) -> Option<u128> {
    number.trim().replace(',', "").parse().ok()
}

#[test]
fn the_guides_networks_have_pytorchs_parameters_and_operations() {
    let page = read("docs/src/spec.md");
    let guide = read("tests/data/guide.jsonl");
    let mut rows = 0;
    for row in guide.lines() {
        let row: Value = serde_json::from_str(row).expect("JSON");
        let name = row["name"].as_str().expect("a name");
        let heading = format!("toml file={name}.toml");
        let block = blocks(&page).into_iter().find(|(own, ..)| *own == heading);
        let (.., lines) = block.unwrap_or_else(|| panic!("{name} is not in the guide"));
        let model = open_text(
            &format!("{name}.toml"),
            &lines.join("\n"),
            &Overrides::default(),
        );
        assert!(!has_errors(&model.problems), "{name}: {:?}", model.problems);
        let (shapes, _) = check::shapes(&model.network);
        let params = cost::params(&model.network).iter().sum::<Params>().0;
        let macs = cost::macs(&model.network, &shapes, Rule::ConvFc);
        let found = [params, macs.iter().sum::<Macs>().0];
        let pytorch = ["params", "macs"].map(|key| u128::from(row[key].as_u64().expect("a count")));
        assert_eq!(found, pytorch, "{name}");
        let line = page
            .lines()
            .find(|line| line.contains(&format!("(#{name})")));
        let cells: Vec<_> = line.expect("a row of the table").split('|').collect();
        assert_eq!([cells[3], cells[4]].map(plain), pytorch.map(Some), "{name}");
        rows += 1;
    }
    assert_eq!(rows, 20);
}
