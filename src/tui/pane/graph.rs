//! Graph of a network: boxes at one of three levels, with selection and scroll position.

pub mod diagram;
mod keys;
pub mod lanes;
pub mod place;
mod shortcuts;
mod values;
mod view;

use std::sync::Arc;

use crate::network::LayerId;
use crate::network::check::first_at_fault;
use crate::report::{Level, Subject};
use crate::tui::message::{Command, Turn};
use diagram::Diagram;
use values::Values;

/// View of the graph.
#[derive(Debug)]
pub struct Graph {
    /// Zoom level.
    level: Level,
    /// Diagrams of the levels that were shown; each is laid out once.
    diagrams: [Option<Diagram>; 3],
    /// Selected layer, or the first one in the selected box.
    layer: Option<LayerId>,
    /// First visible column and row.
    pub origin: (usize, usize),
    /// Whether a lesson's question is asked, so that the detail of the selected layer is hidden.
    pub is_asked: bool,
    /// Values of the pass in the visible boxes.
    values: Values,
    /// Whether a layer cannot run; the shapes at its arrows need room.
    has_fault: bool,
    /// Whether the selection follows the pass.
    pub follows: bool,
    subject: Arc<Subject>,
}

impl Graph {
    /// The graph of a network, at the level of blocks.
    pub fn new(subject: &Arc<Subject>) -> Self {
        Self {
            level: Level::Block,
            diagrams: [None, None, None],
            layer: subject.opening(),
            origin: (0, 0),
            is_asked: false,
            values: Values::default(),
            follows: false,
            has_fault: first_at_fault(&subject.model.network).is_some(),
            subject: Arc::clone(subject),
        }
    }

    /// The graph of the same network, counted with other settings: selection and scroll position stay.
    #[must_use]
    pub fn recounted(&self, subject: &Arc<Subject>) -> Self {
        Self {
            layer: self.layer,
            origin: self.origin,
            ..self.renewed(subject)
        }
    }

    /// The graph of another network, at the same level.
    #[must_use]
    pub fn renewed(&self, subject: &Arc<Subject>) -> Self {
        Self {
            level: self.level,
            is_asked: self.is_asked,
            ..Self::new(subject)
        }
    }

    /// Whether a command is one of the pass, whose values the boxes show.
    pub const fn is_of_pass(command: Command) -> bool {
        matches!(
            command,
            Command::Step
                | Command::StepBack
                | Command::RunAll
                | Command::Rewind
                | Command::Cancel
                | Command::Slower
                | Command::Faster
                | Command::NextMaps
                | Command::PreviousMaps
                | Command::Cut
        )
    }

    /// Whether the boxes have room for values: at the level of blocks, once a layer has run.
    fn shows_values(&self) -> bool {
        self.values.has_pass && self.level == Level::Block
    }

    /// Zoom level.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Diagram of the level, once it is laid out.
    pub const fn diagram(&self) -> Option<&Diagram> {
        self.diagrams[self.level as usize].as_ref()
    }

    /// Lays out the diagram of the level, unless that is done.
    pub fn lay_out(&mut self) {
        let slot = &mut self.diagrams[self.level as usize];
        if slot.is_none() {
            *slot = Some(Diagram::new(&self.subject, self.level));
        }
    }

    /// The selected box.
    pub fn selected(&self) -> Option<usize> {
        self.diagram()?.box_of(self.layer?)
    }

    /// Selected layer, or the first one in the selected box.
    pub const fn layer(&self) -> Option<LayerId> {
        self.layer
    }

    /// Selects the box of a layer.
    pub fn select_layer(&mut self, id: LayerId) {
        self.layer = Some(id);
    }

    /// Selects a box by its number.
    pub fn select(&mut self, number: usize) {
        if let Some(node) = self.diagram().and_then(|diagram| diagram.boxes.get(number)) {
            self.layer = Some(node.first);
        }
    }

    /// Zooms in or out; returns whether that was possible.
    pub fn zoom(&mut self, closer: bool) -> bool {
        let level = self.level as usize;
        let next = if closer {
            level.checked_add(1)
        } else {
            level.checked_sub(1)
        };
        let Some(&level) = next.and_then(|next| Level::ALL.get(next)) else {
            return false;
        };
        self.show(level);
        true
    }

    /// Shows a level.
    pub fn show(&mut self, level: Level) {
        self.level = level;
        self.lay_out();
    }

    /// Moves the selection this number of boxes down along the path, or up if negative.
    pub fn walk(&mut self, steps: isize) {
        let Some((diagram, mut at)) = self.diagram().zip(self.selected()) else {
            return;
        };
        for _ in 0..steps.unsigned_abs() {
            let next = if steps > 0 {
                diagram.below(at)
            } else {
                diagram.above(at)
            };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        self.select(at);
    }

    /// Selects the first box, or the last.
    pub fn go_to_end(&mut self, last: bool) {
        let count = self.diagram().map_or(0, |diagram| diagram.boxes.len());
        self.select(if last { count.saturating_sub(1) } else { 0 });
    }

    /// Selects the nearest box in the lane on a side; returns whether there is one.
    pub fn side(&mut self, turn: Turn) -> bool {
        let found = self
            .diagram()
            .zip(self.selected())
            .and_then(|(diagram, at)| diagram.beside(at, turn == Turn::Right));
        found.is_some_and(|number| {
            self.select(number);
            true
        })
    }

    /// Follows the edge that leaves the path, or else goes to the next box; backwards, the edge that joins it.
    pub fn follow(&mut self, forward: bool) -> bool {
        let found = self
            .diagram()
            .zip(self.selected())
            .and_then(|(diagram, at)| diagram.along(at, forward));
        found.is_some_and(|number| {
            self.select(number);
            true
        })
    }
}
