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
mod layers;
mod load;
mod memory;
mod method;
mod options;
mod pack;
mod pictures;
mod plan;
mod prepare;
mod run;
mod simd;
mod spans;
mod threads;
mod value;
mod work;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use super::budget::{Way, admit, room};
use super::pass::{EngineError, Observer};
use super::team::cores;
use super::{Input, Mode, Precision, Tensor};
use crate::network::{LayerId, Network, Shape, Shapes, check};
pub use isa::Isa;
use kernels::Memory;
pub(super) use kernels::multiply_adds;
pub(super) use layers::Layers;
pub use load::LayerSource;
use memory::{Aligned, Store, arrange};
use method::{Choices, Method, WEIGHT};
pub use options::{CompileError, Options};
use pictures::{OfPart, Whole};
use plan::{Kind, Op, Plan, plan};
use prepare::Prepared;
use run::Pass;
pub(super) use value::Value;
use work::Work;

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
    whole: Whole,
    /// From its own input size on.
    network: Arc<Network>,
    shapes: Shapes,
    plan: Plan,
    prepared: Vec<Prepared>,
    /// Packed, of all steps.
    weights: Aligned,
    options: Options,
    threads: usize,
    /// Of values, and of each step's scratch memory.
    memory: Store,
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
            return Err(CompileError::Isa(options.isa, has));
        }
        let options = Options {
            threads: options.threads.map(|threads| threads.max(1)),
            batch: options.batch.max(1),
            ..options
        };
        if let Some(fault) = check::check(&network).first() {
            return Err(CompileError::Illegal(fault.message.clone().into()));
        }
        let (whole, network) = Whole::split(network);
        let (shapes, _) = check::shapes(&network);
        let memory = crate::analysis::memory::memory(&network, &shapes);
        admit(&whole.network, options.batch, Way::Compiled)?;
        // Where rounding is enlarged, it shall at least be no more than it must.
        let is_sensitive = Precision::of(&network, Mode::Inference) == Precision::Double;
        let choices = Choices {
            images: options.batch,
            isa: options.isa,
            winograd: options.winograd && !is_sensitive,
            short_sums: is_sensitive,
            each_layer: options.each_layer,
            weight_price: WEIGHT,
        };
        let own = (memory.weights / size_of::<f32>() as u128) as usize;
        let Planned {
            plan,
            mut prepared,
            threads,
        } = planned(&network, &shapes, choices, options.threads, own)
            .ok_or(CompileError::TooLarge)?;
        // What the plan has come to, before any of it is there.
        let arrangement = arrange(&plan, &prepared);
        let packed: usize = prepared.iter().map(|step| step.weights.len()).sum();
        room((packed + arrangement.all) as u128 * size_of::<f32>() as u128)?;
        let weights = load::load(
            &network,
            &plan,
            &mut prepared,
            &OfPart {
                whole: &whole,
                source: weights,
            },
            options.isa,
            options.threads.unwrap_or_else(cores),
        )?;
        let mut compiled = Self {
            times: vec![Duration::ZERO; plan.ops.len()],
            whole,
            network,
            shapes,
            plan,
            prepared,
            weights,
            options,
            threads,
            memory: Store::new(arrangement, options.apart),
            done: Arc::default(),
        };
        compiled.check()?;
        Ok(compiled)
    }

    /// Holds every step against the memory of its maps.
    fn check(&mut self) -> Result<(), EngineError> {
        self.with_work(&[], false, |work, _| {
            work.tasks(0..work.prepared.len()).map(|_| ())
        })
    }

    /// Does `with` what a pass over `input` shares, and with the times of its steps.
    fn with_work<T>(
        &mut self,
        input: &[f32],
        prepared: bool,
        with: impl FnOnce(&Work<'_>, &mut [Duration]) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let maps = self.memory.maps().map_err(|beyond| EngineError::Beside {
            layer: None,
            reach: beyond.to_string(),
        })?;
        let (values, scratch) = maps.split_at(self.plan.values.len());
        let scratch: Vec<[Memory; 2]> = scratch
            .chunks_exact(2)
            .map(|pair| [pair[0], pair[1]])
            .collect();
        let pass = Pass {
            network: &self.network,
            shapes: &self.shapes,
            plan: &self.plan,
            kernels: kernels::table(self.options.isa),
            tile_blocks: self.options.isa.tile_blocks(),
            weights: self.weights.as_slice(),
            values,
            input,
            prepared,
        };
        let work = Work {
            pass: &pass,
            prepared: &self.prepared,
            scratch: &scratch,
            threads: self.threads,
            done: &self.done,
        };
        with(&work, &mut self.times)
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
        mut observer: Option<&mut Observer<'_>>,
        output: &mut Tensor,
    ) -> Result<ControlFlow<()>, CompileError> {
        let (array, prepared) = match input {
            Input::Pixels(array) => (array, false),
            Input::Prepared(array) => (array, true),
        };
        self.fits(array.shape(), prepared)?;
        let made = if self.whole.picture().is_some() && !prepared {
            let picture = array.to_owned().into_dyn();
            match self.whole.prepare(picture, observer.as_deref_mut()) {
                ControlFlow::Continue(made) => Some(made),
                ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
            }
        } else {
            None
        };
        let input = match &made {
            Some(made) => made.view(),
            None => array.view().into_dyn(),
        };
        let input = input.as_standard_layout();
        let numbers = input.as_slice().unwrap_or_default();
        let (whole, network) = (self.whole.clone(), Arc::clone(&self.network));
        Ok(self.with_work(numbers, prepared, |work, times| {
            let plan = work.pass.plan;
            let steps = plan.ops.len();
            let Some(observer) = observer else {
                work.steps(0..steps, times)?;
                if let Some(value) = plan.output {
                    *output = work.value(value, network.sink());
                }
                return Ok(ControlFlow::Continue(()));
            };
            for step in 0..steps {
                work.steps(step..step + 1, &mut times[step..=step])?;
                let op = &plan.ops[step];
                for id in network.ids() {
                    // Also a layer that only gives another name to the value, as a flattening does.
                    if plan.value_of[id.index()] == Some(op.output)
                        && observer(whole.layer(id), &work.value(op.output, Some(id))).is_break()
                    {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            Ok(ControlFlow::Continue(()))
        })?)
    }

    /// Whether an input has the shape that the network was compiled for.
    fn fits(&self, found: &[usize], prepared: bool) -> Result<(), CompileError> {
        let planned = self.plan.ops.first().map_or([0; 4], |op| {
            let at = self.plan.values[op.output].at;
            [at.images, at.channels, at.height, at.width]
        });
        let picture = self.whole.picture().filter(|_| !prepared);
        let expected = match picture.map(Shape::dims).as_deref() {
            Some(&[channels, height, width]) => [
                planned[0],
                channels as usize,
                height as usize,
                width as usize,
            ],
            _ => planned,
        };
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
        &self.whole.network
    }

    /// How it was compiled.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The threads that a pass runs on.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// The steps of a pass, with what each took in the last one.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Duration)> + '_ {
        let steps = self.plan.ops.iter().map(|op| Step {
            layers: op.layers.iter().map(|id| self.whole.layer(*id)).collect(),
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
        let weights = self.weights.as_slice().len();
        [weights, self.memory.len()].map(|numbers| numbers * size_of::<f32>())
    }
}

/// Packed weights of a network may be as many as this, whatever its own are: 256 MiB.
const FEW_WEIGHTS: usize = 64 << 20;

/// The steps and what their shapes decide. Transformed weights take up to four times the room of those that they are made of:
/// where all would take more than 2.2 times that of its `own`, those go that gain the least time for their room.
fn planned(
    network: &Network,
    shapes: &Shapes,
    mut choices: Choices,
    asked: Option<usize>,
    own: usize,
) -> Option<Planned> {
    let most = (own / 5 * 11).max(FEW_WEIGHTS);
    loop {
        let plan = plan(network, shapes, choices)?;
        let threads = asked.unwrap_or_else(|| threads::paying(network, &plan, cores()));
        let prepared = plan
            .ops
            .iter()
            .map(|op| prepare::shaped(network, &plan, op, choices, threads))
            .collect::<Option<Vec<_>>>()?;
        let all: usize = prepared.iter().map(|step| step.weights.len()).sum();
        if all <= most || choices.weight_price > DEAREST {
            return Some(Planned {
                plan,
                prepared,
                threads,
            });
        }
        choices.weight_price *= 2.0;
    }
}

/// The plan of a pass with its prepared steps and the number of its threads.
struct Planned {
    plan: Plan,
    prepared: Vec<Prepared>,
    threads: usize,
}

/// A price of weights beyond which nothing is transformed that could save room.
const DEAREST: f32 = 1000.0;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};

    /// Packed weights and the memory of values of ResNet-152 with eight images, in numbers.
    #[test]
    fn a_deep_network_takes_little_room() {
        let model = open("resnet152", &Overrides::default()).unwrap();
        let (shapes, _) = check::shapes(&model.network);
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            let choices = Choices {
                images: 8,
                isa,
                winograd: true,
                each_layer: false,
                short_sums: false,
                weight_price: WEIGHT,
            };
            let own = 60_192_808;
            let Planned { plan, prepared, .. } =
                planned(&model.network, &shapes, choices, Some(2), own).unwrap();
            let weights: usize = prepared.iter().map(|step| step.weights.len()).sum();
            assert!(weights <= own / 5 * 11, "{isa}: {weights} weights");
            // The largest map, of 256 channels at 56×56, is summed in its place; beside it are two of 64.
            let all = arrange(&plan, &prepared).all;
            let map = 8 * 64 * 56 * 56;
            assert!(all < 7 * map, "{isa}: {all} numbers, a map has {map}");
        }
    }
}
