//! Training of several networks: a job of the worker, and its news. The worker has the training while it runs, and returns it when it
//! is stopped.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::{Kernels, go_on};
use crate::engine::train::{Entrant, Moment, Recipe, Training, Watch};
use crate::spec::named;
use crate::text::Message;
use crate::weights::Dataset;

/// News from a worker about a training.
#[derive(Debug)]
pub enum Trained {
    /// All networks are built.
    Begun(Facts),
    /// Events since the last news, in order.
    Moments(Vec<Moment>, Facts),
    /// The training comes back.
    Back(Box<Training>),
    /// There is none, for this reason.
    Failed(Message),
}

/// Facts about a training as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Facts {
    /// Steps of an epoch.
    pub steps: usize,
    /// Pictures that train, and that test.
    pub counts: (usize, usize),
    /// Bytes that it takes.
    pub takes: u128,
    /// Seconds until its end.
    pub left: Option<f64>,
    /// Pictures per second.
    pub speed: Option<f64>,
}

impl Facts {
    fn of(training: &Training) -> Self {
        Self {
            steps: training.steps(),
            counts: training.counts(),
            takes: training.takes(),
            left: training.left(),
            speed: training.speed(),
        }
    }
}

/// Job for the worker.
#[derive(Debug)]
pub enum Pupils {
    /// Networks that are still to be built.
    New {
        /// Name of the data: `digits`, or a path.
        data: String,
        /// Recipe.
        recipe: Recipe,
        /// Networks.
        entrants: Vec<Entrant>,
    },
    /// A training that continues.
    Old(Box<Training>),
}

/// Job for the worker.
#[derive(Debug)]
pub struct Teaching {
    /// Training.
    pub pupils: Pupils,
    /// Layer and channel to watch.
    pub watch: Watch,
    /// Whether it stops after one batch.
    pub is_one_batch: bool,
}

/// Time between two news.
const BEAT: Duration = Duration::from_millis(40);

impl Pupils {
    fn training(self, kernels: Kernels) -> Result<Box<Training>, Message> {
        let (data, recipe, entrants) = match self {
            Self::Old(training) => return Ok(training),
            Self::New {
                data,
                recipe,
                entrants,
            } => (data, recipe, entrants),
        };
        let data = match data.as_str() {
            "digits" => Dataset::digits(),
            path => Dataset::open(&named::path(path)),
        };
        let training = Training::new(&data.map_err(|error| error.0)?, recipe, entrants)?;
        Ok(Box::new(match kernels {
            Kernels::Fast => training,
            Kernels::Plain => training.on_plain_kernels(),
        }))
    }
}

impl Teaching {
    /// Trains until the end, or until it is stopped.
    pub(super) fn perform(
        self,
        kernels: Kernels,
        cancel: &AtomicBool,
        send: &mut dyn FnMut(Trained),
    ) {
        let mut training = match self.pupils.training(kernels) {
            Ok(training) => training,
            Err(reason) => {
                send(Trained::Failed(reason));
                return;
            }
        };
        training.watch = self.watch;
        send(Trained::Begun(Facts::of(&training)));
        let mut reported = Instant::now();
        let mut moments = Vec::new();
        while let Some(moment) = training.next_moment() {
            moments.push(moment);
            let is_stopped = go_on(cancel).is_break();
            // A stop does not wait for the networks that have not learned from the batch yet: they do so when it goes on.
            if is_stopped || self.is_one_batch && training.is_between() {
                break;
            }
            if reported.elapsed() >= BEAT {
                let facts = Facts::of(&training);
                send(Trained::Moments(std::mem::take(&mut moments), facts));
                reported = Instant::now();
            }
        }
        if !moments.is_empty() {
            send(Trained::Moments(moments, Facts::of(&training)));
        }
        send(Trained::Back(training));
    }
}
