//! Promise: the JSON Schema printed by `schema` accepts every file that is shipped or shown, and finds mistakes.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use resnet_explore::lower::{Overrides, open_text};
use serde_json::{Value, json};

/// Schema of an architecture, or of a part: `block`, `shortcut`, `attention`.
fn validator(part: Option<&str>) -> Validator {
    let mut schema = resnet_explore::lower::schema();
    if let Some(part) = part {
        schema = json!({ "$ref": format!("#/$defs/{part}"), "$defs": schema["$defs"] });
    }
    jsonschema::validator_for(&schema).expect("a JSON Schema")
}

fn instance(text: &str) -> Value {
    toml::from_str(text).expect("TOML")
}

/// Violations of the schema in a file, each with its place.
fn complaints(schema: &Validator, text: &str) -> Vec<String> {
    let instance = instance(text);
    let errors = schema.iter_errors(&instance);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// Every TOML file below `folder`.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path.to_string_lossy()));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Kind of part in a shipped file, by its folder.
fn part(path: &Path) -> Option<&'static str> {
    let folder = path.parent()?.file_name()?.to_str()?;
    match folder {
        "blocks" => Some("block"),
        "shortcuts" => Some("shortcut"),
        "attentions" => Some("attention"),
        _ => None,
    }
}

/// Whether the program itself can read the file: pages also show broken ones.
fn is_readable(text: &str) -> bool {
    const OF_THE_NETWORK: [&str; 5] = [
        "shapes",
        "block-out",
        "unique-paths",
        "stage-paths",
        "inherits",
    ];
    let model = open_text("shown.toml", text, &Overrides::default());
    let mut rules = model.problems.iter().map(|problem| problem.rule);
    rules.all(|rule| OF_THE_NETWORK.contains(&rule))
}

/// Files that pages of the book show in full: fenced blocks `toml file=NAME`.
fn examples() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let pages = fs::read_dir("docs/src").expect("the book");
    for page in pages.map(|entry| entry.expect("an entry").path()) {
        if page.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = fs::read_to_string(&page).expect("a page");
        for block in text.split("```toml file=").skip(1) {
            let (name, rest) = block.split_once('\n').expect("a name");
            let (file, _) = rest.split_once("```").expect("an end");
            found.push((format!("{}: {name}", page.display()), file.to_owned()));
        }
    }
    found
}

#[test]
fn every_shipped_and_shown_file_validates() {
    let whole = validator(None);
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut hold = |name: &str, schema: &Validator, text: &str| {
        count += 1;
        for complaint in complaints(schema, text) {
            wrong.push(format!("{name}: {complaint}"));
        }
    };
    let parts = ["block", "shortcut", "attention"].map(|part| (part, validator(Some(part))));
    for folder in ["architectures", "docs/src/museum", "tests/specs/ok"] {
        for path in files(folder) {
            let text = fs::read_to_string(&path).expect("a file");
            let own = part(&path).and_then(|part| parts.iter().find(|(name, _)| *name == part));
            let schema = own.map_or(&whole, |(_, schema)| schema);
            hold(&path.display().to_string(), schema, &text);
        }
    }
    for (name, text) in examples().into_iter().filter(|(_, text)| is_readable(text)) {
        hold(&name, &whole, &text);
    }
    assert!(count > 190, "{count} files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_misspelt_key_or_a_wrong_value_is_found() {
    let whole = validator(None);
    for text in [
        "inherit = \"resnet50\"",
        "blocks = \"3, 4, 6, 3\"",
        "blocks = [3, 4, -6, 3]",
        "[stem]\nlayers = [{ conv = \"conv1\", kernal = 7, out = 64 }]",
        "[stem]\nlayers = [{ swish = \"act\" }]",
        "[stem]\nlayers = [{ norm = \"bn1\", act = \"relu\" }]",
        "norm = { kind = \"layer\" }",
        "published = { accuracy = [{ weights = \"a\", size = 224, top1 = 180 }] }",
        "[define.blocks.own]\nmian = []",
        "[stem]\nlayers = [{ conv = \"conv1\", kernel = [3, 3, 3], out = 64 }]",
        "[stem]\nlayers = [{ max_pool = \"pool\", kernel = [], stride = 2 }]",
        "[stem]\nlayers = [{ pad_shortcut = \"pad\", out = 64, zeros = \"front\" }]",
        "strides = [1, [2, \"1\"], 2, 2]",
        "strides = [1, [2, [1, 1, 1]], 2, 2]",
        "widths = [64, [128, [1]], 256, 512]",
        "preprocess = \"nothing\"",
        "preprocess = { mean = \"none\" }",
        "skip = { layers = [] }",
        "[define.shortcuts.own]\nwhen = \"sometimes\"",
        "[define.attentions.own]\nlayers = { mean = \"mean\" }",
    ] {
        assert!(!complaints(&whole, text).is_empty(), "{text}");
    }
    assert_eq!(
        complaints(&whole, "inherits = \"resnet50\"\nclasses = 10"),
        [] as [String; 0]
    );
}

#[test]
fn a_misspelt_key_is_found_in_every_shipped_file() {
    for path in files("architectures") {
        let schema = validator(part(&path));
        let text = fs::read_to_string(&path).expect("a file");
        let mut file = instance(&text);
        let keys = file.as_object_mut().expect("a table");
        let (key, value) = keys
            .iter()
            .next()
            .map(|(key, value)| (key.clone(), value.clone()))
            .expect("a key");
        keys.insert(format!("{key}x"), value);
        assert!(!schema.is_valid(&file), "{}: {key}x", path.display());
    }
}
