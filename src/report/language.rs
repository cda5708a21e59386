//! Translation of English sentences from the modules below into the reader's language.
//!
//! Texts with an id are in [`crate::text`]; this handles those that still arrive as English sentences.

pub mod sentences;

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::spec::Problem;
use crate::text::{Language, words};

impl Language {
    /// Translation of an English text that the text files contain as a whole; otherwise the English text.
    pub fn known(self, text: &'static str) -> &'static str {
        self.translation(text).unwrap_or(text)
    }

    /// Translation of an English text that the text files contain as a whole; `None` for English itself.
    pub fn translation(self, english: &str) -> Option<&'static str> {
        type Table = HashMap<&'static str, &'static str>;
        static TABLES: OnceLock<Mutex<HashMap<Language, &'static Table>>> = OnceLock::new();
        if self == Self::ENGLISH {
            return None;
        }
        let tables = TABLES.get_or_init(Mutex::default);
        let mut tables = tables.lock().unwrap_or_else(PoisonError::into_inner);
        let table = tables.entry(self).or_insert_with(|| {
            let mut table = Table::new();
            for (english, own) in words(self) {
                table.entry(english).or_insert(own);
            }
            // This leaks once per language.
            Box::leak(Box::new(table))
        });
        table.get(english).copied()
    }

    /// Translation of a text that is made at run time: a word, or a sentence with numbers and names in it; surrounding blanks
    /// are kept. It stays English if there is no Chinese.
    pub fn tell(self, text: &str) -> String {
        let trimmed = text.trim();
        if self == Self::ENGLISH || trimmed.is_empty() {
            return text.to_owned();
        }
        if let Some(own) = self.translation(trimmed) {
            return text.replacen(trimmed, own, 1);
        }
        if self != Self::CHINESE {
            return text.to_owned();
        }
        if let Some(chinese) = sentences::chinese(trimmed) {
            return text.replacen(trimmed, &chinese, 1);
        }
        // The parts of a block's description are separated by dots.
        if text.contains(" · ") {
            let parts = text.split(" · ").map(|part| self.tell(part));
            return parts.collect::<Vec<_>>().join(" · ");
        }
        // Parts of a headline are separated by commas, fixes by semicolons.
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

    /// Heading of a column in this language.
    pub fn heading(self, title: &str) -> String {
        // Three words have another meaning as headings.
        match title {
            "error" => self.word("heading-error").to_owned(),
            "note" => self.word("heading-note").to_owned(),
            "where" => self.word("heading-where").to_owned(),
            _ => self.tell(title),
        }
    }

    /// Translation of a text line by line.
    pub fn tell_lines(self, text: &str) -> String {
        if self == Self::ENGLISH {
            return text.to_owned();
        }
        let lines = text.split('\n').map(|line| self.tell(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Problem in this language. Its rule, path and place are not translated.
    pub fn problem(self, problem: &Problem) -> Problem {
        let help = problem.help.as_ref().map(|help| self.tell_lines(help));
        Problem {
            message: self.tell(&problem.message),
            help,
            ..problem.clone()
        }
    }
}
