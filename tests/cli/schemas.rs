//! Promise: `schema COMMAND` describes the command's JSON exactly: what is printed fits, each key that it names is printed, and a
//! changed output does not fit.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::run;

/// Calls that print JSON, by the format that they print. Between them they print every key of it.
const CALLS: &[(&str, &[&str])] = &[
    (
        "bench",
        &[
            "bench resnet20_fashion --runs 1 --warmup 0 --layers --weights architectures/fashion/resnet20_fashion.safetensors",
            "bench resnet20_fashion resnet20_digits --runs 1 --warmup 0",
        ],
    ),
    (
        "check",
        &[
            "check --all",
            "check tests/specs/err/missing_projection.toml",
            "check resnet18 --max-params 1M",
            "check tests/specs/err/block_names.toml tests/specs/err/unknown_key.toml",
        ],
    ),
    (
        "compare",
        &[
            "compare resnet50 resnet50_v1 --level layer --max-params 30M",
            "compare resnet50 resnetv2_50 --level block",
            "compare resnet20_fashion resnet50 --level stage",
            "compare resnet18 tests/specs/ok/rectangular.toml --input-size 224x320",
        ],
    ),
    ("evaluate", &["evaluate resnet20_digits --data digits"]),
    (
        "explain",
        &["explain 4.11G", "explain 25.6M --net resnet50"],
    ),
    (
        "export",
        &[
            "export resnet18 --to json",
            "export skresnet18 --to json --input-size 224x320",
            "export tests/specs/ok/rectangular.toml --to json",
        ],
    ),
    ("field", &["field resnet20_fashion --inputs 1"]),
    (
        "gradient",
        &[
            "gradient resnet20_fashion --step 0.1",
            "gradient resnet20_fashion --inference",
        ],
    ),
    ("lesions", &["lesions resnet20_fashion"]),
    ("list", &["list", "list --accuracy all", "list --families"]),
    (
        "run",
        &[
            "run resnet20_fashion --input sample:0 --layers",
            "run resnet20_fashion --train --batch 2 --input synthetic:0",
            "run resnet20_fashion --until layer1.0.add",
            "run resnet18 --input tests/data/pictures/odd_rgb.jpg --input-size 32",
            "run tests/specs/err/missing_projection.toml --input-size 32",
            "run resnet20_fashion --cam top --input sample:0",
            "run resnet20_fashion --value fc:3 --input sample:0",
            "run resnet20_fashion --value layer1.0.add:0,1,1 --input sample:0",
            "run skresnet18 --value layer1.0.conv1.out:0,1,1 --input-size 32",
        ],
    ),
    (
        "stats",
        &[
            "stats resnet18",
            "stats resnet50 --input-size 224x320 --count all",
            "stats resnet18 resnet50",
            "stats tests/specs/ok/rectangular.toml",
            "stats tests/specs/err/missing_projection.toml",
        ],
    ),
    (
        "table",
        &[
            "table resnet18",
            "table skresnet18 --input-size 224x320",
            "table resnet50 --level block",
            "table resnet50 --level stage",
            "table resnest50d --level layer --columns path,op,output,macs_share",
        ],
    ),
    ("weights-list", &["weights list", "weights list resnet50"]),
    (
        "weights-show",
        &["weights show tests/data/checkpoints/tiny_nan.pth"],
    ),
    (
        "weights-diff",
        &[
            "weights diff tests/data/checkpoints/tiny_nan.pth tests/data/checkpoints/tiny_variance.pth",
        ],
    ),
    (
        "weights-infer",
        &["weights infer tests/data/checkpoints/tiny_variance.pth"],
    ),
];

/// Formats that no call above prints: what a download says, and files that commands write.
const ELSEWHERE: &[&str] = &["lesson", "train", "train-log", "weights-fetch"];

fn words(call: &str) -> Vec<&str> {
    let form: &[&str] = if call.starts_with("export") {
        &[]
    } else {
        &["--format", "json"]
    };
    call.split(' ').chain(form.iter().copied()).collect()
}

fn printed(call: &str) -> Value {
    let output = run(&words(call));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let stderr = String::from_utf8_lossy(&output.stderr);
        panic!("{call}: {error}: {stderr}")
    })
}

fn schema(format: &str) -> Value {
    super::json(&["schema", format])
}

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).expect("a JSON Schema")
}

fn fits(validator: &Validator, value: &Value, call: &str) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .take(3)
        .map(|error| format!("{}: {error:.300}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{call}: {errors:#?}");
}

/// Keys of all objects in a value.
fn keys_within(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                keys_within(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys_within(item, found)),
        _ => {}
    }
}

/// Keys that a schema names.
fn keys_named(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                if let ("properties", Some(properties)) = (key.as_str(), value.as_object()) {
                    found.extend(properties.keys().cloned());
                    properties
                        .values()
                        .for_each(|value| keys_named(value, found));
                } else {
                    keys_named(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys_named(item, found)),
        _ => {}
    }
}

/// Outputs that a reader of the schema need not expect: an object with a key more or less, or with a value of another type.
fn changed(value: &Value) -> Vec<(String, Value)> {
    let mut changes = Vec::new();
    match value {
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert("unknown_key".to_owned(), json!(1));
            changes.push(("a key more".to_owned(), Value::Object(more)));
            for (key, inner) in fields {
                let mut fewer = fields.clone();
                fewer.remove(key);
                changes.push((format!("without {key}"), Value::Object(fewer)));
                let mut other = fields.clone();
                other.insert(key.clone(), json!({"another": ["type"]}));
                changes.push((format!("another {key}"), Value::Object(other)));
                for (what, inner) in changed(inner) {
                    let mut deeper = fields.clone();
                    deeper.insert(key.clone(), inner);
                    changes.push((format!("{key}: {what}"), Value::Object(deeper)));
                }
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (what, inner) in changed(&items[0]) {
                let mut deeper = items.clone();
                deeper[0] = inner;
                changes.push((format!("0: {what}"), Value::Array(deeper)));
            }
        }
        _ => {}
    }
    changes
}

#[test]
fn what_every_command_prints_fits_its_schema_and_every_key_is_printed() {
    // A bandwidth needs a measurement that outlasts the test; no shipped network was tested on other pictures than ImageNet's.
    let rare = ["memory_gb_per_second", "on"];
    let mut never = Vec::new();
    for (format, calls) in CALLS {
        let schema = schema(format);
        let validator = validator(&schema);
        let (mut named, mut seen) = (BTreeSet::new(), BTreeSet::new());
        keys_named(&schema, &mut named);
        for call in *calls {
            let value = printed(call);
            fits(&validator, &value, call);
            keys_within(&value, &mut seen);
        }
        named.retain(|key| !rare.contains(&key.as_str()));
        // A value's formula has keys by its kind: `tests/value_trace.rs` has all of them.
        if *format != "run" && *format != "table" {
            never.extend(
                named
                    .difference(&seen)
                    .map(|key| format!("{format}: {key}")),
            );
        }
    }
    assert!(never.is_empty(), "never printed: {never:#?}");
}

#[test]
fn the_json_of_every_network_fits() {
    let names = resnet_explore::spec::catalog::names();
    let stats = validator(&schema("stats"));
    let mut all: Vec<&str> = vec!["stats"];
    all.extend(names.iter().copied());
    all.extend(["--format", "json"]);
    let output = run(&all);
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value.as_array().map(Vec::len), Some(names.len()));
    fits(&stats, &value, "stats of all");
    let network = validator(&schema("export"));
    for name in names.iter().step_by(5) {
        let call = format!("export {name} --to json");
        fits(&network, &printed(&call), &call);
    }
}

#[test]
fn a_changed_output_does_not_fit() {
    for (format, calls) in CALLS {
        let call = match *format {
            // One network in place of all, and one map in place of a trace.
            "check" | "run" => calls[1],
            _ => calls[0],
        };
        let schema = schema(format);
        let validator = validator(&schema);
        let value = shortened(&printed(call));
        fits(&validator, &value, call);
        let optional = optional(&schema);
        let changes = changed(&value);
        assert!(changes.len() > 5, "{call}: {}", changes.len());
        for (what, value) in changes {
            // A key that may be left out, or a map whose keys are names.
            let key = what.rsplit(' ').next().unwrap_or_default();
            let may_lack = what.contains("without ") && (optional.contains(key) || is_named(&what));
            let may_have_more = what.ends_with("a key more") && is_named(&what);
            if !may_lack && !may_have_more {
                assert!(!validator.is_valid(&value), "{call}: {what}");
            }
        }
    }
}

/// A change of a map from names to values, to which any name may be added.
fn is_named(what: &str) -> bool {
    let within = what.split(": ").collect::<Vec<_>>();
    let maps = ["parameters", "blocks", "running", "counts"];
    within.len() > 1 && maps.contains(&within[within.len() - 2]) && !within.contains(&"0")
}

/// Keys that are properties of some object and not required there.
fn optional(schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let definitions = schema["$defs"].as_object().expect("definitions");
    for definition in definitions.values() {
        let required: Vec<&str> = definition["required"]
            .as_array()
            .map(|keys| keys.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let properties = definition["properties"].as_object().expect("properties");
        found.extend(
            properties
                .keys()
                .filter(|key| !required.contains(&key.as_str()))
                .cloned(),
        );
    }
    found
}

/// The value with at most two items in each list of objects, so that every change of it can be tried.
fn shortened(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let kept = items.iter().filter(|item| !item.is_number()).take(2);
            let numbers = items.iter().filter(|item| item.is_number());
            Value::Array(kept.chain(numbers).map(shortened).collect())
        }
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), shortened(value)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

#[test]
fn a_training_and_its_log_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("trained");
    let call = [
        "train",
        "resnet8_digits",
        "--epochs",
        "1",
        "--format",
        "json",
        "-o",
    ];
    let output = run(&[&call[..], &[to.to_str().expect("UTF-8")]].concat());
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let line = validator(&schema("train"));
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    for value in &lines {
        fits(&line, value, "train");
        for (what, changed) in changed(value) {
            assert!(!line.is_valid(&changed), "train: {what}");
        }
    }
    let files = std::fs::read_dir(&to).expect("the folder");
    let files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    let log = files
        .iter()
        .find(|file| file.extension().is_some_and(|own| own == "json"))
        .expect("a log");
    let text = std::fs::read_to_string(log).expect("text");
    let log: Value = serde_json::from_str(&text).expect("JSON");
    let schema = validator(&schema("train-log"));
    fits(&schema, &log, "the log");
    for (what, changed) in changed(&log) {
        assert!(!schema.is_valid(&changed), "the log: {what}");
    }
}

#[test]
fn every_format_has_a_schema_that_completions_and_help_name() {
    let help = String::from_utf8(run(&["schema", "--help"]).stdout).expect("UTF-8");
    let script = String::from_utf8(run(&["completions", "bash"]).stdout).expect("UTF-8");
    let formats: Vec<&str> = CALLS
        .iter()
        .map(|(format, _)| *format)
        .chain(ELSEWHERE.iter().copied())
        .collect();
    for format in &formats {
        assert!(help.contains(format), "{format} in {help}");
        assert!(script.contains(format), "{format} is not completed");
        let schema = schema(format);
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{format}: {error}"));
    }
    let unknown = run(&["schema", "nothing"]);
    assert_eq!(unknown.status.code(), Some(2));
}
