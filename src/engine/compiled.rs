//! The fast forward pass: a network is planned once, and then run any number of times.
//!
//! A plan lists the steps of a pass in order. A convolution, the batch normalisation after it, the addition of the shortcut
//! and the ReLU are fused into one step; values between steps share one memory, each for as long as it is needed. A
//! convolution uses the direct or Winograd's method, whichever is faster for its shape, on vectors of 16 channels that lie
//! side by side. Weights are rearranged once, into the order in which the kernels read them. Where the maps of a batch are too
//! large for a cache, its images take turns (`turns.rs`).
//!
//! The output equals the plain kernels' within rounding (`tests/compiled.rs`).

mod candidate;
mod choices;
mod copy;
mod each;
mod fold;
mod kept;
mod layers;
pub(super) mod learn;
mod load;
mod memory;
mod method;
mod options;
mod pictures;
mod plan;
mod prepare;
mod prices;
mod run;

mod spans;
mod strips;
mod threads;
mod turns;
mod value;
mod work;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use ndarray::{Axis, concatenate};

use super::budget::{Way, admit, room};
use super::levels::StepWork;
use super::pass::{EngineError, Observer};
use super::{Input, Mode, Precision, Tensor};
use crate::kernels::Memory;
pub use crate::kernels::bf16::Products;
use crate::kernels::checked::OutOfReach;
pub use crate::kernels::isa::Isa;
pub(super) use crate::kernels::multiply_adds;
use crate::kernels::team::cores;
use crate::network::{LayerId, Network, Shape, Shapes, check};
use crate::text::format::dims;
pub use candidate::Candidate;
use choices::Choices;
pub(super) use layers::Layers;
pub use load::LayerSource;
use memory::{Aligned, Store, arrange};
use method::Method;
pub use method::{Choice, Reason};
pub use options::{By, CompileError, Options};
use pictures::{OfPart, Whole};
use plan::{Kind, Op, Plan, plan};
use prepare::Prepared;
use prices::Prices;
use run::Pass;
use turns::Turn;
pub(super) use value::Value;
use work::Work;

/// Description of one step of a compiled pass, for display.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Layers that the step computes together.
    pub layers: Vec<LayerId>,
    /// Method: `direct`, `winograd 4×4`, `plain`.
    pub how: String,
    /// Work of its method.
    pub work: StepWork,
    /// Choice of the method, for a convolution.
    pub choice: Option<Choice>,
}

/// A network that is ready to run on batches of one size.
#[derive(Debug)]
pub struct Compiled {
    whole: Whole,
    /// The planned part, which begins at the network's input size.
    network: Arc<Network>,
    shapes: Shapes,
    plan: Plan,
    prepared: Vec<Prepared>,
    /// Packed weights of all steps.
    weights: Aligned,
    options: Options,
    /// Name of the pass among those that were raced.
    pass: String,
    threads: usize,
    /// Memory of the values, and scratch memory of each step.
    memory: Store,
    times: Vec<Duration>,
    /// Number of steps of the pass that are done.
    done: Arc<AtomicUsize>,
}

impl Compiled {
    /// Plans `network` and packs its weights.
    ///
    /// # Errors
    /// The network is illegal, a tensor is missing, or the processor lacks the instructions.
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
            return Err(CompileError::Illegal(fault.message.clone()));
        }
        let (whole, network) = Whole::split(network);
        let (shapes, _) = check::shapes(&network);
        let memory = crate::analysis::memory::memory(&network, &shapes);
        admit(&whole.network, options.batch, Way::Compiled)?;
        // If a network amplifies rounding, the compiled pass must add as little of it as possible.
        let is_sensitive = Precision::of(&network, Mode::Inference) == Precision::Double;
        let choices = Choices {
            winograd: options.winograd && !is_sensitive && options.bf16.is_none(),
            bf16: options.bf16,
            short_sums: is_sensitive,
            each_layer: options.each_layer,
            resident: options.resident.unwrap_or(turns::RESIDENT),
            known: options.known,
            by: options.by,
            prices: Prices::of(options.known),
            all_weights: u64::try_from(memory.weights).unwrap_or(u64::MAX),
            ..Choices::plain(options.batch, options.isa)
        };
        let own = (memory.weights / size_of::<f32>() as u128) as usize;
        let Planned {
            plan,
            mut prepared,
            choices,
        } = planned(&network, &shapes, choices, options.threads, own)
            .ok_or(CompileError::TooLarge)?;
        // Memory that the plan needs, checked before any of it is allocated.
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
            prepared,
            weights,
            options,
            pass: kept::name(&plan, choices),
            threads: choices.threads,
            plan,
            memory: Store::new(arrangement, options.apart),
            done: Arc::default(),
        };
        compiled.check()?;
        Ok(compiled)
    }

    /// Checks every step against the memory of its maps.
    fn check(&mut self) -> Result<(), EngineError> {
        self.with_work(&[], false, |work, _| work.tasks(&work.all()).map(|_| ()))
    }

    /// Calls `with` with the state shared by a pass over `input`, and with the times of its steps.
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
        let (plan, batch) = (&self.plan, self.options.batch);
        let beyond = |beyond: OutOfReach| EngineError::Beside {
            layer: None,
            reach: beyond.to_string(),
        };
        let pass = |turn: Turn| {
            let images = turn.images.len();
            let own = |(memory, value): (&Memory, &plan::Value)| {
                let image = value.at.image();
                // A value that no other turn reads has memory for one turn alone.
                let is_whole = memory.len() >= batch * image;
                let first = if is_whole { turn.images.start } else { 0 };
                memory.part(first * image, memory.len().min(images * image))
            };
            let values = values.iter().zip(&plan.values).map(own);
            let picture = input.len() / batch;
            let pass = Pass {
                network: &self.network,
                shapes: &self.shapes,
                plan,
                kernels: crate::kernels::table(self.options.isa),
                pairs: self
                    .options
                    .bf16
                    .unwrap_or(Products::Halves)
                    .kernel(self.options.isa),
                tile_blocks: self.options.isa.tile_blocks(),
                weights: self.weights.as_slice(),
                values: values.collect::<Result<_, _>>().map_err(beyond)?,
                images,
                input: &input[turn.images.start * picture..turn.images.end * picture],
                prepared,
            };
            Ok((turn, pass))
        };
        let turns = plan.turns(batch).into_iter().map(pass);
        let work = Work {
            turns: turns.collect::<Result<_, EngineError>>()?,
            values,
            prepared: &self.prepared,
            scratch: &scratch,
            threads: self.threads,
            done: &self.done,
        };
        with(&work, &mut self.times)
    }

    /// Output of the network for a batch.
    ///
    /// # Errors
    /// The input has another shape than the network was compiled for.
    pub fn run(&mut self, input: &Input) -> Result<Tensor, CompileError> {
        let mut output = Tensor::zeros(ndarray::IxDyn(&[0]));
        let _ = self.go(input, None, &mut output)?;
        Ok(output)
    }

    /// Runs step by step and passes the output of each step's last layer to `observer`; `Break` if the observer ended the
    /// pass.
    ///
    /// With [`Options::each_layer`], the observer receives the output of every layer, in the order in which they run.
    ///
    /// # Errors
    /// The input has another shape than the network was compiled for.
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
        let batch = self.options.batch;
        Ok(self.with_work(numbers, prepared, |work, times| {
            times.fill(Duration::ZERO);
            let Some(plan) = work.turns.first().map(|(_, pass)| pass.plan) else {
                return Ok(ControlFlow::Continue(()));
            };
            let Some(observer) = observer else {
                work.run(&work.all(), 0, times)?;
                *output = work.output(network.sink()).unwrap_or_default();
                return Ok(ControlFlow::Continue(()));
            };
            // Values of the steps of a part, turn by turn.
            let mut made: Vec<Vec<(LayerId, Vec<Tensor>)>> = vec![Vec::new(); plan.ops.len()];
            for (before, [turn, step]) in work.all().into_iter().enumerate() {
                work.run(&[[turn, step]], before, times)?;
                let (op, made) = (&plan.ops[step], &mut made[step]);
                // Includes layers that only rename the value, such as a flattening.
                let own = |id: &LayerId| plan.value_of[id.index()] == Some(op.output);
                for (place, id) in network.ids().filter(own).enumerate() {
                    if place == made.len() {
                        made.push((id, Vec::new()));
                    }
                    made[place].1.push(work.value(turn, op.output, Some(id)));
                }
                if work.turns[turn].0.images.end < batch {
                    continue;
                }
                for (id, parts) in std::mem::take(made) {
                    if observer(whole.layer(id), &joined(parts)).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            Ok(ControlFlow::Continue(()))
        })?)
    }

    /// Checks that an input has the shape that the network was compiled for.
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
        Err(CompileError::Input {
            expected: dims(expected),
            found: dims(found),
        })
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.whole.network
    }

    /// Options that the network was compiled with.
    pub fn options(&self) -> Options {
        self.options
    }

    /// Number of threads of a pass.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Name of the pass among those that were raced ([`Known::passes`](super::levels::Known::passes)).
    pub fn pass(&self) -> &str {
        &self.pass
    }

    /// Steps of a pass, with the time of each in the last run.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Duration)> + '_ {
        let steps = self.plan.ops.iter().zip(&self.prepared);
        let steps = steps.map(|(op, prepared)| Step {
            layers: op.layers.iter().map(|id| self.whole.layer(*id)).collect(),
            how: how(op, self.options.bf16.is_some()),
            work: self.work_of(op, prepared),
            choice: match &op.kind {
                Kind::Conv { choice, .. } => Some(choice.times(self.options.batch / op.images)),
                _ => None,
            },
        });
        steps.zip(self.times.iter().copied())
    }

    /// Work of a step.
    fn work_of(&self, op: &Op, prepared: &Prepared) -> StepWork {
        let y = self.plan.values[op.output].at;
        let uses = match op.kind {
            Kind::Conv {
                method: Method::Winograd(side),
                ..
            } => y.images * y.height.div_ceil(side) * y.width.div_ceil(side),
            Kind::Conv { .. } => y.images * y.pixels(),
            Kind::Dot { .. } => y.images,
            _ => 0,
        };
        // Pairs are multiplied by one instruction, or by two.
        let each = match self.options.bf16 {
            Some(Products::Halves) => prepared.form.size(),
            _ => 1,
        };
        let values = op.inputs.iter().chain(&op.residual).chain([&op.output]);
        let numbers: usize = values.map(|value| self.plan.values[*value].at.len()).sum();
        let bytes = |numbers: usize| (numbers * size_of::<f32>()) as u64;
        StepWork {
            multiplications: (prepared.weights.len() * each * uses) as u64,
            weights: bytes(prepared.weights.len()),
            maps: bytes(numbers),
            near: bytes(numbers / y.images * op.images),
        }
    }

    /// Number of finished steps of the running pass, to be read by another thread.
    pub fn done(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.done)
    }

    /// Bytes of the weights, and of the memory that values share.
    pub fn bytes(&self) -> [usize; 2] {
        let weights = self.weights.as_slice().len();
        [weights, self.memory.len()].map(|numbers| numbers * size_of::<f32>())
    }
}

/// Parts of a batch as one.
fn joined(mut parts: Vec<Tensor>) -> Tensor {
    if parts.len() > 1 {
        let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
        let all = concatenate(Axis(0), &views);
        return all.expect("parts of one batch have the same shape but for their images");
    }
    parts.pop().unwrap_or_default()
}

/// Packed weights, in numbers, that every network is allowed (256 MiB), however few its own weights are.
const FEW_WEIGHTS: usize = 64 << 20;

/// Plans the steps and the data that depends on their shapes. Transformed weights take up to four times the room of the
/// original ones: if all of them would take more than 2.2 times the room of the network's `own`, those that save the least
/// time for their room are left untransformed.
fn planned(
    network: &Network,
    shapes: &Shapes,
    mut choices: Choices,
    asked: Option<usize>,
    own: usize,
) -> Option<Planned> {
    let most = (own / 5 * 11).max(FEW_WEIGHTS);
    choices.threads = if let Some(threads) = asked {
        threads
    } else {
        // The number of threads follows from the constants' plan, and the division of the work from the number of threads.
        let constants = Choices {
            by: By::Constants,
            ..choices
        };
        threads::worthwhile(network, &plan(network, shapes, constants)?, cores())
    };
    choices.by = kept::basis(network, shapes, choices)?;
    loop {
        let plan = plan(network, shapes, choices)?;
        let prepared = plan
            .ops
            .iter()
            .map(|op| prepare::shaped(network, &plan, op, choices))
            .collect::<Option<Vec<_>>>()?;
        let all: usize = prepared.iter().map(|step| step.weights.len()).sum();
        if all <= most || choices.scarcity > MAX_SCARCITY {
            return Some(Planned {
                plan,
                prepared,
                choices,
            });
        }
        choices.scarcity *= 2.0;
    }
}

/// Plan of a pass, with its prepared steps and its number of threads.
struct Planned {
    plan: Plan,
    prepared: Vec<Prepared>,
    /// Choices that it was planned with.
    choices: Choices,
}

/// Scarcity of memory above which no convolution that could save room is transformed.
const MAX_SCARCITY: f64 = 125.0;

fn how(op: &Op, is_bf16: bool) -> String {
    match &op.kind {
        Kind::Conv { .. } if is_bf16 => "direct bf16".to_owned(),
        Kind::Dot { .. } if is_bf16 => "dot bf16".to_owned(),
        Kind::Conv {
            method: Method::Winograd(side),
            ..
        } => format!("winograd {}", dims([side; 2])),
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
    use crate::weights::{Synthetic, WeightSource};

    /// A step's prediction is for the whole batch, as its time is, and its maps are as near as those of one turn.
    #[test]
    fn a_step_of_six_turns_is_six_steps() {
        let model = open("resnet20_fashion", &Overrides::default()).unwrap();
        let network = Arc::new(model.network);
        let steps = |batch, resident| -> Vec<Step> {
            let options = Options {
                batch,
                threads: Some(1),
                resident: Some(resident),
                ..Options::default()
            };
            let source = &Synthetic { seed: 1 } as &dyn WeightSource;
            let compiled = Compiled::new(Arc::clone(&network), &source, options).unwrap();
            compiled.steps().map(|(step, _)| step).collect()
        };
        let seconds = |step: &Step| step.choice.as_ref().map(|choice| choice.predicted[0].1);
        let [alone, turns, together] = [(1, 1), (6, 1), (6, usize::MAX)].map(|(a, b)| steps(a, b));
        for ((alone, turns), together) in alone.iter().zip(&turns).zip(&together).take(8) {
            assert_eq!(turns.work.maps, 6 * alone.work.maps);
            assert_eq!(turns.work.near, alone.work.maps);
            assert_eq!(together.work.near, turns.work.maps);
            let six = seconds(alone).map(|own| 6.0 * own);
            assert_eq!(seconds(turns), six);
            assert!(seconds(together) <= six);
        }
        assert!(turns.iter().any(|step| step.work.near == step.work.maps));
    }

    /// Size of ResNet-152's packed weights and of the memory of its values for eight images, in numbers.
    #[test]
    fn a_deep_network_takes_little_room() {
        let model = open("resnet152", &Overrides::default()).unwrap();
        let (shapes, _) = check::shapes(&model.network);
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            let choices = Choices {
                winograd: true,
                ..Choices::plain(8, isa)
            };
            let own = 60_192_808;
            let Planned { plan, prepared, .. } =
                planned(&model.network, &shapes, choices, Some(2), own).unwrap();
            let weights: usize = prepared.iter().map(|step| step.weights.len()).sum();
            assert!(weights <= own / 5 * 11, "{isa}: {weights} weights");
            // The largest map, of 256 channels at 56×56, is summed in place; two of 64 channels are alive at the same time.
            let all = arrange(&plan, &prepared).all;
            let map = 8 * 64 * 56 * 56;
            assert!(all < 7 * map, "{isa}: {all} numbers, a map has {map}");
        }
    }
}
