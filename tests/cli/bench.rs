//! `bench` and its profile.

use super::{json, keys, run, stdout};

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
        assert_eq!(
            keys(row),
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
