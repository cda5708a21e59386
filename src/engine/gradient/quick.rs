//! Passes of training in single precision, on the kernels of the processor.
//!
//! A batch is cut into pieces, always the same, whose values stay in the cache of the thread that has them: a thread runs all
//! operations up to the next normalisation on one piece before it turns to the next. The pieces of all threads meet where
//! statistics of the batch are needed. What pieces sum up is added in their order, so that the result is the same on any number
//! of threads. Memory stays from one step to the next.
//!
//! [`Backward::run`] on the plain kernels is the reference (`tests/gradient/quick.rs`).

mod layout;
mod norm;
mod pad;
mod piece;
mod plan;

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use ndarray::{Array1, Array2, ArrayD, Axis, Ix2, IxDyn, Slice, concatenate};

use super::batch::Batch;
use super::shift::Shift;
use super::{Backward, GradientError, Gradients};
use crate::engine::LayerWeights;
use crate::engine::budget::room;
use crate::engine::compiled::learn::Packed;
use crate::engine::compiled::learn::each::{Each, Moments, Sums};
use crate::engine::kernels::BatchStatistics;
use crate::engine::kernels::backward::loss::cross_entropy;
use crate::kernels::team::{Barrier, Part, cores, together};
use crate::network::{LayerId, Table};
use norm::{Around, Coefficients, by_moments, by_running, by_sums, fixed, statistics};
use piece::{Piece, Told};
use plan::{Back, Op, Plan};

/// Pieces of a batch, at most.
const PIECES: usize = 8;

/// Multiplications of a step that one thread does before another would be awake.
const ALONE: u128 = 1 << 22;

const POISONED: &str = "a thread that panics ends the step";

/// A pass of a network that keeps its memory.
#[derive(Debug)]
pub struct Quick {
    pass: Backward,
    plan: Arc<Plan>,
    /// Shifts of each layer's output that have no effect.
    shifts: Table<Shift>,
    pieces: Vec<Mutex<Piece>>,
    /// Results of each operation, by piece.
    told: Vec<Vec<Mutex<Told>>>,
    packed: Vec<RwLock<Packed>>,
    scratch: Vec<Mutex<Vec<f32>>>,
    /// Held by the step that has all of the memory.
    turn: Mutex<()>,
}

impl Clone for Quick {
    /// The same pass with memory of its own.
    fn clone(&self) -> Self {
        Self::of(self.pass.clone(), Arc::clone(&self.plan))
    }
}

/// Results of a step, as threads leave them.
struct Outcome {
    loss: Mutex<f64>,
    logits: Vec<Mutex<ArrayD<f32>>>,
    layers: Vec<Mutex<Vec<ArrayD<f32>>>>,
    statistics: Mutex<Vec<(LayerId, BatchStatistics)>>,
}

/// A batch with the choices of its pass.
#[derive(Clone, Copy)]
struct Job<'a> {
    weights: &'a Table<LayerWeights<f32>>,
    batch: Batch<'a, f32>,
    smoothing: f64,
    goes_back: bool,
}

/// One thread's share of a step.
struct Share<'a> {
    job: Job<'a>,
    around: Around<'a>,
    /// Pieces of all threads.
    count: usize,
    /// Numbers of this thread's pieces.
    own: Range<usize>,
    pieces: Vec<MutexGuard<'a, Piece>>,
    scratch: MutexGuard<'a, Vec<f32>>,
    /// Numbers of each operation's channels.
    coefficients: Vec<Coefficients>,
    factors: Vec<Vec<f64>>,
}

impl Quick {
    /// Prepares the passes of `pass`; `None` if it has a layer that needs the whole batch at once, other than a batch
    /// normalisation. `is_learning` says whether gradients are wanted too.
    pub fn new(pass: &Backward, is_learning: bool) -> Option<Self> {
        let plan = Plan::new(pass, is_learning)?;
        Some(Self::of(pass.clone(), Arc::new(plan)))
    }

    fn of(pass: Backward, plan: Arc<Plan>) -> Self {
        let told = |_: &Op| (0..PIECES).map(|_| Mutex::default()).collect();
        Self {
            pieces: (0..PIECES).map(|_| Mutex::default()).collect(),
            told: plan.ops.iter().map(told).collect(),
            packed: plan.ops.iter().map(|_| RwLock::default()).collect(),
            scratch: (0..PIECES).map(|_| Mutex::default()).collect(),
            turn: Mutex::default(),
            shifts: pass.shifts_without_effect(),
            plan,
            pass,
        }
    }

    /// Bytes that a step takes for a batch of so many images, without the weights.
    pub fn takes(&self, batch: usize) -> u128 {
        let plan = &self.plan;
        let values: usize = plan.values.iter().map(layout::Layout::len).sum();
        // Gradients are alive from a value's last reader to its maker.
        let mut alive = vec![false; plan.values.len()];
        let (mut now, mut most) = (plan.values[plan.output()].len(), 0);
        for op in plan.ops.iter().rev() {
            let from: Vec<usize> = match op {
                Op::Input { .. } => Vec::new(),
                Op::Conv { from, .. } | Op::Relu { from, .. } | Op::Pad { from, .. } => {
                    vec![*from]
                }
                Op::Norm(norm) => std::iter::once(norm.from).chain(norm.other).collect(),
                Op::Add { from, .. } => from.to_vec(),
                Op::Plain { from, .. } => from.clone(),
            };
            for value in from {
                if plan.values[value].is_tracked && !std::mem::replace(&mut alive[value], true) {
                    now += plan.values[value].len();
                }
            }
            most = most.max(now);
            now -= plan.values[op.to()].len().min(now);
        }
        let weights = plan.ops.iter().map(|op| match op {
            Op::Conv { conv, .. } => conv.gradient_len() * (PIECES + 3),
            _ => 0,
        });
        let weights: usize = weights.sum();
        let threads = cores().min(PIECES);
        4 * (batch as u128 * (values + most) as u128 + (weights + threads * plan.scratch) as u128)
    }

    /// Refuses a batch that takes too much memory, or that batch normalisation cannot learn from.
    ///
    /// # Errors
    /// It would take too much, or a channel has one value.
    pub fn admit(&self, batch: usize) -> Result<(), GradientError> {
        self.pass.refuse_one_value(batch)?;
        Ok(room(self.takes(batch))?)
    }

    /// Runs a batch forward, and back from its loss.
    ///
    /// # Errors
    /// The batch does not fit, or takes too much memory.
    pub fn run(
        &self,
        weights: &Table<LayerWeights<f32>>,
        batch: Batch<'_, f32>,
        smoothing: f64,
    ) -> Result<Gradients<f32>, GradientError> {
        self.done(Job {
            weights,
            batch,
            smoothing,
            goes_back: true,
        })
    }

    /// Runs a batch forward alone: its mean loss, and the output.
    ///
    /// # Errors
    /// The batch does not fit, or takes too much memory.
    pub fn loss(
        &self,
        weights: &Table<LayerWeights<f32>>,
        batch: Batch<'_, f32>,
        smoothing: f64,
    ) -> Result<(f64, Array2<f32>), GradientError> {
        let done = self.done(Job {
            weights,
            batch,
            smoothing,
            goes_back: false,
        })?;
        Ok((done.loss, done.logits))
    }

    fn done(&self, job: Job<'_>) -> Result<Gradients<f32>, GradientError> {
        self.pass.refuse(&job.batch)?;
        let _turn = lock(&self.turn);
        self.admit(job.batch.labels.len())?;
        let images = job.batch.labels.len();
        let size = images.div_ceil(PIECES);
        let count = images.div_ceil(size);
        for (number, piece) in self.pieces[..count].iter().enumerate() {
            let images = number * size..((number + 1) * size).min(images);
            lock(piece).prepare(&self.plan, images);
        }
        let outcome = Outcome {
            loss: Mutex::default(),
            logits: (0..count).map(|_| Mutex::default()).collect(),
            layers: self
                .pass
                .network()
                .ids()
                .map(|_| Mutex::default())
                .collect(),
            statistics: Mutex::default(),
        };
        let threads = if self.plan.products * images as u128 <= ALONE {
            1
        } else {
            cores().min(count)
        };
        together(threads, &|part, barrier| {
            self.work(job, count, &outcome, part, barrier);
        });
        let kept: usize = (self.pieces[..count].iter())
            .map(|piece| lock(piece).values.iter().map(Vec::len).sum::<usize>())
            .sum();
        let logits = all_logits(&outcome.logits);
        let layers: Vec<Vec<ArrayD<f32>>> = (outcome.layers.into_iter())
            .map(|own| own.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect();
        let into = PoisonError::into_inner;
        Ok(Gradients {
            loss: outcome.loss.into_inner().unwrap_or_else(into),
            logits,
            input: None,
            layers: layers.into(),
            statistics: outcome
                .statistics
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner),
            kept: 4 * kept as u128,
        })
    }

    /// One thread's part of a step.
    fn work(&self, job: Job<'_>, count: usize, outcome: &Outcome, part: Part, barrier: &Barrier) {
        let plan = &*self.plan;
        self.pack(job, part);
        barrier.wait();
        let own = part.of(count);
        let mut share = Share {
            job,
            around: Around {
                plan,
                network: self.pass.network(),
                weights: job.weights,
                each: Each::new(plan.isa),
                images: job.batch.labels.len(),
            },
            count,
            pieces: self.pieces[own.clone()].iter().map(lock).collect(),
            own,
            scratch: lock(&self.scratch[part.index]),
            coefficients: vec![Coefficients::default(); plan.ops.len()],
            factors: vec![Vec::new(); plan.ops.len()],
        };
        self.forward(&mut share, outcome, part, barrier);
        for (piece, place) in share.pieces.iter().zip(share.own.clone()) {
            *lock(&outcome.logits[place]) = piece.output(plan);
        }
        barrier.wait();
        let logits = all_logits(&outcome.logits);
        let (loss, gradient) = cross_entropy(logits.view(), job.batch.labels, job.smoothing);
        if part.index == 0 {
            *lock(&outcome.loss) = loss;
        }
        if !job.goes_back || !loss.is_finite() {
            return;
        }
        for piece in &mut share.pieces {
            let own = Slice::from(piece.images.clone());
            let own = gradient.slice_axis(Axis(0), own).to_owned();
            piece.begin(plan, &own.into_dyn());
        }
        self.back(&mut share, barrier);
        barrier.wait();
        for number in plan.share(part) {
            let op = &plan.ops[number];
            let Some(layer) = op.layer() else {
                continue;
            };
            if plan.values[op.to()].is_tracked && self.pass.is_learning(layer) {
                let mut tensors = self.tensors(number, &share);
                let shift = self.shifts[layer];
                self.pass.clear_idle_bias(layer, shift, &mut tensors);
                *lock(&outcome.layers[layer.index()]) = tensors;
            }
        }
    }

    /// Brings the weights of a thread's convolutions into the kernels' order.
    fn pack(&self, job: Job<'_>, part: Part) {
        let plan = &*self.plan;
        for number in plan.share(part) {
            if let Op::Conv { conv, layer, .. } = &plan.ops[number]
                && let LayerWeights::Conv { weight, .. } = &job.weights[*layer]
            {
                let weight = weight.as_standard_layout();
                let mut packed = self.packed[number].write().expect(POISONED);
                conv.pack(weight.as_slice().unwrap_or_default(), &mut packed);
            }
        }
    }

    /// Runs a thread's pieces forward.
    fn forward(&self, share: &mut Share<'_>, outcome: &Outcome, part: Part, barrier: &Barrier) {
        let plan = &*self.plan;
        let around = share.around;
        for run in &plan.forward {
            if let Some(Op::Norm(norm)) = run.first().map(|&first| &plan.ops[first])
                && norm.is_training
            {
                barrier.wait();
                let number = run[0];
                let moments = self.moments(number, share.count);
                let own = &mut share.coefficients[number];
                share.factors[number] = by_moments(norm, &moments, around, own);
                if part.index == 0 && share.job.goes_back {
                    let channels = plan.values[norm.to].shape.channels() as usize;
                    let own = (norm.layer, statistics(&moments[..channels]));
                    lock(&outcome.statistics).push(own);
                }
            }
            for &number in run {
                if let Op::Norm(norm) = &plan.ops[number]
                    && !norm.is_training
                {
                    let own = &mut share.coefficients[number];
                    share.factors[number] = by_running(norm, around, own);
                }
            }
            for (piece, place) in share.pieces.iter_mut().zip(share.own.clone()) {
                for &number in run {
                    let op = &plan.ops[number];
                    let packed = self.packed[number].read().expect(POISONED);
                    let (own, scratch) = (&share.coefficients[number], &mut share.scratch);
                    piece.forward(around, op, share.job.batch, &packed, own, scratch);
                    for &reader in &plan.readers[op.to()] {
                        let mut told = lock(&self.told[reader][place]);
                        piece.moments(around, op.to(), &mut told.moments);
                    }
                }
            }
        }
    }

    /// Runs a thread's pieces back.
    fn back(&self, share: &mut Share<'_>, barrier: &Barrier) {
        let plan = &*self.plan;
        let around = share.around;
        for run in &plan.back {
            if let Some(&Back::Through(number)) = run.first()
                && let Op::Norm(norm) = &plan.ops[number]
            {
                barrier.wait();
                let own = &mut share.coefficients[number];
                let sums = self.sums(number, share.count, own);
                let values = (around.images * plan.values[norm.from].pixels) as f64;
                by_sums(norm, &sums, values, &share.factors[number], around, own);
            }
            for (piece, place) in share.pieces.iter_mut().zip(share.own.clone()) {
                for &back in run {
                    let (Back::Whole(number) | Back::Sums(number) | Back::Through(number)) = back;
                    let (op, own) = (&plan.ops[number], &mut share.coefficients[number]);
                    let mut told = lock(&self.told[number][place]);
                    match (back, op) {
                        (Back::Sums(_), Op::Norm(norm)) => {
                            piece.sums(around, norm, own, &mut told.sums);
                        }
                        (Back::Through(_), Op::Norm(norm)) => piece.through(around, norm, own),
                        _ => {
                            if let Op::Norm(norm) = op {
                                fixed(norm, &share.factors[number], around, own);
                            }
                            let packed = self.packed[number].read().expect(POISONED);
                            let scratch = &mut share.scratch;
                            piece.back(around, op, &packed, own, &mut told, scratch);
                        }
                    }
                }
            }
        }
    }

    /// Moments of all pieces, in their order.
    fn moments(&self, number: usize, count: usize) -> Vec<Moments> {
        let mut all = lock(&self.told[number][0]).moments.clone();
        for told in &self.told[number][1..count] {
            for (sum, own) in all.iter_mut().zip(&lock(told).moments) {
                sum.add(*own);
            }
        }
        all
    }

    /// Sums of all pieces, in their order.
    fn sums(&self, number: usize, count: usize, coefficients: &Coefficients) -> Vec<Sums> {
        let mut all = lock(&self.told[number][0]).sums.clone();
        for told in &self.told[number][1..count] {
            for (sum, own) in all.iter_mut().zip(&lock(told).sums) {
                sum.all += own.all;
                sum.along += own.along;
            }
        }
        coefficients.centre(&mut all);
        all
    }

    /// Gradients by an operation's tensors, of all pieces in their order.
    fn tensors(&self, number: usize, share: &Share<'_>) -> Vec<ArrayD<f32>> {
        let (count, factors) = (share.count, &share.factors[number]);
        let told = &self.told[number][..count];
        match &self.plan.ops[number] {
            Op::Conv { conv, layer, .. } => {
                let mut first = lock(&told[0]);
                for other in &told[1..] {
                    let other = lock(other);
                    for (sum, own) in first.weights.iter_mut().zip(&other.weights) {
                        *sum += own;
                    }
                }
                let LayerWeights::Conv { weight, .. } = &share.job.weights[*layer] else {
                    return Vec::new();
                };
                let mut values = vec![0.0; weight.len()];
                conv.unpack(&first.weights, &mut values);
                let gradient = ArrayD::from_shape_vec(IxDyn(weight.shape()), values);
                vec![gradient.expect("as many numbers as weights")]
            }
            Op::Norm(norm) => {
                let sums = self.sums(number, count, &share.coefficients[number]);
                let channels = self.plan.values[norm.to].shape.channels() as usize;
                let own = sums.iter().zip(factors).take(channels);
                let gamma: Array1<f32> = own
                    .map(|(sums, factor)| (sums.along * factor) as f32)
                    .collect();
                let beta = sums.iter().take(channels).map(|sums| sums.all as f32);
                vec![gamma.into_dyn(), beta.collect::<Array1<f32>>().into_dyn()]
            }
            Op::Plain { .. } => {
                let mut all = lock(&told[0]).tensors.clone();
                for other in &told[1..] {
                    for (sum, own) in all.iter_mut().zip(&lock(other).tensors) {
                        *sum += own;
                    }
                }
                all
            }
            Op::Input { .. } | Op::Add { .. } | Op::Relu { .. } | Op::Pad { .. } => Vec::new(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn all_logits(pieces: &[Mutex<ArrayD<f32>>]) -> Array2<f32> {
    let pieces: Vec<_> = pieces.iter().map(lock).collect();
    let views: Vec<_> = pieces.iter().map(|own| own.view()).collect();
    let all = concatenate(Axis(0), &views).expect("pieces of one batch");
    let all = all.into_dimensionality::<Ix2>();
    all.expect("the last layer's output is a vector, as was judged")
}
