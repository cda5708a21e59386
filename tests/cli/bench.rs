//! `bench` and its profile.

use super::{command, json, keys, run, stdout};

#[test]
fn the_profile_comes_under_the_machines_ceilings() {
    let args = [
        "bench",
        "resnet20_fashion",
        "--threads",
        "1",
        "--runs",
        "2",
        "--warmup",
        "1",
    ];
    let plain = json(&[&args[..], &["--format", "json"]].concat());
    assert!(plain.get("layers").is_none() && plain.get("memory_gb_per_second").is_none());

    let profile = json(&[&args[..], &["--layers", "--format", "json"]].concat());
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    for field in [
        "ready_ms",
        "median_ms",
        "peak_gflops_per_second",
        "memory_gb_per_second",
    ] {
        assert!(number(&profile[field]) > 0.0, "{field}");
    }
    let [peak, memory] =
        ["peak_gflops_per_second", "memory_gb_per_second"].map(|key| number(&profile[key]));
    let layers = profile["layers"].as_array().expect("rows");
    let mut shares = 0.0;
    for row in layers {
        let mut fields = keys(row);
        // Only a convolution has it.
        fields.retain(|field| *field != "choice");
        assert_eq!(
            fields,
            [
                "path",
                "op",
                "how",
                "ms",
                "gflops_per_second",
                "share",
                "of_peak",
                "bytes",
                "flops_per_byte",
                "bound_gflops_per_second",
                "of_bound",
                "bound",
                "predicted_ms",
                "limit"
            ]
        );
        let bound = (number(&row["flops_per_byte"]) * memory).min(peak);
        assert!(
            (number(&row["bound_gflops_per_second"]) - bound).abs() <= 1e-9 * bound,
            "{row}"
        );
        let least = if row["bound"] == "memory" {
            number(&row["bytes"]) / memory / 1e9
        } else {
            number(&row["flops_per_byte"]) * number(&row["bytes"]) / peak / 1e9
        };
        let of_bound = least * 1e3 / number(&row["ms"]);
        assert!(
            (number(&row["of_bound"]) - of_bound).abs() <= 1e-6 * of_bound.max(1.0),
            "{row}"
        );
        shares += number(&row["share"]);
    }
    assert!((shares - 1.0).abs() < 1e-9);
    // 16 kernels of 3×3 over one channel, 784 input numbers and 16 times as many output numbers, with the norm's four per
    // channel.
    let stem = layers
        .iter()
        .find(|row| row["path"] == "conv1")
        .expect("the stem");
    assert_eq!(stem["bytes"], 4 * (16 * 9 + 4 * 16 + 784 + 16 * 784));
}

#[test]
fn the_profile_is_a_table_too() {
    let text = stdout(&run(&[
        "bench",
        "resnet20_fashion",
        "--runs",
        "1",
        "--layers",
    ]));
    for word in [
        "of bound",
        "bound by",
        "ready ms",
        "peak MiB",
        "memory bandwidth is",
        "layer1.0.conv1",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
}

#[test]
fn the_portable_kernels_are_not_tuned() {
    let args = ["bench", "plain8_digits", "--kernel", "portable", "--tune"];
    let output = command().args(args).output().expect("it runs");
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("leave out --tune"), "{text}");
}

#[test]
fn what_wins_a_race_is_kept_for_its_pass_alone_and_a_damaged_file_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("machine.json");
    let bench = |more: &[&str]| {
        let mut command = command();
        command.env("RESNET_EXPLORE_MACHINE", &file);
        let args = ["bench", "plain8_digits", "--threads", "1", "--runs", "1"];
        command.args(args).args(["--format", "json"]).args(more);
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stderr).expect("text");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (json, text)
    };
    let choices = |json: &serde_json::Value| {
        let rows = json["layers"].as_array().expect("rows");
        let choices = rows.iter().filter_map(|row| {
            let choice = &row["choice"];
            Some((choice["way"].as_str()?, choice["by"].as_str()?))
        });
        let owned = choices.map(|(way, by)| (way.to_owned(), by.to_owned()));
        owned.collect::<Vec<_>>()
    };
    let kept = || -> serde_json::Value {
        let text = std::fs::read_to_string(&file).expect("a file");
        serde_json::from_str(&text).expect("JSON")
    };
    // Rates alone choose nothing.
    let (plain, _) = bench(&["--layers"]);
    let is_plain = |(_, by): &(String, String)| by == "constants" || by == "only";
    assert!(choices(&plain).iter().all(is_plain), "{plain}");
    assert_eq!(kept()["passes"], serde_json::json!({}));
    // The outcome of a race depends on the machine: either way, what is used is what is kept.
    let (raced, text) = bench(&["--tune", "--layers"]);
    assert!(text.contains("timed"), "{text}");
    let passes = kept()["passes"].as_object().expect("passes").clone();
    assert_eq!(
        passes.is_empty(),
        choices(&raced).iter().all(is_plain),
        "{text}"
    );
    assert_eq!(passes.is_empty(), !text.contains("are kept"), "{text}");
    assert_eq!(choices(&bench(&["--layers"]).0), choices(&raced));
    // A file that was cut off.
    let whole = std::fs::read_to_string(&file).expect("a file");
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("a file");
    let (_, text) = bench(&["--layers"]);
    assert!(text.contains("measured again"), "{text}");
    let (anew, text) = bench(&["--layers"]);
    assert_eq!(text, "");
    assert_eq!(choices(&anew), choices(&plain));
}
