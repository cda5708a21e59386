//! Text of the book about a rule: its page, which is compiled in, and its section of the Chinese page.

use crate::carried::{File, Folder, RULES};
use crate::text::Language;

/// Path of a rule's page in the book.
pub fn page(rule: &str) -> String {
    format!("checks/{rule}.html")
}

/// Text of the book about a rule, in Markdown with its heading; `None` for an unknown id. In Chinese it has the meaning of
/// the rule and the fix; the English page also has an example and the sources.
pub fn text(rule: &str, language: Language) -> Option<&'static str> {
    let page = Folder::of(&RULES, "")?.file(&format!("{rule}.md"))?.text();
    let own = (language == Language::CHINESE).then(|| section(rule));
    Some(own.flatten().unwrap_or(page))
}

/// Section of the Chinese page about a rule, with its heading.
fn section(rule: &str) -> Option<&'static str> {
    let all = Folder::of(&RULES, "zh")?.files().next()?.text();
    let text = &all[all.find(&format!("### `{rule}`"))?..];
    let end = text[1..].find("\n#").map_or(text.len(), |at| at + 1);
    Some(text[..end].trim_end())
}

/// Meaning of a rule's name in a few words: the part of the heading after the colon.
pub fn title(rule: &str, language: Language) -> Option<&'static str> {
    let heading = text(rule, language)?.lines().next()?;
    let (_, title) = heading.split_once([':', '：'])?;
    Some(title.trim())
}

/// Meaning of a rule: the first paragraph after its severity, on one line and without emphasis.
pub fn meaning(rule: &str, language: Language) -> Option<String> {
    let paragraph = text(rule, language)?.split("\n\n").nth(1)?;
    let (_, meaning) = paragraph.strip_prefix('*')?.split_once('*')?;
    let plain = meaning.trim().replace('\n', " ").replace(['*', '`'], "");
    Some(unlinked(&plain))
}

/// Markdown text with its links replaced by their words.
pub fn unlinked(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        plain += before;
        let words = link
            .split_once("](")
            .filter(|(words, _)| !words.contains(['[', ']', '\n']))
            .and_then(|(words, rest)| Some((words, rest.split_once(')')?.1)));
        if let Some((words, after)) = words {
            plain += words;
            rest = after;
        } else {
            plain.push('[');
            rest = link;
        }
    }
    plain + rest
}

/// Ids of all rules that have a page, in alphabetical order.
pub fn rules() -> impl Iterator<Item = &'static str> {
    let pages = Folder::of(&RULES, "").into_iter().flat_map(Folder::files);
    pages.map(File::stem)
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
    fn a_link_is_shown_by_its_words() {
        let text = "see [the museum](museum.md) and [1, 2], (not) [this";
        assert_eq!(unlinked(text), "see the museum and [1, 2], (not) [this");
    }
}
