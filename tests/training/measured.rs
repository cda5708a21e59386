//! The commands that measure a trained network: `evaluate`, `lesions`, `field` and `run --cam`.

use std::fs;

use serde_json::Value;

use super::command::{run, text};

fn json(args: &[&str]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let args = [args, &["--format", "json"]].concat();
    let output = run(folder.path(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn the_built_in_networks_for_digits_have_the_accuracy_that_their_spec_says() {
    for (name, right) in [("resnet20_digits", 393_u32), ("plain20_digits", 383)] {
        let found = json(&["evaluate", name]);
        assert_eq!(
            (&found["images"], &found["right"]),
            (&397.into(), &right.into())
        );
        let spec = resnet_explore::lower::open(name, &resnet_explore::lower::Overrides::default())
            .expect("shipped");
        let weights = spec.spec.file.weights.expect("built-in weights").value;
        let told = weights.top1.expect("an accuracy").value;
        assert!(
            (told - 100.0 * f64::from(right) / 397.0).abs() < 0.005,
            "{told}"
        );
        let pairs = found["confusion"].as_array().expect("pairs");
        let count = |row: &Value| row["images"].as_u64().expect("a number");
        assert_eq!(pairs.iter().map(count).sum::<u64>(), 397);
        let on = pairs.iter().filter(|row| row["label"] == row["answer"]);
        assert_eq!(on.map(count).sum::<u64>(), u64::from(right));
    }
}

#[test]
fn lesions_of_the_network_for_clothes_are_those_of_its_samples() {
    let rows = json(&["lesions", "resnet20_fashion"]);
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), 1 + 2 * 9 + 2);
    let right = |block: Option<&str>, path: Option<&str>| {
        let row = rows
            .iter()
            .find(|row| row["block"].as_str() == block && row["path"].as_str() == path);
        row.expect("a row")["right"].as_u64().expect("a number")
    };
    assert_eq!(right(None, None), 20);
    assert_eq!(right(Some("layer2.1"), Some("main")), 19);
    assert_eq!(right(Some("layer2.1"), Some("shortcut")), 7);
    assert_eq!(right(None, Some("shortcut")), 2);
    let folder = tempfile::tempdir().expect("a folder");
    for (name, word) in [
        ("plain20_cifar", "no residual block"),
        ("resnet20_cifar", "--data"),
    ] {
        let output = run(folder.path(), &["lesions", name]);
        assert_ne!(output.status.code(), Some(0));
        assert!(
            text(&output.stderr).contains(word),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn effective_fields_are_smaller_than_the_theoretical_ones() {
    let rows = json(&["field", "resnet20_fashion", "--inputs", "2"]);
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), 4);
    for row in rows {
        let theory = row["theoretical"][0].as_f64().expect("a size");
        let effective = row["effective"].as_f64().expect("a size");
        assert!(effective >= 1.0 && effective <= theory, "{row}");
    }
}

#[test]
fn a_map_is_a_picture_and_its_values_are_in_the_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let args = [
        "run",
        "resnet20_fashion",
        "--input",
        "sample:0",
        "--cam",
        "top,5",
    ];
    let found = json(&args);
    let maps = found["maps"].as_array().expect("maps");
    assert_eq!(
        (&maps[0]["class"], &maps[1]["class"]),
        (&9.into(), &5.into())
    );
    assert_eq!(maps[0]["size"], serde_json::json!([7, 7]));
    let output = run(path, &[&args[..], &["-o", "map.png"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("Zhou et al. 2016") && shown.contains("Ankle boot"),
        "{shown}"
    );
    let picture = image::open(path.join("map.png")).expect("a picture");
    // The image and two maps of 28 pixels, with a line between, eight times as large.
    assert_eq!(
        (picture.width(), picture.height()),
        ((3 * 28 + 2) * 8, 28 * 8)
    );
    let again = run(path, &[&args[..], &["-o", "map.png"]].concat());
    assert_eq!(again.status.code(), Some(1), "{}", text(&again.stderr));
    assert_eq!(fs::read_dir(path).expect("a folder").count(), 1);
    for (extra, code, word) in [
        (&["--at", "layer2.0.conv1"][..], 2, "--at"),
        (
            &["--method", "occlusion", "--patch", "40"],
            1,
            "from 1 to 28",
        ),
        (&["--method", "grad-cam", "--at", "fc"], 1, "vector"),
        (&["--train"], 2, "--train"),
    ] {
        let output = run(path, &[&args[..], extra].concat());
        assert_eq!(
            output.status.code(),
            Some(code),
            "{extra:?} {}",
            text(&output.stderr)
        );
        assert!(
            text(&output.stderr).contains(word),
            "{}",
            text(&output.stderr)
        );
    }
}
