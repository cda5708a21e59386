//! Sizes of gradients at the start of training, for several networks and seeds: a job of the worker, and its news.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Kernels, go_on};
use crate::engine::gradient::{Backward, Batch, Norms, Options, Quick};
use crate::engine::{Input, InputChoice, LoadedWeights, Mode, WeightsChoice};
use crate::network::Network;
use crate::report::Subject;
use crate::text::Message;
use crate::weights::Scheme;

/// Weights that gradients are measured with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Those of the beginning of training, by the seed.
    Initial(Scheme),
    /// Those that a network is run with by default: its built-in ones, if it has some.
    Own,
}

/// News from a worker about gradients.
#[derive(Debug)]
pub enum Measured {
    /// Part of the job that is done.
    Progress(f64),
    /// Sizes of one network's gradients with one seed.
    Norms {
        /// Number of the network.
        net: usize,
        /// Seed of weights and input.
        seed: u64,
        /// Sizes.
        norms: Box<Norms>,
    },
    /// No results, for this reason.
    Failed(Message),
    /// The job is done or was stopped.
    Done,
}

/// Job for the worker.
#[derive(Debug)]
pub struct Measuring {
    /// Networks to measure.
    pub nets: Vec<Arc<Subject>>,
    /// Their weights.
    pub start: Start,
    /// Seeds of weights and inputs.
    pub seeds: Vec<u64>,
    /// Images of a batch.
    pub batch: usize,
}

/// Backward pass of one network.
struct Net {
    network: Arc<Network>,
    backward: Backward,
    quick: Option<Quick>,
}

impl Measuring {
    /// Measures, unless it would take too much memory.
    pub(super) fn perform(
        self,
        kernels: Kernels,
        cancel: &AtomicBool,
        send: &mut dyn FnMut(Measured),
    ) {
        if let Err(reason) = self.measure(kernels, cancel, send) {
            send(Measured::Failed(reason));
        }
        send(Measured::Done);
    }

    /// Network that is ready for a batch.
    fn net(&self, subject: &Subject, kernels: Kernels) -> Result<Net, Message> {
        let network = Arc::new(subject.model.network.clone());
        let backward = Backward::new(Arc::clone(&network), Mode::Training);
        let backward = backward.map_err(|error| error.message())?;
        let quick = match kernels {
            Kernels::Fast => Quick::new(&backward, true),
            Kernels::Plain => None,
        };
        let admitted = match &quick {
            Some(quick) => quick.admit(self.batch),
            None => backward.admit::<f32>(self.batch, options()),
        };
        admitted.map_err(|error| error.message())?;
        Ok(Net {
            network,
            backward,
            quick,
        })
    }

    fn measure(
        &self,
        kernels: Kernels,
        cancel: &AtomicBool,
        send: &mut dyn FnMut(Measured),
    ) -> Result<(), Message> {
        let nets = self.nets.iter().map(|subject| self.net(subject, kernels));
        // All are refused before the first one starts.
        let nets = nets.collect::<Result<Vec<Net>, Message>>()?;
        let runs = (self.seeds.len() * nets.len()).max(1) as f64;
        let mut run = 0.0;
        for &seed in &self.seeds {
            for (number, (net, subject)) in nets.iter().zip(&self.nets).enumerate() {
                let norms = self.norms(net, subject, seed, cancel, &mut |part| {
                    send(Measured::Progress((run + part) / runs));
                })?;
                let Some(norms) = norms else {
                    return Ok(());
                };
                run += 1.0;
                send(Measured::Norms {
                    net: number,
                    seed,
                    norms: Box::new(norms),
                });
                if go_on(cancel).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Sizes of one run's gradients; `None` if it was stopped.
    fn norms(
        &self,
        net: &Net,
        subject: &Subject,
        seed: u64,
        cancel: &AtomicBool,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Option<Norms>, Message> {
        let model = &subject.model;
        let weights = match self.start {
            Start::Initial(scheme) => WeightsChoice::Initial(scheme, seed),
            Start::Own => WeightsChoice::default_for(model),
        };
        let source = weights.open(model)?;
        let loaded = LoadedWeights::load(&net.network, source.as_ref())?;
        let (maps, is_prepared) = match InputChoice::Synthetic(seed).open(model, self.batch)? {
            Input::Pixels(maps) => (maps, false),
            Input::Prepared(maps) => (maps, true),
        };
        let classes = net.backward.classes().max(1);
        let labels: Vec<usize> = (0..self.batch).map(|image| image % classes).collect();
        let batch = Batch {
            input: &maps,
            is_prepared,
            labels: &labels,
        };
        let all = (2 * net.network.len()).max(1) as f64;
        let mut layers = 0.0;
        let found = if let Some(quick) = &net.quick {
            quick.run(&loaded.all(), batch, options().smoothing)
        } else {
            net.backward
                .run(&loaded.all(), batch, options(), &mut |_, _| {
                    layers += 1.0;
                    progress(layers / all);
                    go_on(cancel)
                })
        };
        match found {
            Ok(found) => Ok(Some(Norms::of(&found, &net.network))),
            Err(crate::engine::GradientError::Stopped) => Ok(None),
            Err(error) => Err(error.message()),
        }
    }
}

/// Choices of the pass: the gradient of the input is not needed.
fn options() -> Options {
    Options {
        wants_input: false,
        ..Options::default()
    }
}
