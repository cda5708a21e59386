//! Sentences that the modules below make in English, said in the reader's language.
//!
//! A text that has an id is said by [`crate::text`]; here is what still arrives as an English sentence.

pub mod sentences;

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::text::{Language, words};

impl Language {
    /// The text that stands for this English one, where the files of texts have it as a whole; the English one where not.
    pub fn known(self, text: &'static str) -> &'static str {
        self.translation(text).unwrap_or(text)
    }

    /// The text of this language for an English one that the files have as a whole; none for English itself.
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
            // As many as there are languages.
            Box::leak(Box::new(table))
        });
        table.get(english).copied()
    }

    /// A text that is made while the program runs, in this language: a word, or a sentence with numbers and names in it; blanks
    /// around it stay. It stays English where no Chinese is known.
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
        // Three words are another thing at the head of a column.
        match title {
            "error" => self.word("heading-error").to_owned(),
            "note" => self.word("heading-note").to_owned(),
            "where" => self.word("heading-where").to_owned(),
            _ => self.tell(title),
        }
    }

    /// The same line by line.
    pub fn tell_lines(self, text: &str) -> String {
        if self == Self::ENGLISH {
            return text.to_owned();
        }
        let lines = text.split('\n').map(|line| self.tell(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}
