//! Pages of the manual.

use std::path::Path;

use clap::Command;

use crate::cli::flags::spoken;
use crate::cli::output::{Failure, Output};
use crate::export::file::{self, Existing};
use crate::message;
use crate::text::Joint;

/// The page of a command, such as `weights list`; the program's own without one.
pub(super) fn page(root: &Command, name: Option<&str>) -> Result<Output, Failure> {
    let Some(name) = name else {
        return Ok(Output::data(rendered(root.clone())?));
    };
    let wanted = name.replace(' ', "-");
    let pages = commands(root);
    let full = |page: &Command| {
        page.get_name().strip_prefix(root.get_name()) == Some(&format!("-{wanted}"))
    };
    let page = pages.iter().find(|page| full(page)).ok_or_else(|| {
        let names = root.get_subcommands().map(Command::get_name);
        let names = Joint::Comma.of(names.filter(|name| *name != "help"));
        Failure::usage(message!("man-unknown", name = name, names = names))
    })?;
    Ok(Output::data(rendered(page.clone())?))
}

/// All pages in a directory.
pub(super) fn pages(root: &Command, folder: &Path) -> Result<Output, Failure> {
    let mut notice = String::new();
    for command in std::iter::once(root.clone()).chain(commands(root)) {
        let path = folder.join(format!("{}.1", command.get_name()));
        file::write(&path, rendered(command)?.as_bytes(), Existing::Replace)
            .map_err(Failure::failed)?;
        let file = path.display().to_string();
        notice += &(spoken().say(&message!("export-wrote", file = file)) + "\n");
    }
    Ok(Output {
        stderr: notice,
        ..Output::default()
    })
}

/// All commands below one, under the names of their pages: `resnet-explore-weights-list`.
fn commands(root: &Command) -> Vec<Command> {
    let mut all = Vec::new();
    for command in root
        .get_subcommands()
        .filter(|own| own.get_name() != "help")
    {
        let name = format!("{}-{}", root.get_name(), command.get_name());
        let command = command.clone().name(name);
        let below = commands(&command);
        all.push(command);
        all.extend(below);
    }
    all
}

fn rendered(command: Command) -> Result<String, Failure> {
    let mut roff = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut roff)
        .map_err(|error| Failure::failed(message!("man-page", cause = error.to_string())))?;
    // An omitted date must be marked as empty, and one line has to be broken.
    let page = String::from_utf8_lossy(&roff)
        .replacen(" 1  \"", " 1 \"\" \"", 1)
        .replace("\n.br\n\n.br\n", "\n\n");
    Ok(with_examples(&page))
}

/// The page with its last section as examples, a line each, as they are typed.
fn with_examples(page: &str) -> String {
    let Some((before, section)) = page.split_once("\n.SH EXTRA\n") else {
        return page.to_owned();
    };
    let lines = section.trim_end().lines();
    let lines: Vec<&str> = lines
        .map(|line| line.split_once(": ").map_or(line, |(_, example)| example))
        .collect();
    format!("{before}\n.SH EXAMPLES\n.nf\n{}\n.fi\n", lines.join("\n"))
}
