//! Texts by id: what a person reads is one data file a language, and nothing else names its words.
//!
//! `languages/en.ftl` holds the interface's texts in [Fluent](https://projectfluent.org), each under an id; every other file
//! beside it is a further language with the same ids. A text that a language lacks is the English one. Adding a language is
//! adding its file (and, where wanted, a folder of lessons): the program finds the files when it is built.
//!
//! `--lang qps` is English with an accent on every letter ([`Language::PSEUDO`]): what shows without one is no text of a file.
//!
//! A [`Message`] is an id with its arguments. A [`Language`] says it.

mod catalog;
mod language;
mod message;
mod pseudo;
pub mod system;

pub use catalog::{Entry, entries};
pub use language::Language;
pub(crate) use message::said;
pub use message::{Argument, Joint, Message};
pub use pseudo::accent;
