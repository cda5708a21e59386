//! Sources of weights and input for a pass, and the chosen ones.

pub mod offers;
mod view;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::engine::ChoiceError;
use crate::engine::{InputChoice, WeightsChoice};
use crate::report::Subject;
use crate::spec::catalog;
use crate::text::Message;
use crate::tui::context::Around;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{below, framed, height, popup};
use crate::tui::kit::list;
use crate::tui::message::Command;
use crate::tui::worker::Wanted;
use crate::weights::published::PublishedWeights;
pub use offers::{Offer, Source};
pub(in crate::tui) use view::render;

/// A list of the chooser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Sources of weights.
    Weights,
    /// Sources of the input.
    Inputs,
}

impl List {
    /// The other list.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Weights => Self::Inputs,
            Self::Inputs => Self::Weights,
        }
    }

    /// Files that can be added to it.
    pub const fn wanted(self) -> Wanted {
        match self {
            Self::Weights => Wanted::Weights,
            Self::Inputs => Wanted::Pictures,
        }
    }
}

/// Sources that a pass can run on, and the chosen ones.
#[derive(Debug, Clone)]
pub struct Chooser {
    /// Sources of weights.
    pub weights: Vec<Offer>,
    /// Sources of the input, each with a short description.
    pub inputs: Vec<(InputChoice, Message)>,
    /// The chosen weights.
    pub weights_at: Cursor,
    /// The chosen input.
    pub inputs_at: Cursor,
    /// List that has the focus.
    pub list: List,
    subject: Arc<Subject>,
    around: Arc<Around>,
    /// Weights that the user has typed or picked.
    own_weights: Vec<WeightsChoice>,
    /// Inputs that the user has typed or picked.
    own_inputs: Vec<InputChoice>,
}

impl Chooser {
    /// Sources for a network. Chosen are its built-in weights and first sample if it has any, else the most accurate weights on this
    /// disk with the first picture at hand, else random weights and noise.
    pub fn new(subject: &Arc<Subject>, around: &Arc<Around>) -> Self {
        let weights = offers::weights(subject, around, &[]);
        let inputs = offers::inputs(subject, around, &[]);
        let usual = weights
            .first()
            .map_or(0, |first| offers::usual_input(&inputs, first));
        Self {
            weights_at: Cursor::default(),
            inputs_at: Cursor {
                at: usual,
                ..Cursor::default()
            },
            list: List::Weights,
            weights,
            inputs,
            subject: Arc::clone(subject),
            around: Arc::clone(around),
            own_weights: Vec::new(),
            own_inputs: Vec::new(),
        }
    }

    /// Looks again at what is on this disk; the chosen ones stay.
    pub fn refresh(&mut self) {
        let weights = self.weights.get(self.weights_at.at).cloned();
        let input = self.inputs.get(self.inputs_at.at).cloned();
        self.weights = offers::weights(&self.subject, &self.around, &self.own_weights);
        self.inputs = offers::inputs(&self.subject, &self.around, &self.own_inputs);
        let same = |offer: &Offer| weights.as_ref() == Some(offer);
        self.weights_at.at = self.weights.iter().position(same).unwrap_or(0);
        let same = |(choice, _): &(InputChoice, Message)| {
            input.as_ref().is_some_and(|(input, _)| input == choice)
        };
        self.inputs_at.at = self.inputs.iter().position(same).unwrap_or(0);
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
                let model = &self.subject.model;
                let net = catalog::is_shipped(&model.spec.source).then_some(&*model.spec.name);
                let choice = WeightsChoice::parse_at(text, net, &self.around.weights)?;
                self.add_weights(&choice);
            }
            List::Inputs => {
                self.add_input(&InputChoice::parse(text)?);
            }
        }
        Ok(())
    }

    /// Adds a file to the list that has the focus, and chooses it.
    pub fn add_file(&mut self, path: PathBuf) {
        match self.list {
            List::Weights => self.add_weights(&WeightsChoice::File(path, None)),
            List::Inputs => self.add_input(&InputChoice::File(path)),
        }
    }

    /// Adds weights unless they are on offer, and chooses them.
    pub fn add_weights(&mut self, choice: &WeightsChoice) {
        let is_it =
            |offer: &Offer| matches!(offer, Offer::Ready(source) if source.choice == *choice);
        if !self.weights.iter().any(is_it) {
            self.own_weights.insert(0, choice.clone());
            self.refresh();
        }
        self.weights_at.at = self.weights.iter().position(is_it).unwrap_or(0);
    }

    /// Chooses published weights, if they are at hand.
    pub fn select(&mut self, weights: &PublishedWeights) {
        let is_it = |offer: &Offer| matches!(offer, Offer::Ready(source) if source.published == Some(weights));
        if let Some(place) = self.weights.iter().position(is_it) {
            self.weights_at.at = place;
        }
    }

    /// Adds an input unless it is on offer, and chooses it.
    fn add_input(&mut self, choice: &InputChoice) {
        let is_it = |(other, _): &(InputChoice, Message)| other == choice;
        if !self.inputs.iter().any(is_it) {
            self.own_inputs.insert(0, choice.clone());
            self.refresh();
        }
        self.inputs_at.at = self.inputs.iter().position(is_it).unwrap_or(0);
    }

    /// Area of its box.
    pub fn area(&self, room: Rect) -> Rect {
        let lines = self.weights.len().max(self.inputs.len()) as u16;
        let columns = if self.has_published() { 100 } else { 84 };
        popup(room, columns.min(room.width.saturating_sub(4)), lines + 7)
    }

    /// Moves in the list that has the focus.
    pub fn go(&mut self, motion: Motion, area: Rect) {
        let page = height(chooser_rows(self.areas(area)[0]));
        let (cursor, len) = self.current();
        cursor.go(motion, len, page);
    }

    /// Scrolls both lists to their chosen lines.
    pub fn keep(&mut self, area: Rect) {
        let page = height(chooser_rows(self.areas(area)[0]));
        self.weights_at.keep(self.weights.len(), page);
        self.inputs_at.keep(self.inputs.len(), page);
    }

    /// Chooses the clicked line; a click on the line below the lists runs the pass.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Command> {
        let [weights, inputs, _, prompt] = self.areas(area);
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

    /// Folder to look for a file in: that of the pictures on offer, if there is one.
    pub fn folder(&self) -> Option<PathBuf> {
        let pictures = self.around.pictures.as_deref();
        let pictures = pictures.filter(|_| self.list == List::Inputs);
        pictures.map(Path::to_owned)
    }

    /// Whether published weights are listed, which need room for their descriptions.
    pub fn has_published(&self) -> bool {
        self.weights.iter().any(|offer| match offer {
            Offer::Ready(source) => source.published.is_some(),
            Offer::Elsewhere { .. } => true,
            Offer::Typed => false,
        })
    }

    /// Areas of the two lists, of the lines about the chosen weights, and of the line below them.
    ///
    /// In a narrow box the list with the focus has most of the room.
    pub fn areas(&self, popup: Rect) -> [Rect; 4] {
        let [lists, _, about, prompt] = framed(popup).layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(1),
            Constraint::Length(2),
            Constraint::Length(1),
        ]));
        let shares = match (self.has_published(), popup.width < 96, self.list) {
            (false, _, _) | (true, true, List::Inputs) => [1, 1],
            (true, true, List::Weights) => [3, 1],
            (true, false, _) => [5, 3],
        };
        let shares = shares.map(Constraint::Fill);
        let [weights, inputs] = lists.layout(&Layout::horizontal(shares).spacing(2));
        [weights, inputs, about, prompt]
    }

    /// The chosen weights, if they are at hand.
    pub fn source(&self) -> Option<&Source> {
        match self.weights.get(self.weights_at.at)? {
            Offer::Ready(source) => Some(source),
            Offer::Elsewhere { .. } | Offer::Typed => None,
        }
    }

    /// The chosen weights and input, if they are at hand.
    pub fn chosen(&self) -> Option<(&Source, &InputChoice)> {
        let (input, _) = self.inputs.get(self.inputs_at.at)?;
        Some((self.source()?, input))
    }

    /// Whether trained weights are on offer, at hand or to be downloaded.
    pub fn has_trained(&self) -> bool {
        self.weights.iter().any(|offer| match offer {
            Offer::Ready(source) => !source.is_random(),
            Offer::Elsewhere { .. } => true,
            Offer::Typed => false,
        })
    }

    /// The chosen weights, if they are not on this disk.
    pub fn missing(&self) -> Option<&'static PublishedWeights> {
        match self.weights.get(self.weights_at.at)? {
            Offer::Elsewhere { weights, .. } => Some(weights),
            Offer::Ready(_) | Offer::Typed => None,
        }
    }
}

/// Rows of a list of the chooser, below its heading.
pub fn chooser_rows(list: Rect) -> Rect {
    below(list, 1, 0)
}
