//! `JUnit` XML of the results of `check`, which CI servers show beside the tests: one test case per network.

use super::found::Found;
use crate::report::checks::snippet::{self, Style};
use crate::spec::{Problem, Severity, has_errors};
use crate::text::Language;

/// XML of networks, by the names by which they were requested, with their problems.
pub fn junit(checked: &[Found<'_>]) -> String {
    let failed = checked
        .iter()
        .filter(|found| has_errors(found.problems))
        .count();
    let seconds: f64 = checked.iter().map(|found| found.seconds).sum();
    let counts = format!(
        "tests=\"{}\" failures=\"{failed}\" time=\"{seconds:.3}\"",
        checked.len()
    );
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"resnet-explore\" {counts}>\n  \
         <testsuite name=\"check\" {counts} errors=\"0\" skipped=\"0\">\n"
    );
    for found in checked {
        let problems = found.problems;
        text += &format!(
            "    <testcase classname=\"check\" name=\"{}\" time=\"{:.3}\"",
            escape(found.name),
            found.seconds
        );
        if problems.is_empty() && found.kept.is_empty() {
            text += "/>\n";
            continue;
        }
        text += ">\n";
        let of = |errors: bool| {
            problems
                .iter()
                .filter(move |problem| (problem.severity == Severity::Error) == errors)
        };
        // Readers of JUnit accept one failure per case: the first error is its headline, and its text has all of them.
        if let Some(first) = of(true).next() {
            text += &format!(
                "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                escape(first.rule),
                escape(&Language::ENGLISH.say(&first.headline())),
                escape(&render(of(true)))
            );
        }
        // The use of budgets that are met, then warnings and notes.
        let kept = found.kept.iter().map(|kept| Language::ENGLISH.say(kept));
        let mut output: Vec<String> = kept.collect();
        output.extend(of(false).next().map(|_| render(of(false))));
        if !output.is_empty() {
            text += &format!(
                "      <system-out>{}</system-out>\n",
                escape(&output.join("\n"))
            );
        }
        text += "    </testcase>\n";
    }
    text + "  </testsuite>\n</testsuites>\n"
}

fn render<'a>(problems: impl Iterator<Item = &'a Problem>) -> String {
    let texts: Vec<String> = problems
        .map(|problem| snippet::render(problem, Style::Plain, Language::ENGLISH))
        .collect();
    texts.join("\n\n")
}

/// Text escaped for XML; characters that XML 1.0 forbids are replaced.
fn escape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\n' | '\t' => c.to_string(),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}'.to_string(),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Message;

    #[test]
    fn names_and_messages_are_escaped() {
        let message = Message::foreign("left < \"right\" & \u{1b}");
        let problems = [Problem::error("shapes", message)];
        let text = junit(&[Found::of("a&b", &problems), Found::of("sound", &[])]);
        assert!(text.contains("tests=\"2\" failures=\"1\""), "{text}");
        assert!(text.contains("name=\"a&amp;b\""), "{text}");
        assert!(
            text.contains("message=\"left &lt; &quot;right&quot; &amp; \u{fffd}\""),
            "{text}"
        );
        assert!(text.contains("name=\"sound\" time=\"0.000\"/>"), "{text}");
        let kept = [Message::foreign("25 M of 26 M")];
        let met = Found {
            kept: &kept,
            seconds: 0.0126,
            ..Found::of("met", &[])
        };
        let text = junit(&[met]);
        assert!(text.contains("failures=\"0\" time=\"0.013\""), "{text}");
        assert!(
            text.contains("<system-out>25 M of 26 M</system-out>"),
            "{text}"
        );
    }
}
