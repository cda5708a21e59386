//! Single layers on the fast kernels, for a pass that stops at every layer.
//!
//! Nothing is fused and no convolution is transformed: a value equals its layer's formula, summed in another order than by
//! the plain kernels. Preprocessing, normalisations over one image and layers without a fast kernel are left to the plain
//! ones.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::choices::Choices;
use super::memory::Aligned;
use super::plan::{Kind, Op, Plan, plan};
use super::prepare::{self, Prepared};
use super::run::Pass;
use super::value::{Blocked, Value};
use crate::engine::LayerWeights;
use crate::kernels::bf16::Products;
use crate::kernels::geometry::Geometry;
use crate::kernels::isa::Isa;
use crate::kernels::simd::BLOCK;
use crate::kernels::team::together;
use crate::kernels::{self, Memory};
use crate::network::{Layer, LayerId, Network, Shapes, check};

/// Layers of a network, to run one by one on batches of one size.
#[derive(Debug)]
pub(in super::super) struct Layers {
    network: Arc<Network>,
    shapes: Shapes,
    plan: Plan,
    /// Step of each layer, if it is one.
    step_of: Vec<Option<usize>>,
    /// State of each step, prepared at its first run; `None` inside if a map is too large for the kernels.
    ready: Vec<OnceLock<Option<Arc<Ready>>>>,
    choices: Choices,
    threads: usize,
}

/// Data that a layer needs besides its values.
#[derive(Debug)]
struct Ready {
    prepared: Prepared,
    weights: Aligned,
}

/// Work, in output numbers or 16 multiplications each, below which waking another thread costs more than it saves.
const FOR_ONE: usize = 1 << 17;

impl Layers {
    /// Plans the layers of `network`; none runs yet.
    ///
    /// `None` if the network cannot be planned or the processor lacks the instructions.
    pub(in super::super) fn new(
        network: Arc<Network>,
        images: usize,
        isa: Isa,
        threads: usize,
    ) -> Option<Self> {
        if !isa.is_available() {
            return None;
        }
        let choices = Choices {
            each_layer: true,
            threads: threads.max(1),
            ..Choices::plain(images, isa)
        };
        let (shapes, _) = check::shapes(&network);
        let plan = plan(&network, &shapes, choices)?;
        let mut step_of = vec![None; network.len()];
        for (step, op) in plan.ops.iter().enumerate() {
            step_of[op.layers[0].index()] = Some(step);
        }
        Some(Self {
            ready: plan.ops.iter().map(|_| OnceLock::new()).collect(),
            network,
            shapes,
            plan,
            step_of,
            choices,
            threads: threads.max(1),
        })
    }

    /// Instruction set of the kernels.
    pub(in super::super) fn isa(&self) -> Isa {
        self.choices.isa
    }

    /// Plans a network of the same layers, some of which have other settings; shares packed weights if nothing has changed.
    pub(in super::super) fn changed(&self, network: Arc<Network>) -> Option<Self> {
        let Choices { images, isa, .. } = self.choices;
        let changed = Self::new(network, images, isa, self.threads)?;
        for (step, ready) in changed.ready.iter().enumerate() {
            if let Some(own) = self.ready.get(step).and_then(OnceLock::get)
                && self.preparation_inputs(step) == changed.preparation_inputs(step)
            {
                let _ = ready.set(own.clone());
            }
        }
        Some(changed)
    }

    /// Inputs of a step's preparation besides the weights: its layer, and the layouts of its values.
    fn preparation_inputs(&self, step: usize) -> Option<(&Layer, Vec<Geometry>)> {
        let op = self.plan.ops.get(step)?;
        let values = op.inputs.iter().chain(&op.residual).chain([&op.output]);
        let lie = values.map(|&value| self.plan.values[value].at).collect();
        Some((&self.network[op.layers[0]].layer, lie))
    }

    /// Output of layer `id` for the given operands; `None` if the plain kernels must compute it.
    ///
    /// The first run packs the layer's weights; later runs use the packed ones.
    pub(in super::super) fn run(
        &self,
        id: LayerId,
        weights: &LayerWeights,
        operands: &[&Value],
    ) -> Option<Value> {
        let step = self.step_of[id.index()]?;
        let op = &self.plan.ops[step];
        let read: Vec<usize> = op.inputs.iter().copied().chain(op.residual).collect();
        if is_plain(op) || read.len() != operands.len() {
            return None;
        }
        let ready = self.ready[step].get_or_init(|| self.prepare(op, weights).map(Arc::new));
        let ready = ready.as_ref()?;
        let blocks: Vec<Arc<Blocked>> = read
            .iter()
            .zip(operands)
            .map(|(&value, operand)| operand.in_layout(self.plan.values[value].at))
            .collect();
        let mut values = vec![Memory::NONE; self.plan.values.len()];
        for (&value, blocked) in read.iter().zip(&blocks) {
            values[value] = blocked.memory();
        }
        let at = self.plan.values[op.output].at;
        let mut output = Blocked::new(at, self.shapes[id]);
        values[op.output] = output.memory_to_write();
        let pass = Pass {
            network: &self.network,
            shapes: &self.shapes,
            plan: &self.plan,
            kernels: kernels::table(self.choices.isa),
            pairs: Products::Halves.kernel(self.choices.isa),
            tile_blocks: self.choices.isa.tile_blocks(),
            weights: ready.weights.as_slice(),
            values,
            images: self.choices.images,
            input: &[],
            prepared: false,
        };
        let threads = if work(op, &ready.prepared, at.len()) < FOR_ONE {
            1
        } else {
            self.threads
        };
        // A step that would reach beyond its maps is a fault of the plan; the plain kernels run without a plan.
        let task = pass.task(op, &ready.prepared, [Memory::NONE; 2], threads);
        debug_assert!(task.is_ok(), "{:?}", task.err());
        let task = task.ok()?;
        together(threads, &|part, barrier| {
            // SAFETY: the operands lie as their geometry says, no other thread uses the output, and `new` checked that the
            // processor has the instructions.
            #[allow(unsafe_code, reason = "a step hands raw memory to kernels")]
            unsafe {
                pass.step(&task, part, barrier);
            }
        });
        drop(task);
        Some(output.into())
    }

    fn prepare(&self, op: &Op, weights: &LayerWeights) -> Option<Ready> {
        let (network, choices) = (&*self.network, self.choices);
        let mut prepared = prepare::shaped(network, &self.plan, op, choices)?;
        let mut packed = Aligned::new(prepared.weights.len());
        let own = [(op.layers[0], Cow::Borrowed(weights))];
        let to = packed.as_mut_slice();
        prepare::fill(network, op, choices.isa, &own, &mut prepared, to);
        Some(Ready {
            prepared,
            weights: packed,
        })
    }
}

/// Whether a layer is left to the plain kernels, which compute sensitive layers in double precision.
fn is_plain(op: &Op) -> bool {
    matches!(op.kind, Kind::Input(_) | Kind::ImageNorm | Kind::Plain)
}

fn work(op: &Op, prepared: &Prepared, outputs: usize) -> usize {
    let lanes = if prepared.planar { 1 } else { BLOCK };
    match op.kind {
        Kind::Conv { .. } => outputs * (1 + prepared.taps.len() * lanes / 16),
        Kind::Dot { .. } => prepared.weights.len(),
        _ => outputs,
    }
}
