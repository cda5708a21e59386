//! Course beside the views: the open lesson, the position in it, and the answers.

pub mod page;
pub mod place;
mod teach;
mod view;

use crate::lesson::course::{self, Study};
use crate::lesson::{Attempt, Kind, Lesson, Progress, Step, Value};
use std::sync::Arc;

use crate::text::{Language, Message};
use crate::tui::keys::Keymap;
use crate::tui::kit::cursor::Cursor;
pub(in crate::tui) use teach::is_own;
pub(in crate::tui) use view::render;

/// The lessons, and the open one or the review.
#[derive(Debug)]
pub struct Course {
    /// Language of lessons and interface.
    pub language: Language,
    /// Keys, to name them in a page.
    pub keys: Arc<Keymap>,
    /// Answers so far.
    pub progress: Progress,
    /// Open lesson, or the review.
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

/// Open lesson, or the review.
#[derive(Debug)]
pub struct Taught {
    /// The one of them that is open.
    pub study: Study,
    /// Its questions: the place of the lesson, and that of the question in it.
    pub questions: Vec<(usize, usize)>,
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

    /// Question with this number from 1, and its lesson.
    fn question(&self, number: usize) -> Option<(&Lesson, &Step)> {
        let (lesson, step) = self.open.as_ref()?.questions.get(number.checked_sub(1)?)?;
        let lesson = self.lessons.get(*lesson)?;
        Some((lesson, lesson.steps.get(*step)?))
    }

    /// All questions of the open lesson or of the review, each with its lesson.
    pub fn questions(&self) -> impl Iterator<Item = (&Lesson, &Step)> {
        (1..).map_while(|number| self.question(number))
    }

    /// The open lesson; in the review, that of the open question.
    pub fn lesson(&self) -> Option<(&Taught, &Lesson)> {
        let taught = self.open.as_ref()?;
        let number = taught.page.clamp(1, taught.questions.len());
        Some((taught, self.question(number)?.0))
    }

    /// The open question.
    pub fn step(&self) -> Option<(&Taught, &Step)> {
        let taught = self.open.as_ref()?;
        Some((taught, self.question(taught.page)?.1))
    }

    /// The question whose subject is shown, with its lesson: the open one, or the first one with the text before it.
    pub fn shown(&self) -> Option<(&Taught, &Lesson, &Step)> {
        let taught = self.open.as_ref()?;
        let (lesson, step) = self.question(taught.page.max(1))?;
        Some((taught, lesson, step))
    }

    /// Id of the words for the network of the open question, if its own title may answer it.
    pub fn anonymous_network(&self) -> Option<&'static str> {
        let (_, step) = self.step()?;
        let name = &step.view.as_ref()?.net.as_ref()?.value;
        let (_, lesson) = self.lesson()?;
        let is_own = lesson.world.own().contains_key(name);
        (is_own || name.starts_with("museum:")).then_some("lesson-network")
    }

    /// The next lesson, with its place in the course.
    pub fn next(&self) -> Option<(usize, &Lesson)> {
        let Study::Lesson(number) = self.open.as_ref()?.study else {
            return None;
        };
        Some((number + 1, self.lessons.get(number + 1)?))
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

    /// Whether a layer that is selected in the view answers the question.
    pub fn asks_for_place(&self) -> bool {
        self.step()
            .is_some_and(|(taught, step)| taught.stage == Stage::Asking && step.kind == Kind::Place)
    }

    /// Whether the tool is computing an answer.
    pub fn is_busy(&self) -> bool {
        let stage = self.open.as_ref().map(|taught| &taught.stage);
        matches!(stage, Some(Stage::Judging(_)))
    }

    /// Opens these questions at the text before them.
    fn start(&mut self, study: Study, questions: Vec<(usize, usize)>) {
        let room = self
            .open
            .as_ref()
            .map_or(Room::Beside, |taught| taught.room);
        self.open = Some(Taught::new(study, questions, room));
    }
}

impl Taught {
    fn new(study: Study, questions: Vec<(usize, usize)>, room: Room) -> Self {
        Self {
            study,
            questions,
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
        let questions = std::mem::take(&mut self.questions);
        *self = Self {
            page,
            has_keys: self.has_keys,
            ..Self::new(self.study, questions, self.room)
        };
    }
}
