//! `completions` and `man`: scripts for shells and pages of the manual, derived from the command line.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Command};
use clap_complete::Shell;

use super::flags::spoken;
use super::output::{Failure, Output};
use crate::export::file::{self, Existing};
use crate::message;
use crate::spec::catalog;
use crate::text::Joint;

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    shell: Shell,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ManArgs {
    command: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

/// Arguments that are names of networks, in any command.
const NETWORKS: [&str; 4] = ["name", "names", "a", "b"];

/// Completion script of a shell for the program's command `root`, with all networks of the catalogue.
pub(super) fn completions(args: &CompletionsArgs, root: &Command) -> Output {
    let mut command = with_networks(root.clone()).mut_subcommands(with_networks);
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    Output::data(match args.shell {
        Shell::Zsh => zsh(&script),
        Shell::Fish => fish(script, root),
        Shell::PowerShell => powershell(&script, root),
        Shell::Bash => bash(&script),
        _ => script,
    })
}

/// Names of the commands that take a network.
fn commands_with_networks(root: &Command) -> Vec<String> {
    let takes = |command: &Command| {
        command
            .get_positionals()
            .any(|arg| NETWORKS.contains(&arg.get_id().as_str()))
    };
    let names = subcommands(root).filter(takes);
    names.map(|command| command.get_name().to_owned()).collect()
}

/// The script has the networks among its words and falls back to files. clap writes a name with a hyphen in two ways, so the
/// words of a command would never be found.
fn bash(script: &str) -> String {
    script.replace("resnet__subcmd__explore", "resnet__explore")
}

/// Adds spec files to the names, which are all that clap's script offers.
fn zsh(script: &str) -> String {
    let names = catalog::names().join(" ");
    let function = format!(
        "_resnet_explore_networks() {{\n    _alternative 'networks:network:({names})' 'specs:spec file:_files'\n}}\n\n\
         _resnet_explore_first() {{\n    _resnet-explore_commands\n    _resnet_explore_networks\n}}\n\n"
    );
    let script = script.replace(&format!("({names})"), "_resnet_explore_networks");
    // The first word is a command or a network; clap's script takes it for a network and expects a command after it.
    let is_first = |line: &&str| line.starts_with("'::name ") && line.contains("catalogue");
    let first = script.lines().find(is_first).unwrap_or_default();
    let script = script
        .replacen(&format!("{first}\n"), "", 1)
        .replace("$line[2]", "$line[1]")
        .replace(":: :_resnet-explore_commands", ":: :_resnet_explore_first");
    match script.find("autoload") {
        Some(at) => format!("{}{function}{}", &script[..at], &script[at..]),
        None => script,
    }
}

/// Adds values of positional arguments, which clap's script for fish lacks; files are offered anyway.
fn fish(mut script: String, root: &Command) -> String {
    script += &format!(
        "set -g __resnet_explore_networks {}\n",
        catalog::names().join(" ")
    );
    script += "complete -c resnet-explore -n \"__fish_resnet_explore_needs_command\" -a \"$__resnet_explore_networks\"\n";
    for command in commands_with_networks(root) {
        script += &format!(
            "complete -c resnet-explore -n \"__fish_resnet_explore_using_subcommand {command}\" -a \"$__resnet_explore_networks\"\n"
        );
    }
    script
}

/// Adds values of positional arguments, which clap's script for PowerShell lacks as well.
fn powershell(script: &str, root: &Command) -> String {
    let names: Vec<String> = catalog::names()
        .iter()
        .map(|name| format!("'{name}'"))
        .collect();
    let with_networks = commands_with_networks(root);
    let list = format!("    $networks = @({})\n", names.join(", "));
    let offer = "            $networks | ForEach-Object { [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_) }\n";
    let mut text = String::new();
    for line in script.split_inclusive('\n') {
        if line.contains("$completions = ") {
            text += &list;
        }
        text += line;
        let of_network = |command: &String| line.trim() == format!("'resnet-explore;{command}' {{");
        if with_networks.iter().any(of_network) {
            text += offer;
        }
    }
    text
}

/// Command that offers the catalogue's networks; paths still work if the shell falls back to files.
fn with_networks(command: Command) -> Command {
    let takes: Vec<String> = command
        .get_positionals()
        .map(|arg| arg.get_id().to_string())
        .filter(|id| NETWORKS.contains(&id.as_str()))
        .collect();
    takes.into_iter().fold(command, |command, id| {
        command.mut_arg(id, |arg| {
            arg.value_parser(PossibleValuesParser::new(catalog::names()))
        })
    })
}

/// Page of the manual, or all pages in a directory.
pub(super) fn man(args: &ManArgs, root: &Command) -> Result<Output, Failure> {
    if let Some(folder) = &args.dir {
        return pages(root, folder);
    }
    let page = match &args.command {
        None => page(root.clone())?,
        Some(name) => {
            let found = subcommands(root).find(|command| command.get_name() == *name);
            let command = found.ok_or_else(|| {
                let names = root.get_subcommands().map(Command::get_name);
                let names = Joint::Comma.of(names);
                Failure::usage(message!("man-unknown", name = name, names = names))
            })?;
            page(named(root, &command))?
        }
    };
    Ok(Output::data(page))
}

fn pages(root: &Command, folder: &Path) -> Result<Output, Failure> {
    let mut all = vec![root.clone()];
    all.extend(subcommands(root).map(|command| named(root, &command)));
    let mut notice = String::new();
    for command in all {
        let path = folder.join(format!("{}.1", command.get_name()));
        file::write(&path, page(command)?.as_bytes(), Existing::Replace)
            .map_err(Failure::failed)?;
        let file = path.display().to_string();
        notice += &(spoken().say(&message!("export-wrote", file = file)) + "\n");
    }
    Ok(Output {
        stderr: notice,
        ..Output::default()
    })
}

fn subcommands(root: &Command) -> impl Iterator<Item = Command> {
    root.get_subcommands()
        .filter(|command| command.get_name() != "help")
        .cloned()
}

/// Command with the name of its page: `resnet-explore-stats`.
fn named(root: &Command, command: &Command) -> Command {
    let name = format!("{}-{}", root.get_name(), command.get_name());
    command.clone().name(name)
}

fn page(command: Command) -> Result<String, Failure> {
    let mut roff = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut roff)
        .map_err(|error| Failure::failed(message!("man-page", cause = error.to_string())))?;
    // An omitted date must be marked as empty, and one line has to be broken.
    Ok(String::from_utf8_lossy(&roff)
        .replacen(" 1  \"", " 1 \"\" \"", 1)
        .replace("\n.br\n\n.br\n", "\n\n"))
}
