//! Exports that are interrupted or killed, and files with other names or owners.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{BINARY, export, names};

/// An export that has begun to write, and takes longer than the test waits.
fn begun(folder: &Path, args: &[&str]) -> (Child, String) {
    let mut child = Command::new(BINARY)
        .args(["export", "resnet152", "--to", "onnx"])
        .args(["--weights", "synthetic:0"])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let began = Instant::now();
    loop {
        let is_written = |name: &&String| {
            fs::metadata(folder.join(name)).is_ok_and(|found| found.len() > 1 << 20)
        };
        let of_child = format!("resnet-explore-{}", child.id());
        let names = names(folder);
        let mut own = names.iter().filter(|name| name.contains(&of_child));
        if let Some(name) = own.find(is_written) {
            return (child, name.clone());
        }
        let ended = child.try_wait().expect("a child");
        assert!(ended.is_none(), "it ended too early: {ended:?} {names:?}");
        assert!(began.elapsed() < Duration::from_secs(60), "{names:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn send(signal: &str, child: &Child) {
    let status = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .status();
    assert!(status.expect("kill").success());
}

#[test]
fn an_interrupted_export_leaves_nothing_and_ends_by_the_signal() {
    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        for args in [
            &["-o", "big.onnx", "--force"][..],
            &["-o", "big.onnx", "--force", "--external-data"],
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join("big.onnx"), "old").expect("a file");
            let (mut child, _) = begun(folder.path(), args);
            send(signal, &child);
            let status = child.wait().expect("it ends");
            assert_eq!(status.signal(), Some(number), "{signal} {args:?}");
            assert_eq!(names(folder.path()), ["big.onnx"], "{signal} {args:?}");
            let kept = fs::read_to_string(folder.path().join("big.onnx"));
            assert_eq!(kept.expect("the file"), "old");
        }
    }
}

#[test]
fn a_signal_that_is_ignored_does_not_end_an_export() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = format!(
        "trap '' INT HUP; '{BINARY}' export resnet152 --to onnx --weights synthetic:0 -o big.onnx & \
         child=$!; kill -s INT $child; kill -s HUP $child; sleep 0.2; kill -s INT $child; wait $child"
    );
    let status = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .status();
    // Only Linux reports ignored signals.
    if cfg!(target_os = "linux") {
        assert_eq!(status.expect("a shell").code(), Some(0));
        assert_eq!(names(folder.path()), ["big.onnx"]);
    }
}

#[test]
fn what_a_killed_export_left_goes_with_the_next_one_for_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let (mut killed, left) = begun(at, &["-o", "big.onnx"]);
    send("KILL", &killed);
    killed.wait().expect("it ends");
    assert_eq!(
        left,
        format!(".big.onnx.resnet-explore-{}.tmp", killed.id())
    );
    let (mut live, other) = begun(at, &["-o", "other.onnx"]);
    // A stopped one lives on.
    send("STOP", &live);
    let (mut second, of_second) = begun(at, &["-o", "big.onnx"]);
    send("STOP", &second);
    assert_eq!(names(at).len(), 2, "{:?}", names(at));
    let output = export(at, "resnet20_fashion", "onnx", &["-o", "big.onnx"]);
    assert_eq!(output.status.code(), Some(0));
    let mut left = vec![other, of_second, "big.onnx".to_owned()];
    left.sort();
    assert_eq!(names(at), left);
    for child in [&mut live, &mut second] {
        send("TERM", child);
        send("CONT", child);
        child.wait().expect("it ends");
    }
    assert_eq!(names(at), ["big.onnx"]);
}

#[test]
fn a_file_with_another_name_is_not_cut_off_from_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    fs::write(at.join("a.dot"), "old").expect("a file");
    fs::hard_link(at.join("a.dot"), at.join("b.dot")).expect("a link");
    let number = fs::metadata(at.join("a.dot")).expect("it").ino();
    // Once to grow and once to shrink, each with the file's own mode.
    for net in ["resnet50", "resnet18"] {
        fs::set_permissions(at.join("b.dot"), fs::Permissions::from_mode(0o604)).expect("a mode");
        let output = export(at, net, "dot", &["-o", "a.dot", "--force"]);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(names(at), ["a.dot", "b.dot"]);
        let after = fs::metadata(at.join("a.dot")).expect("it");
        assert_eq!(
            (after.nlink(), after.ino(), after.mode() & 0o777),
            (2, number, 0o604)
        );
        let printed = export(at, net, "dot", &[]).stdout;
        assert_eq!(fs::read(at.join("b.dot")).expect("it"), printed);
    }
}

#[test]
fn a_file_keeps_its_owner_group_and_mode() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.dot");
    fs::write(&file, "old").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
    // Only root may give files away; other users check that their own stay theirs.
    let _ = chown(&file, Some(12_345), Some(54_321));
    let before = fs::metadata(&file).expect("the file");
    let output = export(
        folder.path(),
        "resnet18",
        "dot",
        &["-o", "a.dot", "--force"],
    );
    assert_eq!(output.status.code(), Some(0));
    let after = fs::metadata(&file).expect("the file");
    assert_ne!(after.len(), before.len());
    assert_eq!(
        (after.uid(), after.gid(), after.mode() & 0o7777),
        (before.uid(), before.gid(), 0o640)
    );
}

#[test]
fn a_closed_stdout_is_an_error() {
    for call in [
        "stats resnet18",
        "table resnet18 --format json",
        "export resnet20_fashion --to onnx",
        "export resnet18 --to dot",
        "list",
        "schema",
        "man",
        "completions bash",
        "lesson --list",
        "check resnet18",
        "--help",
        "stats --help",
        "--version",
    ] {
        for end in [">&-", ">/dev/full"] {
            if end == ">/dev/full" && !cfg!(target_os = "linux") {
                continue;
            }
            let script = format!("'{BINARY}' {call} {end}");
            let output = Command::new("sh")
                .args(["-c", &script])
                .env("LC_ALL", "C.UTF-8")
                .output()
                .expect("a shell");
            let notice = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{call} {end}: {notice}");
            let reason = if end == ">&-" {
                "it is closed"
            } else {
                "the disk is full"
            };
            assert!(
                notice.contains("stdout") && notice.contains(reason),
                "{call} {end}: {notice}"
            );
        }
    }
    // Calls that print nothing do not need it, and the null device does not count as closed, however it was opened.
    for (call, end) in [
        ("export resnet18 --to dot -o /dev/null", ">&-"),
        ("stats resnet18", ">/dev/null"),
        ("stats resnet18", "1<>/dev/null"),
    ] {
        let script = format!("'{BINARY}' {call} {end}");
        let output = Command::new("sh").args(["-c", &script]).output();
        assert_eq!(
            output.expect("a shell").status.code(),
            Some(0),
            "{call} {end}"
        );
    }
}
