//! Sources of weights and input for a pass, and the chosen ones.

use std::path::{Path, PathBuf};

use super::cursor::Cursor;
use crate::engine::ChoiceError;
use crate::engine::sources::samples;
use crate::engine::{InputChoice, WeightsChoice};
use crate::message;
use crate::report::Subject;
use crate::text::Message;

/// A list of the chooser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Sources of weights.
    Weights,
    /// Sources of the input.
    Inputs,
}

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
