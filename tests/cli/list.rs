//! `list`: search, families, order; and the published accuracies, in `list` and `stats`.

use serde_json::Value;

use super::{json, keys, run, stderr, stdout};

/// Names in the output of `list` with these arguments.
fn names(args: &[&str]) -> Vec<String> {
    let args = [&["list"], args, &["--format", "json"]].concat();
    let list = json(&args);
    let rows = list.as_array().expect("an array").iter();
    rows.map(|row| row["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[test]
fn a_search_looks_at_name_alias_paper_family_and_summary() {
    assert!(names(&["--search", "ResNet-152"]).contains(&"resnet152".to_owned()));
    assert_eq!(names(&["--search", "torchvision:resnet34"]), ["resnet34"]);
    assert!(names(&["--search", "kolesnikov"]).contains(&"resnetv2_50x1_bit".to_owned()));
    assert_eq!(
        names(&["--search", "Wu, He 2018"]),
        ["resnet50_gn", "resnetv2_50d_gn"]
    );
    let selective = names(&["--search", "sknet"]);
    assert_eq!(selective.len(), 5);
    assert!(names(&["--search", "one image at a time"]).contains(&"resnet50_gn".to_owned()));
    let both = names(&[
        "--search", "resnest", "--family", "resnest", "--sort", "params",
    ]);
    assert_eq!(both.first().map(String::as_str), Some("resnest14d"));
    let nothing = run(&["list", "--search", "mobilenet"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(stderr(&nothing).contains("no network has `mobilenet`"));
}

#[test]
fn families_have_a_row_each_and_all_networks() {
    let families = json(&["list", "--families", "--format", "json"]);
    let families = families.as_array().expect("an array");
    let mut all: Vec<&str> = Vec::new();
    for family in families {
        assert_eq!(
            keys(family),
            ["family", "networks", "years", "params", "macs"]
        );
        let networks = family["networks"].as_array().expect("names");
        all.extend(networks.iter().map(|name| name.as_str().expect("a name")));
        assert!(family["params"][0].as_u64() <= family["params"][1].as_u64());
    }
    all.sort_unstable();
    let mut wanted = names(&[]);
    wanted.sort();
    assert_eq!(all, wanted);
    let text = stdout(&run(&["list", "--families"]));
    assert!(text.contains(&format!(
        "{} networks in {} families",
        all.len(),
        families.len()
    )));
}

#[test]
fn published_accuracy_is_sorted_by_and_shown() {
    let sorted = names(&["--sort", "top1"]);
    assert_eq!(sorted[0], "ecaresnet269d");
    let all = names(&["--sort", "top1", "--accuracy", "all"]);
    assert_eq!(all[0], "seresnextaa201d_32x8d");
    let stats = json(&["stats", "resnet50", "--format", "json"]);
    let published = &stats["published"];
    assert_eq!(keys(published), ["on", "source", "accuracy"]);
    assert_eq!(published["accuracy"].as_array().map(Vec::len), Some(31));
    let row = &published["accuracy"][0];
    assert_eq!(
        keys(row),
        [
            "weights",
            "size",
            "top1",
            "top5",
            "crop",
            "interpolation",
            "data"
        ]
    );
    assert_eq!(
        (&row["top1"], &row["size"]),
        (&Value::from(81.24), &Value::from(288))
    );
    let line = |args: &[&str]| {
        let text = stdout(&run(args));
        let line = text.lines().find(|line| line.contains("accuracy"));
        line.map(|line| line.trim().to_owned())
    };
    let own = line(&["stats", "resnet50"]).expect("a line");
    assert!(
        own.contains(
            "80.85 %  top-1 of resnet50.tv2_in1k at 224, trained on ImageNet-1k; 81.24 % by"
        ),
        "{own}"
    );
    // Another size has other accuracies, and another head none.
    let larger = line(&["stats", "resnet50", "--input-size", "288"]).expect("a line");
    assert!(
        larger.contains("81.24 %  top-1 of resnet50.a1_in1k at 288"),
        "{larger}"
    );
    assert_eq!(line(&["stats", "resnet50", "--classes", "10"]), None);
    let all = stdout(&run(&["stats", "resnet50", "--published"]));
    assert!(all.contains("resnet50.tv2_in1k") && all.contains("results-imagenet.csv"));
}
