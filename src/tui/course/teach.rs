//! Commands of a lesson: its pages, its questions and their answers.

use ratatui::layout::Position;

use super::{Course, Room, Stage, place};
use crate::lesson::course::Study;
use crate::lesson::{Kind, Value, progress};
use crate::message;
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::line_at;
use crate::tui::message::Command;
use crate::tui::request::{Asks, LONGEST, Request};
use crate::tui::worker::{Job, Task};

/// Whether a command goes to the lesson while it has the keys.
pub(in crate::tui) const fn is_own(command: Command) -> bool {
    matches!(
        command,
        Command::Accept
            | Command::ToView
            | Command::Hint
            | Command::ShowAnswer
            | Command::Retry
            | Command::NextPage
            | Command::PreviousPage
            | Command::Look
            | Command::LessonRoom
            | Command::LeaveLesson
    )
}

impl Course {
    /// Scopes of the lesson's keys while it has them; of the line of an answer alone.
    pub fn keys(&self) -> Option<Vec<Scope>> {
        let taught = self.open.as_ref()?;
        if taught.typing.is_some() {
            return Some(vec![Scope::Answering]);
        }
        if !taught.has_keys {
            return None;
        }
        let page = match self.step() {
            Some((taught, _)) if matches!(taught.stage, Stage::Answered(_)) => Scope::Answered,
            Some(_) => Scope::Question,
            None => Scope::Lesson,
        };
        let mut scopes = vec![page];
        if page != Scope::Lesson {
            scopes.push(Scope::Lesson);
        }
        scopes.extend([Scope::Lists, Scope::Anywhere]);
        Some(scopes)
    }

    /// Whether an answer is typed.
    pub fn is_typing(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|taught| taught.typing.is_some())
    }

    /// Opens a lesson or the review.
    pub fn begin(&mut self, study: Study, asks: &mut Asks) {
        self.lessons();
        let questions = match study {
            Study::Lesson(number) => {
                let steps = self
                    .all()
                    .get(number)
                    .map_or(0, |lesson| lesson.steps.len());
                (0..steps).map(|step| (number, step)).collect()
            }
            Study::Review => self.progress.due(self.all(), progress::today()),
        };
        if questions.is_empty() {
            asks.notify(match study {
                Study::Lesson(_) => message!("lesson-unreadable-files"),
                Study::Review => message!("review-due", count = 0_usize),
            });
            return;
        }
        self.start(study, questions);
        asks.ask(Request::Look);
    }

    /// Number of the lesson with this id.
    pub fn number_of(&mut self, id: &str) -> Option<usize> {
        self.lessons().iter().position(|lesson| lesson.id == id)
    }

    /// Executes a command of the lesson.
    pub fn update(&mut self, command: Command, asks: &mut Asks) {
        match command {
            Command::Accept => self.accept(asks),
            Command::Hint => {
                if let Some(taught) = &mut self.open {
                    taught.attempt.hint = true;
                }
            }
            Command::ShowAnswer if self.step().is_some() => self.judge(None, asks),
            Command::Retry => {
                let page = self.open.as_ref().map_or(0, |taught| taught.page);
                self.turn_to(page, asks);
            }
            Command::NextPage | Command::PreviousPage => {
                let Some(taught) = &self.open else {
                    return;
                };
                let page = if command == Command::NextPage {
                    (taught.page + 1).min(taught.questions.len() + 1)
                } else {
                    taught.page.saturating_sub(1)
                };
                self.turn_to(page, asks);
            }
            Command::Look => asks.ask(Request::Look),
            Command::LessonRoom => {
                if let Some(taught) = &mut self.open {
                    taught.room = match taught.room {
                        Room::Beside => Room::Full,
                        Room::Full => Room::Beside,
                    };
                    taught.has_keys |= taught.room == Room::Full;
                }
            }
            Command::LeaveLesson => {
                self.open = None;
                asks.ask(Request::Unveil);
            }
            Command::ToView => {
                if let Some(taught) = &mut self.open {
                    taught.has_keys = false;
                    taught.room = Room::Beside;
                }
            }
            Command::Erase => {
                if let Some(typed) = self.typed() {
                    typed.pop();
                }
            }
            _ => {}
        }
    }

    fn typed(&mut self) -> Option<&mut String> {
        self.open.as_mut()?.typing.as_mut()
    }

    /// Adds to the typed answer.
    pub fn type_text(&mut self, text: &str, asks: &mut Asks) {
        if let Some(typed) = self.typed() {
            typed.push_str(asks.cut(typed, text, LONGEST));
        }
    }

    /// Ends the typing of an answer; returns whether one was typed.
    pub fn stop_typing(&mut self) -> bool {
        let typed = self.open.as_mut().and_then(|taught| taught.typing.take());
        typed.is_some()
    }

    fn turn_to(&mut self, page: usize, asks: &mut Asks) {
        if let Some(taught) = &mut self.open {
            taught.turn_to(page);
            taught.has_keys = true;
            asks.ask(Request::Look);
        }
    }

    /// Handles Enter in the lesson: gives the answer, or turns to the next page.
    fn accept(&mut self, asks: &mut Asks) {
        if let Some(text) = self.typed() {
            let text = text.trim().to_owned();
            return self.take(&text, asks);
        }
        let Some((taught, step)) = self.step() else {
            if self.open.as_ref().is_some_and(|taught| taught.page == 0) {
                return self.turn_to(1, asks);
            }
            // After the summary comes the next lesson, or the end.
            return match self.next() {
                Some((next, _)) => asks.ask(Request::Study(Study::Lesson(next))),
                None => self.update(Command::LeaveLesson, asks),
            };
        };
        match (&taught.stage, step.kind) {
            (Stage::Answered(_) | Stage::Failed(_), _) => {
                let page = taught.page + 1;
                self.turn_to(page, asks);
            }
            (Stage::Judging(_), _) => {}
            (Stage::Asking, Kind::Choice) => {
                if let Some(letter) = ('a'..).nth(taught.option.at) {
                    self.take(&letter.to_string(), asks);
                }
            }
            // The layer is chosen in the view.
            (Stage::Asking, Kind::Place) => self.update(Command::ToView, asks),
            (Stage::Asking, _) => {
                if let Some(taught) = &mut self.open {
                    taught.typing = Some(String::new());
                }
            }
        }
    }

    /// Handles the key that answers from the view: answers with the layer selected there, or goes to the lesson. `selected` is
    /// the path of that layer, or the reason why there is none, if a network is shown.
    pub fn answer(&mut self, selected: Option<Result<String, Message>>, asks: &mut Asks) {
        let asks_for_place = self.asks_for_place();
        let Some(taught) = &mut self.open else {
            return;
        };
        if !asks_for_place {
            taught.has_keys = true;
            return;
        }
        match selected {
            Some(Ok(path)) => {
                taught.has_keys = true;
                self.take(&path, asks);
            }
            Some(Err(reason)) => asks.notify(reason),
            None => asks.notify(message!("lesson-no-layer")),
        }
    }

    /// Accepts a typed answer, if it can be read.
    fn take(&mut self, typed: &str, asks: &mut Asks) {
        let language = self.language;
        let Some((_, step)) = self.step() else {
            return;
        };
        let said = if typed.is_empty() {
            language.word("lesson-nothing-typed").to_owned()
        } else if let Some(value) = step.read(typed) {
            self.stop_typing();
            return self.judge(Some((typed.to_owned(), value)), asks);
        } else {
            let kind = Message::new(step.kind.words());
            language.say(&message!("lesson-unreadable", kind = kind))
        };
        if let Some(taught) = &mut self.open {
            taught.said = Some(said);
        }
    }

    /// Judges an answer, or without one shows the correct answer; the tool computes it first if it is not known yet.
    fn judge(&mut self, answer: Option<(String, Value)>, asks: &mut Asks) {
        self.tickets += 1;
        let ticket = self.tickets;
        let (Some((taught, lesson)), Some((_, step))) = (self.lesson(), self.step()) else {
            return;
        };
        if matches!(taught.stage, Stage::Judging(_) | Stage::Answered(_)) {
            return;
        }
        let task = Task::Answer {
            own: lesson.world.own().clone(),
            query: step.query.clone(),
        };
        let truth = taught.truth.clone();
        let Some(taught) = &mut self.open else {
            return;
        };
        taught.stage = Stage::Judging(answer);
        taught.said = None;
        if let Some(truth) = truth {
            self.tell(truth, asks);
        } else {
            taught.ticket = ticket;
            asks.ask(Request::Answer(Job { ticket, task }));
        }
    }

    /// Handles the correct answer from the tool.
    pub fn take_truth(&mut self, ticket: u64, truth: Result<Value, Message>, asks: &mut Asks) {
        let Some(taught) = self.open.as_mut().filter(|open| open.ticket == ticket) else {
            return;
        };
        match truth {
            Ok(truth) => self.tell(truth, asks),
            Err(reason) => taught.stage = Stage::Failed(reason),
        }
    }

    /// Judges the user's answer, and shows the correct one when no attempts are left.
    fn tell(&mut self, truth: Value, asks: &mut Asks) {
        let language = self.language;
        let Some((taught, lesson)) = self.lesson() else {
            return;
        };
        let (Some((_, step)), Stage::Judging(answer)) = (self.step(), &taught.stage) else {
            return;
        };
        let (id, query) = (lesson.id.clone(), step.query_text.clone());
        let mut attempt = taught.attempt.clone();
        let (is_over, slip, wrong) = match answer {
            Some((typed, value)) => {
                attempt.judge(step, typed, value, &truth);
                let slip = step.slip(value).map(str::to_owned);
                (attempt.is_over(), slip, Some(step.wrong(value)))
            }
            None => (true, None, None),
        };
        if step.kind == Kind::Choice && !attempt.answer.is_empty() {
            // The option's text, not only its letter.
            let own = step.read(&attempt.answer).unwrap_or_else(|| truth.clone());
            attempt.answer = step.shown(&own);
        }
        let kept = attempt.kept(&truth);
        let Some(taught) = &mut self.open else {
            return;
        };
        taught.attempt = attempt;
        taught.truth = Some(truth.clone());
        if !is_over {
            taught.stage = Stage::Asking;
            taught.said = wrong.map(|wrong| language.say(&wrong));
            return;
        }
        taught.said = slip;
        taught.stage = Stage::Answered(truth);
        taught.scroll = Cursor::default();
        self.progress.remember(&id, &query, kept);
        asks.ask(Request::Reveal);
        asks.ask(Request::KeepProgress);
    }

    /// Moves through the options, or scrolls the text.
    pub fn go(&mut self, motion: Motion, context: &Context) {
        let options = self.step().map_or(0, |(_, step)| step.options.len());
        let is_choosing = self.is_choosing() && matches!(motion, Motion::Up | Motion::Down);
        let (lines, visible) = place::text(self, context);
        let Some(taught) = &mut self.open else {
            return;
        };
        if is_choosing {
            taught.option.go(motion, options, options);
        } else {
            taught.scroll.scroll(motion, lines, visible);
        }
    }

    /// Handles a click in the lesson, which gets the keys; a click on an option selects it, or accepts it if it is selected.
    pub fn click(&mut self, at: Position, context: &Context) -> Option<Command> {
        let [_, below] = place::areas(self, context);
        let options = place::page_in(self, below).options;
        let row = line_at(below, at, 0);
        let clicked = options.iter().position(|&(first, lines)| {
            row.is_some_and(|row| (first..first + lines).contains(&row))
        });
        let taught = self.open.as_mut()?;
        taught.has_keys = true;
        let clicked = clicked?;
        let was = std::mem::replace(&mut taught.option.at, clicked);
        (was == clicked).then_some(Command::Accept)
    }
}
