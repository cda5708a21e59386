//! Lessons: questions about networks, which a learner predicts and the program answers at that moment.

pub mod course;
pub mod evaluate;
pub mod file;
pub mod language;
pub mod progress;
pub mod query;
pub mod value;
pub mod words;

pub use evaluate::World;
pub use file::{Lesson, Step};
pub use language::Language;
pub use progress::{Answer, Progress};
pub use query::Query;
pub use value::{Kind, Value};
pub use words::Words;
