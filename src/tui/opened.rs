//! A network that was opened, with the state of each of its views.

use std::sync::Arc;

use super::checks::Checks;
use super::forward::Forward;
use super::layers::Layers;
use super::message::Tab;
use crate::analysis::Rule;
use crate::lower::Model;
use crate::report::Subject;

/// A network with its views.
#[derive(Debug)]
pub struct Opened {
    /// The network and the answers about it.
    pub subject: Arc<Subject>,
    /// The view that is shown.
    pub tab: Tab,
    /// The layer table.
    pub layers: Layers,
    /// What is wrong or worth knowing.
    pub checks: Checks,
    /// The forward pass.
    pub forward: Forward,
    /// The number that news of its pass carry.
    pub ticket: u64,
}

impl Opened {
    /// Opens a network at its layer table.
    pub fn new(model: Model, ticket: u64) -> Self {
        let subject = Subject::new(model, Rule::default(), 1);
        let checks = Checks::new(&subject);
        Self {
            layers: Layers::new(&subject, &checks.problems),
            forward: Forward::new(&subject),
            checks,
            tab: Tab::default(),
            subject: Arc::new(subject),
            ticket,
        }
    }

    /// Whether nothing speaks against running it.
    pub fn can_run(&self) -> bool {
        !crate::spec::has_errors(&self.checks.problems)
    }
}
