//! `check --fix`: applies the fixes that only need to be applied.

use super::CheckArgs;
use crate::cli::flags::spoken;
use crate::cli::output::Failure;
use crate::cli::subject::model;
use crate::export::file::{Existing, write};
use crate::message;
use crate::report::checks::check::fix_all;
use crate::spec::{Severity, catalog, named};

/// Fixes the named specs; returns the names to check afterwards, and a report of the fixes.
pub(super) fn fix(args: &CheckArgs, which: &str) -> Result<(Vec<String>, String), Failure> {
    let language = spoken();
    let least = if which == "all" {
        Severity::Note
    } else {
        Severity::Warning
    };
    if args.output.is_some() && args.names.len() > 1 {
        let text = message!("check-one-output");
        return Err(Failure::usage(text));
    }
    let mut names = Vec::new();
    let mut notice = String::new();
    for name in &args.names {
        let model = model(name, args.shape)?;
        let source = &model.spec.source;
        let is_file = catalog::name_of(source).is_none() && named::path(&source.name).is_file();
        let target = match &args.output {
            Some(path) => path.clone(),
            None if is_file => named::path(&source.name),
            None => {
                let notice = match catalog::name_of(source) {
                    Some(_) => message!("check-fix-built-in", name = name),
                    None => message!("check-fix-no-file", name = name),
                };
                return Err(Failure::usage(notice));
            }
        };
        let fixed = fix_all(&source.name, &source.text, &args.shape.overrides(), least);
        for (rule, what) in &fixed.done {
            let what = language.say(what);
            notice += &format!("{}: {rule}: {what}\n", target.display());
        }
        if fixed.done.is_empty() {
            notice += &language.say(&message!("check-no-fix", name = name));
            notice.push('\n');
        }
        let is_copy = args.output.is_some();
        if is_copy || !fixed.done.is_empty() {
            let existing = if is_copy {
                Existing::Keep
            } else {
                Existing::Replace
            };
            write(&target, fixed.text.as_bytes(), existing).map_err(Failure::failed)?;
            names.push(named::text(&target));
        } else {
            names.push(name.clone());
        }
    }
    Ok((names, notice))
}
