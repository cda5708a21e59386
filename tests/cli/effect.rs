//! Options that do nothing for what was asked: refused with the reason, whatever the pair; what is taken changes what comes out.

use super::{run, stderr};

const FORMATS: [&str; 10] = [
    "dot", "svg", "volumes", "mermaid", "markdown", "csv", "json", "html", "onnx", "pytorch",
];

/// Every option of `export` that a format may not take, with a value that is not the usual one; `--level` with the three.
const OPTIONS: [(&str, &[&[&str]]); 11] = [
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
];

#[test]
fn every_format_takes_an_option_and_shows_it_or_refuses_it() {
    let (mut taken, mut refused) = (0, 0);
    for format in FORMATS {
        let call = ["export", "resnet20_fashion", "--to", format];
        let usual = run(&call);
        assert_eq!(usual.status.code(), Some(0), "{format}: {}", stderr(&usual));
        for (option, values) in OPTIONS {
            let outputs = values.iter().map(|value| {
                let args = [&call[..], &[option], value].concat();
                run(&args)
            });
            let outputs: Vec<_> = outputs.collect();
            let pair = format!("--to {format} {option}");
            if outputs.iter().all(|output| output.status.code() == Some(0)) {
                assert!(
                    outputs.iter().any(|output| output.stdout != usual.stdout),
                    "{pair} is taken and changes nothing"
                );
                taken += 1;
                continue;
            }
            for output in outputs {
                assert_eq!(output.status.code(), Some(2), "{pair}");
                let told = stderr(&output);
                assert!(
                    told.contains(&format!("{option} has no effect")),
                    "{pair}: {told}"
                );
            }
            refused += 1;
        }
    }
    assert_eq!(taken + refused, FORMATS.len() * OPTIONS.len());
    assert_eq!(taken, 36, "of {} pairs", taken + refused);
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
