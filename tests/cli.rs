//! Promise: names, JSON fields and exit codes of the command line stay as they are.

#[path = "cli/bench.rs"]
mod bench;
#[path = "cli/bf16.rs"]
mod bf16;
#[path = "cli/effect.rs"]
mod effect;
#[path = "cli/fault.rs"]
mod fault;
#[path = "cli/fields.rs"]
mod fields;
#[path = "cli/finite.rs"]
mod finite;
#[path = "cli/gradient.rs"]
mod gradient;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/list.rs"]
mod list;
#[path = "cli/schemas.rs"]
mod schemas;
#[path = "cli/weights.rs"]
mod weights;

use std::io::Read;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program on a machine of which nothing is known.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resnet-explore"));
    command
        // No weights of this machine.
        .env("TORCH_HOME", "nowhere")
        .env("HF_HUB_CACHE", "nowhere")
        .env_remove("RESNET_EXPLORE_WEIGHTS")
        .env("RESNET_EXPLORE_MACHINE", "")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

fn run(args: &[&str]) -> Output {
    let output = command().args(args).output();
    output.expect("the binary runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn json(args: &[&str]) -> Value {
    let output = run(args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{args:?}: {}",
        stderr(&output)
    );
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{args:?}: {error}"))
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn the_shipped_network_sees_an_ankle_boot() {
    let output = run(&["run", "resnet20_fashion", "--input", "sample:0"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    let first = text
        .lines()
        .find(|line| line.contains('%'))
        .expect("a class");
    assert!(first.contains("99.92 %  Ankle boot"), "{first}");
    assert!(
        stderr(&output).contains("weights: shipped"),
        "the choice made for the user is said"
    );
}

#[test]
fn a_pass_can_stop_at_a_layer() {
    let run = json(&[
        "run",
        "resnet20_fashion",
        "--until",
        "layer1.0.relu#2",
        "--format",
        "json",
    ]);
    assert_eq!(run["output"]["shape"], serde_json::json!([1, 16, 28, 28]));
    assert_eq!(run["output"]["min"], 0.0);
}

#[test]
fn a_pass_that_stops_before_the_end_has_no_classes() {
    // A vector in the middle is longer than the list of classes, and is not a list of logits.
    for until in ["flatten", "layer3.2.add", "input"] {
        let run = json(&[
            "run",
            "resnet20_fashion",
            "--until",
            until,
            "--format",
            "json",
        ]);
        assert_eq!(run["top"], serde_json::json!([]), "{until}");
    }
    let whole = json(&[
        "run",
        "resnet20_fashion",
        "--until",
        "fc",
        "--format",
        "json",
    ]);
    assert_eq!(whole["top"][0][0]["label"], "Ankle boot");
}

#[test]
fn exit_codes_tell_a_wrong_call_from_a_failed_check() {
    let cases: [(&[&str], i32, &str); 12] = [
        (&["stats", "resnet5O"], 2, "did you mean `resnet50`?"),
        (&["stats"], 2, "required"),
        (
            &["stats", "resnet50", "--count", "flops"],
            2,
            "write conv+fc, torch",
        ),
        (
            &["table", "resnet50", "--level", "neuron"],
            2,
            "write stage, block or layer",
        ),
        (
            &["table", "resnet50", "--columns", "help"],
            2,
            "write path, paper_name",
        ),
        (
            &["stats", "resnet50", "--input-size", "0"],
            2,
            "write one side as 224",
        ),
        (
            &["run", "resnet50", "--input", "sample:0"],
            1,
            "there are no samples for resnet50",
        ),
        (
            &["run", "resnet20_fashion", "--input", "sample:99"],
            2,
            "sample:0 to sample:21",
        ),
        (
            &["run", "resnet20_fashion", "--until", "layer9"],
            2,
            "there is no layer `layer9`",
        ),
        (
            &["run", "resnet50", "--weights", "nowhere.safetensors"],
            1,
            "nowhere.safetensors cannot be read",
        ),
        (
            &["check", "tests/specs/err/stride_twice.toml"],
            1,
            "layer2.0.add",
        ),
        (
            &[
                "stats",
                "tests/specs/err/stride_twice.toml",
                "--format",
                "csv",
            ],
            1,
            "stride twice",
        ),
    ];
    for (args, code, words) in cases {
        let output = run(args);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{args:?}: {}",
            stderr(&output)
        );
        // The problems that `check` finds are its result.
        let text = match args[0] {
            "check" => stdout(&output),
            _ => stderr(&output),
        };
        assert!(
            !words.is_empty() && text.contains(words),
            "{args:?}: {text}"
        );
    }
    assert_eq!(run(&["check", "--all"]).status.code(), Some(0));
}

#[test]
fn the_explorer_without_a_terminal_gives_advice() {
    for args in [&[][..], &["explore"], &["explore", "resnet50"]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains("needs a terminal"),
            "{}",
            stderr(&output)
        );
        assert!(stderr(&output).contains("resnet-explore stats NAME"));
    }
}

#[test]
fn a_checkpoint_that_does_not_fit_is_explained() {
    let weights = "architectures/fashion/resnet20_fashion.safetensors";
    let output = run(&[
        "run",
        "resnet20_cifar",
        "--weights",
        weights,
        "--input",
        "synthetic:0",
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("conv1.weight") || stderr(&output).contains("channel"),
        "{}",
        stderr(&output)
    );
    let check = run(&["check", "resnet20_cifar", "--weights", weights]);
    assert_eq!(check.status.code(), Some(1));
    assert!(
        stdout(&check).contains("conv1.weight"),
        "{}",
        stdout(&check)
    );
    assert_eq!(
        run(&["check", "resnet20_fashion", "--weights", weights])
            .status
            .code(),
        Some(0)
    );
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    assert!(!stdout(&run(&["stats", "resnet18"])).contains('\u{1b}'));
    assert!(stdout(&run(&["stats", "resnet18", "--color", "always"])).contains('\u{1b}'));
}

#[test]
fn numbers_are_the_same_in_every_form() {
    for format in ["text", "csv", "markdown", "json"] {
        let text = stdout(&run(&[
            "table", "resnet50", "--level", "block", "--format", format,
        ]));
        let digits: String = text
            .chars()
            .filter(|c| *c != ',' || format == "csv")
            .collect();
        assert!(
            digits.contains("1512448"),
            "{format} has the parameters of layer3.0"
        );
    }
    let csv = stdout(&run(&[
        "table",
        "resnet50",
        "--level",
        "layer",
        "--columns",
        "path,output,macs",
        "--format",
        "csv",
    ]));
    assert!(csv.contains("\nconv1,64x112x112,118013952\n"), "{csv}");
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(["table", "resnet1202_cifar", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut first = [0; 10];
    child
        .stdout
        .take()
        .expect("a pipe")
        .read_exact(&mut first)
        .expect("some output");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}

#[test]
fn exports_are_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.dot");
    let name = path.to_string_lossy().into_owned();
    let output = run(&["export", "resnet18", "--to", "dot", "-o", &name]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let written = std::fs::read_to_string(&path).expect("the file");
    assert_eq!(
        written,
        stdout(&run(&["export", "resnet18", "--to", "dot"]))
    );
    let nowhere = folder
        .path()
        .join("none/net.dot")
        .to_string_lossy()
        .into_owned();
    let output = run(&["export", "resnet18", "--to", "dot", "-o", &nowhere]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("there is no directory"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_schema_is_json_schema_with_every_unit() {
    let schema = json(&["schema"]);
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert!(schema["properties"]["blocks"]["description"].is_string());
    let units = schema["$defs"]["layer"]["oneOf"].as_array().expect("units");
    assert!(units.len() >= 9);
}
