//! The command `gradient`: fields of its JSON, and what it refuses.

use super::{json, keys, run, stderr, stdout};

#[test]
fn a_gradient_has_the_fields_of_a_golden_pass() {
    let all = [
        "gradient",
        "resnet20_cifar",
        "--weights",
        "synthetic:7",
        "--batch",
        "4",
    ];
    let pass = json(&[&all[..], &["--step", "0.01", "--format", "json"]].concat());
    let found = keys(&pass);
    for key in [
        "model",
        "seed",
        "train",
        "input",
        "loss",
        "input_gradient",
        "parameters",
        "step",
        "loss_after",
    ] {
        assert!(found.contains(&key), "{key}: {found:?}");
    }
    // PyTorch's, as in the golden row of this network.
    let close = |key: &str, golden: f64| {
        let own = pass[key].as_f64().expect("a number");
        assert!((own - golden).abs() < 1e-9, "{key}: {own}");
    };
    close("loss", 2.568_579_635_359_737_4);
    close("loss_after", 2.332_095_192_332_261);
    let parameters = pass["parameters"].as_object().expect("a table");
    assert_eq!(parameters.len(), 59);
    let first = keys(&parameters["conv1.weight"]);
    assert_eq!(first, ["shape", "mean", "rms", "min", "max", "samples"]);
    assert_eq!(pass["labels"], serde_json::json!([0, 1, 2, 3]));
}

#[test]
fn gradients_are_shown_along_the_depth() {
    let args = [
        "gradient",
        "resnet20_cifar",
        "--weights",
        "init:he:1",
        "--single",
    ];
    let text = stdout(&run(&args));
    for word in [
        "stem",
        "layer1.0",
        "layer3.2",
        "head",
        "conv1.weight",
        "fc.bias",
        "█",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let csv = stdout(&run(&[&args[..], &["--format", "csv"]].concat()));
    assert_eq!(csv.lines().count(), 60, "{csv}");
}

#[test]
fn labels_weights_and_batches_that_cannot_be_are_refused() {
    let cases: [(&[&str], i32, &str); 6] = [
        (&["--label", "10"], 2, "label 10"),
        (&["--label", "1,2,3"], 2, "3 labels"),
        (&["--weights", "init:lecun:1"], 2, "init:he:SEED"),
        (&["--step", "-1"], 2, "--step"),
        (&["--input", "nowhere.png"], 1, "nowhere.png"),
        (&["--batch", "65536"], 1, "GiB"),
    ];
    for (more, code, word) in cases {
        let output = run(&[&["gradient", "resnet20_cifar"], more].concat());
        assert_eq!(
            output.status.code(),
            Some(code),
            "{more:?}: {}",
            stderr(&output)
        );
        assert!(
            stderr(&output).contains(word),
            "{more:?}: {}",
            stderr(&output)
        );
    }
}
