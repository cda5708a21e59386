//! Packages: the wheel's and the Debian package's facts are the manifest's, and a release has the files that installers ask for.

use toml::{Table, Value};

use super::{read, root};

fn table(path: &str) -> Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_wheel_says_what_the_manifest_says() {
    let (manifest, wheel) = (table("Cargo.toml"), table("pyproject.toml"));
    let (manifest, wheel) = (&manifest["package"], &wheel["project"]);
    for key in ["name", "description", "readme", "license", "keywords"] {
        assert_eq!(wheel[key], manifest[key], "{key}");
    }
    assert_eq!(wheel["dynamic"], Value::from(vec!["version"]));
}

#[test]
fn a_package_has_files_that_exist_and_a_release_the_archive_that_binstall_asks_for() {
    let manifest = table("Cargo.toml");
    let metadata = &manifest["package"]["metadata"];
    for asset in metadata["deb"]["assets"].as_array().expect("a list") {
        let from = asset[0].as_str().expect("a path");
        assert!(
            from.starts_with("target/package/") || root().join(from).is_file(),
            "{from}"
        );
    }
    let release = read(".github/workflows/release.yml");
    let address = metadata["binstall"]["pkg-url"].as_str().expect("a text");
    assert!(address.ends_with("/{ name }-{ target }.tgz"), "{address}");
    assert!(release.contains("name=resnet-explore-${{ matrix.target }}"));
    assert!(release.contains("tar -czf \"out/$name.tgz\" \"$name\""));
    for script in [".ci/run", ".ci/wheel", ".ci/deb"] {
        assert!(release.contains(script), "{script}");
        assert!(root().join(script).is_file(), "{script}");
    }
    for target in [
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "apple-darwin",
        "windows-msvc",
    ] {
        assert!(release.contains(target), "{target}");
    }
}
