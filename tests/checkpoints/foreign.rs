//! Files mistaken for checkpoints are reported by their kind, with a fix, in every place that takes one.

use std::path::Path;
use std::process::{Command, Output};

const FOLDER: &str = "tests/data/checkpoints/foreign";

/// A file, its kind, and the fix.
const FILES: [(&str, &str, &str); 13] = [
    (
        "net.pt2",
        "it is a `torch.export` program (.pt2), not a checkpoint",
        "`torch.save(torch.export.load(FILE).state_dict, \"weights.pth\")`",
    ),
    (
        "net.npz",
        "it is an archive of NumPy arrays (.npz)",
        "numpy.load(FILE).items()",
    ),
    (
        "net.npy",
        "it is a single NumPy array (.npy)",
        "save its `state_dict`",
    ),
    (
        "net.onnx",
        "it is an ONNX model, which this program can write but not read",
        "save the `state_dict`",
    ),
    (
        "net.h5",
        "it is HDF5, as Keras writes",
        "`safetensors.torch.save_file`",
    ),
    (
        "dcp",
        "it is a torch.distributed.checkpoint directory",
        "`python -m torch.distributed.checkpoint.format_utils dcp_to_torch DIRECTORY FILE.pth`",
    ),
    (
        "model.safetensors.index.json",
        "it lists model-00001-of-00002.safetensors, which cannot be read",
        "download all files that it lists into one directory",
    ),
    (
        "config.json",
        "it is JSON, which holds no tensors",
        "pass the checkpoint",
    ),
    (
        "pointer.safetensors",
        "it is a Git LFS pointer",
        "`git lfs pull`",
    ),
    ("page.pth", "it is a web page", "download the file itself"),
    (
        "qint8.pth",
        "quantised tensors are not read",
        "save the float weights",
    ),
    (
        "dtype.pth",
        "asks for `torch.qint8`, which is refused: quantised tensors are not read",
        "save the float weights",
    ),
    ("nowhere.ckpt", "nowhere.ckpt", ""),
];

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the binary runs")
}

/// Message of a refused call, which must not mention another format.
fn refused(args: &[&str], codes: &[i32]) -> String {
    let output = run(args);
    let notice = String::from_utf8(output.stderr).expect("UTF-8");
    let code = output.status.code();
    assert!(
        code.is_some_and(|code| codes.contains(&code)),
        "{args:?}: {code:?} {notice}"
    );
    for wrong in [
        "not a complete safetensors",
        "header",
        "not UTF-8",
        "asks for `torch.storage",
    ] {
        assert!(!notice.contains(wrong), "{args:?}: {notice}");
    }
    notice
}

#[test]
fn each_is_named_for_what_it_is_with_what_to_do() {
    for (file, what, remedy) in FILES {
        let path = format!("{FOLDER}/{file}");
        assert_eq!(
            Path::new(&path).exists(),
            !file.starts_with("nowhere"),
            "{path}"
        );
        let calls = [
            vec!["run", "resnet18", "--weights", &path],
            vec!["check", "resnet18", "--weights", &path],
            vec!["bench", "resnet18", "--weights", &path],
            vec!["export", "resnet18", "--to", "onnx", "--weights", &path],
        ];
        for args in calls {
            let notice = refused(&args, &[1]);
            assert!(
                notice.contains(what) && notice.contains(remedy),
                "{args:?}: {notice}"
            );
            assert!(notice.contains(&path), "{args:?}: {notice}");
        }
        // In place of a network's name too; JSON is text, in which the reader of specs finds its own mistakes.
        if file.rsplit('.').next() == Some("json") {
            continue;
        }
        for command in ["run", "stats", "check", "table"] {
            let notice = refused(&[command, &path], &[1, 2]);
            assert!(
                notice.contains(what) && notice.contains(remedy),
                "{command}: {notice}"
            );
        }
    }
}

#[test]
fn a_checkpoint_that_is_not_there_is_missed_as_one() {
    for ending in ["ckpt", "pth", "pt", "bin", "safetensors"] {
        let name = format!("nowhere.{ending}");
        let notice = refused(&["run", "resnet18", "--weights", &name], &[1]);
        assert!(
            notice.contains(&format!("{name} cannot be read: ")),
            "{notice}"
        );
        let notice = refused(&["run", &name], &[2]);
        let advice = format!(
            "there is no file {name}, and a checkpoint is not a network: give the network first, and the file after --weights\nhelp: \
             resnet-explore run resnet50 --weights {name}"
        );
        assert!(notice.contains(&advice), "{notice}");
    }
}

#[test]
fn a_folder_names_a_checkpoint_in_it() {
    let notice = refused(&["run", "resnet18", "--weights", FOLDER], &[1]);
    assert!(
        notice.contains("it is a directory: pass a checkpoint in it, such as dtype.pth"),
        "{notice}"
    );
}

#[test]
fn what_is_nothing_known_is_told_to_be_that() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("noise.bin");
    std::fs::write(&path, [0x55; 300]).expect("written");
    let notice = refused(
        &["run", "resnet18", "--weights", &path.to_string_lossy()],
        &[1],
    );
    assert!(
        notice.contains("it is neither a `torch.save` nor a safetensors file"),
        "{notice}"
    );
    let path = folder.path().join("cut.safetensors");
    std::fs::write(&path, [0x55; 300]).expect("written");
    let output = run(&["run", "resnet18", "--weights", &path.to_string_lossy()]);
    let notice = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(
        notice.contains("it is not a complete safetensors file"),
        "{notice}"
    );
}
