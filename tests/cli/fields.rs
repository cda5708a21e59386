//! The JSON fields of `stats`, `table`, `list`, `check` and `run`.

use serde_json::Value;

use super::{json, keys, run, stderr, stdout};

#[test]
fn stats_has_the_promised_fields_and_exact_integers() {
    let stats = json(&["stats", "resnet50", "--format", "json"]);
    for key in [
        "name",
        "title",
        "family",
        "batch",
        "input",
        "output",
        "params",
        "buffers",
        "macs",
        "flops",
        "count",
        "activations",
        "depth",
        "receptive_field",
        "memory",
        "stages",
        "downsample",
    ] {
        assert!(keys(&stats).contains(&key), "{key}");
    }
    assert_eq!(stats["params"], 25_557_032);
    assert_eq!(stats["buffers"], 53_120);
    assert_eq!(stats["macs"], 4_089_184_256_u64);
    assert_eq!(stats["flops"], 8_178_368_512_u64);
    assert_eq!(stats["count"], "conv+fc");
    assert_eq!(stats["activations"], 11_114_984);
    assert_eq!(stats["depth"], 50);
    assert_eq!(stats["receptive_field"], 427);
    assert_eq!(stats["input"], serde_json::json!([3, 224, 224]));
    assert_eq!(
        keys(&stats["memory"]),
        ["weights", "peak_activations", "training_activations"]
    );
    let stage = &stats["stages"][1];
    assert_eq!(
        (
            &stage["name"],
            &stage["paper_name"],
            &stage["block"],
            &stage["blocks"]
        ),
        (
            &"layer2".into(),
            &"conv3_x".into(),
            &"bottleneck".into(),
            &4.into()
        )
    );
    assert_eq!(stage["output"], serde_json::json!([512, 28, 28]));
    let place = &stats["downsample"][2];
    assert_eq!(
        keys(place),
        ["layer", "op", "from", "to", "main_stride", "shortcut"]
    );
    assert_eq!(place["layer"], "layer2.0.conv2");

    let two = json(&[
        "stats", "resnet18", "resnet34", "--format", "json", "--batch", "2", "--count", "torch",
    ]);
    assert_eq!(two[0]["macs"], 1_814_073_344_u64 * 4);
    assert_eq!(two[1]["name"], "resnet34");
    let all = json(&["stats", "resnet18", "--format", "json", "--count", "all"]);
    assert_eq!(all["counts"]["conv+fc"], 1_814_073_344_u64);
    assert_eq!(
        keys(&all["counts"]),
        [
            "conv+fc",
            "torch",
            "fvcore",
            "ptflops",
            "ptflops-aten",
            "thop",
            "torchinfo",
            "convnet-burden",
            "tf-profiler",
            "calflops"
        ]
    );
}

#[test]
fn no_number_is_called_macs_that_counts_more() {
    let counted = |rule: &str| {
        [["stats", "resnet18"], ["table", "resnet18"]].map(|call| {
            let out = run(&[&call[..], &["--count", rule]].concat());
            assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
            stdout(&out)
        })
    };
    for text in counted("conv+fc") {
        assert!(
            text.contains("MACs") && !text.contains("operations"),
            "{text}"
        );
    }
    for text in counted("fvcore") {
        assert!(
            !text.contains("MACs") && text.contains("operations"),
            "{text}"
        );
        assert!(
            text.contains("1,819,065,856") && text.contains("fvcore"),
            "{text}"
        );
    }
    let all = stdout(&run(&["stats", "resnet18", "--count", "all"]));
    assert!(all.contains("convnet-burden"), "{all}");
    let rows = stdout(&run(&[
        "stats", "resnet18", "--count", "all", "--format", "csv",
    ]));
    assert_eq!(rows.lines().count(), 11, "{rows}");
}

#[test]
fn table_has_a_row_for_every_node_with_the_promised_fields() {
    let rows = json(&["table", "resnet18", "--format", "json"]);
    let rows = rows.as_array().expect("an array");
    for key in [
        "path",
        "op",
        "stage",
        "block",
        "branch",
        "inputs",
        "output",
        "kernel",
        "stride",
        "padding",
        "dilation",
        "groups",
        "params",
        "buffers",
        "macs",
        "activations",
        "receptive_field",
        "parameters",
    ] {
        assert!(keys(&rows[0]).contains(&key), "{key}");
    }
    let find = |path: &str| rows.iter().find(|row| row["path"] == path).expect("a row");
    let conv = find("layer2.0.downsample.0");
    assert_eq!(conv["feeds"], serde_json::json!(["layer2.0.add"]));
    assert!(find("conv1").get("feeds").is_none());
    assert_eq!(
        (&conv["branch"], &conv["stage"], &conv["block"]),
        (&"shortcut".into(), &"layer2".into(), &0.into())
    );
    assert_eq!(
        conv["parameters"][0],
        serde_json::json!({"name": "layer2.0.downsample.0.weight", "shape": [128, 64, 1, 1]})
    );
    let add = find("layer2.0.add");
    assert_eq!(add["branch"], Value::Null);
    assert_eq!(
        add["inputs"],
        serde_json::json!([[128, 28, 28], [128, 28, 28]])
    );
}

#[test]
fn list_and_check_and_run_have_the_promised_fields() {
    let list = json(&["list", "--format", "json"]);
    for key in [
        "name",
        "title",
        "family",
        "aliases",
        "summary",
        "input",
        "params",
        "macs",
        "depth",
        "year",
        "paper",
        "authors",
        "quote",
        "accuracy",
        "accuracies",
        "weights",
    ] {
        assert!(keys(&list[0]).contains(&key), "{key}");
    }
    let check = json(&["check", "resnet50_v1", "--format", "json"]);
    assert_eq!(check["ok"], true);
    assert_eq!(
        keys(&check["problems"][0]),
        [
            "rule", "severity", "file", "line", "column", "path", "message", "help", "fix", "page"
        ]
    );
    let run = json(&[
        "run",
        "resnet20_cifar",
        "--weights",
        "synthetic:7",
        "--input",
        "synthetic:7",
        "--batch",
        "2",
        "--train",
        "--layers",
        "--format",
        "json",
    ]);
    for key in [
        "model", "seed", "train", "input", "output", "layers", "running", "top", "seconds",
    ] {
        assert!(keys(&run).contains(&key), "{key}");
    }
    assert_eq!(run["input"], serde_json::json!([2, 3, 32, 32]));
    for key in ["shape", "mean", "rms", "min", "max", "samples"] {
        assert!(keys(&run["output"]).contains(&key), "{key}");
        assert!(keys(&run["layers"][0]).contains(&key), "{key}");
    }
    assert_eq!(run["top"].as_array().map(Vec::len), Some(2));
    assert_eq!(keys(&run["top"][0][0]), ["class", "label", "probability"]);
}

#[test]
fn compare_has_the_promised_fields() {
    let compared = json(&["compare", "resnet50_v1", "resnet50", "--format", "json"]);
    assert_eq!(
        keys(&compared),
        [
            "a",
            "b",
            "count",
            "batch",
            "accuracy",
            "headline",
            "difference",
            "differences",
            "rows"
        ]
    );
    assert_eq!(
        compared["difference"],
        serde_json::json!({"params": 0, "macs": 231_211_008, "activations": 526_848, "receptive_field": -56})
    );
    assert_eq!(
        keys(&compared["differences"][0]),
        ["kind", "of", "count", "what", "places", "cost"]
    );
    assert_eq!(
        keys(&compared["rows"][3]),
        ["mark", "what", "a", "b", "difference"]
    );
    let blocks = json(&[
        "compare",
        "resnet50",
        "resnet101",
        "--level",
        "block",
        "--format",
        "json",
    ]);
    let rows = blocks["rows"].as_array().expect("rows");
    assert!(
        rows.iter()
            .any(|row| row["mark"] == "appeared" && row["a"].is_null())
    );
}

#[test]
fn compare_holds_the_second_network_to_budgets() {
    let call = |format| {
        let args = ["compare", "resnet50_v1", "resnet50", "--max-params", "26M"];
        run(&[&args[..], &["--max-macs", "4G", "--format", format]].concat())
    };
    let output = call("json");
    assert_eq!(output.status.code(), Some(1));
    let data: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let [params, macs] = [0, 1].map(|at| &data["budgets"][at]);
    assert_eq!([&params["ok"], &macs["ok"]], [true, false]);
    assert_eq!(macs["cost"], 4_089_184_256_u64);

    let output = call("markdown");
    assert_eq!(output.status.code(), Some(1));
    let [comment, error] = [stdout(&output), stderr(&output)];
    assert!(error.contains("error[budget-macs]"), "{error}");
    assert!(comment.starts_with("### `resnet50_v1` → `resnet50`\n\n3 strides moved"));
    // A budget that is not used up has room in its bar.
    assert!(
        comment.contains("26.00 M | ✅ `███████████████████░` 98.3 % |"),
        "{comment}"
    );
    assert!(
        comment.contains("❌ `████████████████████` 102.2 % |"),
        "{comment}"
    );
    assert!(
        comment.contains("<details><summary>1 difference</summary>\n\n|"),
        "{comment}"
    );
}

#[test]
fn csv_of_a_network_states_stage_block_reads_and_rule() {
    let table = stdout(&run(&["export", "resnet18", "--to", "csv"]));
    let mut lines = table.lines();
    let heading = lines.next().expect("a heading");
    assert!(
        heading.ends_with(",receptive_field,stage,block,reads,count"),
        "{heading}"
    );
    let end = |path: &str| {
        let line = table
            .lines()
            .find(|line| line.starts_with(path))
            .expect(path);
        line.rsplitn(5, ',').take(4).collect::<Vec<_>>()
    };
    let of_add = [
        "conv+fc",
        "layer2.0.bn2 layer2.0.downsample.1",
        "0",
        "layer2",
    ];
    assert_eq!(end("layer2.0.add,"), of_add);
    assert_eq!(
        end("conv1,"),
        ["conv+fc", "preprocess.standardize", "", "stem"]
    );
}

#[test]
fn explain_has_the_promised_fields() {
    let found = json(&["explain", "4.11G", "--format", "json"]);
    assert_eq!(found["number"], 4_110_000_000_u64);
    let best = &found["matches"][0];
    for key in ["net", "rule", "input", "classes", "batch", "value", "error"] {
        assert!(keys(best).contains(&key), "{key}");
    }
    assert_eq!(
        (&best["net"], &best["rule"]),
        (&"resnet50".into(), &"fvcore".into())
    );
    assert_eq!(run(&["explain", "apples"]).status.code(), Some(2));
    assert_eq!(run(&["explain", "999T"]).status.code(), Some(1));
}
