//! Published weights are found where the libraries keep them, and known by their hashes.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use resnet_explore::weights::disk::{Hash, Keeper, OnDisk, Places, verify};
use resnet_explore::weights::published::named;

fn places(set: &[(&str, &str)]) -> Places {
    let set: HashMap<&str, &str> = set.iter().copied().collect();
    Places::of(
        |name| set.get(name).map(Into::into),
        Some(Path::new("/home/me")),
    )
}

#[test]
fn folders_follow_the_variables_of_both_libraries() {
    let found = |set: &[(&str, &str)]| {
        let places = places(set);
        [places.torch, places.hub].map(|path| path.expect("a folder").display().to_string())
    };
    let usual = [
        "/home/me/.cache/torch/hub/checkpoints",
        "/home/me/.cache/huggingface/hub",
    ];
    assert_eq!(found(&[]), usual);
    assert_eq!(found(&[("TORCH_HOME", "")]), usual);
    assert_eq!(
        found(&[("XDG_CACHE_HOME", "/c")]),
        ["/c/torch/hub/checkpoints", "/c/huggingface/hub"]
    );
    assert_eq!(
        found(&[
            ("XDG_CACHE_HOME", "/c"),
            ("TORCH_HOME", "/t"),
            ("HF_HOME", "/h")
        ]),
        ["/t/hub/checkpoints", "/h/hub"]
    );
    assert_eq!(found(&[("HF_HOME", "/h"), ("HF_HUB_CACHE", "/u")])[1], "/u");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn files_are_found_where_the_libraries_put_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let places = Places {
        own: Some(at("own")),
        torch: Some(at("torch")),
        hub: Some(at("hub")),
    };
    let first = named("resnet50.IMAGENET1K_V1", None).expect("a row");
    let timm = named("resnet50.a1_in1k", None).expect("a row");
    assert_eq!(places.find(first), None);
    write(&at("torch/resnet50-19c8e357.pth"), "old");
    let found = places.find(first).expect("a file");
    assert_eq!(
        (found.path, found.keeper),
        (at("torch/resnet50-19c8e357.pth"), Keeper::Torch)
    );
    write(&at("torch/resnet50-0676ba61.pth"), "new");
    assert_eq!(
        places.find(first).expect("a file").path,
        at("torch/resnet50-0676ba61.pth")
    );

    let repository = at("hub/models--timm--resnet50.a1_in1k");
    write(&repository.join("snapshots/aaa/model.safetensors"), "a");
    assert_eq!(
        places.find(timm).expect("a file").path,
        repository.join("snapshots/aaa/model.safetensors")
    );
    write(&repository.join("snapshots/bbb/pytorch_model.bin"), "b");
    write(&repository.join("refs/main"), "bbb\n");
    let found = places.find(timm).expect("a file");
    assert_eq!(
        found.path,
        repository.join("snapshots/bbb/pytorch_model.bin")
    );
    assert_eq!(found.keeper, Keeper::Hub);
    // A revision leads nowhere else.
    write(&repository.join("refs/main"), "../../../torch");
    let found = places.find(timm).expect("a file").path;
    assert!(found.starts_with(repository.join("snapshots")), "{found:?}");
    write(&at("own/resnet50.a1_in1k.pth"), "own");
    assert_eq!(places.find(timm).expect("a file").keeper, Keeper::Own);
}

#[test]
fn a_hash_is_right_wrong_or_unknown() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| OnDisk {
        path: folder.path().join(name),
        keeper: Keeper::Torch,
    };
    // SHA-256 of "abc", FIPS 180-2.
    for name in ["net-ba7816bf.pth", "net-00000000.pth", "net.pth"] {
        write(&file(name).path, "abc");
    }
    assert_eq!(
        verify(&file("net-ba7816bf.pth")).expect("read"),
        Hash::Right
    );
    assert_eq!(
        verify(&file("net-00000000.pth")).expect("read"),
        Hash::Wrong {
            expected: "00000000".to_owned(),
            found: "ba7816bf".to_owned()
        }
    );
    assert_eq!(verify(&file("net.pth")).expect("read"), Hash::Unknown);
    assert!(verify(&file("gone-ba7816bf.pth")).is_err());
}

#[cfg(unix)]
#[test]
fn a_blob_has_its_hash_as_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let blob = folder.path().join("blobs").join(name);
    write(&blob, "abc");
    let path = folder.path().join("model.safetensors");
    std::os::unix::fs::symlink(&blob, &path).expect("a link");
    let file = OnDisk {
        path,
        keeper: Keeper::Hub,
    };
    assert_eq!(verify(&file).expect("read"), Hash::Right);
    fs::write(blob, "abd").expect("a file");
    assert!(matches!(verify(&file).expect("read"), Hash::Wrong { .. }));
}
