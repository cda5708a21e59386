//! The languages that the program speaks, which one a reader wants, and its words in it.

pub mod words;

/// A language of the lessons and of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The code on the command line and the folder of its lessons: `en`, `zh`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The language of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// A text of the interface in this language; the English one is its name, and stands where no other is known.
    pub fn say(self, text: &'static str) -> &'static str {
        match self {
            Self::English => text,
            Self::Chinese => words::chinese(text).unwrap_or(text),
        }
    }

    /// A text with holes, each `{}` filled with the next of `values`.
    pub fn fill(self, text: &'static str, values: &[&str]) -> String {
        let mut filled = String::new();
        let mut values = values.iter();
        for (number, part) in self.say(text).split("{}").enumerate() {
            if number > 0 {
                filled += values.next().unwrap_or(&"");
            }
            filled += part;
        }
        filled
    }

    /// What the locale asks for, from the variables in their order of precedence; English where it names neither.
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|locale| !locale.is_empty())
            .unwrap_or_default();
        if locale.to_lowercase().starts_with("zh") {
            Self::Chinese
        } else {
            Self::English
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |pairs: &'static [(&str, &str)]| {
            Language::of_locale(|name| {
                let found = pairs.iter().find(|(key, _)| *key == name)?;
                Some(found.1.to_owned())
            })
        };
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "zh_TW")]), Language::Chinese);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "zh_CN")]), Language::English);
        assert_eq!(of(&[]), Language::English);
    }

    #[test]
    fn holes_are_filled_in_their_order() {
        let text = Language::English.fill("question {} of {}", &["1", "3"]);
        assert_eq!(text, "question 1 of 3");
        let text = Language::Chinese.fill("question {} of {}", &["1", "3"]);
        assert_eq!(text, "第 1 / 3 题");
    }
}
