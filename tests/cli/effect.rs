//! Options without effect are refused with the reason, for every pair of option and format; accepted ones change the output.

use std::process::Output;

use super::{run, stderr};

const FORMATS: [&str; 13] = [
    "dot", "svg", "volumes", "mermaid", "markdown", "csv", "json", "html", "onnx", "pytorch",
    "tikz", "latex", "points",
];

/// Every option of `export` that a format may refuse, with a value that is not the default; `--level` with all three.
const OPTIONS: [(&str, &[&[&str]]); 12] = [
    ("--level", &[&["stage"], &["block"], &["layer"]]),
    ("--direction", &[&["right"]]),
    ("--color-by", &[&["macs"]]),
    ("--theme", &[&["dark"]]),
    ("--picture", &[&["64x48"]]),
    ("--with", &[&["resnet18"]]),
    ("--unfolded", &[&[]]),
    ("--batch", &[&["3"]]),
    ("--weights", &[&["synthetic:5"]]),
    ("--dynamic-batch", &[&[]]),
    ("--preprocess", &[&[]]),
    ("--external-data", &[&[]]),
];

/// All output of a call: on stdout, or in files if the weights may be in a separate one.
fn written(args: &[&str], into_files: bool) -> (Output, Vec<(String, Vec<u8>)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net");
    let path = path.to_string_lossy().into_owned();
    let into = ["-o", &path];
    let output = run(&[args, if into_files { &into } else { &[] }].concat());
    let mut files = vec![(String::new(), output.stdout.clone())];
    for entry in std::fs::read_dir(folder.path()).expect("a folder") {
        let entry = entry.expect("an entry");
        let bytes = std::fs::read(entry.path()).expect("a file");
        files.push((entry.file_name().to_string_lossy().into_owned(), bytes));
    }
    files.sort();
    (output, files)
}

#[test]
fn every_format_takes_an_option_and_shows_it_or_refuses_it() {
    let (mut taken, mut refused) = (0, 0);
    for format in FORMATS {
        let call = ["export", "resnet20_fashion", "--to", format];
        let usual = [false, true].map(|into_files| {
            let (usual, files) = written(&call, into_files);
            assert_eq!(usual.status.code(), Some(0), "{format}: {}", stderr(&usual));
            files
        });
        for (option, values) in OPTIONS {
            let into_files = option == "--external-data";
            let outputs = values.iter().map(|value| {
                let args = [&call[..], &[option], value].concat();
                written(&args, into_files)
            });
            let outputs: Vec<_> = outputs.collect();
            let pair = format!("--to {format} {option}");
            if outputs
                .iter()
                .all(|(output, _)| output.status.code() == Some(0))
            {
                assert!(
                    outputs
                        .iter()
                        .any(|(_, files)| *files != usual[usize::from(into_files)]),
                    "{pair} is taken and changes nothing"
                );
                taken += 1;
                continue;
            }
            for (output, _) in outputs {
                assert_eq!(output.status.code(), Some(2), "{pair}");
                let notice = stderr(&output);
                assert!(
                    notice.contains(&format!("{option} has no effect")),
                    "{pair}: {notice}"
                );
            }
            refused += 1;
        }
    }
    assert_eq!(taken + refused, FORMATS.len() * OPTIONS.len());
    assert_eq!(taken, 43, "of {} pairs", taken + refused);
}

#[test]
fn at_every_level_an_option_acts_or_is_refused() {
    let mut taken = 0;
    for format in ["dot", "svg", "mermaid", "markdown", "csv"] {
        for level in ["stage", "block", "layer"] {
            let call = [
                "export",
                "resnet20_fashion",
                "--to",
                format,
                "--level",
                level,
            ];
            let usual = run(&call);
            assert_eq!(usual.status.code(), Some(0), "{format} {level}");
            let others = OPTIONS
                .iter()
                .filter(|(option, _)| !matches!(*option, "--level" | "--external-data"));
            for (option, values) in others {
                let output = run(&[&call[..], &[option], values[0]].concat());
                if output.status.code() == Some(0) {
                    assert_ne!(
                        output.stdout, usual.stdout,
                        "{format} {level} {option} changes nothing"
                    );
                    taken += 1;
                } else {
                    assert_eq!(output.status.code(), Some(2), "{format} {level} {option}");
                    assert!(stderr(&output).contains(&format!("{option} has no effect")));
                }
            }
        }
    }
    assert!(taken > 40, "{taken}");
}

#[test]
fn other_commands_refuse_what_does_nothing() {
    let calls = [
        "stats resnet18 --published --format json",
        "table resnet18 --mean 0.3",
        "table resnet18 --resize 300 --format csv",
        "compare resnet18 resnet34 --level block --format markdown",
        "compare resnet18 resnet34 --all",
        "explain 4.11G --top 2 --format json",
        "check resnet18 --batch 2",
        "check resnet18 --count torch",
        "check --explain parameter-name --format json",
        "run resnet20_fashion --value conv1:0,1,1 --threads 1",
        "run resnet20_fashion --top 2 --format csv",
        "run resnet20_fashion --top 2 --until conv1",
        "run resnet20_fashion --value conv1:0,1,1 --products 2 --format json",
        "run resnet20_fashion --input synthetic:0 --mean 0.3",
        "lesson stem --list",
        "export resnet18 --to svg --level stage --unfolded",
        "export resnet18 --to onnx --batch 2 --dynamic-batch",
        "export resnet18 --to onnx --external-data -o -",
        "export resnet18 --to svg --force -o -",
        "export resnet18 --to mermaid --level layer --batch 2",
        "explore --input-size 64",
        "--classes 7",
        "--fresh --replay keys.txt",
        "list --families --accuracy all",
        "table resnet18 --columns path,params --batch 2 --format csv",
        "table resnet18 --columns path,params --count torch --format json",
        "run resnet20_fashion --train --plain",
        "run resnet20_fashion --value conv1:0,1,1 --plain",
        "run resnet20_fashion --train --bn bn1 --value bn1:0,1,1",
        "run resnet20_fashion --train --bn bn1 --resize 40",
        "run resnet20_cifar --train --bn bn1 --mean 0.3",
    ];
    for call in calls {
        let args: Vec<_> = call.split(' ').collect();
        let output = run(&args);
        assert_eq!(output.status.code(), Some(2), "{call}");
        assert!(
            stderr(&output).contains("no effect"),
            "{call}: {}",
            stderr(&output)
        );
        assert!(output.stdout.is_empty(), "{call}");
    }
}

#[test]
fn what_a_table_counts_takes_a_batch_and_a_rule() {
    for (columns, option) in [
        ("macs", ["--batch", "3"]),
        ("path,activations", ["--batch", "3"]),
        ("saved_for_backward", ["--batch", "3"]),
        ("macs", ["--count", "ptflops"]),
        ("macs_share", ["--count", "ptflops"]),
    ] {
        for format in ["csv", "json", "markdown"] {
            let call = [
                "table",
                "resnet18",
                "--columns",
                columns,
                "--format",
                format,
            ];
            let output = run(&[&call[..], &option].concat());
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            assert_ne!(output.stdout, run(&call).stdout, "{columns} {option:?}");
        }
    }
}
