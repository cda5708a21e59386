//! Languages of the program, the choice of one, and the formatting of messages in it.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::{FluentArgs, FluentValue};

use super::catalog::{self, Catalog};
use super::message::{Argument, Message};
use super::wording::Wording;

/// A language of the lessons and of the interface: one that has a file of texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

impl Language {
    /// The language in which every text exists.
    pub const ENGLISH: Self = Self("en");
    /// Chinese, the other language with lessons and rule pages.
    pub const CHINESE: Self = Self("zh");

    /// English with an accent on every letter, for tests and translators: a plain letter comes from outside the files of
    /// texts. It is not part of [`Language::all`].
    pub const PSEUDO: Self = Self(catalog::PSEUDO);

    /// All languages: English, then the others in the order of their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        catalog::all().iter().map(|catalog| Self(catalog.code()))
    }

    /// Code on the command line, and name of its folder of lessons: `en`, `zh`.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Language with that code, including the one for tests.
    pub fn parse(code: &str) -> Option<Self> {
        let mut known = Self::all().chain([Self::PSEUDO]);
        known.find(|language| language.code() == code)
    }

    /// Language of the locale, from the variables in their order of precedence; English if the program has no such language.
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|locale| !locale.is_empty())
            .unwrap_or_default();
        let code = locale
            .split(['_', '-', '.', '@'])
            .next()
            .unwrap_or_default();
        Self::parse(&code.to_lowercase()).unwrap_or(Self::ENGLISH)
    }

    /// A text without placeholders. English if this language lacks it; the id itself if English lacks it too.
    pub fn word(self, id: &'static str) -> &'static str {
        let english = || Catalog::of(Self::ENGLISH.code()).word(id);
        Catalog::of(self.code())
            .word(id)
            .or_else(english)
            .unwrap_or(id)
    }

    /// An attribute of an entry, such as the label in the footer next to a key's sentence.
    pub fn attribute(self, id: &'static str, name: &str) -> &'static str {
        let english = || Catalog::of(Self::ENGLISH.code()).attribute(id, name);
        Catalog::of(self.code())
            .attribute(id, name)
            .or_else(english)
            .unwrap_or(id)
    }

    /// A message as a sentence. English if this language lacks it; id and arguments if English lacks it too.
    pub fn say(self, message: &Message) -> String {
        if let (Message::FOREIGN, [(_, argument)]) = (message.id, &*message.arguments) {
            return self.part(argument).into_owned();
        }
        let mut arguments = FluentArgs::with_capacity(message.arguments.len());
        for (name, value) in &message.arguments {
            let value = match value {
                Argument::Count(count) => FluentValue::from(*count),
                other => figure(self.part(other)),
            };
            arguments.set(*name, value);
        }
        [self, Self::ENGLISH]
            .into_iter()
            .find_map(|language| Catalog::of(language.code()).say(message.id, &arguments))
            .unwrap_or_else(|| message.to_string())
    }

    /// Text for a placeholder.
    pub fn part(self, value: &Argument) -> Cow<'_, str> {
        match value {
            Argument::Text(text) => Cow::Borrowed(text),
            Argument::Count(count) => count.to_string().into(),
            Argument::Message(message) => self.say(message).into(),
            Argument::Wording(wording) => Cow::Borrowed(wording.of(self)),
            Argument::List(joint, parts) => {
                let [between, last] = joint.between().map(|id| self.word(id));
                let mut text = String::new();
                for (number, part) in parts.iter().enumerate() {
                    if number > 0 {
                        let joint = if number + 1 == parts.len() {
                            last
                        } else {
                            between
                        };
                        text.push_str(joint);
                    }
                    text += &self.part(part);
                }
                text.into()
            }
        }
    }
}

/// A text as the value of a placeholder: one that is a plain figure, such as a count with its separators, chooses its plural too.
fn figure(text: Cow<'_, str>) -> FluentValue<'_> {
    match text.parse::<u32>() {
        Ok(count) if count.to_string() == text => FluentValue::from(count),
        _ => FluentValue::String(text),
    }
}

/// English, since scripts read what is serialised.
impl serde::Serialize for Message {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Language::ENGLISH.say(self))
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl Wording {
    /// The text in a language; its own if it lacks that one.
    pub fn of(&self, language: Language) -> &str {
        self.in_code(language.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::text::Joint;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |pairs: &'static [(&str, &str)]| {
            Language::of_locale(|name| {
                let found = pairs.iter().find(|(key, _)| *key == name)?;
                Some(found.1.to_owned())
            })
        };
        let chinese = Language::parse("zh").expect("a language of the program");
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), chinese);
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "zh_TW")]), chinese);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "zh_CN")]), Language::ENGLISH);
        assert_eq!(of(&[("LANG", "zhx_CN")]), Language::ENGLISH);
        assert_eq!(of(&[]), Language::ENGLISH);
    }

    #[test]
    fn holes_are_filled_and_what_is_unknown_shows_its_id() {
        let chinese = Language::parse("zh").expect("a language of the program");
        let score = message!("lesson-question-of", number = 1_usize, all = 3_usize);
        assert_eq!(Language::ENGLISH.say(&score), "question 1 of 3");
        assert_eq!(chinese.say(&score), "第 1 / 3 题");
        let many = 1_234_567_usize;
        let score = message!("lesson-question-of", number = 1_usize, all = many);
        assert_eq!(Language::ENGLISH.say(&score), "question 1 of 1234567");
        assert_eq!(chinese.word("no-such-text"), "no-such-text");
        let unknown = message!("no-such-text", count = 3_usize);
        assert_eq!(chinese.say(&unknown), "no-such-text count=3");
        let foreign = Message::foreign("No such file or directory (os error 2)");
        assert_eq!(
            chinese.say(&foreign),
            "No such file or directory (os error 2)"
        );
    }

    #[test]
    fn a_figure_chooses_its_plural_as_a_number_or_as_a_text() {
        let of =
            |count: Argument| Language::ENGLISH.say(&message!("formula-slopes", count = count));
        let two = message!("formula-slopes", count = "1,024");
        assert_eq!([of(1_usize.into()), of("1".into())], ["1 slope", "1 slope"]);
        assert_eq!([of("0".into()), of("01".into())], ["0 slopes", "01 slopes"]);
        assert_eq!(Language::ENGLISH.say(&two), "1,024 slopes");
        let one = message!(
            "formula-field",
            size = "1",
            stride = "1",
            start = "0",
            end = "0"
        );
        let sentence = "1 pixel, one every pixel; cell 0 sees pixels 0 to 0";
        assert_eq!(Language::ENGLISH.say(&one), sentence);
    }

    #[test]
    fn lists_are_joined_as_the_language_joins_them() {
        let of = |joint: Joint| {
            let list = joint.of(["a", "b", "c"]);
            [Language::ENGLISH, Language::CHINESE].map(|language| language.part(&list).into_owned())
        };
        assert_eq!(of(Joint::Comma), ["a, b, c", "a、b、c"]);
        assert_eq!(of(Joint::Or), ["a, b or c", "a、b 或 c"]);
        assert_eq!(of(Joint::And), ["a, b and c", "a、b 和 c"]);
        assert_eq!(of(Joint::Clause), ["a, b, c", "a，b，c"]);
        assert_eq!(of(Joint::Semicolon), ["a; b; c", "a；b；c"]);
        assert_eq!(of(Joint::Dot), ["a · b · c", "a · b · c"]);
        assert_eq!(of(Joint::Lines), ["a\nb\nc", "a\nb\nc"]);
    }
}
