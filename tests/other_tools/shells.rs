//! Completions, as the shells that are here really offer them, and pages of the manual.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::run;

const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// Words that a shell offers for the end of a line; `None` if the shell is not here.
fn offered(shell: &str, line: &str) -> Option<Vec<String>> {
    let (_, script, _) = run(&["completions", shell]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("script");
    std::fs::write(&path, script).expect("it is written");
    let mut command = Command::new(shell);
    command.current_dir(folder.path());
    match shell {
        "bash" => command.args(["-c", &by_bash(&path, line)]),
        "zsh" => {
            let capture =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/other_tools/capture.zsh");
            command.arg("-f").arg(capture).arg(&path).arg(line)
        }
        _ => command
            .args(["-c", "source $argv[1]; complete -C $argv[2] | cut -f1"])
            .arg(&path)
            .arg(line),
    };
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text.split_whitespace().map(str::to_owned).collect())
}

/// A program that completes the last word of a line, which bash takes apart at colons.
fn by_bash(script: &Path, line: &str) -> String {
    let apart = line.replace(':', " : ");
    let ends = if line.ends_with(' ') { " ''" } else { "" };
    format!(
        "source {}\nCOMP_WORDS=({apart}{ends}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
         set -- $(complete -p resnet-explore)\nwhile [ \"$1\" != -F ]; do shift; done\n\
         \"$2\" resnet-explore \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display()
    )
}

/// Lines with a word that is offered, and one that is not.
const LINES: [(&str, &str, &str); 20] = [
    ("resnet-explore ", "stats", "sound"),
    ("resnet-explore stats resnet15", "resnet152_v1", "stats"),
    ("resnet-explore compare resnet50 ", "resnet101", "sarif"),
    ("resnet-explore check museum:", "museum:small_stem", "sarif"),
    (
        "resnet-explore explain 4.1G --net resnet5",
        "resnet50",
        "resnet18",
    ),
    (
        "resnet-explore export resnet18 --with resnet5",
        "resnet50",
        "resnet18",
    ),
    ("resnet-explore export resnet18 --to ", "onnx", "resnet18"),
    (
        "resnet-explore table resnet18 --level ",
        "block",
        "resnet18",
    ),
    (
        "resnet-explore table resnet18 --columns ",
        "path",
        "resnet18",
    ),
    (
        "resnet-explore table resnet18 --columns path,o",
        "path,output",
        "path,path",
    ),
    ("resnet-explore stats resnet18 --count t", "thop", "fvcore"),
    ("resnet-explore table resnet18 --count ", "conv+fc", "all"),
    (
        "resnet-explore check --explain b",
        "bias-before-norm",
        "acyclic",
    ),
    (
        "resnet-explore run resnet18 --weights init:",
        "init:he:0",
        "synthetic:0",
    ),
    (
        "resnet-explore run resnet18 --weights resnet18.",
        "resnet18.a1_in1k",
        "resnet50.a1_in1k",
    ),
    (
        "resnet-explore weights fetch resnet18.",
        "resnet18.a1_in1k",
        "resnet18",
    ),
    ("resnet-explore list --sort ", "depth", "resnet18"),
    ("resnet-explore lesson b", "bottleneck", "family"),
    (
        "resnet-explore stats resnet18 --output-stride ",
        "16",
        "resnet18",
    ),
    ("resnet-explore man ", "stats", "resnet18"),
];

#[test]
fn every_shell_that_is_here_offers_values_and_each_once() {
    for shell in SHELLS {
        for (line, expected, wrong) in LINES {
            let Some(words) = offered(shell, line) else {
                continue;
            };
            // bash replaces what is after the colon, and zsh what is after the comma.
            let ends = |word: &str| {
                let after = expected
                    .rsplit_once([':', ','])
                    .map_or(expected, |(_, end)| end);
                word == expected
                    || shell == "bash" && word == after
                    || shell == "zsh" && word == after
                    || shell == "bash" && expected.ends_with(&format!(":{word}"))
            };
            assert!(
                words.iter().any(|word| ends(word)),
                "{shell}: {line}: {words:?}"
            );
            assert!(
                !words.iter().any(|word| word == wrong),
                "{shell}: {line}: {words:?}"
            );
            let once: BTreeSet<&String> = words.iter().collect();
            assert_eq!(once.len(), words.len(), "{shell}: {line}: {words:?}");
        }
    }
}

/// zsh's script parses the first word as the command, although it may also be a network.
#[test]
fn zsh_takes_the_first_word_for_a_command() {
    let (_, script, _) = run(&["completions", "zsh"]);
    assert!(script.contains("case $line[1] in\n            (explore)"));
    assert!(script.contains(":: :_resnet_explore_first"));
    assert!(!script.contains("$line[2]"));
    let (before, _) = script.split_once("(explore)").expect("its commands");
    assert!(
        !before.contains("'::name"),
        "a network alone would be the first word"
    );
}

#[test]
fn completions_know_the_catalogue_and_every_command_has_a_page() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (code, script, _) = run(&["completions", shell]);
        assert_eq!(code, Some(0));
        assert!(script.contains("resnet152"), "{shell}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("UTF-8");
    assert_eq!(run(&["man", "--dir", path]).0, Some(0));
    let (_, page, _) = run(&["man"]);
    assert!(
        page.contains("\n.TH resnet-explore 1 \"\" \"resnet-explore "),
        "{page}"
    );
    let (_, help, _) = run(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let mut count = 0;
    for line in commands.take_while(|line| !line.is_empty()) {
        let Some(command) = line
            .split_whitespace()
            .next()
            .filter(|name| *name != "help")
        else {
            continue;
        };
        count += 1;
        let page = folder.path().join(format!("resnet-explore-{command}.1"));
        let text = std::fs::read_to_string(&page).expect("a page");
        let (_, examples) = text.split_once("\n.SH EXAMPLES\n.nf\n").expect(command);
        let lines = examples.trim_end().trim_end_matches("\n.fi").lines();
        let mut own = lines.map(|line| line.starts_with("resnet\\-explore "));
        assert!(
            own.all(|own| own),
            "{command}: a line an example: {examples}"
        );
    }
    assert!(count >= 10, "{help}");
}
