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
    (!paragraph.starts_with("```")).then(|| {
        let text = paragraph.replace('\n', " ").replace(['*', '`'], "");
        // Links as their words.
        let mut parts = text.split("](");
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            plain += part.split_once(')').map_or(part, |(_, rest)| rest);
        }
        plain.replace('[', "")
    })
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
    }
}
