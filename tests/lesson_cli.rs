//! Promise: a lesson works in a pipe, saves the answers, and loses nothing if its file is damaged or newer.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn lesson(state: &Path, words: &[&str], typed: &str) -> (String, String, i32) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .arg("lesson")
        .args(words)
        .env("XDG_STATE_HOME", state)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // The program may end before it has read everything.
    let _ = child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(typed.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        text(output.stdout),
        text(output.stderr),
        output.status.code().expect("no signal"),
    )
}

#[test]
fn a_lesson_is_answered_in_a_pipe_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, err, code) = lesson(
        folder.path(),
        &["stem"],
        "no shape\n\n64x55x55\n?\n64x112x112\nb\n64\n0\n",
    );
    assert_eq!((err.as_str(), code), ("", 0), "{out}");
    for words in [
        "This is not a shape",
        "No answer was typed",
        "Not quite.",
        "Hint: 64 kernels",
        "Correct answers: 3 / 3",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let (out, ..) = lesson(folder.path(), &["--list"], "");
    assert!(out.contains("3 / 3"), "{out}");
    let file = folder.path().join("answers.csv");
    let (.., code) = lesson(
        folder.path(),
        &["--export", file.to_str().expect("UTF-8")],
        "",
    );
    assert_eq!(code, 0);
    let text = std::fs::read_to_string(file).expect("written");
    assert!(
        text.contains("stem,1,64x112x112,64×112×112,true,2,true"),
        "{text}"
    );
    let (out, ..) = lesson(
        folder.path(),
        &["stem", "--lang", "zh"],
        "６４×１１２×１１２\n",
    );
    assert!(out.contains("正确。") && out.contains("已离开"), "{out}");
    let (_, err, code) = lesson(folder.path(), &["stam"], "");
    assert!(code == 2 && err.contains("did you mean `stem`?"), "{err}");
}

#[test]
fn a_damaged_file_is_kept_aside_and_a_newer_one_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("resnet-explore");
    std::fs::create_dir_all(&own).expect("a folder");
    let file = own.join("lessons.json");
    std::fs::write(&file, "{\"version\": 1, \"ans").expect("written");
    let (_, err, code) = lesson(folder.path(), &["parameters"], "147456\na\n");
    assert!(
        code == 0 && err.contains("is damaged") && err.contains("lessons.damaged-1.json"),
        "{err}"
    );
    assert_eq!(
        std::fs::read_to_string(own.join("lessons.damaged-1.json")).expect("kept"),
        "{\"version\": 1, \"ans"
    );
    assert!(
        std::fs::read_to_string(&file)
            .expect("new")
            .contains("147,456")
    );
    let newer = "{\"version\": 99, \"other\": true}";
    std::fs::write(&file, newer).expect("written");
    let (_, err, code) = lesson(folder.path(), &["parameters"], "147456\na\n");
    assert!(code == 0 && err.contains("newer version"), "{err}");
    assert_eq!(std::fs::read_to_string(&file).expect("as it was"), newer);
}
