//! A text that comes with its translations: a title, a summary, the name of a class.

use super::language::Language;
use super::message::{Argument, Message};

/// A text of a spec, and the same in other languages. It is serialised as its own text, since scripts read it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Wording {
    own: String,
    /// Codes of languages, each with its text.
    others: Vec<(String, String)>,
}

impl Wording {
    /// A text without translations.
    pub fn new(own: impl Into<String>) -> Self {
        Self {
            own: own.into(),
            others: Vec::new(),
        }
    }

    /// The same text with a translation.
    #[must_use]
    pub fn or(mut self, code: impl Into<String>, text: impl Into<String>) -> Self {
        self.others.push((code.into(), text.into()));
        self
    }

    /// The text as written first, for names of files and classes, machines and comparisons.
    pub fn own(&self) -> &str {
        &self.own
    }

    /// The text in a language; its own if it lacks that one.
    pub fn of(&self, language: Language) -> &str {
        let mut others = self.others.iter();
        others
            .find(|(code, _)| code == language.code())
            .map_or(&self.own, |(_, text)| text)
    }

    /// The text in every language, its own first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().map(|(_, text)| text.as_str());
        std::iter::once(self.own.as_str()).chain(others)
    }
}

impl From<&Wording> for Argument {
    fn from(wording: &Wording) -> Self {
        Self::Wording(wording.clone())
    }
}

impl From<Wording> for Argument {
    fn from(wording: Wording) -> Self {
        Self::Wording(wording)
    }
}

impl From<&Wording> for Message {
    fn from(wording: &Wording) -> Self {
        Self::of(wording)
    }
}

impl serde::Serialize for Wording {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_is_lacking_shows_the_texts_own() {
        let boot = Wording::new("Ankle boot").or("zh", "短靴");
        assert_eq!(boot.of(Language::ENGLISH), "Ankle boot");
        assert_eq!(boot.of(Language::CHINESE), "短靴");
        assert_eq!(boot.of(Language::PSEUDO), "Ankle boot");
        let message = Message::from(&boot);
        assert_eq!(Language::CHINESE.say(&message), "短靴");
        assert_eq!(
            serde_json::to_string(&boot).expect("a text"),
            "\"Ankle boot\""
        );
    }
}
