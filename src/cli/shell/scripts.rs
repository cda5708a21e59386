//! Completion scripts: those that clap writes, with the long lists stated once and offered wherever they belong.

use clap::Command;
use clap_complete::Shell;

use super::values::{self, List};

/// Completion script of a shell for the program's command `root`.
pub(super) fn script(shell: Shell, root: &Command) -> String {
    let mut command = values::with_values(root.clone());
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        Shell::Zsh => zsh(script),
        Shell::Fish => fish(script, &positionals(&command, &[])),
        Shell::PowerShell => powershell(&script, &positionals(&command, &[])),
        Shell::Bash => bash(script),
        _ => List::ALL.into_iter().fold(script, |script, list| {
            script.replace(&list.stand_in(), &list.words().join(" "))
        }),
    }
}

/// Values of a command's first positional argument that has some.
struct Positional {
    /// Words from the program to the command.
    path: Vec<String>,
    words: Vec<String>,
    /// List that the words name.
    list: Option<List>,
}

fn positionals(command: &Command, path: &[String]) -> Vec<Positional> {
    let mut found = Vec::new();
    for below in command.get_subcommands() {
        let path = [path, &[below.get_name().to_owned()]].concat();
        let mut words = below.get_positionals().map(|arg| {
            let values = arg.get_possible_values();
            let words = values.iter().map(|value| value.get_name().to_owned());
            words.collect::<Vec<String>>()
        });
        let words = words.find(|words| !words.is_empty());
        found.extend(words.map(|words| {
            Positional {
                path: path.clone(),
                list: List::ALL
                    .into_iter()
                    .find(|list| words == [list.stand_in()]),
                words,
            }
        }));
        found.extend(positionals(below, &path));
    }
    found
}

/// Bash takes a word apart at colons, and has no lists with commas: a function around clap's joins the word, and offers what is
/// after the last colon or comma. clap writes a name with a hyphen in two ways, so the words of a command would never be found.
fn bash(mut script: String) -> String {
    script = script.replace("resnet__subcmd__explore", "resnet__explore");
    let mut lists = String::new();
    for list in List::ALL {
        let variable = format!("_resnet_explore_{}", list.name());
        lists += &format!("{variable}=\"{}\"\n", list.words().join(" "));
        let [word, offered] = [list.stand_in(), format!("${{{variable}}}")];
        // Two arguments of a command may have the same list.
        script = script.replace(&format!("{word} {word}"), &word);
        if list.takes_files() {
            let option = format!("compgen -W \"{word}\" -- \"${{cur}}\"");
            let both =
                format!("compgen -W \"{offered}\" -- \"${{cur}}\"; compgen -f -- \"${{cur}}\"");
            script = script.replace(&option, &both);
        }
        script = script.replace(&word, &offered);
    }
    let script = script.replace(
        "complete -F _resnet__explore ",
        "complete -F _resnet_explore ",
    );
    let at = script
        .rfind("\nif [[ \"${BASH_VERSINFO")
        .unwrap_or(script.len());
    format!("{lists}\n{}\n{BASH}{}", &script[..at], &script[at..])
}

const BASH: &str = r#"_resnet_explore() {
    local joined=() word i cword=0 last=0
    for i in "${!COMP_WORDS[@]}"; do
        word=${COMP_WORDS[i]}
        last=$((${#joined[@]} - 1))
        if ((last > 0)) && [[ $word == :* || ${joined[last]} == *: ]]; then
            joined[last]+=$word
        else
            joined+=("$word")
        fi
        if ((i == COMP_CWORD)); then cword=$((${#joined[@]} - 1)); fi
    done
    COMP_WORDS=("${joined[@]}")
    COMP_CWORD=$cword
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} before
    if [[ $prev == --columns ]]; then
        before=${cur%"${cur##*,}"}
        COMPREPLY=()
        for word in $(compgen -W "${_resnet_explore_columns}" -- "${cur##*,}"); do
            [[ ,$before == *,$word,* ]] || COMPREPLY+=("$before$word")
        done
        return 0
    fi
    _resnet__explore "$1" "$cur" "$prev"
    if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
        before=${cur%"${cur##*:}"}
        COMPREPLY=("${COMPREPLY[@]#"$before"}")
    fi
}
"#;

/// clap's script takes the first word for a network and expects a command after it; it may be either.
fn zsh(mut script: String) -> String {
    let is_first = |line: &&str| line.starts_with("'::name ") && line.contains("catalogue");
    let first = script.lines().find(is_first).unwrap_or_default().to_owned();
    script = script
        .replacen(&format!("{first}\n"), "", 1)
        .replace("$line[2]", "$line[1]")
        .replace(":: :_resnet-explore_commands", ":: :_resnet_explore_first");
    // Options may follow any number of names.
    script = script.replace("'*::", "'*:");
    let mut functions = String::new();
    for list in List::ALL {
        let function = format!("_resnet_explore_{}", list.name());
        script = script.replace(&format!("({})", list.stand_in()), &function);
        let words = list.words().join(" ");
        let offer = match list {
            List::Columns => format!("_sequence -s , compadd - {words}"),
            _ => format!("local -a all=({words})\n    compadd -a all"),
        };
        let files = if list.takes_files() {
            "\n    _files"
        } else {
            ""
        };
        functions += &format!("{function}() {{\n    {offer}{files}\n}}\n\n");
    }
    functions += "_resnet_explore_first() {\n    _resnet-explore_commands\n    _resnet_explore_networks\n}\n\n";
    let at = script.find("autoload").unwrap_or(0);
    format!("{}{functions}{}", &script[..at], &script[at..])
}

/// clap's script lacks the values of positional arguments.
fn fish(mut script: String, positionals: &[Positional]) -> String {
    let mut lists = String::new();
    for list in List::ALL {
        let variable = format!("__resnet_explore_{}", list.name());
        lists += &format!("set -g {variable} {}\n", list.words().join(" "));
        let offered = match list {
            List::Columns => "(__resnet_explore_more_columns)".to_owned(),
            _ => format!("${variable}"),
        };
        let files = if list.takes_files() { "-F" } else { "-f" };
        let word = format!("-f -a \"{}\\t''\"", list.stand_in());
        script = script.replace(&word, &format!("{files} -a \"{offered}\""));
    }
    script = format!("{lists}\n{FISH}\n{script}");
    script += "complete -c resnet-explore -n \"__fish_resnet_explore_needs_command\" -a \"$__resnet_explore_networks\"\n";
    for Positional { path, words, list } in positionals {
        let command = path.join("; and __fish_seen_subcommand_from ");
        let files = if list.is_some_and(List::takes_files) {
            ""
        } else {
            "-f "
        };
        let words = match list {
            Some(list) => format!("$__resnet_explore_{}", list.name()),
            None => words.join(" "),
        };
        script += &format!(
            "complete -c resnet-explore -n \"__fish_resnet_explore_using_subcommand {command}\" {files}-a \"{words}\"\n"
        );
    }
    script
}

const FISH: &str = r#"function __resnet_explore_more_columns
    set -l token (string replace -r '^--columns=' '' -- (commandline -ct))
    set -l before (string match -r '.*,' -- $token)
    for column in $__resnet_explore_columns
        contains -- $column (string split , -- $before)
        or echo "$before$column"
    end
end
"#;

/// clap's script lacks the values of positional arguments here as well, and those of options.
fn powershell(script: &str, positionals: &[Positional]) -> String {
    let mut lists = String::new();
    for list in List::ALL {
        let words: Vec<String> = list
            .words()
            .iter()
            .map(|word| format!("'{word}'"))
            .collect();
        lists += &format!("    ${} = @({})\n", list.name(), words.join(", "));
    }
    let mut text = String::new();
    for line in script.split_inclusive('\n') {
        if line.contains("$completions = ") {
            text += &lists;
        }
        text += line;
        let is_of = |own: &&Positional| {
            line.trim() == format!("'resnet-explore;{}' {{", own.path.join(";"))
        };
        if let Some(own) = positionals.iter().find(is_of) {
            let words = match own.list {
                Some(list) => format!("${}", list.name()),
                None => format!("@('{}')", own.words.join("', '")),
            };
            text += &format!(
                "            {words} | ForEach-Object {{ [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_) }}\n"
            );
        }
    }
    text
}
