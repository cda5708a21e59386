//! A language for tests: English with an accent on every letter. A plain letter on a screen comes from outside the files of
//! texts.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::{parser, serializer};

/// A letter that looks like `letter` and has the same width; other characters are unchanged.
const fn accented(letter: char) -> char {
    const SMALL: [char; 26] = [
        'á', 'ƀ', 'ç', 'ð', 'é', 'ƒ', 'ğ', 'ĥ', 'í', 'ĵ', 'ķ', 'ł', 'ɱ', 'ñ', 'ó', 'ƥ', 'ɋ', 'ř',
        'š', 'ţ', 'ú', 'ṽ', 'ŵ', 'ẋ', 'ý', 'ž',
    ];
    const LARGE: [char; 26] = [
        'Á', 'Ɓ', 'Ç', 'Ð', 'É', 'Ƒ', 'Ğ', 'Ĥ', 'Í', 'Ĵ', 'Ķ', 'Ł', 'Ṁ', 'Ñ', 'Ó', 'Ƥ', 'Ɋ', 'Ř',
        'Š', 'Ţ', 'Ú', 'Ṽ', 'Ŵ', 'Ẋ', 'Ý', 'Ž',
    ];
    match letter {
        'a'..='z' => SMALL[letter as usize - 'a' as usize],
        'A'..='Z' => LARGE[letter as usize - 'A' as usize],
        other => other,
    }
}

/// The text with accents.
pub fn accent(text: &str) -> String {
    text.chars().map(accented).collect()
}

/// Source of an entry with an accent on every letter of its texts; its id, the names of its placeholders and its selectors
/// stay.
pub(super) fn entry(source: &str) -> String {
    // An entry that cannot be parsed is shown by its id, in this language too.
    let Ok(mut resource) = parser::parse(source.to_owned()) else {
        return source.to_owned();
    };
    for entry in &mut resource.body {
        if let Entry::Message(message) = entry {
            message_with_accents(message);
        }
    }
    serializer::serialize(&resource)
}

fn message_with_accents(message: &mut Message<String>) {
    let attributes = message.attributes.iter_mut().map(|one| &mut one.value);
    for pattern in message.value.iter_mut().chain(attributes) {
        pattern_with_accents(pattern);
    }
}

fn pattern_with_accents(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value }
            | PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => *value = accent(value),
            PatternElement::Placeable {
                expression: Expression::Select { variants, .. },
            } => {
                for variant in variants {
                    pattern_with_accents(&mut variant.value);
                }
            }
            PatternElement::Placeable { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::text::{Joint, Language};

    #[test]
    fn every_letter_gets_an_accent_and_keeps_its_width() {
        use unicode_width::UnicodeWidthChar;
        for letter in ('a'..='z').chain('A'..='Z') {
            let accented = accented(letter);
            assert!(!accented.is_ascii(), "{letter}");
            assert_eq!(accented.width(), Some(1), "{letter}");
        }
        let all: std::collections::BTreeSet<char> = ('a'..='z').map(accented).collect();
        assert_eq!(all.len(), 26);
    }

    #[test]
    fn holes_choices_and_lists_are_filled_as_in_english() {
        let source = "a-b = one { $name } of\n    { $count ->\n        [one] x\n       *[other] { \"y \" }\n    }\n    .short = word\n";
        let notice = entry(source);
        assert!(notice.starts_with("a-b ="), "{notice}");
        for part in [
            "óñé { $name } óƒ",
            "[one] ẋ",
            "*[other] { \"ý \" }",
            ".short = ŵóřð",
        ] {
            assert!(notice.contains(part), "{part}: {notice}");
        }
        let say = |message| Language::PSEUDO.say(&message);
        let names = message!("lesson-left");
        assert_eq!(say(names), accent(Language::ENGLISH.word("lesson-left")));
        let score = message!("lesson-next", title = Joint::Or.of(["a", "b"]));
        assert!(say(score).ends_with("a óř b"));
    }
}
