//! The commands `weights fetch` and `weights remove`, as processes: their words, exit codes and signals.

use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use super::*;

const NAME: &str = "resnet18.a1_in1k";

/// A call with caches in a folder, and a hub on the loopback.
fn call(program: &str, args: &[&str], folder: &Path, hub: &str) -> Command {
    let mut command = Command::new(program);
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
        .args(args)
        .env("HF_ENDPOINT", hub)
        .env("HF_HUB_CACHE", folder.join("hub"))
        .env("TORCH_HOME", folder.join("torch"))
        .env("LC_ALL", "C.UTF-8")
        .env_remove("RESNET_EXPLORE_WEIGHTS")
        .env_remove("HF_HUB_OFFLINE")
        .env_remove("TRANSFORMERS_OFFLINE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn weights(args: &[&str], folder: &Path, hub: &str) -> Output {
    let args = [&["weights"], args].concat();
    let program = env!("CARGO_BIN_EXE_resnet-explore");
    let output = call(program, &args, folder, hub).output();
    output.expect("the binary runs")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn blobs(folder: &Path) -> PathBuf {
    folder.join("hub/models--timm--resnet18.a1_in1k/blobs")
}

#[test]
fn weights_are_fetched_listed_and_removed() {
    let file = content(40);
    let (hub, store) = Server::hub(&file);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let host = hub.base.trim_start_matches("http://").to_owned();
    let fetched = weights(&["fetch", NAME], folder, &hub.base);
    assert_eq!(fetched.status.code(), Some(0), "{}", said(&fetched));
    assert_eq!(
        said(&fetched),
        format!(
            "resnet18.a1_in1k: about 44.6 MiB, licence apache-2.0, from {host}\n\
             resnet18.a1_in1k is on this disk now: 40.0 KiB, SHA-256 right\n"
        )
    );
    let path = printed(&fetched);
    assert_eq!(fs::read(path.trim_end()).expect("the file"), file);
    let list = weights(
        &["list", "resnet18", "--verify", "--format", "json"],
        folder,
        &hub.base,
    );
    let list: Value = serde_json::from_slice(&list.stdout).expect("JSON");
    let rows = list.as_array().expect("a list");
    let row = rows.iter().find(|row| row["name"] == NAME).expect("a row");
    assert_eq!(
        (&row["bytes"], &row["hash"]),
        (&40_960.into(), &"right".into())
    );
    assert_eq!(row["bytes_are_exact"], true);
    let other = rows
        .iter()
        .find(|row| row["tag"] == "IMAGENET1K_V1")
        .expect("a row");
    assert_eq!(other["bytes"], 46_830_453);
    let text = printed(&weights(&["list", "resnet18"], folder, &hub.base));
    for part in [
        "40.0 KiB",
        "44.7 MiB",
        "~44.6 MiB",
        "The files on this disk take 40.0 KiB.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let again = weights(&["fetch", NAME, "--format", "json"], folder, &hub.base);
    let again: Value = serde_json::from_slice(&again.stdout).expect("JSON");
    assert_eq!(
        (&again["was_here"], &again["bytes"]),
        (&true.into(), &40_960.into())
    );
    assert_eq!(store.asked().len(), 1);
    let removed = weights(&["remove", NAME], folder, &hub.base);
    assert_eq!(
        said(&removed),
        "resnet18.a1_in1k is removed: 40.0 KiB are free\n"
    );
    assert_eq!(printed(&removed).lines().count(), 2);
    let nothing = weights(&["remove", NAME], folder, &hub.base);
    assert_eq!(nothing.status.code(), Some(1));
}

#[test]
fn a_network_stands_for_its_most_accurate_weights_and_a_licence_is_said() {
    let (hub, _) = Server::hub(&content(2));
    let folder = tempfile::tempdir().expect("a folder");
    let fetched = weights(&["fetch", "resnet18"], folder.path(), &hub.base);
    let text = said(&fetched);
    assert!(text.contains("is the most accurate of"), "{text}");
    assert!(!text.contains("excludes commercial use"), "{text}");
    let fetched = weights(
        &["fetch", "resnet18.fb_swsl_ig1b_ft_in1k"],
        folder.path(),
        &hub.base,
    );
    let text = said(&fetched);
    assert!(text.contains("licence cc-by-nc-4.0"), "{text}");
    assert!(
        text.contains("this licence excludes commercial use"),
        "{text}"
    );
    for (name, reason) in [
        ("resnet18.nonsense", "a1_in1k"),
        ("a1_in1k", "name the network too"),
        ("resnet81", "resnet18"),
    ] {
        let wrong = weights(&["fetch", name], folder.path(), &hub.base);
        assert_eq!(wrong.status.code(), Some(2), "{name}: {}", said(&wrong));
        assert!(said(&wrong).contains(reason), "{name}: {}", said(&wrong));
    }
    let wrong = weights(&["remove", "resnet18"], folder.path(), &hub.base);
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
    let none = weights(&["fetch", "resnet20_fashion"], folder.path(), &hub.base);
    assert_eq!(none.status.code(), Some(1), "{}", said(&none));
}

#[test]
fn two_programs_at_once_download_once() {
    let file = content(48);
    let (hub, store) = Server::hub(&file);
    store.plan([Plan::Slow(Duration::from_millis(20))]);
    let folder = tempfile::tempdir().expect("a folder");
    let program = env!("CARGO_BIN_EXE_resnet-explore");
    let start = || {
        let mut call = call(
            program,
            &["weights", "fetch", NAME],
            folder.path(),
            &hub.base,
        );
        call.spawn().expect("the binary runs")
    };
    let both = [start(), start()].map(|child| child.wait_with_output().expect("it ends"));
    for output in &both {
        assert_eq!(output.status.code(), Some(0), "{}", said(output));
        assert_eq!(
            fs::read(printed(output).trim_end()).expect("the file"),
            file
        );
    }
    assert_eq!(store.asked().len(), 1);
}

/// Begins a slow download, and waits until some of it is on the disk.
#[cfg(unix)]
fn begun(folder: &Path, hub: &Server, store: &Server) -> Child {
    store.plan([Plan::Slow(Duration::from_millis(30))]);
    let program = env!("CARGO_BIN_EXE_resnet-explore");
    let mut call = call(program, &["weights", "fetch", NAME], folder, &hub.base);
    let child = call.spawn().expect("the binary runs");
    let has_begun = || {
        let entries = fs::read_dir(blobs(folder)).into_iter().flatten().flatten();
        let mut sizes = entries.map(|entry| entry.metadata().map_or(0, |data| data.len()));
        sizes.any(|size| size > 0)
    };
    while !has_begun() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[cfg(unix)]
fn signal(child: &Child, signal: rustix::process::Signal) {
    let id = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    rustix::process::kill_process(id.expect("an id"), signal).expect("it runs");
}

#[cfg(unix)]
#[test]
fn a_download_that_is_interrupted_or_killed_is_continued() {
    let file = content(64);
    for kill in [rustix::process::Signal::INT, rustix::process::Signal::KILL] {
        let (hub, store) = Server::hub(&file);
        let folder = tempfile::tempdir().expect("a folder");
        let child = begun(folder.path(), &hub, &store);
        signal(&child, kill);
        let ended = child.wait_with_output().expect("it ends");
        if kill == rustix::process::Signal::INT {
            assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
            assert!(
                said(&ended).contains("the download was stopped; "),
                "{}",
                said(&ended)
            );
            assert!(said(&ended).contains(" are kept"), "{}", said(&ended));
        }
        let list = weights(
            &["list", "resnet18", "--format", "json"],
            folder.path(),
            &hub.base,
        );
        let list: Value = serde_json::from_slice(&list.stdout).expect("JSON");
        let rows = list.as_array().expect("a list");
        let row = rows.iter().find(|row| row["name"] == NAME).expect("a row");
        assert_eq!(row["path"], Value::Null);
        let begun = row["bytes_begun"].as_u64().expect("a part");
        let again = weights(&["fetch", NAME], folder.path(), &hub.base);
        assert_eq!(again.status.code(), Some(0), "{}", said(&again));
        assert!(said(&again).contains("of it are here"), "{}", said(&again));
        assert_eq!(
            fs::read(printed(&again).trim_end()).expect("the file"),
            file
        );
        let from = store.asked().last().and_then(|asked| asked.from);
        assert_eq!(from, usize::try_from(begun).ok());
    }
}

/// A limit of the size of files simulates a full disk: writing fails in the middle of the file.
#[cfg(unix)]
#[test]
fn on_a_full_disk_the_part_is_kept_and_never_taken_for_whole() {
    let file = content(64);
    let (hub, store) = Server::hub(&file);
    let folder = tempfile::tempdir().expect("a folder");
    let program = env!("CARGO_BIN_EXE_resnet-explore");
    let script = format!("trap '' XFSZ; ulimit -f 16; exec '{program}' weights fetch {NAME}");
    let full = call("sh", &["-c", &script], folder.path(), &hub.base).output();
    let full = full.expect("a shell");
    assert_eq!(full.status.code(), Some(1), "{}", said(&full));
    assert!(said(&full).contains("cannot be written"), "{}", said(&full));
    assert!(said(&full).contains(" KiB are kept"), "{}", said(&full));
    assert!(!blobs(folder.path()).join(hash(&file)).exists());
    let again = weights(&["fetch", NAME], folder.path(), &hub.base);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    assert_eq!(
        fs::read(printed(&again).trim_end()).expect("the file"),
        file
    );
    assert!(store.asked().len() >= 2);
}

#[test]
fn a_variable_forbids_the_network() {
    let (hub, store) = Server::hub(&content(2));
    let folder = tempfile::tempdir().expect("a folder");
    let program = env!("CARGO_BIN_EXE_resnet-explore");
    let mut call = call(
        program,
        &["weights", "fetch", NAME],
        folder.path(),
        &hub.base,
    );
    let output = call
        .env("HF_HUB_OFFLINE", "1")
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("HF_HUB_OFFLINE is set"),
        "{}",
        said(&output)
    );
    assert_eq!((hub.asked().len(), store.asked().len()), (0, 0));
}
