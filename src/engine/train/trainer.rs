//! One network that learns, batch by batch.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array2, Array4, ArrayD, Zip};

use crate::engine::gradient::{Backward, Batch, GradientError, Gradients, Options, Quick};
use crate::engine::kernels::update_running;
use crate::engine::{EngineError, LayerWeights, LoadedWeights, Mode};
use crate::message;
use crate::network::{Layer, LayerId, Network, Norm, Shortened, Table};
use crate::text::Message;

/// Settings of a whole training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Momentum: share of the last step in the next one.
    pub momentum: f32,
    /// Part of each weight that is added to its gradient.
    pub weight_decay: f32,
    /// Share of the target that is spread over all classes.
    pub smoothing: f64,
    /// The seed of what dropout drops.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            momentum: 0.9,
            weight_decay: 1e-4,
            smoothing: 0.0,
            seed: 0,
        }
    }
}

/// Reason why the training of a network ends.
#[derive(Debug, Clone, PartialEq)]
pub enum TrainError {
    /// There is no gradient.
    Gradient(GradientError),
    /// The loss is no number any more; the message says at which step, and which layer was the first.
    Diverged(Message),
}

impl TrainError {
    /// The error as a text.
    pub fn message(&self) -> Message {
        match self {
            Self::Gradient(error) => error.message(),
            Self::Diverged(message) => message.clone(),
        }
    }
}

impl From<TrainError> for Message {
    fn from(error: TrainError) -> Self {
        error.message()
    }
}

impl From<GradientError> for TrainError {
    fn from(error: GradientError) -> Self {
        Self::Gradient(error)
    }
}

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gradient(error) => error.fmt(f),
            Self::Diverged(message) => message.fmt(f),
        }
    }
}

impl std::error::Error for TrainError {}

/// Answers of a network to some pictures.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Seen {
    /// The sum of the pictures' losses.
    pub loss: f64,
    /// Pictures whose likeliest class is theirs.
    pub right: usize,
    /// Pictures.
    pub pictures: usize,
}

impl Seen {
    /// Together with others.
    pub fn add(&mut self, other: Self) {
        self.loss += other.loss;
        self.right += other.right;
        self.pictures += other.pictures;
    }

    /// The mean loss.
    pub fn mean_loss(self) -> f64 {
        self.loss / self.pictures.max(1) as f64
    }

    /// The share of right answers.
    pub fn accuracy(self) -> f64 {
        self.right as f64 / self.pictures.max(1) as f64
    }

    fn of(loss: f64, logits: &Array2<f32>, labels: &[usize]) -> Self {
        let likeliest = |row: ndarray::ArrayView1<f32>| {
            let mut best = 0;
            for (class, &value) in row.iter().enumerate() {
                if value > row[best] {
                    best = class;
                }
            }
            best
        };
        let rows = logits.outer_iter().zip(labels);
        Self {
            loss: loss * labels.len() as f64,
            right: rows
                .filter(|(row, label)| likeliest(*row) == **label)
                .count(),
            pictures: labels.len(),
        }
    }
}

/// A network that learns.
#[derive(Debug, Clone)]
pub struct Trainer {
    backward: Backward,
    forward: Backward,
    /// The same on the kernels of the processor, where they can do it.
    quick_backward: Option<Quick>,
    quick_forward: Option<Quick>,
    settings: Settings,
    pub(super) weights: Table<LayerWeights<f32>>,
    /// The way of the last step, for each learned tensor; none before the first.
    pub(super) ways: Table<Vec<ArrayD<f32>>>,
    /// Steps that were made.
    pub(super) steps: u64,
}

impl Trainer {
    /// Begins with these weights; the layers that `is_frozen` names keep theirs, and batch normalisations among them normalise by
    /// their running statistics, which stay too.
    ///
    /// # Errors
    /// The network has a layer without a derivative, or nothing that may learn.
    pub fn new(
        network: &Arc<Network>,
        weights: &LoadedWeights,
        settings: Settings,
        is_frozen: impl Fn(LayerId) -> bool,
    ) -> Result<Self, GradientError> {
        let backward =
            Backward::new(Arc::clone(network), Mode::Training)?.learning(|id| !is_frozen(id));
        if !backward.learns() {
            return Err(message!("train-nothing-learns").into());
        }
        let forward = Backward::new(Arc::clone(network), Mode::Inference)?;
        Ok(Self {
            quick_backward: Quick::new(&backward, true),
            quick_forward: Quick::new(&forward, false),
            forward,
            ways: Table::new(network, |_| Vec::new()),
            weights: weights.all(),
            backward,
            settings,
            steps: 0,
        })
    }

    /// The same training of a network that lacks layers of this one: the others go on with their weights, and with the way of their
    /// last step.
    ///
    /// # Errors
    /// The network breaks a rule, or nothing in it may learn.
    pub fn shortened(&self, short: Shortened) -> Result<Self, GradientError> {
        let network = Arc::new(short.network);
        let from: Table<LayerId> = short.from.into();
        let backward = Backward::new(Arc::clone(&network), Mode::Training)?
            .learning(|id| self.learns(from[id]));
        if !backward.learns() {
            return Err(message!("train-nothing-learns").into());
        }
        let forward = Backward::new(Arc::clone(&network), Mode::Inference)?;
        let is_quick = self.quick_backward.is_some() || self.quick_forward.is_some();
        Ok(Self {
            quick_backward: Quick::new(&backward, true).filter(|_| is_quick),
            quick_forward: Quick::new(&forward, false).filter(|_| is_quick),
            forward,
            ways: Table::new(&network, |id| self.ways[from[id]].clone()),
            weights: Table::new(&network, |id| self.weights[from[id]].clone()),
            backward,
            settings: self.settings,
            steps: self.steps,
        })
    }

    /// The same with the state of another for each layer that both have.
    #[must_use]
    pub(super) fn following(mut self, other: &Self) -> Self {
        let network = Arc::clone(self.shared());
        for (id, node) in network.nodes() {
            if let Some(own) = other.network().find(&node.path.to_string()) {
                self.weights[id] = other.weights[own].clone();
                self.ways[id].clone_from(&other.ways[own]);
            }
        }
        self.steps = other.steps;
        self
    }

    /// The same training on the plain kernels, whose numbers are the same on every processor.
    #[must_use]
    pub fn on_plain_kernels(mut self) -> Self {
        self.quick_backward = None;
        self.quick_forward = None;
        self
    }

    /// The network.
    pub fn network(&self) -> &Network {
        self.backward.network()
    }

    /// The network, to be shared.
    pub fn shared(&self) -> &Arc<Network> {
        self.backward.shared()
    }

    /// The weights as they are now.
    pub fn weights(&self) -> &Table<LayerWeights<f32>> {
        &self.weights
    }

    /// Whether a layer learns.
    pub(super) fn learns(&self, id: LayerId) -> bool {
        self.backward.is_learning(id)
    }

    /// Steps that were made.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.backward.classes()
    }

    /// Bytes that training takes in all with batches of so many pictures: those of a pass, and the ways of the last step.
    pub fn takes(&self, batch: usize) -> u128 {
        let learned: usize = (self.weights.iter())
            .flat_map(|own| own.tensors().into_iter().map(|tensor| tensor.len()))
            .sum();
        let pass = match &self.quick_backward {
            Some(quick) => quick.takes(batch) + 8 * learned as u128,
            None => self.backward.takes::<f32>(batch, self.options()),
        };
        pass + 4 * learned as u128
    }

    /// Refuses batches that take too much memory, or whose smallest leaves a batch normalisation one value.
    ///
    /// # Errors
    /// As said.
    pub fn admit(&self, batch: usize, smallest: usize) -> Result<(), GradientError> {
        let admit = |batch: usize| match &self.quick_backward {
            Some(quick) => quick.admit(batch),
            None => self.backward.admit::<f32>(batch, self.options()),
        };
        let with_layer = |error: GradientError, batch: usize| match error {
            GradientError::Engine(EngineError::OneValue(layer)) if batch > smallest => message!(
                "train-last-batch",
                layer = layer,
                batch = batch,
                images = smallest
            )
            .into(),
            GradientError::Engine(EngineError::OneValue(layer)) => {
                message!("train-one-value", layer = layer, batch = batch).into()
            }
            other => other,
        };
        // Where the whole batch is too small, it is at fault, and not what is left of the pictures.
        admit(batch).map_err(|error| with_layer(error, batch.min(smallest)))?;
        admit(smallest).map_err(|error| with_layer(error, batch))
    }

    fn options(&self) -> Options {
        Options {
            smoothing: self.settings.smoothing,
            // Another mask at every step.
            dropout: Some(self.settings.seed ^ self.steps.wrapping_mul(0x5851_F42D_4C95_7F2D)),
            wants_input: false,
        }
    }

    /// Learns from a batch: values of pixels from 0 to 255, which the network prepares, and the class of each picture.
    ///
    /// # Errors
    /// The batch does not fit, or the loss is no number any more; then nothing was learned from it.
    pub fn step(
        &mut self,
        pixels: &Array4<f32>,
        labels: &[usize],
        rate: f64,
    ) -> Result<(Seen, Gradients<f32>), TrainError> {
        let batch = Batch {
            input: pixels,
            is_prepared: false,
            labels,
        };
        let options = self.options();
        let gradients = if let Some(quick) = &self.quick_backward {
            quick.run(&self.weights, batch, options.smoothing)?
        } else {
            let mut observer = |_, _| ControlFlow::Continue(());
            self.backward
                .run(&self.weights, batch, options, &mut observer)?
        };
        if !gradients.loss.is_finite() {
            let first = self
                .backward
                .first_not_finite(&self.weights, batch, options);
            return Err(self.diverged(first));
        }
        self.descend(&gradients, rate as f32);
        self.steps += 1;
        let seen = Seen::of(gradients.loss, &gradients.logits, labels);
        Ok((seen, gradients))
    }

    fn diverged(&self, first: Option<LayerId>) -> TrainError {
        let step = self.steps + 1;
        TrainError::Diverged(match first {
            Some(first) => message!(
                "train-diverged-at",
                step = step,
                layer = self.network()[first].path.to_string()
            ),
            None => message!("train-diverged", step = step),
        })
    }

    /// PyTorch's `SGD`: the gradient with weight decay, the momentum, and the step along it.
    fn descend(&mut self, gradients: &Gradients<f32>, rate: f32) {
        let Settings {
            momentum,
            weight_decay,
            ..
        } = self.settings;
        let network = Arc::clone(self.backward.shared());
        for id in network.ids() {
            let own = &gradients.layers[id];
            let is_first = self.ways[id].is_empty();
            let tensors = self.weights[id].tensors_mut();
            for (place, (mut weight, gradient)) in tensors.into_iter().zip(own).enumerate() {
                if is_first {
                    // The first way is the gradient itself.
                    let mut way = gradient.clone();
                    way.zip_mut_with(&weight, |way, &w| *way += weight_decay * w);
                    self.ways[id].push(way);
                } else {
                    Zip::from(&mut self.ways[id][place])
                        .and(gradient)
                        .and(&weight)
                        .for_each(|way, &g, &w| *way = momentum * *way + (g + weight_decay * w));
                }
                let way = &self.ways[id][place];
                weight.zip_mut_with(way, |w, &way| *w -= rate * way);
            }
        }
        for (id, statistics) in &gradients.statistics {
            if !self.backward.is_learning(*id) {
                continue;
            }
            if let (Layer::Norm(Norm::Batch(settings)), LayerWeights::Norm { mean, var, .. }) =
                (&network[*id].layer, &mut self.weights[*id])
            {
                let momentum = settings.momentum as f32;
                update_running(mean, &statistics.mean, momentum);
                update_running(var, &statistics.variance_unbiased, momentum);
            }
        }
    }

    /// Answers to pictures that it does not learn from, with running statistics.
    ///
    /// # Errors
    /// The batch does not fit.
    pub fn test(&self, pixels: &Array4<f32>, labels: &[usize]) -> Result<Seen, TrainError> {
        let batch = Batch {
            input: pixels,
            is_prepared: false,
            labels,
        };
        let (loss, logits) = match &self.quick_forward {
            Some(quick) => quick.loss(&self.weights, batch, 0.0)?,
            None => self
                .forward
                .loss(&self.weights, batch, Options::default())?,
        };
        Ok(Seen::of(loss, &logits, labels))
    }
}

impl From<EngineError> for TrainError {
    fn from(error: EngineError) -> Self {
        Self::Gradient(error.into())
    }
}
