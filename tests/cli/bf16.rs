//! `--precision bf16`: the cost of bf16, layer by layer, and where it has no effect.

use super::{json, run, stderr, stdout};

const CALL: [&str; 7] = [
    "run",
    "resnet20_fashion",
    "--input",
    "sample:2",
    "--precision",
    "bf16",
    "--layers",
];

#[test]
fn each_layers_error_is_that_of_bf16_and_the_answer_is_compared() {
    let pass = json(&[&CALL[..], &["--format", "json"]].concat());
    let products = pass["bf16"]["products"].as_str().expect("a way");
    assert!(["instruction", "halves"].contains(&products), "{products}");
    let error = |row: &serde_json::Value| {
        ["rms", "max"].map(|key| row["bf16_error"][key].as_f64().expect("an error"))
    };
    let layers = pass["layers"].as_array().expect("rows");
    for row in layers {
        let [rms, max] = error(row);
        // bf16 has 8 bits: half a unit in the last place is 2^-9 of a number.
        assert!(rms <= 0.03 && max >= rms && max <= 0.5, "{row}");
        // Nothing is rounded before the first convolution.
        let is_first = row["name"] == "conv1";
        let is_before = row["name"].as_str().expect("a name").contains("preprocess");
        assert!(!is_before || rms == 0.0, "{row}");
        assert!(!is_first || (1e-4..8e-3).contains(&rms), "{row}");
    }
    let likeliest = |top: &serde_json::Value| top[0][0]["class"].as_u64();
    assert_eq!(
        likeliest(&pass["top"]),
        likeliest(&pass["bf16"]["top_in_f32"])
    );
    let text = stdout(&run(&CALL));
    for word in ["error (rms)", "bf16", "Trouser in f32: 99.98 %, in bf16: "] {
        assert!(text.contains(word), "{word}\n{text}");
    }
}

#[test]
fn without_its_layers_the_pass_runs_in_bf16_alone_and_f32_is_the_default() {
    let with = |precision: &[&str]| {
        let call = ["run", "resnet20_fashion", "--format", "json"];
        json(&[&call[..], precision].concat())
    };
    let (usual, whole) = (with(&[]), with(&["--precision", "f32"]));
    let short = with(&["--precision", "bf16"]);
    assert_eq!(usual["output"], whole["output"]);
    assert!(usual.get("bf16").is_none() && whole.get("bf16").is_none());
    assert_ne!(usual["output"], short["output"]);
    assert!(short["bf16"].get("top_in_f32").is_none());
    let bench = [
        "bench",
        "resnet20_fashion",
        "--runs",
        "1",
        "--precision",
        "bf16",
    ];
    let bench = json(&[&bench[..], &["--layers", "--format", "json"]].concat());
    let steps = bench["layers"].as_array().expect("rows");
    assert!(steps.iter().any(|row| row["how"] == "direct bf16"));
    assert_eq!(bench["bf16"], short["bf16"]["products"]);
}

#[test]
fn where_it_has_no_effect_it_is_refused() {
    let call = ["run", "resnet20_fashion", "--precision", "bf16"];
    for other in [
        &["--plain"][..],
        &["--train"],
        &["--direct"],
        &["--value", "fc:1"],
        &["--cam"],
    ] {
        let output = run(&[&call[..], other].concat());
        assert_eq!(
            output.status.code(),
            Some(2),
            "{other:?}: {}",
            stderr(&output)
        );
    }
    let faulty = ["run", "museum:darknet_sum", "--weights", "synthetic:0"];
    let output = run(&[&faulty[..], &["--precision", "bf16"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--precision has no effect"));
    let unknown = run(&["run", "resnet20_fashion", "--precision", "f16"]);
    assert!(stderr(&unknown).contains("bf16"), "{}", stderr(&unknown));
}
