//! Promise: a failed write gives one line with the reason, nothing is half-written, and the previous file is unchanged.

#![cfg(unix)]

#[path = "writing/interrupted.rs"]
mod interrupted;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_resnet-explore");

fn export(folder: &Path, net: &str, form: &str, args: &[&str]) -> Output {
    Command::new(BINARY)
        .args(["export", net, "--to", form])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs")
}

fn refused(output: &Output, message: &str) {
    assert_eq!(String::from_utf8_lossy(&output.stderr), message);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

/// Names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_directory_that_is_not_there_or_in_the_way_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    refused(
        &export(at, "resnet18", "dot", &["-o", "nowhere/net.dot"]),
        "error: nowhere/net.dot cannot be written: there is no directory nowhere; nothing was changed\n",
    );
    for extra in [&["--external-data"][..], &["--weights", "none"]] {
        let args = [&["-o", "nowhere/net.onnx"], extra].concat();
        let output = export(at, "resnet20_fashion", "onnx", &args);
        let notice = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            notice.contains("there is no directory nowhere; nothing was changed"),
            "{notice}"
        );
        assert_eq!(output.status.code(), Some(1));
    }
    fs::create_dir(at.join("net.dot")).expect("a directory");
    refused(
        &export(at, "resnet18", "dot", &["-o", "net.dot", "--force"]),
        "error: net.dot cannot be written: it is a directory; nothing was changed\n",
    );
    assert_eq!(names(at), ["net.dot"]);
    assert!(names(&at.join("net.dot")).is_empty());
}

#[test]
fn a_file_that_is_there_is_kept_unless_forced_and_a_read_only_one_even_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let file = at.join("net.svg");
    fs::write(&file, "old").expect("a file");
    refused(
        &export(at, "resnet18", "svg", &["-o", "net.svg"]),
        "error: net.svg cannot be written: the file exists; --force replaces it; nothing was changed\n",
    );
    let mut permissions = fs::metadata(&file).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).expect("permissions");
    refused(
        &export(at, "resnet18", "svg", &["-o", "net.svg", "--force"]),
        "error: net.svg cannot be written: the existing file is read-only; nothing was changed\n",
    );
    assert_eq!(fs::read_to_string(&file).expect("the file"), "old");
    fs::remove_file(&file).expect("removed");
    fs::write(&file, "old").expect("a file");
    let output = export(at, "resnet18", "svg", &["-o", "net.svg", "--force"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        fs::read_to_string(&file)
            .expect("the file")
            .ends_with("</svg>\n")
    );
    assert_eq!(names(at), ["net.svg"]);
}

/// A limit on the size of files stops a write in its middle, as a full disk does.
#[test]
fn a_write_that_stops_in_its_middle_leaves_the_old_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    fs::write(at.join("net.html"), "old").expect("a file");
    let limited = |form: &str, file: &str| {
        let script = format!(
            "trap '' XFSZ; ulimit -f 8; exec '{BINARY}' export resnet20_fashion --to {form} --force -o {file}"
        );
        Command::new("sh")
            .args(["-c", &script])
            .current_dir(at)
            .output()
            .expect("a shell")
    };
    refused(
        &limited("html", "net.html"),
        "error: net.html cannot be written: it would exceed the largest file size here; nothing was changed\n",
    );
    refused(
        &limited("onnx", "net.onnx"),
        "error: net.onnx cannot be written: it would exceed the largest file size here; nothing was changed\n",
    );
    assert_eq!(names(at), ["net.html"]);
    assert_eq!(
        fs::read_to_string(at.join("net.html")).expect("the file"),
        "old"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_called_one() {
    let folder = tempfile::tempdir().expect("a folder");
    refused(
        &export(folder.path(), "resnet18", "dot", &["-o", "/dev/full"]),
        "error: /dev/full cannot be written: the disk is full; nothing was changed\n",
    );
    for (form, message) in [
        ("dot", "error: stdout cannot be written: the disk is full\n"),
        (
            "onnx",
            "error: stdout cannot be written: the disk is full\n",
        ),
    ] {
        let full = fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("the device");
        let output = Command::new(BINARY)
            .args(["export", "resnet20_fashion", "--to", form])
            .stdout(full)
            .output()
            .expect("the binary runs");
        assert_eq!(String::from_utf8_lossy(&output.stderr), message);
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for form in ["json", "svg", "html", "onnx", "csv"] {
        let script = format!(
            "'{BINARY}' export resnet110_cifar --to {form} 2>told | head -c 1 >/dev/null; cat told"
        );
        let folder = tempfile::tempdir().expect("a folder");
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .output()
            .expect("a shell");
        let notice = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            !notice.contains("error") && !notice.contains("panicked"),
            "{form}: {notice}"
        );
    }
}

/// 241 MB of weights pass through a process that may have 160 MB of addresses.
#[cfg(target_os = "linux")]
#[test]
fn weights_are_streamed() {
    let script = format!(
        "ulimit -v 160000; exec '{BINARY}' export resnet152 --to onnx --weights synthetic:0 -o /dev/null"
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .output()
        .expect("a shell");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "wrote /dev/null\nweights synthetic:0\n"
    );
    assert_eq!(output.status.code(), Some(0));
}
