//! Promise: a demonstration becomes a moving picture that is the same each time, whole, bounded, and of the screens that were seen.

use std::path::Path;
use std::process::{Command, Output};

fn explore(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the binary")
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_same_keys_give_the_same_picture_and_an_existing_one_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    // The keys are played at once, whatever they pause.
    std::fs::write(folder.join("tour.keys"), "3 wait:60 nnnn wait:2 r wait:1").expect("a file");
    let record = [
        "resnet20_fashion",
        "--replay",
        "tour.keys",
        "--record",
        "tour.svg",
    ];
    let made = explore(&record, folder);
    assert!(made.status.success(), "{}", error(&made));
    let first = std::fs::read_to_string(folder.join("tour.svg")).expect("a picture");
    let again = explore(&record, folder);
    assert!(
        !again.status.success() && error(&again).contains("tour.svg"),
        "{}",
        error(&again)
    );
    let forced = explore(&[&record[..], &["--force"]].concat(), folder);
    assert!(forced.status.success(), "{}", error(&forced));
    let second = std::fs::read_to_string(folder.join("tour.svg")).expect("a picture");
    assert!(first == second, "the same keys give the same file");
    // Each screen is shown once per turn of the whole.
    assert_eq!(
        first.matches("<animate ").count(),
        7,
        "the layers, the picture, four steps, the end"
    );
    assert!(
        first.contains("dur=\"66.24s\""),
        "pauses, keys and the last screen"
    );
    assert!(first.contains("Ankle boot") && first.contains("data:image/png;base64,"));
    assert!(first.len() < 1 << 20, "{} bytes", first.len());
    // Every part that a screen uses is there.
    for part in first
        .split("<use href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(first.contains(&format!("id=\"{part}\"")), "{part}");
    }
    assert_eq!(first.matches("<g ").count(), first.matches("</g>").count());
}

#[test]
fn a_recording_needs_a_demonstration_and_takes_no_option_without_effect() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("tour.keys"), "j").expect("a file");
    for arguments in [
        &["--record", "tour.svg"][..],
        &["--replay", "tour.keys", "--record", "tour.svg", "--plain"],
        &[
            "--replay",
            "tour.keys",
            "--record",
            "tour.svg",
            "--graphics",
            "kitty",
        ],
        &["--replay", "tour.keys", "--force"],
    ] {
        let refused = explore(arguments, folder.path());
        assert_eq!(
            refused.status.code(),
            Some(2),
            "{arguments:?}: {}",
            error(&refused)
        );
    }
    assert!(!folder.path().join("tour.svg").exists());
}
