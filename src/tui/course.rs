//! The course beside the views: which lesson is open, where one is in it, and what was answered.

pub mod page;
pub(super) mod teach;

use super::cursor::Cursor;
use crate::lesson::{Attempt, Kind, Lesson, Progress, Step, Value, course};
use crate::text::Language;

/// The lessons, and the one that is open.
#[derive(Debug)]
pub struct Course {
    /// The language of lessons and interface.
    pub language: Language,
    /// What was answered so far.
    pub progress: Progress,
    /// The lesson that is open.
    pub open: Option<Taught>,
    /// All lessons, once they were read.
    lessons: Vec<Lesson>,
    /// The number that the last answer to come carries.
    tickets: u64,
}

/// How much room a lesson takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// The view has the rest.
    Beside,
    /// All of it.
    Full,
}

/// Where a question stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// It waits for an answer.
    Asking,
    /// The tool computes the truth; what was answered is judged then, and without an answer it is shown.
    Judging(Option<(String, Value)>),
    /// The truth is told.
    Told(Value),
    /// The tool cannot answer, for this reason.
    Failed(String),
}

/// A lesson that is open.
#[derive(Debug)]
pub struct Taught {
    /// Which one.
    pub lesson: usize,
    /// Its page: 0 is the text before the first question, and the summary comes after the last.
    pub page: usize,
    /// What has been tried at this question.
    pub attempt: Attempt,
    /// Where the question stands.
    pub stage: Stage,
    /// The selected option of a choice.
    pub option: Cursor,
    /// How far the text is scrolled.
    pub scroll: Cursor,
    /// How much room it takes.
    pub room: Room,
    /// Whether the keys go to it, and not to the view.
    pub has_keys: bool,
    /// A word on the last answer.
    pub said: Option<String>,
    /// The truth, once it is known.
    truth: Option<Value>,
    ticket: u64,
}

impl Default for Course {
    fn default() -> Self {
        Self {
            language: Language::ENGLISH,
            progress: Progress::nowhere(),
            open: None,
            lessons: Vec::new(),
            tickets: 0,
        }
    }
}

impl Course {
    /// All lessons in their order; read at the first call. A shipped lesson that cannot be read would be a bug that the
    /// tests find; there are none then.
    pub fn lessons(&mut self) -> &[Lesson] {
        if self.lessons.is_empty() {
            self.lessons = course::lessons(self.language).unwrap_or_default();
        }
        &self.lessons
    }

    /// All lessons that were read.
    pub fn all(&self) -> &[Lesson] {
        &self.lessons
    }

    /// The lesson that is open.
    pub fn lesson(&self) -> Option<(&Taught, &Lesson)> {
        let taught = self.open.as_ref()?;
        Some((taught, self.lessons.get(taught.lesson)?))
    }

    /// The question that is open.
    pub fn step(&self) -> Option<(&Taught, &Step)> {
        let (taught, lesson) = self.lesson()?;
        Some((taught, lesson.steps.get(taught.page.checked_sub(1)?)?))
    }

    /// The lesson after the one that is open.
    pub fn next(&self) -> Option<&Lesson> {
        self.lessons.get(self.open.as_ref()?.lesson + 1)
    }

    /// Whether the keys go to the lesson.
    pub fn has_keys(&self) -> bool {
        self.open.as_ref().is_some_and(|taught| taught.has_keys)
    }

    /// Whether an option is to be chosen.
    pub fn is_choosing(&self) -> bool {
        self.step().is_some_and(|(taught, step)| {
            taught.stage == Stage::Asking && step.kind == Kind::Choice
        })
    }

    /// Whether the tool is computing an answer.
    pub fn is_busy(&self) -> bool {
        let stage = self.open.as_ref().map(|taught| &taught.stage);
        matches!(stage, Some(Stage::Judging(_)))
    }

    /// Opens a lesson at its text, or at its first question that is not answered yet.
    fn begin(&mut self, number: usize) {
        let room = self
            .open
            .as_ref()
            .map_or(Room::Beside, |taught| taught.room);
        self.open = Some(Taught::new(number, room));
    }
}

impl Taught {
    fn new(lesson: usize, room: Room) -> Self {
        Self {
            lesson,
            page: 0,
            attempt: Attempt::default(),
            stage: Stage::Asking,
            option: Cursor::default(),
            scroll: Cursor::default(),
            room,
            has_keys: true,
            said: None,
            truth: None,
            ticket: 0,
        }
    }

    /// Goes to a page, where the question begins anew.
    fn turn_to(&mut self, page: usize) {
        let (room, has_keys) = (self.room, self.has_keys);
        *self = Self {
            page,
            has_keys,
            ..Self::new(self.lesson, room)
        };
    }
}
