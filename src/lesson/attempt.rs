//! Attempts of a learner at one question: tries, the hint, and the answer that is saved.

use super::file::Step;
use super::progress::Answer;
use super::value::{Kind, Value, range};
use crate::message;
use crate::text::Message;

/// Number of tries before the answer is shown.
pub const TRIES: u32 = 3;

/// State of the attempts at one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    /// Last answer, as typed.
    pub answer: String,
    /// Number of answers given.
    pub tries: u32,
    /// Whether the hint was shown.
    pub hint: bool,
    /// Whether the last answer was correct.
    pub right: bool,
}

impl Attempt {
    /// Counts an answer and returns whether it is correct. Before the last try, the hint is shown automatically.
    pub fn judge(&mut self, step: &Step, typed: &str, answer: &Value, truth: &Value) -> bool {
        self.tries += 1;
        typed.clone_into(&mut self.answer);
        self.right = step.is_right(answer, truth);
        if !self.right && self.tries + 1 == TRIES && !step.hint.is_empty() {
            self.hint = true;
        }
        self.right
    }

    /// Whether no further try is left: the answer was correct, or wrong too often.
    pub const fn is_over(&self) -> bool {
        self.right || self.tries >= TRIES
    }

    /// Answer to save.
    pub fn kept(&self, truth: &Value) -> Answer {
        Answer {
            answer: self.answer.clone(),
            truth: truth.text(),
            right: self.right,
            tries: self.tries,
            hint: self.hint,
            rest: 0,
            due: 0,
        }
    }
}

impl Step {
    /// Parses typed text; for a choice, the option's letter, value or words.
    pub fn read(&self, typed: &str) -> Option<Value> {
        if self.kind != Kind::Choice {
            return self.kind.read(typed);
        }
        let letter = typed.trim_end_matches([')', '.']).to_lowercase();
        let by_letter = ('a'..)
            .zip(&self.options)
            .find(|(own, _)| letter == own.to_string());
        let by_words = || {
            self.options
                .iter()
                .find(|(is, text)| is == typed || text == typed)
        };
        let (is, _) = by_letter.map(|(_, option)| option).or_else(by_words)?;
        Some(Value::Text(is.clone()))
    }

    /// Notice that this answer is wrong, with the reason if the lesson expects it.
    pub fn wrong(&self, answer: &Value) -> Message {
        match self.slip(answer) {
            Some(reason) => message!("lesson-wrong-because", reason = reason),
            None => message!("lesson-wrong"),
        }
    }

    /// Place of the right option of a choice: the one without a reason why it is wrong.
    pub fn key(&self) -> Option<usize> {
        let is_slip = |value: &str| self.slips.iter().any(|slip| slip.value.text() == value);
        self.options.iter().position(|(value, _)| !is_slip(value))
    }

    /// The explanation without the line that repeats the tool's result.
    pub fn why_alone(&self) -> String {
        let notices = ["=", "≈"].map(|sign| format!("`{}` {sign} **", self.query_text));
        let repeats = |text: &&str| notices.iter().any(|notice| text.starts_with(notice));
        let paragraphs = self.why.split("\n\n").filter(|text| !repeats(text));
        paragraphs.collect::<Vec<_>>().join("\n\n")
    }

    /// An answer in the words of its option, with the number if the option is a range that holds it.
    pub fn shown(&self, truth: &Value) -> String {
        let Some(own) = self.option_of(truth) else {
            return truth.text();
        };
        let option = self.options.iter().find(|(value, _)| value == own);
        let words = option.map_or(own, |(_, words)| words);
        if range(own).is_some() && truth.text() != own {
            format!("{} ({words})", truth.text())
        } else {
            words.to_owned()
        }
    }

    /// A saved result in the words of its option.
    pub fn words(&self, saved: &str) -> String {
        let as_text = Value::Text(saved.to_owned());
        let number = Kind::Number
            .read(saved)
            .filter(|_| self.option_of(&as_text).is_none());
        self.shown(
            &number
                .filter(|number| self.option_of(number).is_some())
                .unwrap_or(as_text),
        )
    }
}
