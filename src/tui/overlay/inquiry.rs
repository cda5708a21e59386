//! Answers about a trained network, over the view: the accuracy without each path of each block, or where it looked at a picture.

mod heat;
mod view;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use crate::engine::lesions::residual_blocks;
use crate::engine::saliency::{Choice, Method};
use crate::network::LayerId;
use crate::report::Subject;
use crate::text::Message;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{framed, height};
use crate::tui::message::Command;
use crate::tui::overlay::chooser::Source;
use crate::tui::worker::{Found, Inquiry, LesionResult, Looks, Question, Task};
pub(in crate::tui) use view::render;

/// Open answers.
#[derive(Debug)]
pub struct Answers {
    /// Network.
    pub subject: Arc<Subject>,
    /// Question.
    pub question: Question,
    /// Results of lesions so far.
    pub lesions: Vec<LesionResult>,
    /// Number of samples that they are tried on.
    pub samples: usize,
    /// Maps of where the network looked.
    pub looks: Option<Box<Looks>>,
    /// Reason why there is no result.
    pub failed: Option<Message>,
    /// Part of the running job that is done.
    pub progress: Option<f64>,
    /// Scroll position.
    pub cursor: Cursor,
    /// Ticket number of its news.
    pub ticket: u64,
    source: Source,
}

impl Answers {
    /// Answers to a question, before its job has begun.
    pub fn new(subject: &Arc<Subject>, source: Source, question: Question) -> Self {
        Self {
            subject: Arc::clone(subject),
            question,
            lesions: Vec::new(),
            samples: 0,
            looks: None,
            failed: None,
            progress: None,
            cursor: Cursor::default(),
            ticket: 0,
            source,
        }
    }

    /// Whether the weights are drawn at random.
    pub const fn is_random(&self) -> bool {
        self.source.is_random()
    }

    /// Whether a worker is busy.
    pub const fn is_busy(&self) -> bool {
        self.progress.is_some()
    }

    /// Scopes of its keys.
    pub fn keys(&self) -> Vec<Scope> {
        let own = match self.question {
            Question::Lesions => Scope::Lesions,
            Question::Looks { .. } => Scope::Looks,
        };
        vec![own, Scope::Lists, Scope::Anywhere]
    }

    /// Job that answers.
    pub fn job(&mut self) -> Task {
        self.progress = Some(0.0);
        self.failed = None;
        Task::Inquire(Box::new(Inquiry {
            subject: Arc::clone(&self.subject),
            weights: self.source.choice.clone(),
            published: self.source.published,
            question: self.question.clone(),
        }))
    }

    /// Handles news from the worker.
    pub fn take(&mut self, found: Found) {
        match found {
            Found::Progress(part) => self.progress = Some(part),
            Found::Samples(count) => self.samples = count,
            Found::Lesion(result) => self.lesions.push(result),
            Found::Looks(looks) => self.looks = Some(looks),
            Found::Failed(reason) => self.failed = Some(reason),
            Found::Done => self.progress = None,
        }
    }

    /// Executes a command; returns the task if the question is another one now.
    pub fn update(&mut self, command: Command) -> Option<Task> {
        let shown: Vec<usize> = self
            .looks
            .iter()
            .flat_map(|looks| looks.heats.iter().map(|heat| heat.class))
            .collect();
        let count = self.looks.as_ref().map_or(0, |looks| looks.scores.len());
        let layers = self.layers();
        let Question::Looks {
            choice, classes, ..
        } = &mut self.question
        else {
            return None;
        };
        let place = Method::ALL
            .iter()
            .position(|method| *method == choice.method);
        match command {
            Command::NextMethod => {
                let next = place.map_or(0, |place| (place + 1) % Method::ALL.len());
                *choice = Choice::of(Method::ALL[next]);
            }
            Command::NextMaps | Command::PreviousMaps if shown.len() == 2 && count > 2 => {
                let step = if command == Command::NextMaps {
                    1
                } else {
                    count - 1
                };
                let mut other = (shown[1] + step) % count;
                if other == shown[0] {
                    other = (other + step) % count;
                }
                *classes = vec![shown[0], other];
            }
            Command::Enlarge | Command::Shrink => {
                let at = choice
                    .at
                    .and_then(|at| layers.iter().position(|id| *id == at));
                let last = layers.len().checked_sub(1)?;
                let at = at.unwrap_or(last);
                let next = if command == Command::Enlarge {
                    (at + 1).min(last)
                } else {
                    at.saturating_sub(1)
                };
                *choice = Choice {
                    at: Some(layers[next]),
                    ..Choice::of(Method::GradCam)
                };
            }
            _ => return None,
        }
        Some(self.job())
    }

    /// Layers whose maps Grad-CAM can weigh: the ends of the blocks.
    fn layers(&self) -> Vec<LayerId> {
        let blocks = residual_blocks(&self.subject.model.network);
        blocks.into_iter().map(|block| block.add).collect()
    }

    /// Scrolls its list.
    pub fn go(&mut self, motion: Motion, area: Rect) {
        let inside = framed(area);
        let page = height(inside).saturating_sub(view::LINES);
        self.cursor.scroll(motion, self.lesions.len(), page);
    }

    /// Closes it by a click outside.
    pub fn click(area: Rect, at: Position) -> Option<Command> {
        (!area.contains(at)).then_some(Command::Back)
    }
}
