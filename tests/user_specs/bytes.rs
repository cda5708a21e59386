//! Files whose names are not UTF-8, as in old archives and other encodings.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output};

use super::text;

/// `café` in Latin-1.
const NAME: &[u8] = b"caf\xe9.toml";

fn run(folder: &Path, specs: &Path, args: &[&OsStr]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(args)
        .env("RESNET_EXPLORE_SPECS", specs)
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder)
        .output()
        .expect("the binary runs")
}

fn name() -> &'static OsStr {
    OsStr::from_bytes(NAME)
}

/// A folder and a file in it whose names are not UTF-8, and a parent next to the file.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join(OsStr::from_bytes(b"\xff\xfe"));
    fs::create_dir(&inner).expect("a folder");
    fs::write(inner.join("base.toml"), "inherits = \"resnet20_cifar\"\n").expect("written");
    fs::write(
        inner.join(name()),
        "inherits = \"base.toml\"\nclasses = 7\n",
    )
    .expect("written");
    folder
}

#[test]
fn every_command_takes_such_a_path() {
    let folder = folder();
    let path: OsString = Path::new(OsStr::from_bytes(b"\xff\xfe"))
        .join(name())
        .into();
    let nowhere = Path::new("");
    let calls = [
        "stats NAME",
        "stats NAME resnet18 --format json",
        "table NAME --level block",
        "check NAME",
        "check NAME --format sarif",
        "compare NAME resnet20_cifar",
        "compare resnet20_cifar NAME",
        "explain 0.27M --net NAME",
        "run NAME",
        "bench NAME --runs 1",
        "export NAME --to svg",
        "export NAME --to onnx",
        "export NAME --to pytorch",
        "export resnet20_cifar --to html --with NAME",
    ];
    for call in calls {
        let words = call.split(' ').map(OsStr::new);
        let args: Vec<&OsStr> = words
            .map(|word| if word == "NAME" { &path } else { word })
            .collect();
        let output = run(folder.path(), nowhere, &args);
        let notice = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{call}: {notice}");
        // The output is UTF-8 all the same; ONNX is not text.
        if !call.ends_with("onnx") {
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            let is_own = |c: char| u32::from(c) >= 0x0010_0000;
            assert!(!printed.contains(is_own), "{call}");
        }
    }
}

#[test]
fn what_is_wrong_in_such_a_file_is_shown_and_mended_in_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = "inherits = \"resnet18\"\nwidth = 3\n";
    fs::write(folder.path().join(name()), broken).expect("written");
    let check = run(folder.path(), Path::new(""), &["check".as_ref(), name()]);
    let notice = text(&check.stdout);
    assert!(notice.contains("caf\u{FFFD}.toml:2:1"), "{notice}");
    let sarif = ["check", "--format", "sarif"].map(OsStr::new);
    let sarif = run(
        folder.path(),
        Path::new(""),
        &[&sarif[..], &[name()]].concat(),
    );
    assert!(text(&sarif.stdout).contains("caf%E9.toml"));

    let odd = fs::read_to_string("docs/src/museum/conv_biases.toml").expect("a piece");
    fs::write(folder.path().join(name()), &odd).expect("written");
    let fix = ["check", "--fix=all"].map(OsStr::new);
    let fixed = run(
        folder.path(),
        Path::new(""),
        &[&fix[..], &[name()]].concat(),
    );
    let after = fs::read_to_string(folder.path().join(name())).expect("it is still there");
    assert_ne!(after, odd, "{}", text(&fixed.stderr));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn the_users_folder_may_have_such_names() {
    let folder = folder();
    let specs = folder.path().join(OsStr::from_bytes(b"\xff\xfe"));
    let stem = OsStr::from_bytes(b"caf\xe9");
    let stats = ["stats", "--format", "json"].map(OsStr::new);
    let stats = run(folder.path(), &specs, &[&stats[..], &[stem]].concat());
    assert_eq!(stats.status.code(), Some(0), "{}", text(&stats.stderr));
    let json: serde_json::Value = serde_json::from_slice(&stats.stdout).expect("JSON");
    assert_eq!(json["name"], "caf\u{FFFD}");
    assert_eq!(json["output"], serde_json::json!([7]));
    let list = ["list", "--format", "csv"].map(OsStr::new);
    let list = text(&run(folder.path(), &specs, &list).stdout);
    assert!(list.contains("\ncaf\u{FFFD},"), "{list}");
    let all = run(folder.path(), &specs, &["check", "--all"].map(OsStr::new));
    assert_eq!(all.status.code(), Some(0), "{}", text(&all.stdout));
}

#[test]
fn weights_and_pictures_may_have_such_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let weights = folder.path().join(OsStr::from_bytes(b"w\xe9.safetensors"));
    let picture = folder.path().join(OsStr::from_bytes(b"p\xe9.png"));
    fs::copy(
        "architectures/fashion/resnet20_fashion.safetensors",
        &weights,
    )
    .expect("weights");
    fs::copy("tests/data/pictures/odd_grey.png", &picture).expect("a picture");
    let net = OsStr::new("resnet20_fashion");
    let options = ["--weights", "--input"].map(OsStr::new);
    let run_it = [
        OsStr::new("run"),
        net,
        options[0],
        weights.as_os_str(),
        options[1],
        picture.as_os_str(),
    ];
    let check = [OsStr::new("check"), net, options[0], weights.as_os_str()];
    let bench = [OsStr::new("bench"), net, options[0], weights.as_os_str()];
    for call in [&run_it[..], &check, &bench] {
        let output = run(folder.path(), Path::new(""), call);
        let notice = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{call:?}: {notice}");
    }
}
