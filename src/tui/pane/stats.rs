//! Overview of a network, which opens first: its size among the others, its memory, what changed, and the time of its layers.

mod keys;
mod view;

use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::report::Subject;
use crate::report::catalogue::entry::Entry;
use crate::report::catalogue::plot::Axis;
use crate::tui::worker::{Survey, Surveying, Task};

/// Number of the slowest layers that are listed.
pub const SLOWEST: usize = 6;

/// Overview of a network.
#[derive(Debug, Default)]
pub struct Stats {
    /// Longest times of the pass's layers, each with the layer's path.
    pub times: Vec<(String, Duration)>,
    /// Bytes of memory that the machine has free.
    pub free: Option<u128>,
    /// Cost on the horizontal axis of the plot.
    axis: Axis,
    /// The network before its file was saved last.
    earlier: Option<Arc<Subject>>,
    /// Network that a survey was asked for.
    asked: Option<Arc<Subject>>,
    /// Whether the worker has ended without that survey.
    is_lost: bool,
    survey: Option<Box<Survey>>,
}

impl Stats {
    /// The overview on a machine with this much free memory.
    pub fn new(free: Option<u128>) -> Self {
        Self {
            free,
            ..Self::default()
        }
    }

    /// Remembers the network before its file was saved.
    pub fn was_saved(&mut self, before: Arc<Subject>) {
        self.earlier = Some(before);
        self.asked = None;
    }

    /// Task that looks around the network; `None` if that is done or under way.
    pub fn job(&mut self, subject: &Arc<Subject>, others: Option<Arc<Vec<Entry>>>) -> Option<Task> {
        let is_it = |asked: &Arc<Subject>| Arc::ptr_eq(asked, subject);
        if self.asked.as_ref().is_some_and(is_it) {
            return None;
        }
        self.asked = Some(Arc::clone(subject));
        self.is_lost = false;
        let known = self.survey.as_ref();
        let others = others.or_else(|| Some(Arc::clone(&known?.others)));
        Some(Task::Survey(Box::new(Surveying {
            subject: Arc::clone(subject),
            earlier: self.earlier.clone(),
            others,
        })))
    }

    /// Whether a survey is under way.
    pub fn is_busy(&self) -> bool {
        let asked = self.asked.as_ref();
        !self.is_lost
            && asked.is_some_and(|asked| {
                let survey = self.survey.as_ref();
                survey.is_none_or(|survey| !Arc::ptr_eq(&survey.subject, asked))
            })
    }

    /// Takes a survey, unless another network is shown meanwhile.
    pub fn take(&mut self, survey: Box<Survey>) {
        let is_it = |asked: &Arc<Subject>| Arc::ptr_eq(asked, &survey.subject);
        if self.asked.as_ref().is_some_and(is_it) {
            self.survey = Some(survey);
        }
    }

    /// The worker has ended without a survey, which is not asked for again: it would end in the same way.
    pub const fn lose(&mut self) {
        self.is_lost = true;
    }

    /// Survey of this network.
    fn survey(&self, subject: &Arc<Subject>) -> Option<&Survey> {
        let survey = self.survey.as_deref()?;
        Arc::ptr_eq(&survey.subject, subject).then_some(survey)
    }
}

/// Areas of the figures, and of the plot with the times.
fn areas(view: Rect) -> [Rect; 2] {
    view.layout(&Layout::horizontal([
        Constraint::Fill(11),
        Constraint::Fill(9),
    ]))
}
