//! Help of every command, as printed.

use crate::{run, stdout};

/// Commands that the program itself lists, without `help`.
fn commands() -> Vec<String> {
    let help = stdout(&run(&["--help"]));
    let (_, rest) = help.split_once("Commands:\n").expect("a list of commands");
    let names = rest
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_tells_what_it_does_and_gives_an_example() {
    let commands = commands();
    assert!(commands.len() >= 14, "{commands:?}");
    for command in commands {
        let output = run(&[&command, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        let help = stdout(&output);
        assert!(
            help.contains(&format!("Example: resnet-explore {command}")),
            "{command} has no example"
        );
        insta::assert_snapshot!(command, help);
    }
}
