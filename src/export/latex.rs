//! The layer table for LaTeX with the package `booktabs`.

use super::scene::escaped;
use crate::message;
use crate::report::format::thousands;
use crate::report::network::table::{COLUMNS, table};
use crate::report::{Cell, Level, Subject, network::rows};
use crate::text::{Language, Message};

/// The table, to be read by `\input`, with its totals in a comment. Its words are English, which plain `pdflatex` can set.
///
/// # Errors
/// It has characters that `pdflatex` does not know.
pub fn latex(subject: &Subject, level: Level) -> Result<String, Message> {
    let rule = subject.analysis.rule;
    let line = message!(
        "export-latex-line",
        title = subject.model.title(),
        parameters = thousands(subject.params().0),
        operations = thousands(subject.macs().0),
        unit = rule.unit(),
        rule = rule.name(),
        batch = subject.batch,
    );
    let grid = table(
        subject,
        &rows::rows(&subject.model.network, level),
        &COLUMNS,
        |column| subject.title(column),
        Cell::shown,
    )
    .in_language(Language::ENGLISH);
    let mut unknown = Vec::new();
    let table = grid.latex(&mut |text| escaped(text, &mut unknown));
    if unknown.is_empty() {
        Ok(format!(
            "% {}\n% In the preamble: \\usepackage{{booktabs}}\n{table}",
            Language::ENGLISH.say(&line)
        ))
    } else {
        let characters: String = unknown.into_iter().collect();
        Err(message!("figure-tikz-lacks", characters = characters))
    }
}
