//! The fast forward pass: a network is planned once, and then run as often as one likes.
//!
//! A plan has the steps of a pass in order. A convolution, the batch normalisation behind it, the addition of the shortcut
//! and the ReLU are one step; values between steps share one memory, each for as long as it is needed. A convolution is done
//! directly or by Winograd's way, whichever its shape makes faster, on vectors of 16 channels that lie side by side. Weights
//! are brought into the order in which the kernels read them, once.
//!
//! What it puts out equals the plain kernels' within rounding (`tests/compiled.rs`).

mod copy;
mod geometry;
mod isa;
mod kernels;
mod memory;
mod method;
mod pack;
mod plan;
mod prepare;
mod run;
mod simd;
mod spans;
mod team;

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::session::{EngineError, Observer, room};
use super::{Input, LayerWeights, LoadedWeights, Tensor, loaded};
use crate::network::{LayerId, Network, Shapes, check};
use crate::weights::{WeightError, WeightSource};
pub use isa::Isa;
use kernels::Memory;
use memory::{Aligned, Need, places};
use method::Method;
use plan::{Choices, Kind, Op, Plan, plan};
use prepare::{Prepared, prepare};
use run::Pass;

/// How a network is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Images of a batch.
    pub batch: usize,
    /// Threads; all that the processor has unless told.
    pub threads: usize,
    /// The instructions.
    pub isa: Isa,
    /// Whether 3×3 convolutions may be done with fewer multiplications, which changes their rounding.
    pub winograd: bool,
    /// Whether each layer is a step of its own, so that [`Compiled::watch`] tells of every one. Slower: nothing is fused.
    pub each_layer: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            batch: 1,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            isa: Isa::best(),
            winograd: true,
            each_layer: false,
        }
    }
}

/// Why a network cannot be compiled, or an input not be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// The network breaks a rule.
    #[error("the network cannot run: {0}")]
    Illegal(String),
    /// A map is beyond what the kernels can address.
    #[error("a feature map of this size is too large for the fast kernels: use a smaller input")]
    TooLarge,
    /// This processor lacks the instructions.
    #[error("this processor has no {0}; it has {1}")]
    Isa(Isa, String),
    /// It would take too much memory.
    #[error(transparent)]
    Memory(#[from] EngineError),
    /// From the weights.
    #[error(transparent)]
    Weights(#[from] WeightError),
    /// The input has another shape.
    #[error(
        "the compiled network reads {expected}, and the input has {found} (images × channels × height × width)"
    )]
    Input {
        /// Images × channels × height × width.
        expected: String,
        /// Of the input.
        found: String,
    },
}

/// Where a layer's weights come from.
pub trait LayerSource {
    /// Those of one layer.
    ///
    /// # Errors
    /// A tensor is missing or of another shape.
    fn layer(&self, network: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError>;
}

impl LayerSource for LoadedWeights {
    fn layer(&self, _: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError> {
        Ok(Cow::Borrowed(self.of(id)))
    }
}

impl LayerSource for &dyn WeightSource {
    /// Read when it is asked for: a large checkpoint is never in memory twice.
    fn layer(&self, network: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError> {
        loaded::layer(&network[id].layer, &network[id].path, *self).map(Cow::Owned)
    }
}

/// A step of a compiled pass, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The layers that it does at once.
    pub layers: Vec<LayerId>,
    /// How: `direct`, `winograd 4×4`, `plain`.
    pub how: String,
}

/// A network that is ready to run on batches of one size.
#[derive(Debug)]
pub struct Compiled {
    network: Arc<Network>,
    shapes: Shapes,
    plan: Plan,
    prepared: Vec<Prepared>,
    options: Options,
    /// Where each value, and each step's scratch memory, begins.
    places: Vec<usize>,
    memory: Aligned,
    times: Vec<Duration>,
    /// Steps of the pass that are done.
    done: Arc<AtomicUsize>,
}

impl Compiled {
    /// Plans `network` and packs its weights.
    ///
    /// # Errors
    /// The network breaks a rule of legality, a tensor is missing, or the processor lacks the instructions.
    pub fn new(
        network: Arc<Network>,
        weights: &dyn LayerSource,
        options: Options,
    ) -> Result<Self, CompileError> {
        if !options.isa.is_available() {
            let has: Vec<&str> = Isa::ALL
                .into_iter()
                .filter(|isa| isa.is_available())
                .map(Isa::name)
                .collect();
            return Err(CompileError::Isa(options.isa, has.join(", ")));
        }
        let options = Options {
            threads: options.threads.max(1),
            batch: options.batch.max(1),
            ..options
        };
        if let Some(fault) = check::check(&network).first() {
            return Err(CompileError::Illegal(fault.message.clone()));
        }
        let (shapes, _) = check::shapes(&network);
        let memory = crate::analysis::memory::memory(&network, &shapes);
        // Maps have borders, and channels that fill up blocks; weights that are transformed take up to four times as much.
        room(4 * memory.weights + 2 * options.batch as u128 * memory.peak_activations)?;
        let choices = Choices {
            images: options.batch,
            isa: options.isa,
            winograd: options.winograd,
            each_layer: options.each_layer,
        };
        let plan = plan(&network, &shapes, choices).ok_or(CompileError::TooLarge)?;
        let mut prepared = Vec::new();
        for op in &plan.ops {
            let own: Result<Vec<_>, WeightError> = op
                .layers
                .iter()
                .map(|&id| Ok((id, weights.layer(&network, id)?.into_owned())))
                .collect();
            let own = prepare(&network, &plan, op, choices, options.threads, &own?);
            prepared.push(own.ok_or(CompileError::TooLarge)?);
        }
        let (places, all) = places(&needs(&plan, &prepared));
        Ok(Self {
            times: vec![Duration::ZERO; plan.ops.len()],
            network,
            shapes,
            plan,
            prepared,
            options,
            places,
            memory: Aligned::new(all),
            done: Arc::default(),
        })
    }

    /// What the network puts out for a batch.
    ///
    /// # Errors
    /// The input is of another shape than the network was compiled for.
    pub fn run(&mut self, input: &Input) -> Result<Tensor, CompileError> {
        let mut output = Tensor::zeros(ndarray::IxDyn(&[0]));
        let _ = self.go(input, None, &mut output)?;
        Ok(output)
    }

    /// Runs step by step, telling `observer` what the last layer of each step put out; `Break` when the observer ended it.
    ///
    /// With [`Options::each_layer`] it hears of every layer, in the order in which they run.
    ///
    /// # Errors
    /// The input is of another shape than the network was compiled for.
    pub fn watch(
        &mut self,
        input: &Input,
        observer: &mut Observer<'_>,
    ) -> Result<ControlFlow<()>, CompileError> {
        let mut output = Tensor::zeros(ndarray::IxDyn(&[0]));
        self.go(input, Some(observer), &mut output)
    }

    fn go(
        &mut self,
        input: &Input,
        observer: Option<&mut Observer<'_>>,
        output: &mut Tensor,
    ) -> Result<ControlFlow<()>, CompileError> {
        let (array, prepared) = match input {
            Input::Pixels(array) => (array, false),
            Input::Prepared(array) => (array, true),
        };
        self.fits(array.shape())?;
        let input = array.as_standard_layout();
        let base = self.memory.as_mut_slice().as_mut_ptr();
        let at = |place: usize| Memory(base.wrapping_add(place));
        let values: Vec<Memory> = self.places[..self.plan.values.len()]
            .iter()
            .map(|&place| at(place))
            .collect();
        let scratch: Vec<[Memory; 2]> = self.places[self.plan.values.len()..]
            .chunks_exact(2)
            .map(|pair| [at(pair[0]), at(pair[1])])
            .collect();
        let pass = Pass {
            network: &self.network,
            shapes: &self.shapes,
            plan: &self.plan,
            kernels: kernels::table(self.options.isa),
            values: &values,
            input: input.as_slice().unwrap_or_default(),
            prepared,
        };
        let work = Work {
            pass: &pass,
            prepared: &self.prepared,
            scratch: &scratch,
            threads: self.options.threads,
            done: &self.done,
        };
        let steps = self.plan.ops.len();
        let Some(observer) = observer else {
            work.steps(0..steps, &mut self.times);
            *output = work.value(self.plan.output, self.network.sink());
            return Ok(ControlFlow::Continue(()));
        };
        for step in 0..steps {
            work.steps(step..step + 1, &mut self.times[step..=step]);
            let op = &self.plan.ops[step];
            for id in self.network.ids() {
                // Also a layer that only gives another name to the value, as a flattening does.
                if self.plan.value_of[id.index()] == Some(op.output)
                    && observer(id, &work.value(op.output, Some(id))).is_break()
                {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Whether an input has the shape that the network was compiled for.
    fn fits(&self, found: &[usize]) -> Result<(), CompileError> {
        let expected = self.plan.ops.first().map_or([0; 4], |op| {
            let at = self.plan.values[op.output].at;
            [at.images, at.channels, at.height, at.width]
        });
        if found == expected {
            return Ok(());
        }
        let text = |shape: &[usize]| {
            shape
                .iter()
                .map(usize::to_string)
                .collect::<Vec<_>>()
                .join("×")
        };
        Err(CompileError::Input {
            expected: text(&expected),
            found: text(found),
        })
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// How it was compiled.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The steps of a pass, with what each took in the last one.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Duration)> + '_ {
        let steps = self.plan.ops.iter().map(|op| Step {
            layers: op.layers.clone(),
            how: how(op),
        });
        steps.zip(self.times.iter().copied())
    }

    /// How many steps of the pass under way are done, for another thread to look at.
    pub fn done(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.done)
    }

    /// Bytes of weights, and of the memory that values share.
    pub fn bytes(&self) -> [usize; 2] {
        let weights: usize = self
            .prepared
            .iter()
            .map(|own| own.weights.as_slice().len())
            .sum();
        [weights, self.memory.as_slice().len()].map(|numbers| numbers * size_of::<f32>())
    }
}

/// What the threads of a pass share.
struct Work<'a> {
    pass: &'a Pass<'a>,
    prepared: &'a [Prepared],
    scratch: &'a [[Memory; 2]],
    threads: usize,
    done: &'a AtomicUsize,
}

impl Work<'_> {
    /// Runs some steps on all threads, and notes what each took.
    fn steps(&self, steps: std::ops::Range<usize>, times: &mut [Duration]) {
        let times = std::sync::Mutex::new(times);
        team::together(self.threads, &|part, barrier| {
            let mut own = Vec::with_capacity(steps.len());
            let mut began = Instant::now();
            for step in steps.clone() {
                let op = &self.pass.plan.ops[step];
                // SAFETY: `places` gave every value and scratch memory a place of its own, `Isa` was asked for, and all
                // threads walk the same steps with a barrier between them.
                #[allow(unsafe_code, reason = "steps hand raw memory to kernels")]
                unsafe {
                    let scratch = self.scratch[step];
                    self.pass
                        .step(op, &self.prepared[step], scratch, part, barrier);
                }
                barrier.wait();
                let now = Instant::now();
                own.push(now - began);
                if part.index == 0 {
                    self.done.store(step + 1, Ordering::Relaxed);
                }
                began = now;
            }
            if part.index == 0
                && let Ok(mut times) = times.lock()
            {
                times.copy_from_slice(&own);
            }
        });
    }

    /// A value in the shape that layer `id` gives it.
    fn value(&self, value: usize, id: Option<LayerId>) -> Tensor {
        let shape = id.and_then(|id| self.pass.shapes[id]);
        let at = self.pass.plan.values[value].at;
        // SAFETY: all threads have ended, and the value's place is its own until the last step that reads it.
        #[allow(unsafe_code, reason = "a value is read from the shared memory")]
        unsafe {
            copy::read(self.pass.values[value], &at, shape)
        }
    }
}

/// FLOPs a second that one thread reaches in a loop of nothing but multiply-adds: the ceiling of every kernel.
pub fn peak(isa: Isa) -> Option<f64> {
    if !isa.is_available() {
        return None;
    }
    let mut best = 0.0_f64;
    for _ in 0..5 {
        let began = Instant::now();
        // SAFETY: the processor has the instructions.
        #[allow(unsafe_code, reason = "a kernel")]
        let (flops, sum) = unsafe { (kernels::table(isa).peak)(2_000_000) };
        std::hint::black_box(sum);
        best = best.max(flops as f64 / began.elapsed().as_secs_f64());
    }
    Some(best)
}

/// Every value from the step that writes it to the last that reads it, then two scratch memories for each step.
fn needs(plan: &Plan, prepared: &[Prepared]) -> Vec<Need> {
    let values = plan.values.iter().enumerate().map(|(value, own)| {
        let reads = |op: &Op| op.inputs.contains(&value) || op.residual == Some(value);
        let from = plan
            .ops
            .iter()
            .position(|op| op.output == value)
            .unwrap_or(0);
        let to = if value == plan.output {
            plan.ops.len()
        } else {
            plan.ops.iter().rposition(reads).unwrap_or(from)
        };
        Need {
            len: own.at.len(),
            from,
            to,
        }
    });
    let scratch = prepared.iter().enumerate().flat_map(|(step, own)| {
        own.scratch.map(|len| Need {
            len,
            from: step,
            to: step,
        })
    });
    values.chain(scratch).collect()
}

fn how(op: &Op) -> String {
    match &op.kind {
        Kind::Conv {
            method: Method::Winograd(side),
            ..
        } => format!("winograd {side}×{side}"),
        Kind::Conv { .. } => "direct".to_owned(),
        Kind::Dot { .. } => "dot".to_owned(),
        Kind::Plain => "plain".to_owned(),
        _ => String::new(),
    }
}
