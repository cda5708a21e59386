//! Workflow commands of GitHub Actions of the results of `check`, which annotate the lines of a change.
//!
//! GitHub's documentation "Workflow commands for GitHub Actions" defines `::error file=…,line=…::message`; the toolkit's
//! `command.ts` defines the escapes.

use super::found::Found;
use crate::spec::{Place, Problem, Severity};
use crate::text::Language;

/// One command per problem of the networks, by the names by which they were requested.
pub fn github(checked: &[Found<'_>], language: Language) -> String {
    let problems = checked.iter().flat_map(|found| {
        found
            .problems
            .iter()
            .map(move |problem| (found.name, problem))
    });
    problems
        .map(|(name, problem)| command(name, problem, language))
        .collect()
}

fn command(name: &str, problem: &Problem, language: Language) -> String {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut message = language.say(&problem.headline());
    if let Some(help) = &problem.help {
        message += "\n";
        message += &language.say(help);
    }
    let place = match &problem.place {
        Some(place) => located(place),
        None => format!("file={}", property(name)),
    };
    format!(
        "::{level} {place},title={}::{}\n",
        property(problem.rule),
        data(&message)
    )
}

/// File, lines and, for a place within one line, columns.
fn located(place: &Place) -> String {
    let (line, column) = place.line_column();
    let end = place.span.end.min(place.source.text.len());
    let after = Place {
        source: place.source.clone(),
        span: end..end,
    };
    let (end_line, end_column) = after.line_column();
    let mut text = format!(
        "file={},line={line},endLine={end_line}",
        property(&place.source.name)
    );
    if line == end_line {
        text += &format!(",col={column},endColumn={end_column}");
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Message;

    #[test]
    fn a_problem_is_one_line_whatever_its_text_says() {
        let message = Message::foreign("half: 50%\nof it");
        let problems = [Problem::error("budget-params", message).about("layer1.0")];
        assert_eq!(
            github(&[Found::of("a,b.toml", &problems)], Language::ENGLISH),
            "::error file=a%2Cb.toml,title=budget-params::layer1.0: half: 50%25%0Aof it\n"
        );
    }
}
