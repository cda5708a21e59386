//! Course beside the views: the open lesson, the position in it, and the answers.

pub mod page;
pub mod place;
mod teach;
mod view;

use crate::lesson::{Attempt, Kind, Lesson, Progress, Step, Value, course};
use std::sync::Arc;

use crate::text::{Language, Message};
use crate::tui::keys::Keymap;
use crate::tui::kit::cursor::Cursor;
pub(in crate::tui) use teach::is_own;
pub(in crate::tui) use view::render;

/// The lessons, and the open one.
#[derive(Debug)]
pub struct Course {
    /// Language of lessons and interface.
    pub language: Language,
    /// Keys, to name them in a page.
    pub keys: Arc<Keymap>,
    /// Answers so far.
    pub progress: Progress,
    /// Open lesson.
    pub open: Option<Taught>,
    /// All lessons; empty until they are read.
    lessons: Vec<Lesson>,
    /// Number of the last answer that was requested from the tool.
    tickets: u64,
}

/// Space that a lesson takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Beside the view.
    Beside,
    /// The whole screen.
    Full,
}

/// State of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Waiting for an answer.
    Asking,
    /// The tool computes the correct answer, to judge the user's answer or, if there is none, to show it.
    Judging(Option<(String, Value)>),
    /// The correct answer is shown.
    Answered(Value),
    /// The tool cannot compute the answer, for this reason.
    Failed(Message),
}

/// Open lesson.
#[derive(Debug)]
pub struct Taught {
    /// Number of the lesson.
    pub lesson: usize,
    /// Its page: 0 is the text before the first question, and the summary comes after the last.
    pub page: usize,
    /// Attempts at this question.
    pub attempt: Attempt,
    /// State of the question.
    pub stage: Stage,
    /// The selected option of a choice.
    pub option: Cursor,
    /// Scroll position of the text.
    pub scroll: Cursor,
    /// Space that it takes.
    pub room: Room,
    /// Whether the lesson has the keys, rather than the view.
    pub has_keys: bool,
    /// Typed answer, while one is typed.
    pub typing: Option<String>,
    /// Feedback on the last answer.
    pub said: Option<String>,
    /// Correct answer, once it is known.
    truth: Option<Value>,
    ticket: u64,
}

impl Default for Course {
    fn default() -> Self {
        Self {
            language: Language::ENGLISH,
            keys: Arc::default(),
            progress: Progress::nowhere(),
            open: None,
            lessons: Vec::new(),
            tickets: 0,
        }
    }
}

impl Course {
    /// All lessons in order, read at the first call. A shipped lesson that cannot be read would be a bug that the tests find;
    /// there are none then.
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

    /// The open lesson.
    pub fn lesson(&self) -> Option<(&Taught, &Lesson)> {
        let taught = self.open.as_ref()?;
        Some((taught, self.lessons.get(taught.lesson)?))
    }

    /// The open question.
    pub fn step(&self) -> Option<(&Taught, &Step)> {
        let (taught, lesson) = self.lesson()?;
        Some((taught, lesson.steps.get(taught.page.checked_sub(1)?)?))
    }

    /// Id of the words for the network of the open question, if its own title may answer it.
    pub fn anonymous_network(&self) -> Option<&'static str> {
        let (_, step) = self.step()?;
        let name = &step.view.as_ref()?.net.as_ref()?.value;
        let (_, lesson) = self.lesson()?;
        let is_own = lesson.world.own().contains_key(name);
        (is_own || name.starts_with("museum:")).then_some("lesson-network")
    }

    /// The next lesson.
    pub fn next(&self) -> Option<&Lesson> {
        self.lessons.get(self.open.as_ref()?.lesson + 1)
    }

    /// Whether the lesson has the keys.
    pub fn has_keys(&self) -> bool {
        self.open.as_ref().is_some_and(|taught| taught.has_keys)
    }

    /// Whether the user chooses from options.
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

    /// Opens a lesson at its text, or at its first unanswered question.
    fn start(&mut self, number: usize) {
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
            typing: None,
            said: None,
            truth: None,
            ticket: 0,
        }
    }

    /// Turns to a page and resets its question.
    fn turn_to(&mut self, page: usize) {
        let (room, has_keys) = (self.room, self.has_keys);
        *self = Self {
            page,
            has_keys,
            ..Self::new(self.lesson, room)
        };
    }
}
