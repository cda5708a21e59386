//! A network at fault runs and is counted up to the fault, and the fault is told as `check` tells it.

use serde_json::Value;

use super::{run, stderr, stdout};

const BROKEN: &str = "museum:darknet_sum";

/// What a failing command prints, as JSON.
fn failing(args: &[&str]) -> Value {
    let output = run(args);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn run_shows_the_layers_before_the_fault_as_the_sound_network_has_them() {
    let args = [
        "--weights",
        "synthetic:1",
        "--input",
        "synthetic:2",
        "--layers",
        "--plain",
        "--format",
        "json",
    ];
    let broken = failing(&[&["run", BROKEN], args.as_slice()].concat());
    let sound = run(&[&["run", "resnet50"], args.as_slice()].concat());
    let sound: Value = serde_json::from_str(&stdout(&sound)).expect("JSON");
    let (ran, all) = (&broken["layers"], &sound["layers"]);
    let ran = ran.as_array().expect("layers");
    let last = ran.last().expect("a layer");
    assert_eq!(last["name"], "layer1.0.bn3");
    for (own, other) in ran.iter().zip(all.as_array().expect("layers")) {
        assert_eq!(own, other);
    }
    assert_eq!(broken["ends_before"], "layer1.0.add");
    let check = failing(&["check", BROKEN, "--format", "json"]);
    assert_eq!(broken["problems"], check["problems"]);
    assert!(sound.get("problems").is_none());
}

#[test]
fn run_and_stats_tell_the_fault_behind_what_there_is() {
    let check = stdout(&run(&["check", BROKEN]));
    let told = check.split("\n\n").next().expect("a problem");
    for command in ["run", "stats"] {
        let output = run(&[command, BROKEN]);
        assert_eq!(output.status.code(), Some(1));
        let text = stdout(&output);
        let (before, fault) = text.split_once("error[shapes]").expect("the fault");
        assert!(before.contains("layer1"), "{text}");
        assert_eq!(format!("error[shapes]{}", fault.trim_end()), told);
    }
    let stats = failing(&["stats", BROKEN, "--format", "json"]);
    assert_eq!(stats["ends_before"], "layer1.0.add");
    // The stem, and the three convolutions and norms of the first block's main path.
    let block = 64 * 64 + 64 * 64 * 9 + 64 * 256 + 2 * (64 + 64 + 256);
    assert_eq!(stats["params"], 9_536 + block);
}

#[test]
fn what_needs_the_whole_network_is_answered_by_the_fault_alone() {
    for flags in [&["--train"][..], &["--value", "conv1:0,0,0"]] {
        let output = run(&[&["run", BROKEN], flags].concat());
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).starts_with("error[shapes]"));
    }
}
