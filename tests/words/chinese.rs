//! Panes and commands in Chinese have no English sentence left.

use std::process::Command;

use super::chinese_explorer;
use super::english::left;

/// Panes by their name, network and keys.
const PANES: [(&str, &str, &str); 41] = [
    ("layers", "resnet50", "j j Right j j"),
    ("a block", "resnet50", "j j Right"),
    ("a normalisation", "resnet50", "j Right j j"),
    ("the graph", "resnet50", "2"),
    ("a sound network's checks", "resnet50", "4"),
    ("a note", "resnet50_v1", "4"),
    ("a warning", "museum:one_downsample", "4"),
    ("an error", "museum:darknet_sum", "4"),
    ("a pass that has not begun", "resnet20_fashion", "3"),
    ("weights and input", "resnet20_fashion", "3 w"),
    ("a fault that is run up to", "museum:darknet_sum", "3"),
    ("two networks side by side", "resnet50", "D resnet101 Enter"),
    (
        "both modes of a norm",
        "resnet20_fashion",
        "3 Enter n n n n n",
    ),
    (
        "a value explained",
        "resnet20_fashion",
        "3 Enter n n n n n n n n x",
    ),
    ("the end of a pass", "resnet20_fashion", "3 Enter r"),
    ("changes", "resnet20_fashion", "3 Enter r i"),
    ("columns", "resnet50", "|"),
    ("rankings", "resnet50", "s"),
    ("a ranking", "resnet50", "s Down Down Enter"),
    ("a filter", "resnet50", "&"),
    ("filtered layers", "resnet50", "& b n Enter"),
    ("layers to jump to", "resnet50", "/"),
    ("counting rules", "resnet50", "R"),
    ("counted by another rule", "resnet50", "R Down Down Enter"),
    ("sizes", "resnet50", "I"),
    ("batches", "resnet50", "B"),
    ("another batch", "resnet50", "B Down Enter"),
    ("classes", "resnet50", "C"),
    ("the spec", "resnet50", "5"),
    ("a spec that inherits", "resnet101", "5"),
    ("the graph's layers", "resnet50", "2 + +"),
    ("the graph's stages", "resnet50", "2 -"),
    ("forms of a file", "resnet50", "e"),
    ("the commands", "resnet50", ":"),
    ("the keys", "resnet50", "?"),
    ("cells to copy", "resnet50", "y"),
    ("networks to compare with", "resnet50", "D"),
    ("differences alone", "resnet50", "D resnet50_v1 Enter d"),
    ("a row that appeared", "resnet50", "D resnet101 Enter n"),
    ("stops", "resnet20_fashion", "3 Enter M"),
    ("the lab", "resnet20_fashion", "N"),
];

#[test]
fn panes_have_no_english_sentence() {
    let mut found = Vec::new();
    for (name, net, keys) in PANES {
        for size in [(80, 24), (120, 40), (200, 60)] {
            let mut explorer = chinese_explorer(Some(net), size).press(keys);
            let picture = explorer.picture();
            // The first line has the network's title, which is the spec's own text.
            let lines = picture.lines().skip(1).filter_map(left);
            // A cell is copied as programs read it.
            let is_copied =
                |line: &String| name == "cells to copy" && line.contains("divide by 255");
            let lines = lines.filter(|line| !is_copied(line));
            found.extend(lines.map(|line| format!("{name} at {}×{}: {line}", size.0, size.1)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Commands, and the number of lines at their beginning that are a spec's own text.
const COMMANDS: [(&str, usize); 23] = [
    ("stats resnet50", 2),
    ("stats resnet18 --batch 4", 2),
    ("stats museum:darknet_sum", 2),
    ("table resnet50 --level stage", 0),
    ("table resnet18 --level block", 0),
    ("check resnet50_v1 resnet18", 0),
    (
        "check museum:darknet_sum museum:pool_to_55 museum:conv_biases",
        0,
    ),
    ("check nowhere.toml", 0),
    ("check --explain relu-before-add", 0),
    ("compare resnet50_v1 resnet50", 1),
    ("compare resnet18 resnet34", 1),
    ("explain 4.11G --top 2", 0),
    ("list --search senet", 0),
    ("run resnet20_fashion --input sample:2 --layers --plain", 0),
    ("run museum:darknet_sum --until conv1", 1),
    (
        "run resnet20_fashion --train --bn bn1 --batch 4 --batches 3",
        0,
    ),
    ("stats resnet50 --count all", 2),
    ("table resnet18 --level layer --count fvcore", 0),
    ("compare resnet50 seresnet50 --level layer", 1),
    ("compare resnet50 resnet101 --format markdown", 0),
    ("explain 25.6M --format markdown", 0),
    ("list --families", 0),
    ("list --accuracy all --search resnext", 0),
];

#[test]
fn commands_have_no_english_sentence() {
    let mut found = Vec::new();
    for (command, own) in COMMANDS {
        let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
            .args(command.split(' '))
            .args(["--lang", "zh"])
            .env("LC_ALL", "C")
            .output()
            .expect("the binary runs");
        for (text, skip) in [(output.stdout, own), (output.stderr, 0)] {
            let text = String::from_utf8(text).expect("UTF-8");
            let lines = text.lines().skip(skip).filter_map(left);
            found.extend(lines.map(|line| format!("{command}: {line}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_machines_read_is_english_in_any_locale() {
    for command in [
        "check museum:darknet_sum --format json",
        "check museum:darknet_sum --format csv",
        "check museum:darknet_sum --format junit",
        "check museum:darknet_sum --format sarif",
        "stats resnet50 --format csv",
        "table resnet18 --level block --format json",
        "table resnet18 --level block --format csv",
        "list --search senet --format csv",
        "compare resnet18 resnet34 --format json",
    ] {
        let print = |language| {
            let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
                .args(command.split(' '))
                .args(["--lang", language])
                .output()
                .expect("the binary runs");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            // JUnit has the times of this run.
            let words = text.split_whitespace();
            let steady = words.filter(|word| !word.starts_with("time="));
            steady.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(print("zh"), print("en"), "{command}");
    }
}
