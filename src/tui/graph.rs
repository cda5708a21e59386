//! The graph of a network: boxes at one of three levels, what is selected, and what part of it is seen.

pub mod diagram;
pub mod lanes;

use std::sync::Arc;

use super::message::Turn;
use crate::network::LayerId;
use crate::report::{Level, Subject};
use diagram::Diagram;

/// The graph as it is looked at.
#[derive(Debug)]
pub struct Graph {
    /// How close one looks.
    level: Level,
    /// The diagrams of the levels that were looked at; each is laid out once.
    diagrams: [Option<Diagram>; 3],
    /// The selected layer, or the first one of what is selected.
    layer: Option<LayerId>,
    /// The first column and row that are seen.
    pub origin: (usize, usize),
    subject: Arc<Subject>,
}

impl Graph {
    /// The graph of a network, seen by blocks.
    pub fn new(subject: &Arc<Subject>) -> Self {
        Self {
            level: Level::Block,
            diagrams: [None, None, None],
            layer: subject.model.network.ids().next(),
            origin: (0, 0),
            subject: Arc::clone(subject),
        }
    }

    /// The graph of the same network counted otherwise: what is selected and seen stays.
    #[must_use]
    pub fn recounted(&self, subject: &Arc<Subject>) -> Self {
        Self {
            layer: self.layer,
            origin: self.origin,
            ..self.renewed(subject)
        }
    }

    /// The graph of another network, looked at in the same way.
    #[must_use]
    pub fn renewed(&self, subject: &Arc<Subject>) -> Self {
        Self {
            level: self.level,
            ..Self::new(subject)
        }
    }

    /// How close one looks.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What is drawn, once it is laid out.
    pub const fn diagram(&self) -> Option<&Diagram> {
        self.diagrams[self.level as usize].as_ref()
    }

    /// Lays out what is to be drawn, unless that is done.
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

    /// The selected layer, or the first one of what is selected.
    pub const fn layer(&self) -> Option<LayerId> {
        self.layer
    }

    /// Selects what a layer is in.
    pub fn select_layer(&mut self, id: LayerId) {
        self.layer = Some(id);
    }

    /// Selects a box by its number.
    pub fn select(&mut self, number: usize) {
        if let Some(node) = self.diagram().and_then(|diagram| diagram.boxes.get(number)) {
            self.layer = Some(node.first);
        }
    }

    /// Looks closer or from farther away; says whether that was possible.
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

    /// Looks from a level.
    pub fn show(&mut self, level: Level) {
        self.level = level;
        self.lay_out();
    }

    /// Goes so many boxes down along the path, or up where negative.
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

    /// Goes to the first box, or the last.
    pub fn go_to_end(&mut self, last: bool) {
        let count = self.diagram().map_or(0, |diagram| diagram.boxes.len());
        self.select(if last { count.saturating_sub(1) } else { 0 });
    }

    /// Goes to the nearest box in the lane at a side; says whether there is one.
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

    /// Goes along the edge that leaves the path, or else to the next box; backwards along the one that joins it.
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
