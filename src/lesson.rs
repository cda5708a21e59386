//! Lessons: questions about networks, which a learner predicts and the program answers at that moment.

pub mod attempt;
pub mod course;
pub mod evaluate;
pub mod file;
pub mod progress;
pub mod query;
pub mod value;

pub use crate::text::Language;
pub use attempt::{Attempt, TRIES};
pub use evaluate::World;
pub use file::{Lesson, Step};
pub use progress::{Answer, Progress};
pub use query::Query;
pub use value::{Kind, Value};
