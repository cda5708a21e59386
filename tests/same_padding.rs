//! Promise: TensorFlow's padding puts the odd pixel below and at the right, and both engines compute what PyTorch does with
//! `F.pad`; the shapes are those of the other padding, the values are not.

mod common;

use std::process::Command;

use common::{data, sizes};
use resnet_explore::lower::{Overrides, open};
use serde_json::Value;

fn run(words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args([
            "run",
            "museum:same_padding",
            "--weights",
            "synthetic:7",
            "--input",
            "synthetic:7",
        ])
        .args(["--format", "json"])
        .args(words)
        .output()
        .expect("the binary runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn both_engines_have_pytorchs_values() {
    let truth: Value =
        serde_json::from_slice(&std::fs::read(data("same_padding.json")).expect("a file"))
            .expect("JSON");
    for row in truth["rows"].as_array().expect("rows") {
        let [height, width] = sizes(row, "size")[..] else {
            panic!("height and width");
        };
        let size = format!("{height}x{width}");
        for words in [vec!["--plain"], vec![], vec!["--kernel", "portable"]] {
            let words: Vec<&str> = [vec!["--input-size", &size], words].concat();
            let found = run(&words);
            let (found, wanted) = (&found["output"], &row["output"]);
            let rms = wanted["rms"].as_f64().expect("a number");
            let close = |found: &Value, wanted: &Value| {
                let (found, wanted) = (found.as_f64(), wanted.as_f64());
                let difference = (found.expect("a number") - wanted.expect("a number")).abs();
                assert!(
                    difference <= 2e-5 * rms,
                    "{words:?}: {found:?} against {wanted:?}"
                );
            };
            for key in ["mean", "rms", "min", "max"] {
                close(&found[key], &wanted[key]);
            }
            let samples = |value: &Value| value["samples"].as_array().expect("a list").clone();
            for (found, wanted) in samples(found).iter().zip(&samples(wanted)) {
                close(found, wanted);
            }
        }
    }
}

#[test]
fn the_odd_pixel_lies_below_and_at_the_right_and_a_symmetric_border_is_the_convolutions_own() {
    let sizes = |size: [u64; 2]| {
        let overrides = Overrides {
            input_size: Some(size),
            classes: None,
        };
        let model = open("museum:same_padding", &overrides).expect("a piece");
        let pads: Vec<String> = model
            .network
            .nodes()
            .filter(|(_, node)| node.layer.op() == "ConstantPad2d")
            .map(|(_, node)| format!("{}: {}", node.path, node.layer.summary()))
            .collect();
        pads
    };
    assert_eq!(
        sizes([224, 224]),
        [2, 3, 4].map(|stage| format!(
            "layer{stage}.0.conv1_pad: zeros: 0 above, 0 left, 1 below, 1 right"
        ))
    );
    // 19 rows need one above and one below, 16 columns one at the right alone.
    assert!(
        sizes([75, 64])
            .contains(&"layer2.0.conv1_pad: zeros: 1 above, 0 left, 1 below, 1 right".to_owned())
    );
}
