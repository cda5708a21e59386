//! One step of a pass, on this thread's part of it.

#![allow(unsafe_code, reason = "steps hand raw memory to kernels")]

mod pointwise;
mod sums;
mod task;

use super::copy::{read, write};
use super::each::each;
use super::plan::{Kind, Op, Plan};
use super::prepare::Prepared;
use crate::engine::{Mode, Tensor, plain};
use crate::kernels::checked::{Checked, OutOfReach, same, within};
use crate::kernels::direct::Direct;
use crate::kernels::geometry::Geometry;
use crate::kernels::pointwise::gather;
use crate::kernels::team::{Barrier, Part};
use crate::kernels::{Kernels, Memory};
use crate::network::{Network, Shapes, Stage};
pub(super) use task::Task;
use task::{Action, Checker};

/// State that the steps of a pass share.
pub(super) struct Pass<'a> {
    pub(super) network: &'a Network,
    pub(super) shapes: &'a Shapes,
    pub(super) plan: &'a Plan,
    pub(super) kernels: &'static Kernels,
    /// Kernel of a convolution on pairs of bf16 numbers.
    pub(super) pairs: unsafe fn(&Checked<Direct<'_>>, Part),
    /// Blocks of output channels per tile of the kernels.
    pub(super) tile_blocks: usize,
    /// Packed weights of all steps.
    pub(super) weights: &'a [f32],
    /// Memory of each value, as far as the images of this turn go.
    pub(super) values: Vec<Memory>,
    /// Number of images of this turn.
    pub(super) images: usize,
    /// Input: images × channels × rows × pixels.
    pub(super) input: &'a [f32],
    /// Whether the input is already preprocessed.
    pub(super) prepared: bool,
}

impl Pass<'_> {
    /// Layout of a value, as far as the images of this turn go.
    pub(super) fn at(&self, value: usize) -> Geometry {
        Geometry {
            images: self.images,
            ..self.plan.values[value].at
        }
    }

    /// Residual and its layout; the output's in its place if there is none.
    fn residual(&self, op: &Op) -> (Memory, Geometry) {
        op.residual
            .map_or((Memory::NONE, self.at(op.output)), |value| {
                (self.values[value], self.at(value))
            })
    }

    /// Job of a step, checked against the memory of its maps. `scratch` is the step's own memory.
    ///
    /// # Errors
    /// The step would reach beyond a map: a fault of the plan.
    pub(super) fn task<'a>(
        &'a self,
        op: &'a Op,
        prepared: &'a Prepared,
        scratch: [Memory; 2],
        threads: usize,
    ) -> Result<Task<'a>, OutOfReach> {
        within(
            "a step's output",
            self.at(op.output).len(),
            self.values[op.output].len(),
        )?;
        let to = Checker {
            tile_blocks: self.tile_blocks,
            threads,
        };
        let narrow = self.narrow(op, prepared, scratch, to)?;
        let action = match &op.kind {
            Kind::Input(each) => {
                let at = self.at(op.output);
                let numbers = at.images * at.channels * at.pixels();
                // A layer that runs alone has no input: the plain kernels supply its operands.
                if !self.input.is_empty() {
                    same("the input", numbers, self.input.len())?;
                }
                within("the input's channels", at.channels, each.len())?;
                Action::Input(each)
            }
            Kind::Conv { .. } | Kind::Dot { .. } => self.multiply(op, prepared, scratch, to)?,
            Kind::MaxPool | Kind::MeanPool | Kind::MeanAll | Kind::Blur => {
                self.pool(op, prepared, to)?
            }
            Kind::Plain => {
                for &value in &op.inputs {
                    within(
                        "a step's input",
                        self.at(value).len(),
                        self.values[value].len(),
                    )?;
                }
                Action::Plain(prepared)
            }
            _ => self.pointwise(op, prepared, to)?,
        };
        Ok(Task { op, narrow, action })
    }

    /// Runs this thread's part of a step.
    ///
    /// # Safety
    /// The plan gave every value its own place for as long as it is needed, and `kernels` are for this processor. All threads
    /// call this for the same step, and meet at a barrier before the next.
    pub(super) unsafe fn step(&self, task: &Task<'_>, part: Part, barrier: &Barrier) {
        let op = task.op;
        let y = self.values[op.output];
        let y_at = self.at(op.output);
        // SAFETY: the caller's promise; `task` checked the output's length against its geometry, and no thread's pixels are
        // in the border.
        unsafe { clear_border(y, &y_at, part) };
        let kernels = self.kernels;
        // SAFETY: the caller's promise; each job is checked.
        unsafe {
            if let Some(job) = &task.narrow {
                (kernels.narrow)(job, part);
                barrier.wait();
            }
            match &task.action {
                Action::Input(each) => self.bring_input(each, y, &y_at, part),
                // A thread has the same tiles in each turn, and each number is in one of them.
                Action::Direct(turns) => {
                    let direct = self.direct_kernel(task);
                    for job in turns {
                        direct(job, part);
                    }
                }
                Action::Winograd(job) => (kernels.winograd)(job, part, barrier),
                Action::Dot(job) => (kernels.dot)(job, part),
                Action::MaxPool(job) => (kernels.max_pool)(job, part),
                Action::MeanPool(job) => (kernels.mean_pool)(job, part),
                Action::MeanAll(job) => (kernels.mean_all)(job, part),
                Action::Blur(job) => (kernels.blur)(job, part),
                Action::ImageNorm(job) => (kernels.image_norm)(job, part),
                Action::Affine(job) => (kernels.affine)(job, part),
                Action::Combine(job) => (kernels.combine)(job, part),
                Action::RadixSum(job) => (kernels.radix_sum)(job, part),
                Action::WeightedSum(job) => (kernels.weighted_sum)(job, part),
                Action::Gather(job) => gather(job, part),
                Action::Each(job) => each(job, part),
                // A plain kernel has no threads: the first thread runs it, and the others wait.
                Action::Plain(prepared) if part.index == 0 => self.plain(op, prepared),
                Action::Plain(_) => {}
            }
        }
    }

    /// Kernel of a direct convolution, on numbers or on pairs.
    fn direct_kernel(&self, task: &Task<'_>) -> unsafe fn(&Checked<Direct<'_>>, Part) {
        match &task.narrow {
            Some(job) if job.on(1).pairs => self.pairs,
            _ => self.kernels.direct,
        }
    }

    /// First operand and its layout.
    fn operand(&self, op: &Op) -> (Memory, Geometry) {
        op.inputs
            .first()
            .map_or((Memory::NONE, self.at(op.output)), |&value| {
                (self.values[value], self.at(value))
            })
    }

    /// Copies this thread's rows of the input.
    unsafe fn bring_input(&self, each: &[[f32; 2]], y: Memory, at: &Geometry, part: Part) {
        for row in part.of(at.images * at.blocks() * at.height) {
            let (block, row) = (row / at.height, row % at.height);
            let (image, block) = (block / at.blocks(), block % at.blocks());
            for lane in 0..at.lanes {
                let channel = block * at.lanes + lane;
                let start = image * at.image() + block * at.block() + at.at(row, 0) + lane;
                for x in 0..at.width {
                    let value = if channel < at.channels {
                        let value = self.input
                            [((image * at.channels + channel) * at.height + row) * at.width + x];
                        let [scale, shift] = if self.prepared {
                            [1.0, 0.0]
                        } else {
                            each[channel]
                        };
                        value * scale + shift
                    } else {
                        0.0
                    };
                    // SAFETY: within the value's geometry, and in this thread's rows.
                    unsafe { *y.at(start + x * at.lanes) = value };
                }
            }
        }
    }

    /// Runs the plain kernel of a step's layer, on copies.
    unsafe fn plain(&self, op: &Op, prepared: &Prepared) {
        let id = op.layers[0];
        let operands: Vec<Tensor> = self
            .network
            .inputs(id)
            .into_iter()
            .zip(&op.inputs)
            // SAFETY: the other threads wait; the values are written.
            .map(|(operand, &value)| unsafe {
                read(self.values[value], &self.at(value), self.shapes[operand])
            })
            .collect();
        let operands: Vec<&Tensor> = operands.iter().collect();
        let node = &self.network[id];
        let is_done_already = self.prepared && node.scope.stage == Stage::Preprocess;
        if let Some(weights) = &prepared.plain {
            let outcome = (!is_done_already)
                .then(|| plain::run(&node.layer, weights, &operands, Mode::Inference).output);
            let output = outcome.as_ref().unwrap_or(operands[0]);
            // SAFETY: as above.
            unsafe { write(output, self.values[op.output], &self.at(op.output)) };
        }
    }
}

/// Writes zeros around each map of a value; the threads take images and blocks in turn.
unsafe fn clear_border(y: Memory, at: &Geometry, part: Part) {
    if at.border == 0 {
        return;
    }
    let side = at.border * at.lanes;
    for block in part.of(at.images * at.blocks()) {
        let start = block * at.block();
        let edge = at.border * at.row();
        // SAFETY: within the value's geometry, and no pixel of its map.
        unsafe {
            std::ptr::write_bytes(y.at(start), 0, edge);
            std::ptr::write_bytes(y.at(start + at.block() - edge), 0, edge);
            for row in 0..at.height {
                let start = start + edge + row * at.row();
                std::ptr::write_bytes(y.at(start), 0, side);
                std::ptr::write_bytes(y.at(start + at.row() - side), 0, side);
            }
        }
    }
}
