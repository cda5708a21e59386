//! The work of a step, as a checked job.

use crate::engine::compiled::each::Each;
use crate::engine::compiled::plan::Op;
use crate::engine::compiled::prepare::Prepared;
use crate::kernels::bf16::Narrow;
use crate::kernels::checked::{Checked, Job, OutOfReach};
use crate::kernels::direct::Direct;
use crate::kernels::dot::Dot;
use crate::kernels::norm::ImageNorm;
use crate::kernels::pointwise::{Affine, Combine, Gather, RadixSum, WeightedSum};
use crate::kernels::pool::{Blur, MeanAll, Pool};
use crate::kernels::winograd::Winograd;

/// A step, ready to run.
pub(in super::super) struct Task<'a> {
    pub(super) op: &'a Op,
    /// Rounding of the input, before the rest.
    pub(super) narrow: Option<Checked<Narrow>>,
    pub(super) action: Action<'a>,
}

/// Kernel of the step, with its job.
pub(super) enum Action<'a> {
    Input(&'a [[f32; 2]]),
    /// Jobs that run one after the other.
    Direct(Vec<Checked<Direct<'a>>>),
    Winograd(Checked<Winograd<'a>>),
    Dot(Checked<Dot<'a>>),
    MaxPool(Checked<Pool>),
    MeanPool(Checked<Pool>),
    MeanAll(Checked<MeanAll>),
    Blur(Checked<Blur<'a>>),
    ImageNorm(Checked<ImageNorm<'a>>),
    Affine(Checked<Affine<'a>>),
    Combine(Checked<Combine>),
    RadixSum(Checked<RadixSum>),
    WeightedSum(Checked<WeightedSum>),
    Gather(Checked<Gather<'a>>),
    Each(Checked<Each<'a>>),
    Plain(&'a Prepared),
}

/// Tile and thread counts that jobs are checked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checker {
    pub(super) tile_blocks: usize,
    pub(super) threads: usize,
}

impl Checker {
    pub(super) fn check<J: Job>(self, job: J) -> Result<Checked<J>, OutOfReach> {
        Checked::new(job, self.tile_blocks, self.threads)
    }
}
