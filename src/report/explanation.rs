//! What the book says about a rule: its section of the page on checks, which is compiled in.

static PAGE: &str = include_str!("../../docs/src/checks.md");

/// The page's name and the section's, as the book links it.
pub fn page(rule: &str) -> String {
    format!("checks.html#{rule}")
}

/// The section on a rule, in Markdown, without its heading; `None` where no rule has that id.
pub fn section(rule: &str) -> Option<&'static str> {
    let heading = format!("### `{rule}`\n");
    let start = PAGE.find(&heading)? + heading.len();
    let rest = &PAGE[start..];
    let end = ["\n### ", "\n## "]
        .iter()
        .filter_map(|next| rest.find(next))
        .min()
        .unwrap_or(rest.len());
    Some(rest[..end].trim())
}

/// The section's first paragraph, on one line and without marks of emphasis: why the rule matters.
pub fn why(rule: &str) -> Option<String> {
    let paragraph = section(rule)?.split("\n\n").next()?;
    (!paragraph.starts_with("```"))
        .then(|| unlinked(&paragraph.replace('\n', " ").replace(['*', '`'], "")))
}

/// A text in Markdown with its links as their words.
pub fn unlinked(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        plain += before;
        let words = link
            .split_once("](")
            .filter(|(words, _)| !words.contains(['[', ']', '\n']))
            .and_then(|(words, rest)| Some((words, rest.split_once(')')?.1)));
        if let Some((words, behind)) = words {
            plain += words;
            rest = behind;
        } else {
            plain.push('[');
            rest = link;
        }
    }
    plain + rest
}

/// The ids of all rules that have a section.
pub fn rules() -> impl Iterator<Item = &'static str> {
    PAGE.lines()
        .filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_section_that_ends_where_the_next_begins() {
        for rule in rules() {
            let text = section(rule).unwrap();
            assert!(!text.is_empty() && !text.contains("\n### "), "{rule}");
        }
        assert!(rules().count() > 40);
        assert!(why("relu-before-add").unwrap().starts_with("Warning."));
        assert_eq!(section("no-such-rule"), None);
        let text = "see [the museum](museum.md) and [1, 2], (not) [this";
        assert_eq!(unlinked(text), "see the museum and [1, 2], (not) [this");
    }
}
