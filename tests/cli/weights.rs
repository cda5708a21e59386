//! The command `weights`: the figures of tensors, and the differences of two checkpoints.

use std::fs;
use std::path::Path;

use ndarray::{ArrayD, IxDyn};
use resnet_explore::weights::safetensors::serialized;
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
