//! Measurements of a batch normalisation: a job of the worker, and its news.

use std::sync::Arc;

use crate::engine::bn_lab::Rights;
use crate::engine::{LabError, WeightsChoice};
use crate::report::Subject;
use crate::report::pass::bn_lab::{Experiment, Measured, SIZES, Setup, Shown};
use crate::text::Message;

/// News from a worker about a lab.
#[derive(Debug)]
pub enum BnLabNews {
    /// Results of a batch.
    Shown(Box<Shown>),
    /// Results for batches of the size at that position.
    Measured(usize, Measured),
    /// Right answers by each kind of statistics; `None` if there are no samples.
    Rights(Option<Rights>),
    /// No results, for this reason.
    Failed(Message),
    /// The measurements are complete.
    Done(Option<Box<Experiment>>),
}

/// Job for the worker.
#[derive(Debug)]
pub struct BnLabJob {
    /// Network and its spec.
    pub subject: Arc<Subject>,
    /// Source of its weights.
    pub weights: WeightsChoice,
    /// Path of the layer.
    pub path: String,
    /// Settings of the experiment.
    pub setup: Setup,
    /// Experiment with the earlier measurements.
    pub experiment: Option<Box<Experiment>>,
    /// Whether each size is measured already.
    pub known: [bool; SIZES.len()],
    /// Whether right answers are counted.
    pub counts: bool,
}

impl BnLabJob {
    /// Measures; `send` returns whether to continue.
    pub fn perform(mut self, send: &mut dyn FnMut(BnLabNews) -> bool) {
        let mut experiment = self.experiment.take();
        if let Err(reason) = self.setup_and_sizes(&mut experiment, send) {
            send(BnLabNews::Failed(reason.message()));
        }
        send(BnLabNews::Done(experiment));
    }

    fn setup_and_sizes(
        &self,
        experiment: &mut Option<Box<Experiment>>,
        send: &mut dyn FnMut(BnLabNews) -> bool,
    ) -> Result<(), LabError> {
        let own = if let Some(own) = experiment {
            own
        } else {
            let new = Experiment::new(&self.subject.model, &self.weights, &self.path);
            experiment.insert(Box::new(new?))
        };
        // Batch by batch: the running statistics are seen to move.
        for batches in 1..=self.setup.batches {
            let setup = Setup {
                batches,
                ..self.setup.clone()
            };
            if !send(BnLabNews::Shown(Box::new(own.show(&setup)?))) {
                return Ok(());
            }
        }
        if self.counts {
            let rights = Rights::measure(&self.subject.model, &self.weights)?;
            if !send(BnLabNews::Rights(rights)) {
                return Ok(());
            }
        }
        for (place, &size) in SIZES.iter().enumerate() {
            if self.known[place] {
                continue;
            }
            // A size that cannot be measured, such as one value per channel, stays empty.
            if let Ok(measured) = own.measure(size, self.setup.channel)
                && !send(BnLabNews::Measured(place, measured))
            {
                return Ok(());
            }
        }
        Ok(())
    }
}
