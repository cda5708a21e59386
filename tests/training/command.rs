//! The command `train`: what it prints and keeps, goes on from, and refuses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(super) fn run(folder: &Path, args: &[&str]) -> Output {
    on(folder, env!("CARGO_BIN_EXE_resnet-explore"), args)
}

fn on(folder: &Path, program: &str, args: &[&str]) -> Output {
    Command::new(program)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder with the spec of a small network.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("small.toml"), super::spec(8)).expect("a file");
    fs::write(folder.path().join("other.toml"), super::spec(14)).expect("a file");
    folder
}

/// Numbers of each epoch, without times.
fn epochs(output: &Output) -> Vec<(String, u64, f64, f64, f64)> {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = text(&output.stdout);
    let rows = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let rows = rows.filter(|row| row.get("epoch").is_some());
    rows.map(|row| {
        let number = |key: &str| row[key].as_f64().expect("a number");
        assert!(number("seconds") > 0.0 && number("images_per_second") > 0.0);
        (
            row["net"].as_str().expect("a name").to_owned(),
            row["epoch"].as_u64().expect("a number"),
            number("loss"),
            number("accuracy"),
            number("test_accuracy"),
        )
    })
    .collect()
}

const JSON: [&str; 2] = ["--format", "json"];

#[test]
fn digits_are_learned_and_kept_and_gone_on_from() {
    let place = folder();
    let path = place.path();
    let with = |more: &[&'static str]| -> Vec<&'static str> {
        [&["train", "small.toml", "--seed", "3"], more, &JSON].concat()
    };
    let whole = run(path, &with(&["--epochs", "3", "-o", "whole"]));
    let rows = epochs(&whole);
    assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(rows[2].4 > 0.9, "{rows:?}");
    assert!(
        text(&whole.stderr).contains("1,400 images"),
        "{}",
        text(&whole.stderr)
    );
    let last = text(&whole.stdout).lines().last().map(str::to_owned);
    let last: Value = serde_json::from_str(&last.expect("a line")).expect("JSON");
    assert!(
        last["saved"]
            .as_str()
            .expect("a path")
            .ends_with("small.safetensors"),
        "{last}"
    );

    // In two parts it is the same, bit by bit.
    let half = epochs(&run(path, &with(&["--epochs", "1", "-o", "parts"])));
    assert_eq!(half, rows[..1]);
    let rest = epochs(&run(path, &with(&["--epochs", "3", "--resume", "parts"])));
    assert_eq!(rest, rows[1..]);
    for file in ["small.safetensors", "small.last.safetensors"] {
        let read = |folder: &str| fs::read(path.join(folder).join(file)).expect("a file");
        assert!(read("whole") == read("parts"), "{file}");
    }
    let log: Value =
        serde_json::from_slice(&fs::read(path.join("parts/small.json")).expect("a log"))
            .expect("JSON");
    assert_eq!(log["epochs"].as_array().map(Vec::len), Some(3));

    // The saved file is a checkpoint like any other.
    let pass = run(
        path,
        &[
            "run",
            "small.toml",
            "--weights",
            "whole/small.safetensors",
            "--input",
            "synthetic:1",
        ],
    );
    assert_eq!(pass.status.code(), Some(0), "{}", text(&pass.stderr));

    // A folder that is taken, other settings and another network's state are refused.
    let taken = run(path, &with(&["-o", "whole"]));
    assert_eq!(taken.status.code(), Some(2), "{}", text(&taken.stderr));
    let other = run(path, &with(&["--lr", "0.1", "--resume", "whole"]));
    assert_eq!(other.status.code(), Some(2));
    assert!(
        text(&other.stderr).contains("--lr"),
        "{}",
        text(&other.stderr)
    );
    for end in [".safetensors", ".last.safetensors", ".json"] {
        let own = path.join("whole");
        fs::copy(
            own.join(format!("small{end}")),
            own.join(format!("other{end}")),
        )
        .expect("a copy");
    }
    let args = [
        "train",
        "other.toml",
        "--seed",
        "3",
        "--resume",
        "whole",
        "--epochs",
        "4",
    ];
    let foreign = run(path, &args);
    assert_eq!(foreign.status.code(), Some(1));
    assert!(
        text(&foreign.stderr).contains("small"),
        "{}",
        text(&foreign.stderr)
    );
    let log = fs::read_to_string(path.join("whole/other.json")).expect("a log");
    let log = log.replace("\"net\": \"small\"", "\"net\": \"other\"");
    fs::write(path.join("whole/other.json"), log).expect("a file");
    let foreign = run(path, &args);
    assert_eq!(foreign.status.code(), Some(1));
    assert!(
        text(&foreign.stderr).contains("another network"),
        "{}",
        text(&foreign.stderr)
    );
}

#[test]
fn another_cosine_is_refused_on_resuming() {
    let place = folder();
    let path = place.path();
    let with = |more: &[&'static str]| -> Vec<&'static str> {
        [&["train", "small.toml", "--seed", "3"], more, &JSON].concat()
    };
    // The cosine's rates follow from the epochs in all.
    let cosine = with(&["--schedule", "cosine", "--epochs", "1", "-o", "cosine"]);
    assert_eq!(run(path, &cosine).status.code(), Some(0));
    let longer = with(&[
        "--schedule",
        "cosine",
        "--epochs",
        "2",
        "--resume",
        "cosine",
    ]);
    let longer = run(path, &longer);
    assert_eq!(longer.status.code(), Some(2));
    assert!(
        text(&longer.stderr).contains("--epochs 1"),
        "{}",
        text(&longer.stderr)
    );
}

#[test]
fn networks_learn_side_by_side_as_each_alone_on_any_number_of_threads() {
    let place = folder();
    let path = place.path();
    let more = [
        "--epochs",
        "1",
        "--shift",
        "1",
        "--mirror",
        "--smoothing",
        "0.1",
        "--schedule",
        "cosine",
    ];
    let both = epochs(&run(
        path,
        &[&["train", "small.toml", "other.toml"], &more[..], &JSON].concat(),
    ));
    assert_eq!(both.len(), 2);
    for (number, name) in ["small.toml", "other.toml"].into_iter().enumerate() {
        let args = [&["train", name], &more[..], &JSON].concat();
        assert_eq!(epochs(&run(path, &args)), both[number..=number]);
        // On one processor, where the system lets one choose.
        let program = env!("CARGO_BIN_EXE_resnet-explore");
        if Command::new("taskset").arg("--version").output().is_ok() {
            let pinned = [&["-c", "0", program], &args[..]].concat();
            assert_eq!(epochs(&on(path, "taskset", &pinned)), both[number..=number]);
        }
    }
}

#[test]
fn a_network_for_other_classes_begins_with_a_new_head() {
    let place = folder();
    let path = place.path();
    let first = run(path, &["train", "small.toml", "--epochs", "1", "-o", "ten"]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let tuned = [
        "train",
        "small.toml",
        "--classes",
        "12",
        "--weights",
        "ten/small.safetensors",
        "--freeze",
        "layer1",
        "--freeze",
        "conv1",
        "--epochs",
        "1",
    ];
    let output = run(path, &tuned);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).contains("fc.bias, fc.weight"),
        "{}",
        text(&output.stderr)
    );
    // Ten classes need as many outputs.
    let few = run(path, &["train", "small.toml", "--classes", "7"]);
    assert_eq!(few.status.code(), Some(1));
    assert!(
        text(&few.stderr).contains("--classes"),
        "{}",
        text(&few.stderr)
    );
    let nowhere = run(path, &["train", "small.toml", "--freeze", "layer9"]);
    assert_eq!(nowhere.status.code(), Some(2));
    let foreign = run(
        path,
        &["train", "other.toml", "--weights", "ten/small.safetensors"],
    );
    assert_eq!(foreign.status.code(), Some(1), "{}", text(&foreign.stderr));
}

#[test]
fn what_cannot_be_learned_from_is_refused_before_it_begins() {
    let place = folder();
    let path = place.path();
    let cases: [(&[&str], i32, &str); 6] = [
        (
            &["train", "small.toml", "--data", "nowhere"],
            1,
            "no directory",
        ),
        (&["train", "small.toml", "--data", "."], 1, "no data"),
        (&["train", "resnet18"], 1, "3×224×224"),
        (&["train", "small.toml", "small.toml"], 2, "twice"),
        (&["train", "small.toml", "--smoothing", "1"], 2, "below 1"),
        (&["train", "small.toml", "--every", "3"], 2, "--every"),
    ];
    for (args, code, word) in cases {
        let output = run(path, args);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{args:?}: {}",
            text(&output.stderr)
        );
        assert!(
            text(&output.stderr).contains(word),
            "{args:?}: {}",
            text(&output.stderr)
        );
        assert!(output.stdout.is_empty(), "{args:?}");
    }
    // Epochs are printed as they end, and all of them are printed when a loss is no longer a number.
    let diverged = run(
        path,
        &["train", "small.toml", "--lr", "1e30", "--epochs", "2"],
    );
    assert_eq!(diverged.status.code(), Some(1));
    assert!(
        text(&diverged.stderr).contains("first layer"),
        "{}",
        text(&diverged.stderr)
    );
}

/// Ctrl-C as the terminal sends it: the program ends after the step, and what was best so far is kept.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_training_keeps_the_best_so_far() {
    use std::io::{BufRead, BufReader, Read};

    let place = folder();
    let path = place.path();
    let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .current_dir(path)
        .args(["train", "small.toml", "--epochs", "10000", "-o", "kept"])
        .args(JSON)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    lines.read_line(&mut line).expect("an epoch");
    assert!(line.contains("\"epoch\":1"), "{line}");
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("a signal").success());
    let mut rest = String::new();
    lines.read_to_string(&mut rest).expect("the rest");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(130), "{}", text(&output.stderr));
    assert!(
        rest.contains("\"saved\":\"kept/small.safetensors\""),
        "{rest}"
    );
    let names = fs::read_dir(path.join("kept")).expect("a folder").count();
    assert_eq!(names, 3);
    let evaluated = run(
        path,
        &[
            "evaluate",
            "small.toml",
            "--weights",
            "kept/small.safetensors",
        ],
    );
    assert_eq!(
        evaluated.status.code(),
        Some(0),
        "{}",
        text(&evaluated.stderr)
    );
}

/// Before the first epoch has ended there is nothing to keep, and that is said.
#[cfg(target_os = "linux")]
#[test]
fn a_training_interrupted_in_its_first_epoch_has_saved_nothing_and_says_so() {
    use std::io::{BufRead, BufReader, Read};

    let place = folder();
    let path = place.path();
    let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .current_dir(path)
        .args(["train", "resnet56_digits", "--epochs", "2", "-o", "kept"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut notices = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut notice = String::new();
    // The estimate comes before the first step.
    while !notice.contains("steps, about") {
        let read = notices.read_line(&mut notice).expect("a line");
        assert!(read > 0, "{notice}");
    }
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("a signal").success());
    notices.read_to_string(&mut notice).expect("the rest");
    let status = child.wait().expect("an end");
    assert_eq!(status.code(), Some(130), "{notice}");
    assert!(
        notice.ends_with("Stopped. Nothing was saved.\n"),
        "{notice}"
    );
    let names = fs::read_dir(path.join("kept")).expect("a folder").count();
    assert_eq!(names, 0, "{notice}");
}

/// A disk that takes no more, as a limit on the size of files.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_with_the_file_and_leaves_nothing() {
    let place = folder();
    let path = place.path();
    let command = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} train small.toml --epochs 1 -o kept",
        env!("CARGO_BIN_EXE_resnet-explore")
    );
    let output = on(path, "sh", &["-c", &command]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let notice = text(&output.stderr);
    assert!(notice.contains("kept/small.safetensors"), "{notice}");
    assert_eq!(
        fs::read_dir(path.join("kept")).expect("a folder").count(),
        0
    );
}

#[test]
fn another_networks_state_is_refused_on_resuming() {
    let place = folder();
    let path = place.path();
    for name in ["small.toml", "other.toml"] {
        let trained = run(
            path,
            &[
                "train",
                name,
                "--epochs",
                "1",
                "-o",
                name.trim_end_matches(".toml"),
            ],
        );
        assert_eq!(trained.status.code(), Some(0), "{}", text(&trained.stderr));
    }
    fs::copy(
        path.join("small/small.last.safetensors"),
        path.join("other/other.last.safetensors"),
    )
    .expect("a file");
    let output = run(
        path,
        &["train", "other.toml", "--epochs", "2", "--resume", "other"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let notice = text(&output.stderr);
    assert!(notice.contains("other.last.safetensors"), "{notice}");
}
