//! A faulty network is run and counted up to the fault, and the fault is reported as `check` reports it.

use serde_json::Value;

use super::{run, stderr, stdout};

const BROKEN: &str = "museum:darknet_sum";

/// JSON output of a failing command.
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
fn run_and_stats_tell_the_fault_after_what_there_is() {
    let check = stdout(&run(&["check", BROKEN]));
    let notice = check.split("\n\n").next().expect("a problem");
    for command in ["run", "stats"] {
        let output = run(&[command, BROKEN]);
        assert_eq!(output.status.code(), Some(1));
        let text = stdout(&output);
        let (before, fault) = text.split_once("error[shapes]").expect("the fault");
        assert!(before.contains("layer1"), "{text}");
        assert_eq!(format!("error[shapes]{}", fault.trim_end()), notice);
    }
    let stats = failing(&["stats", BROKEN, "--format", "json"]);
    assert_eq!(stats["ends_before"], "layer1.0.add");
    // The stem, and the three convolutions and norms on the first block's main path.
    let block = 64 * 64 + 64 * 64 * 9 + 64 * 256 + 2 * (64 + 64 + 256);
    assert_eq!(stats["params"], 9_536 + block);
}

#[test]
fn what_needs_the_whole_network_is_answered_by_the_fault_alone() {
    for flags in [&["--train"][..], &["--value", "conv1:0,0,0"], &["--cam"]] {
        let output = run(&[&["run", BROKEN], flags].concat());
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).starts_with("error[shapes]"));
    }
}

#[test]
fn options_without_effect_before_a_fault_are_refused() {
    let cases = [
        ("run", &["--threads", "2"][..]),
        ("run", &["--kernel", "portable"]),
        ("run", &["--direct"]),
        ("run", &["--precision", "f32"]),
        ("run", &["--top", "3"]),
        ("stats", &["--published"]),
        ("stats", &["--count", "all"]),
    ];
    for (command, flags) in cases {
        let output = run(&[&[command, BROKEN], flags].concat());
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert_eq!(stdout(&output), "", "{flags:?}");
        let notice = stderr(&output);
        let option = flags.join(" ");
        let option = if command == "stats" {
            &option
        } else {
            flags[0]
        };
        assert!(
            notice.contains(&format!("{option} has no effect")) && notice.contains("`check`"),
            "{notice}"
        );
    }
}

#[test]
fn of_thousands_of_problems_the_first_fifty_are_told_and_the_rest_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("many.toml");
    let path = path.to_str().expect("UTF-8");
    let unknown = (0..16_000).map(|number| format!("k{number} = 1\n"));
    let double = (0..16_000).map(|number| format!("title = \"{number}\"\n"));
    let unknown: String = unknown.collect();
    let double: String = double.collect();
    for (lines, rule, count) in [(unknown, "unknown-key", 16_000), (double, "syntax", 15_999)] {
        std::fs::write(path, format!("inherits = \"resnet18\"\n{lines}")).expect("written");
        let output = run(&["check", path]);
        let text = stdout(&output);
        assert_eq!(text.matches(&format!("error[{rule}]")).count(), 50);
        let more = format!("and {} more problems", count - 50);
        assert!(text.contains(&more), "{}", &text[text.len() - 400..]);
        assert!(text.contains(&format!("{count} errors")));
        assert!(text.lines().count() < 500);
        let json = failing(&["check", path, "--format", "json"]);
        let problems = json["problems"].as_array().expect("a list");
        assert_eq!(problems.len(), count, "{rule}");
        let last = problems.last().expect("one");
        assert_eq!(
            (&last["line"], &last["column"]),
            (&16_001.into(), &1.into())
        );
    }
}
