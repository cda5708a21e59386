//! Lessons: questions about networks whose answers a learner predicts and the program computes on the spot.

pub mod attempt;
pub mod course;
pub mod evaluate;
pub mod exercise;
pub mod file;
pub mod look;
pub mod progress;
pub mod query;
pub mod value;

pub use crate::text::Language;
pub use attempt::{Attempt, TRIES};
pub use evaluate::World;
pub use file::{Lesson, Slip, Step};
pub use progress::{Answer, Progress};
pub use query::Query;
pub use value::{Kind, Value};
