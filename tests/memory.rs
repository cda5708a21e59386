//! Promise: a pass that does not fit into memory is refused before any of it is allocated, in every mode.

#![cfg(target_os = "linux")]

use std::process::Command;

/// A network whose weights alone take more memory than any machine has.
const WIDE: &str = "inherits = \"resnet50\"\nwidths = [262144, 262144, 262144, 262144]\n";

/// Runs the program with 1 GiB of addresses in all, and returns the message of its refusal.
fn refused(arguments: &str, folder: &std::path::Path) -> String {
    let program = env!("CARGO_BIN_EXE_resnet-explore");
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v 1048576; exec {program} {arguments}"))
        .current_dir(folder)
        .output()
        .expect("a shell");
    let notice = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{arguments}: {notice}");
    notice
}

#[test]
fn what_there_is_no_room_for_is_refused_before_it_takes_any() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("wide.toml"), WIDE).expect("a file");
    for arguments in [
        "run resnet50 --batch 65536",
        "run resnet50 --batch 16000",
        "run resnet50 --batch 16000 --plain",
        "run resnet50 --batch 16000 --train",
        "run resnet50 --batch 16000 --value conv1:0,0,0",
        "run resnet50 --batch 16000 --layers",
        "run resnet20_fashion --input sample:0 --batch 65536",
        "run resnet18 --input-size 16384",
        "run resnet18 --input-size 16384 --plain",
        "run wide.toml",
        "run wide.toml --plain",
        "run wide.toml --train --batch 2",
        "run wide.toml --value conv1:0,0,0",
        "bench resnet50 --batch 65536",
        "bench resnet18 --input-size 16384",
        "bench wide.toml",
        "export resnet50 --to svg --color-by time --batch 65536 -o out.svg",
    ] {
        let notice = refused(arguments, folder.path());
        assert!(
            notice.contains("GiB of memory") && notice.contains("16.0 GiB"),
            "{arguments}: {notice}"
        );
    }
}
