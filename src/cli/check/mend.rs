//! `check --fix`: applies the fixes that need no decision.

use super::args::CheckArgs;
use crate::cli::flags::spoken;
use crate::cli::output::Failure;
use crate::cli::subject::model;
use crate::export::file::{Existing, write};
use crate::report::mend::mend;
use crate::spec::{Severity, catalog, named};

/// Fixes the named specs; returns the names to check afterwards, and a report of the fixes.
pub(super) fn fix(args: &CheckArgs, which: &str) -> Result<(Vec<String>, String), Failure> {
    let least = if which == "all" {
        Severity::Note
    } else {
        Severity::Warning
    };
    if args.output.is_some() && args.names.len() > 1 {
        let text = "--output takes one repaired spec: name one network";
        return Err(Failure::usage(text.to_owned()));
    }
    let mut names = Vec::new();
    let mut told = String::new();
    for name in &args.names {
        let model = model(name, args.shape)?;
        let source = &model.spec.source;
        let is_file = catalog::name_of(source).is_none() && named::path(&source.name).is_file();
        let target = match &args.output {
            Some(path) => path.clone(),
            None if is_file => named::path(&source.name),
            None => {
                let what = match catalog::name_of(source) {
                    Some(_) => "is shipped with the program",
                    None => "is no file that can be written in place",
                };
                return Err(Failure::usage(format!(
                    "{name} {what}: --output FILE writes the repaired copy"
                )));
            }
        };
        let mended = mend(&source.name, &source.text, &args.shape.overrides(), least);
        for (rule, what) in &mended.done {
            let what = spoken().tell(what);
            told += &format!("{}: {rule}: {what}\n", target.display());
        }
        if mended.done.is_empty() {
            told += &format!("{name}: there is nothing that only needs to be applied\n");
        }
        let is_copy = args.output.is_some();
        if is_copy || !mended.done.is_empty() {
            let existing = if is_copy {
                Existing::Keep
            } else {
                Existing::Replace
            };
            write(&target, mended.text.as_bytes(), existing)
                .map_err(|error| Failure::failed(error.to_string()))?;
            names.push(named::text(&target));
        } else {
            names.push(name.clone());
        }
    }
    Ok((names, told))
}
