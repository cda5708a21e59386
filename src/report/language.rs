//! The languages that the program speaks, which one a reader wants, and its words in it.

pub mod sentences;
pub mod words;

use crate::spec::Problem;

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

    /// A text with holes, each `{}` filled with the next of `values`, and `{2}` with the second.
    pub fn fill(self, text: &'static str, values: &[&str]) -> String {
        let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        sentences::fill(self.say(text), &values)
    }

    /// A text that is made while the program runs, in this language: a word, or a sentence with numbers and names in it; blanks
    /// around it stay. It stays English where no Chinese is known.
    pub fn tell(self, text: &str) -> String {
        let trimmed = text.trim();
        if self == Self::English || trimmed.is_empty() {
            return text.to_owned();
        }
        if let Some(chinese) = words::chinese(trimmed) {
            return text.replacen(trimmed, chinese, 1);
        }
        if let Some(chinese) = sentences::chinese(trimmed) {
            return text.replacen(trimmed, &chinese, 1);
        }
        // What a block is made of stands between dots.
        if text.contains(" · ") {
            let parts = text.split(" · ").map(|part| self.tell(part));
            return parts.collect::<Vec<_>>().join(" · ");
        }
        // Parts of a headline stand between commas, repairs between semicolons.
        for (between, comma) in [(", ", "，"), ("; ", "；")] {
            if !text.contains(between) {
                continue;
            }
            let parts: Vec<&str> = text.split(between).collect();
            let told: Vec<String> = parts.iter().map(|part| self.tell(part)).collect();
            if told.iter().zip(&parts).all(|(told, part)| told != part) {
                return told.join(comma);
            }
        }
        text.to_owned()
    }

    /// The head of a column in this language.
    pub fn heading(self, title: &str) -> String {
        let own = words::heading(title).filter(|_| self == Self::Chinese);
        own.map_or_else(|| self.tell(title), str::to_owned)
    }

    /// The same line by line.
    pub fn tell_lines(self, text: &str) -> String {
        if self == Self::English {
            return text.to_owned();
        }
        let lines = text.split('\n').map(|line| self.tell(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A problem in this language. Its rule, path and place have none.
    pub fn problem(self, problem: &Problem) -> Problem {
        let help = problem.help.as_ref().map(|help| self.tell_lines(help));
        Problem {
            message: self.tell(&problem.message),
            help,
            ..problem.clone()
        }
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
