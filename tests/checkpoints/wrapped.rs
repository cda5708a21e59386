//! Weights come out of every wrapping, under the names of every library, and give the output that PyTorch gives.

use crate::common::{data, gunzip, text};
use crate::english;
use resnet_explore::engine::loaded::wanted;
use resnet_explore::engine::{Input, Keep, LoadedWeights, Mode, Session};
use resnet_explore::lower::{self, Model, Overrides};
use resnet_explore::text::Language;
use resnet_explore::weights::{Origin, WeightSource, checkpoint, explain, synthetic_input};
use serde_json::Value;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// Outputs may differ by so much of their root mean square.
const TOLERANCE: f64 = 2e-5;

fn folder() -> PathBuf {
    data("checkpoints/wrapped")
}

/// Every file, with what is expected of it.
fn cases() -> Vec<(String, Value)> {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let cases: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() >= 50, "{}", cases.len());
    cases.into_iter().collect()
}

/// Unpacks a file, with those that it lists, into a folder.
fn unpack(into: &Path, name: &str, case: &Value) -> PathBuf {
    let listed = case["files"].as_array().into_iter().flatten();
    for file in listed.map(|file| file.as_str().unwrap()).chain([name]) {
        let packed = std::fs::read(folder().join(format!("{file}.gz"))).unwrap();
        std::fs::write(into.join(file), gunzip(&packed)).unwrap();
    }
    into.join(name)
}

fn spec(case: &Value) -> PathBuf {
    folder().join(format!("{}.toml", text(case, "spec")))
}

fn model(case: &Value) -> Model {
    let model = lower::open(spec(case).to_str().unwrap(), &Overrides::default()).unwrap();
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    model
}

/// The output for the input `synthetic:0`, by the plain kernels.
fn output(model: &Model, source: &dyn WeightSource) -> Vec<f64> {
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, source).unwrap();
    let input = synthetic_input(0, &[1, 3, 16, 16]);
    let input = Input::Prepared(input.into_dimensionality().unwrap());
    let mut session = Session::new(
        Arc::clone(&network),
        weights,
        input,
        Mode::Inference,
        Keep::Needed,
    )
    .unwrap();
    let sink = network.sink().unwrap();
    let mut output = Vec::new();
    let _ = session.run_to(sink, &mut |id, value| {
        if id == sink {
            output = value.iter().map(|value| f64::from(*value)).collect();
        }
        ControlFlow::Continue(())
    });
    output
}

/// The largest difference, as a part of the root mean square.
fn difference(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let square = theirs.iter().map(|value| value * value).sum::<f64>() / theirs.len() as f64;
    let pairs = ours.iter().zip(theirs);
    pairs
        .map(|(ours, theirs)| (ours - theirs).abs())
        .fold(0.0, f64::max)
        / square.sqrt()
}

/// The message that a loaded file must cause, if there is one.
fn assert_told(name: &str, case: &Value, origin: &Origin) {
    let words = |key: &str| -> Vec<String> {
        let list = case[key].as_array().into_iter().flatten();
        list.map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let one = |key: &str| case[key].as_str();
    assert_eq!(origin.entry.as_deref(), one("entry"), "{name}");
    assert_eq!(origin.prefix.as_deref(), one("prefix"), "{name}");
    assert_eq!(origin.names, one("names"), "{name}");
    assert_eq!(origin.wrappers, words("wrappers"), "{name}");
    assert_eq!(origin.hooks, words("hooks"), "{name}");
    assert_eq!(origin.others, words("others"), "{name}");
    let averaged = case["averaged"].as_bool().unwrap_or(false);
    assert_eq!(origin.averaged, averaged, "{name}");
    if case["passed_over"].is_array() {
        assert_eq!(origin.passed_over, words("passed_over"), "{name}");
    }
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "the table of differences, for whoever asks for it"
)]
fn every_wrapping_and_naming_gives_the_output_of_pytorch() {
    let temporary = tempfile::tempdir().unwrap();
    for (name, case) in cases() {
        let Some(expected) = case["output"].as_array() else {
            continue;
        };
        let expected: Vec<f64> = expected.iter().map(|one| one.as_f64().unwrap()).collect();
        let path = unpack(temporary.path(), &name, &case);
        let model = model(&case);
        let file = checkpoint::open_for(&path, &model.network, case["choose"].as_str());
        let file = file.unwrap_or_else(|error| panic!("{name}: {error}"));
        let misfit = explain(&model, file.as_ref()).map(|misfit| misfit.lines());
        assert_eq!(misfit, None, "{name}");
        let origin = file.origin();
        assert_told(&name, &case, &origin);
        let difference = difference(&output(&model, file.as_ref()), &expected);
        println!("{name}: {difference:.1e}, {:?}", origin.names);
        assert!(difference < TOLERANCE, "{name}: {difference:e}");
    }
}

#[test]
fn what_does_not_fit_is_told_for_the_right_reason() {
    let temporary = tempfile::tempdir().unwrap();
    for (name, case) in cases() {
        let Some(words) = case["refused"].as_str() else {
            continue;
        };
        let path = unpack(temporary.path(), &name, &case);
        let model = model(&case);
        let notice = match checkpoint::open_for(&path, &model.network, None) {
            Err(error) => english(&error),
            Ok(file) => {
                let misfit = explain(&model, file.as_ref());
                let misfit = misfit.unwrap_or_else(|| panic!("{name} was taken"));
                let lines = misfit.lines();
                let lines: Vec<_> = lines
                    .iter()
                    .map(|line| Language::ENGLISH.say(line))
                    .collect();
                format!("does not fit: {}", lines.join("\n"))
            }
        };
        assert!(notice.contains(words), "{name}: {notice}");
        for false_reason in ["another task", "wider", "narrower", "model.state_dict()"] {
            assert!(!notice.contains(false_reason), "{name}: {notice}");
        }
    }
}

/// Output and exit code of a call.
fn run(args: &[&str]) -> (Value, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let notice = String::from_utf8(output.stderr).unwrap();
    (json, notice, output.status.code())
}

#[test]
fn the_command_line_says_what_was_undone_and_chooses_entries() {
    let temporary = tempfile::tempdir().unwrap();
    let cases = cases();
    let open = |name: &str| {
        let (name, case) = cases.iter().find(|(own, _)| own == name).unwrap();
        let path = unpack(temporary.path(), name, case);
        [spec(case), path].map(|path| path.to_str().unwrap().to_owned())
    };
    let [spec, ema] = open("ema.pth");
    let with = |command: &str, more: &[&str]| {
        let mut args = vec![command, &spec, "--weights", &ema, "--format", "json"];
        args.extend(more);
        run(&args)
    };
    let (json, notice, code) = with("run", &[]);
    assert_eq!(code, Some(0), "{notice}");
    assert_eq!(
        json["weights_from"],
        serde_json::json!({"file": ema, "entry": "ema.module", "prefix": null, "names": null})
    );
    let line =
        "weights: entry `ema.module`, averaged weights (EMA; `--entry` chooses another: `model`)\n";
    assert!(notice.contains(line), "{notice}");
    let (json, notice, _) = with("run", &["--entry", "model"]);
    assert_eq!(json["weights_from"]["entry"], "model");
    assert!(
        notice.contains("entry `model` (`--entry` chooses another: `ema.module`)"),
        "{notice}"
    );
    let (json, ..) = with("bench", &["--entry", "ema", "--runs", "1", "--warmup", "0"]);
    assert_eq!(json["weights_from"]["entry"], "ema.module");
    let (json, ..) = with("check", &["--entry", "model"]);
    assert_eq!(json["ok"], true);
    let (_, notice, code) = with("run", &["--entry", "teacher"]);
    assert_eq!(code, Some(1));
    assert!(
        notice.contains("it has no entry `teacher`; it has `ema.module`, `model`"),
        "{notice}"
    );

    // An entry is of a file.
    for source in [None, Some("synthetic:7"), Some("shipped")] {
        for command in ["run", "bench", "check", "export"] {
            let mut args = vec![command, "resnet20_fashion", "--entry", "ema"];
            if command == "export" {
                args.extend(["--to", "onnx"]);
            }
            if let Some(source) = source {
                args.extend(["--weights", source]);
            }
            let (_, notice, code) = run(&args);
            if command == "check" && source.is_some() {
                continue;
            }
            assert_eq!(code, Some(2), "{args:?}: {notice}");
            assert!(
                notice.contains("--entry has no effect"),
                "{args:?}: {notice}"
            );
        }
    }

    // The names and what was passed over are said, in both languages, and the classes of a renamed head have their command.
    let [spec, file] = open("detectron2_fpn.pth");
    let (_, notice, _) = run(&["run", &spec, "--weights", &file, "--lang", "zh"]);
    for words in [
        "名称已转换，原命名方式：detectron2",
        "略过 3 个不属于该网络的张量",
    ] {
        assert!(notice.contains(words), "{notice}");
    }
    let [spec, file] = open("other_classes_renamed.pth");
    let (_, notice, code) = run(&["run", &spec, "--weights", &file]);
    assert_eq!(code, Some(1));
    assert!(notice.contains("with 7 classes fits: all"), "{notice}");
    let (_, notice, code) = run(&["run", &spec, "--classes", "7", "--weights", &file]);
    assert_eq!(code, Some(0), "{notice}");
}

/// A safetensors file of these tensors, of which the values of each are its number.
fn numbered(path: &Path, tensors: &[(String, Vec<usize>)]) {
    let mut at = 0;
    let mut header = serde_json::Map::new();
    let mut values = Vec::new();
    for (number, (name, shape)) in tensors.iter().enumerate() {
        let count = shape.iter().product::<usize>();
        let offsets = [at, at + 4 * count];
        let about = serde_json::json!({"dtype": "F32", "shape": shape, "data_offsets": offsets});
        header.insert(name.clone(), about);
        at += 4 * count;
        values.extend((number as f32).to_le_bytes().repeat(count));
    }
    let header = serde_json::to_vec(&header).unwrap();
    let length = (header.len() as u64).to_le_bytes();
    std::fs::write(path, [length.as_slice(), &header, &values].concat()).unwrap();
}

#[test]
fn words_renamed_at_random_give_the_same_network_or_are_refused() {
    let temporary = tempfile::tempdir().unwrap();
    let mut state = 1_u64;
    let mut letters = |count: usize| -> String {
        let letter = |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            char::from(b'a' + ((state >> 40) % 26) as u8)
        };
        (0..count).map(letter).collect()
    };
    for (spec, least) in [
        ("cifar", 40),
        ("basic", 0),
        ("bottleneck", 0),
        ("features", 0),
    ] {
        let model = model(&serde_json::json!({ "spec": spec }));
        let wanted = wanted(&model.network);
        let mut translated = 0;
        for round in 0..40 {
            // Every word becomes another, the same one everywhere; numbers stay, and so does, in some, the word that marks the shortcut.
            let mut words = std::collections::HashMap::new();
            let mut renamed = |name: &str| {
                let (module, tensor) = name.rsplit_once('.').unwrap();
                let mut word = |old: &str| {
                    let bare = old.trim_end_matches(|c: char| c.is_ascii_digit());
                    if bare.is_empty() || bare == "downsample" && round % 2 == 0 {
                        return old.to_owned();
                    }
                    let new = words.entry(bare.to_owned()).or_insert_with(|| letters(6));
                    format!("{new}{}", &old[bare.len()..])
                };
                let module: Vec<String> = module.split('.').map(&mut word).collect();
                format!("{}.{tensor}", module.join("."))
            };
            let file: Vec<_> = wanted
                .iter()
                .map(|(name, shape)| (renamed(name), shape.clone()))
                .collect();
            let path = temporary.path().join("renamed.safetensors");
            let _ = std::fs::remove_file(&path);
            numbered(&path, &file);
            let source = checkpoint::open_for(&path, &model.network, None).unwrap();
            if explain(&model, source.as_ref()).is_some() {
                continue;
            }
            translated += 1;
            for (number, (name, shape)) in wanted.iter().enumerate() {
                let tensor = source.tensor(name, shape).unwrap();
                assert!(
                    tensor.iter().all(|value| *value == number as f32),
                    "{spec}: {name}"
                );
            }
        }
        assert!(translated >= least, "{spec}: {translated}");
    }
}

#[test]
fn an_index_reads_no_file_that_is_not_beside_it() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("model.safetensors.index.json");
    let notice = |map: &str| {
        std::fs::write(&path, format!("{{\"weight_map\": {map}}}")).unwrap();
        match checkpoint::open(&path) {
            Ok(_) => panic!("{map} was taken"),
            Err(error) => english(&error),
        }
    };
    for name in ["../a.bin", "/etc/passwd", "a/b.bin", "..", ".", ""] {
        let notice = notice(&format!("{{\"w\": \"{name}\"}}"));
        assert!(
            notice.contains("not a file in the same directory"),
            "{name}: {notice}"
        );
    }
    assert!(notice("{\"w\": \"a.bin\"}").contains("download all files that it lists"));
    assert!(notice("[]").contains("not a complete index"));
    // An index that lists itself is no checkpoint.
    let notice = notice("{\"w\": \"model.safetensors.index.json\"}");
    assert!(notice.contains("index of a checkpoint"), "{notice}");
    let many: Vec<String> = (0..1001).map(|n| format!("\"{n}\": \"{n}.bin\"")).collect();
    std::fs::write(&path, format!("{{\"weight_map\": {{{}}}}}", many.join(","))).unwrap();
    let error = english(&checkpoint::open(&path).err().unwrap());
    assert!(error.contains("1001 files"), "{error}");
}

#[test]
fn what_is_undone_is_said_in_both_languages() {
    let origin = Origin {
        channels: None,
        entry: Some("ema".to_owned()),
        averaged: true,
        others: vec!["model".to_owned()],
        prefix: Some("net.".to_owned()),
        wrappers: vec!["_orig_mod"],
        names: Some("fastai"),
        hooks: vec!["prune"],
        passed_over: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
    };
    for language in Language::all() {
        for message in origin.messages() {
            let said = language.say(&message);
            assert!(said.contains('`') || said.contains("fastai"), "{said}");
        }
    }
}
