//! Texts by id: one data file per language holds all words of the interface.
//!
//! `languages/en.ftl` holds the interface's texts in [Fluent](https://projectfluent.org), each under an id; every other file
//! next to it is another language with the same ids. A text that a language lacks falls back to English. To add a language,
//! add its file (and, if wanted, a folder of lessons): the build finds the files.
//!
//! `--lang qps` is English with an accent on every letter ([`Language::PSEUDO`]): a text without accents is not in the files.
//!
//! A [`Message`] is an id with its arguments. A [`Language`] turns it into a sentence.

mod catalog;
pub mod format;
mod language;
pub mod lines;
mod message;
mod pseudo;
pub mod system;
mod wording;

pub use catalog::{Entry, entries};
pub use language::Language;
pub(crate) use message::said;
pub use message::{Argument, Joint, Message};
pub use pseudo::accent;
pub use wording::Wording;
