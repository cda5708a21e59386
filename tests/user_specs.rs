//! Promise: specs in the user's folder are networks by name, may replace shipped ones, and are marked as such.

#[cfg(target_os = "linux")]
#[path = "user_specs/bytes.rs"]
mod bytes;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(args)
        .env("RESNET_EXPLORE_SPECS", folder)
        .output()
        .expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, spec) in files {
        fs::write(folder.path().join(name), spec).expect("written");
    }
    folder
}

#[test]
fn a_file_is_a_network_by_its_name() {
    let own = folder(&[(
        "slim50.toml",
        "inherits = \"resnet50\"\ntitle = \"Slim\"\nwidths = [32, 64, 128, 256]\n",
    )]);
    let stats = run(own.path(), &["stats", "slim50", "--format", "csv"]);
    assert_eq!(stats.status.code(), Some(0), "{}", text(&stats.stderr));
    assert_eq!(text(&stats.stderr), "");
    let list = text(&run(own.path(), &["list", "--format", "csv"]).stdout);
    assert!(list.contains("\nslim50,Slim,"), "{list}");
    let typo = run(own.path(), &["stats", "slim5O"]);
    assert!(text(&typo.stderr).contains("did you mean `slim50`?"));
}

#[test]
fn a_shadow_is_said_and_may_inherit_what_it_hides() {
    let own = folder(&[("resnet50.toml", "inherits = \"resnet50\"\nclasses = 7\n")]);
    let stats = run(own.path(), &["stats", "resnet50", "--format", "json"]);
    assert_eq!(stats.status.code(), Some(0), "{}", text(&stats.stderr));
    assert!(text(&stats.stderr).contains("in place of the built-in network"));
    let json: serde_json::Value = serde_json::from_slice(&stats.stdout).expect("JSON");
    assert_eq!(json["output"], serde_json::json!([7]));
    // Shipped specs inherit from shipped ones.
    let v1 = run(own.path(), &["stats", "resnet50_v1", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&v1.stdout).expect("JSON");
    assert_eq!(json["output"], serde_json::json!([1000]));
}

const ITSELF: &str = "inherits = \"seresnet18\"\nattention = \"mine\"\n[define.attentions.mine]\nlayers = [{ global_avg_pool = \"m\" }, { attention = \"again\" }]\n";

#[test]
fn a_broken_file_spoils_nothing_but_itself() {
    let own = folder(&[
        ("broken.toml", "inherits = \"resnet50\"\nwidths = [1]\n"),
        ("empty.toml", ""),
        // An attention that contains itself once crashed the whole program.
        ("itself.toml", ITSELF),
        (
            "deep.toml",
            &format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        ),
        ("bytes.toml", "\u{feff}"),
    ]);
    let list = run(own.path(), &["list"]);
    assert_eq!(list.status.code(), Some(0));
    for name in ["broken", "empty", "itself", "deep", "bytes"] {
        assert!(text(&list.stdout).contains(name), "{name} is listed");
        let notice = format!("{name} in your directory has errors: ");
        assert!(
            text(&list.stderr).contains(&notice),
            "{}",
            text(&list.stderr)
        );
    }
    let json = text(&run(own.path(), &["list", "--format", "json"]).stdout);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    let itself = rows.iter().find(|row| row["name"] == "itself");
    let error = itself.expect("a row")["error"].to_string();
    assert!(
        error.contains("an attention inside an attention"),
        "{error}"
    );
    assert!(rows.iter().any(|row| row["name"] == "resnet50"));
    assert_eq!(run(own.path(), &["stats", "broken"]).status.code(), Some(1));
    let all = run(own.path(), &["check", "--all"]);
    assert_eq!(all.status.code(), Some(1));
    for name in ["broken", "empty", "itself", "deep", "bytes", "resnet50"] {
        assert!(text(&all.stdout).contains(name), "{name} is checked");
    }
}

#[test]
fn sizes_and_classes_are_checked_too() {
    let own = folder(&[]);
    let check = |args: &[&str]| run(own.path(), args).status.code();
    assert_eq!(
        check(&[
            "check",
            "resnet50",
            "--input-size",
            "64x96",
            "--classes",
            "5"
        ]),
        Some(0)
    );
}
