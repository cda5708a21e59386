//! Sources of weights and input for a pass, and the chosen ones.

mod view;

use std::path::{Path, PathBuf};

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::engine::ChoiceError;
use crate::engine::sources::samples;
use crate::engine::{InputChoice, WeightsChoice};
use crate::message;
use crate::report::Subject;
use crate::text::Message;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{below, framed, height, popup};
use crate::tui::kit::list;
use crate::tui::message::Command;
use crate::tui::overlay::files::{Files, List};
pub(in crate::tui) use view::render;

/// Sources that a pass can run on, and the chosen ones.
#[derive(Debug, Clone)]
pub struct Chooser {
    /// Sources of weights, each with a short description.
    pub weights: Vec<(WeightsChoice, Message)>,
    /// Sources of the input, each with a short description.
    pub inputs: Vec<(InputChoice, Message)>,
    /// The chosen weights.
    pub weights_at: Cursor,
    /// The chosen input.
    pub inputs_at: Cursor,
    /// List that has the focus.
    pub list: List,
}

impl Chooser {
    /// Sources for a network; its shipped weights and first sample are chosen, if it has any.
    pub fn new(subject: &Subject) -> Self {
        let model = &subject.model;
        let default = WeightsChoice::default_for(model);
        let mut weights = Vec::new();
        if default == WeightsChoice::Shipped {
            weights.push((WeightsChoice::Shipped, message!("chooser-trained")));
        }
        weights.extend((0..3).map(|seed| {
            (
                WeightsChoice::Synthetic(seed),
                message!("chooser-untrained", seed = seed),
            )
        }));
        let mut inputs: Vec<_> = samples(model)
            .into_iter()
            .enumerate()
            .map(|(number, sample)| (InputChoice::Sample(number), Message::of(sample.label)))
            .collect();
        inputs.extend((0..3).map(|seed| {
            (
                InputChoice::Synthetic(seed),
                message!("chooser-noise", seed = seed),
            )
        }));
        Self {
            weights,
            inputs,
            weights_at: Cursor::default(),
            inputs_at: Cursor::default(),
            list: List::Weights,
        }
    }

    /// Selection and length of the list that has the focus.
    pub fn current(&mut self) -> (&mut Cursor, usize) {
        match self.list {
            List::Weights => (&mut self.weights_at, self.weights.len()),
            List::Inputs => (&mut self.inputs_at, self.inputs.len()),
        }
    }

    /// Adds the typed source to the list that has the focus, and chooses it.
    ///
    /// # Errors
    /// The text has no known form; the reason is for the user.
    pub fn add(&mut self, text: &str) -> Result<(), ChoiceError> {
        match self.list {
            List::Weights => {
                let choice = WeightsChoice::parse(text)?;
                self.weights.push((choice, message!("chooser-typed")));
                self.weights_at.at = self.weights.len() - 1;
            }
            List::Inputs => {
                let choice = InputChoice::parse(text)?;
                self.inputs.push((choice, message!("chooser-typed")));
                self.inputs_at.at = self.inputs.len() - 1;
            }
        }
        Ok(())
    }

    /// Adds a file to the list that has the focus, and chooses it.
    pub fn add_file(&mut self, path: PathBuf) {
        let words = message!("chooser-file");
        match self.list {
            List::Weights => {
                self.weights.push((WeightsChoice::File(path, None), words));
                self.weights_at.at = self.weights.len() - 1;
            }
            List::Inputs => {
                self.inputs.push((InputChoice::File(path), words));
                self.inputs_at.at = self.inputs.len() - 1;
            }
        }
    }

    /// Area of its box.
    pub fn area(&self, room: Rect) -> Rect {
        let lines = self.weights.len().max(self.inputs.len()) as u16;
        popup(room, 84.min(room.width.saturating_sub(4)), lines + 5)
    }

    /// Moves in the list that has the focus.
    pub fn go(&mut self, motion: Motion, area: Rect) {
        let page = height(chooser_rows(areas(area)[0]));
        let (cursor, len) = self.current();
        cursor.go(motion, len, page);
    }

    /// Scrolls both lists to their chosen lines.
    pub fn keep(&mut self, area: Rect) {
        let page = height(chooser_rows(areas(area)[0]));
        self.weights_at.keep(self.weights.len(), page);
        self.inputs_at.keep(self.inputs.len(), page);
    }

    /// Chooses the clicked line; a click on the line below the lists runs the pass.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Command> {
        let [weights, inputs, prompt] = areas(area);
        for (list, area) in [(List::Weights, weights), (List::Inputs, inputs)] {
            if area.contains(at) {
                self.list = list;
                let (cursor, len) = self.current();
                let place = list::List::new(len, *cursor).row_at(chooser_rows(area), at)?;
                cursor.select(place, len);
            }
        }
        prompt.contains(at).then_some(Command::Accept)
    }

    /// Files to choose from for the list that has the focus.
    pub fn files(&self) -> Files {
        Files::of(self.list, &self.folder(self.list))
    }

    /// Folder to look for a file in: that of the last file taken, or the one that the program was started in.
    pub fn folder(&self, list: List) -> PathBuf {
        let taken = match list {
            List::Weights => self
                .weights
                .iter()
                .rev()
                .find_map(|(choice, _)| match choice {
                    WeightsChoice::File(path, _) => Some(path),
                    _ => None,
                }),
            List::Inputs => self
                .inputs
                .iter()
                .rev()
                .find_map(|(choice, _)| match choice {
                    InputChoice::File(path) => Some(path),
                    _ => None,
                }),
        };
        let folder = taken.and_then(|path| path.parent());
        folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
    }

    /// The chosen weights and input.
    pub fn chosen(&self) -> Option<(&WeightsChoice, &InputChoice)> {
        let (weights, _) = self.weights.get(self.weights_at.at)?;
        let (input, _) = self.inputs.get(self.inputs_at.at)?;
        Some((weights, input))
    }
}

/// Areas of the chooser's two lists, and of the line below them.
pub fn areas(popup: Rect) -> [Rect; 3] {
    let [lists, _, prompt] = framed(popup).layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ]));
    let [weights, inputs] =
        lists.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).spacing(2));
    [weights, inputs, prompt]
}

/// Rows of a list of the chooser, below its heading.
pub fn chooser_rows(list: Rect) -> Rect {
    below(list, 1, 0)
}
