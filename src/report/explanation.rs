//! What the book says about a rule: a page for each, which is compiled in, and its section of the Chinese page.

use include_dir::{Dir, include_dir};

use crate::text::Language;

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/src/checks");
static CHINESE: &str = include_str!("../../docs/src/checks-zh.md");

/// The page of the book about a rule, as the book links it.
pub fn page(rule: &str) -> String {
    format!("checks/{rule}.html")
}

/// What the book says about a rule, in Markdown with its heading; `None` where no rule has that id. In Chinese it is what
/// the rule means and how to mend it; the English page has an example and the sources too.
pub fn text(rule: &str, language: Language) -> Option<&'static str> {
    let page = PAGES.get_file(format!("{rule}.md"))?.contents_utf8()?;
    let own = (language == Language::CHINESE).then(|| section(rule));
    Some(own.flatten().unwrap_or(page))
}

/// A rule's section of the Chinese page, with its heading.
fn section(rule: &str) -> Option<&'static str> {
    let start = CHINESE.find(&format!("### `{rule}`"))?;
    let text = &CHINESE[start..];
    let end = text[1..].find("\n#").map_or(text.len(), |at| at + 1);
    Some(text[..end].trim_end())
}

/// What the rule's name means, in a few words: the heading's behind the colon.
pub fn title(rule: &str, language: Language) -> Option<&'static str> {
    let heading = text(rule, language)?.lines().next()?;
    let (_, title) = heading.split_once([':', '：'])?;
    Some(title.trim())
}

/// The first paragraph behind its severity, on one line and without marks of emphasis: what the rule means.
pub fn meaning(rule: &str, language: Language) -> Option<String> {
    let paragraph = text(rule, language)?.split("\n\n").nth(1)?;
    let (_, meaning) = paragraph.strip_prefix('*')?.split_once('*')?;
    let plain = meaning.trim().replace('\n', " ").replace(['*', '`'], "");
    Some(unlinked(&plain))
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

/// The ids of all rules that have a page, in the order of the alphabet.
pub fn rules() -> impl Iterator<Item = &'static str> {
    PAGES
        .files()
        .filter_map(|file| file.path().file_stem()?.to_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_title_and_a_meaning_in_both_languages() {
        for rule in rules() {
            for language in Language::all() {
                let text = text(rule, language).unwrap();
                assert!(text.contains(&format!("`{rule}`")), "{rule}: {text}");
                assert!(text.matches("\n### ").count() == 0, "{rule}: {text}");
                assert!(!title(rule, language).unwrap().is_empty(), "{rule}");
                assert!(meaning(rule, language).unwrap().len() > 20, "{rule}");
            }
        }
        assert!(rules().count() > 40);
        let meaning = |language| meaning("relu-before-add", language).unwrap();
        assert!(meaning(Language::ENGLISH).starts_with("The main path ends"));
        assert!(meaning(Language::CHINESE).starts_with("主分支的输出"));
        assert_eq!(text("no-such-rule", Language::ENGLISH), None);
    }

    #[test]
    fn a_link_is_told_by_its_words() {
        let text = "see [the museum](museum.md) and [1, 2], (not) [this";
        assert_eq!(unlinked(text), "see the museum and [1, 2], (not) [this");
    }
}
