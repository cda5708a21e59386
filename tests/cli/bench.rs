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
fn a_tuned_machine_is_kept_and_used_and_a_damaged_file_is_said() {
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
    let reasons = |json: &serde_json::Value| {
        let rows = json["layers"].as_array().expect("rows");
        let reasons = rows.iter().filter_map(|row| row["choice"]["by"].as_str());
        reasons.map(str::to_owned).collect::<Vec<_>>()
    };
    let (first, text) = bench(&["--tune", "--layers"]);
    assert!(text.contains("timed"), "{text}");
    assert!(reasons(&first).iter().all(|by| by == "timed"));
    let kept = std::fs::read_to_string(&file).expect("a file");
    let (again, text) = bench(&["--layers"]);
    assert_eq!((reasons(&again), text.as_str()), (reasons(&first), ""));
    assert_eq!(std::fs::read_to_string(&file).ok(), Some(kept.clone()));
    // A file that was cut off.
    std::fs::write(&file, &kept[..kept.len() / 2]).expect("a file");
    let (_, text) = bench(&["--layers"]);
    assert!(text.contains("measured again"), "{text}");
    let (anew, text) = bench(&["--layers"]);
    assert_eq!(text, "");
    assert!(
        reasons(&anew)
            .iter()
            .all(|by| by != "timed" && by != "constants")
    );
}
