//! A text that comes with its translations: a title, a summary, the name of a class.

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

    /// The text in the language of a code; its own if it lacks that one.
    pub(super) fn in_code(&self, code: &str) -> &str {
        let mut others = self.others.iter();
        others
            .find(|(other, _)| other == code)
            .map_or(&self.own, |(_, text)| text)
    }

    /// The text in every language, its own first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().map(|(_, text)| text.as_str());
        std::iter::once(self.own.as_str()).chain(others)
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
    use crate::text::{Language, Message};

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
