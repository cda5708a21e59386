//! The command `weights`: the figures of tensors, and the differences of two checkpoints.

use std::fs;
use std::path::Path;

use ndarray::{ArrayD, IxDyn};
use resnet_explore::lower::{self, Overrides};
use resnet_explore::weights::fit::wanted;
use resnet_explore::weights::safetensors::serialized;
use resnet_explore::weights::{Synthetic, WeightSource};
use serde_json::{Value, json};

use super::{run, stderr, stdout};

const NAN: &str = "tests/data/checkpoints/tiny_nan.pth";

fn data(args: &[&str]) -> Value {
    let output = run(&[args, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn saved(path: &Path, tensors: &[(&str, &[usize], &[f32])]) {
    let tensors: Vec<(String, ArrayD<f32>)> = tensors
        .iter()
        .map(|(name, shape, values)| {
            let own = ArrayD::from_shape_vec(IxDyn(shape), values.to_vec());
            ((*name).to_owned(), own.expect("as many as the shape has"))
        })
        .collect();
    let views: Vec<_> = tensors
        .iter()
        .map(|(name, own)| (name.clone(), own.view()))
        .collect();
    fs::write(path, serialized(&views)).expect("a file");
}

/// The figures are PyTorch's: `t.double().min()`, `.max()`, `.mean()` and `.std()` of the tensors in the file.
#[test]
fn a_checkpoint_is_shown_tensor_by_tensor() {
    let found = data(&["weights", "show", NAN]);
    let tensors = found["tensors"].as_array().expect("a list");
    assert_eq!(tensors.len(), 38);
    let named = |name: &str| {
        let found = tensors.iter().find(|one| one["name"] == name);
        found.unwrap_or_else(|| panic!("no {name}"))
    };
    let golden = include_str!("../data/checkpoints/tiny_nan.jsonl");
    for line in golden.lines() {
        let golden: Value = serde_json::from_str(line).expect("JSON");
        let own = named(golden["name"].as_str().expect("a name"));
        for key in ["shape", "dtype", "zeros", "not_finite"] {
            assert_eq!(own[key], golden[key], "{golden}");
        }
        for key in ["min", "max", "mean", "std"] {
            match (own[key].as_f64(), golden[key].as_f64()) {
                (None, None) => {}
                (Some(own), Some(right)) => {
                    let close = (own - right).abs() <= 1e-12 * right.abs().max(1e-3);
                    assert!(close, "{key}: {own} of {golden}");
                }
                other => panic!("{key}: {other:?} of {golden}"),
            }
        }
    }
    assert_eq!(golden.lines().count(), 38);
    let few = data(&["weights", "show", NAN, "--search", "FC."]);
    assert_eq!(few["tensors"].as_array().map(Vec::len), Some(2));
    let none = run(&["weights", "show", NAN, "--search", "fc9"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(stderr(&none).contains("fc9"), "{}", stderr(&none));
}

#[test]
fn two_checkpoints_are_compared_the_largest_change_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let [a, b] = ["a.safetensors", "b.safetensors"].map(|name| folder.path().join(name));
    saved(
        &a,
        &[
            ("conv1.weight", &[2], &[3.0, 4.0]),
            ("bn1.bias", &[2], &[1.0, 0.0]),
            ("same", &[1], &[7.0]),
            ("other", &[2], &[0.0, 0.0]),
            ("gone", &[1], &[0.0]),
        ],
    );
    saved(
        &b,
        &[
            ("conv1.weight", &[2], &[3.0, 4.5]),
            ("bn1.bias", &[2], &[1.0, 1.0]),
            ("same", &[1], &[7.0]),
            ("other", &[1, 2], &[0.0, 0.0]),
            ("new", &[1], &[0.0]),
        ],
    );
    let [a, b] = [&a, &b].map(|path| path.to_str().expect("UTF-8"));
    let found = data(&["weights", "diff", a, b]);
    assert_eq!(found["equal"], 1);
    assert_eq!(
        found["changed"],
        json!([
            {"name": "bn1.bias", "shape": [2], "largest": 1.0, "relative": 1.0},
            {"name": "conv1.weight", "shape": [2], "largest": 0.5, "relative": 0.1},
        ])
    );
    let names = |key: &str| -> Vec<Value> {
        let list = found[key].as_array().expect("a list");
        list.iter().map(|one| one["name"].clone()).collect()
    };
    assert_eq!(names("reshaped"), ["other"]);
    assert_eq!(names("first_only"), ["gone"]);
    assert_eq!(names("second_only"), ["new"]);
    let same = data(&["weights", "diff", a, a]);
    assert_eq!(same["equal"], 5);
    assert_eq!(same["changed"], json!([]));
    let missing = run(&["weights", "diff", a, "nowhere.pth"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(stderr(&missing).contains("nowhere.pth"));
}

/// A folder with the cache of the Hugging Face hub, in which ResNet-10-T has weights, and a picture.
fn with_weights() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let model = lower::open("resnet10t", &Overrides::default()).expect("a shipped network");
    let source = Synthetic { seed: 5 };
    let tensors: Vec<(String, ArrayD<f32>)> = wanted(&model.network)
        .into_iter()
        .map(|(name, shape)| {
            let own = source.tensor(&name, &shape).expect("any tensor");
            (name, own)
        })
        .collect();
    let views: Vec<_> = tensors
        .iter()
        .map(|(name, own)| (name.clone(), own.view()))
        .collect();
    let repository = folder.path().join("hub/models--timm--resnet10t.c3_in1k");
    let snapshot = repository.join("snapshots/0123abcd");
    fs::create_dir_all(&snapshot).expect("a folder");
    fs::create_dir_all(repository.join("refs")).expect("a folder");
    fs::write(repository.join("refs/main"), "0123abcd").expect("a file");
    fs::write(snapshot.join("model.safetensors"), serialized(&views)).expect("a file");
    image::RgbImage::from_fn(320, 240, |x, y| {
        image::Rgb([x as u8, y as u8, (x + y) as u8])
    })
    .save(folder.path().join("photo.png"))
    .expect("a picture");
    folder
}

#[allow(clippy::too_many_lines)] // one story, step by step
#[test]
fn a_picture_takes_the_weights_on_this_disk_with_their_own_preprocessing() {
    let folder = with_weights();
    let path = folder.path();
    let run = |args: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
            .current_dir(path)
            .env("LC_ALL", "C.UTF-8")
            .env("TORCH_HOME", "nowhere")
            .env("HF_HUB_CACHE", path.join("hub"))
            .env_remove("RESNET_EXPLORE_WEIGHTS")
            .args(args)
            .args(["--format", "json"])
            .output();
        output.expect("the binary runs")
    };
    let pass = |args: &[&str]| -> (Value, String) {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let json = serde_json::from_str(&stdout(&output)).expect("JSON");
        (json, stderr(&output))
    };
    let (found, said) = pass(&["run", "resnet10t", "--input", "photo.png"]);
    assert!(said.contains("resnet10t.c3_in1k"), "{said}");
    // timm's own: 176 pixels out of 201, bicubic.
    assert_eq!(found["input"], json!([1, 3, 176, 176]));
    let file = found["weights"].as_str().expect("a path").to_owned();
    assert!(file.ends_with("model.safetensors"), "{file}");
    let by_hand = [
        "run",
        "resnet10t",
        "--input",
        "photo.png",
        "--weights",
        &file,
        "--crop",
        "176",
        "--resize",
        "201",
        "--interpolation",
        "bicubic",
    ];
    let (same, _) = pass(&by_hand);
    assert_eq!(found["top"], same["top"]);
    for name in ["c3_in1k", "resnet10t.c3_in1k", "auto"] {
        let (same, _) = pass(&[
            "run",
            "resnet10t",
            "--input",
            "photo.png",
            "--weights",
            name,
        ]);
        assert_eq!(found["top"], same["top"], "{name}");
    }
    // An option goes before what is published.
    let (other, _) = pass(&[
        "run",
        "resnet10t",
        "--input",
        "photo.png",
        "--input-size",
        "224",
    ]);
    assert_eq!(other["input"], json!([1, 3, 224, 224]));
    // Without a picture nothing depends on this disk.
    let (plain, _) = pass(&["run", "resnet10t", "--input-size", "32"]);
    assert_eq!(plain["weights"], "synthetic:0");
    let missing = run(&["run", "resnet50", "--weights", "a1_in1k"]);
    assert_eq!(missing.status.code(), Some(1), "{}", stderr(&missing));
    assert!(
        stderr(&missing).contains("https://huggingface.co/timm/resnet50.a1_in1k"),
        "{}",
        stderr(&missing)
    );
    let listed: Value =
        serde_json::from_str(&stdout(&run(&["weights", "list", "--here"]))).expect("JSON");
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(listed[0]["name"], "resnet10t.c3_in1k");
    assert_eq!(listed[0]["place"], "huggingface");
    assert_eq!(listed[0]["data"], "ImageNet-1k");
    // `check` takes tags, and says what it adapted.
    let checked = run(&["check", "resnet10t", "--weights", "c3_in1k"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    let grey = [
        "check",
        "resnet10t",
        "--weights",
        "c3_in1k",
        "--in-channels",
        "1",
    ];
    let adapted = run(&grey);
    assert_eq!(adapted.status.code(), Some(0), "{}", stderr(&adapted));
    let said = stderr(&adapted);
    assert!(said.contains("from 3 channels to one"), "{said}");
    let elsewhere = run(&["check", "resnet50", "--weights", "a1_in1k"]);
    assert_eq!(elsewhere.status.code(), Some(1));
    assert!(stderr(&elsewhere).contains("timm/resnet50.a1_in1k"));
    // A picture is prepared as the weights expect it, and noise is not.
    let gradient = |input: &str| -> Value {
        let call = [
            "gradient",
            "resnet10t",
            "--weights",
            "c3_in1k",
            "--input",
            input,
        ];
        let output = run(&[&call[..], &["--inference", "--single", "--batch", "1"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).expect("JSON")
    };
    assert_eq!(gradient("photo.png")["input"], json!([1, 3, 176, 176]));
}

/// Weights without a head run up to the layer before it, and have no classes.
#[test]
fn weights_without_a_head_run_up_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("features.safetensors");
    let model = lower::open("resnet20_cifar", &Overrides::default()).expect("a shipped network");
    let source = Synthetic { seed: 5 };
    let features = wanted(&model.network).into_iter();
    let features =
        features.filter(|(name, _)| !name.starts_with("fc.") && !name.starts_with("linear."));
    let tensors: Vec<(String, ArrayD<f32>)> = features
        .map(|(name, shape)| {
            let own = source.tensor(&name, &shape).expect("any tensor");
            (name, own)
        })
        .collect();
    let views: Vec<_> = tensors
        .iter()
        .map(|(name, own)| (name.clone(), own.view()))
        .collect();
    fs::write(&path, serialized(&views)).expect("a file");
    let file = path.to_str().expect("UTF-8");
    let call = ["run", "resnet20_cifar", "--input", "synthetic:1"];
    let with = |more: &[&str]| data(&[&call[..], more].concat());
    let found = with(&["--weights", file, "--until", "avgpool"]);
    let whole = with(&["--weights", "synthetic:5", "--until", "avgpool"]);
    assert_eq!(found["output"], whole["output"]);
    assert_eq!(found["top"], json!([]));
    let whole = run(&[&call[..], &["--weights", file]].concat());
    assert_eq!(whole.status.code(), Some(1), "{}", stderr(&whole));
}
