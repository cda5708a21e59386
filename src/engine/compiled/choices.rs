//! Choices of a plan, for all of its steps.

use super::candidate::{Candidate, Sizes};
use super::options::By;
use super::prices::Prices;
use super::turns::RESIDENT;
use crate::engine::levels::Known;
use crate::kernels::bf16::Products;
use crate::kernels::isa::Isa;

/// Choices of a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices {
    pub(super) images: usize,
    pub(super) isa: Isa,
    pub(super) threads: usize,
    pub(super) winograd: bool,
    pub(super) bf16: Option<Products>,
    /// Whether each layer is a separate step.
    pub(super) each_layer: bool,
    /// Numbers of a step's maps that stay in a cache until the next step reads them.
    pub(super) resident: usize,
    /// Whether rounding must stay small: convolutions then sum in short parts.
    pub(super) short_sums: bool,
    /// Factor of the price of a packed weight: above 1 if memory is short.
    pub(super) scarcity: f64,
    /// Measured rates of this machine, which predict the time of each candidate.
    pub(super) known: Option<&'static Known>,
    /// Basis of the choice.
    pub(super) by: By,
    /// Prices by the measured rates, if there are any; constants otherwise.
    pub(super) prices: Prices,
    /// Bytes of all weights of the network: the level that a pass reads them from again.
    pub(super) all_weights: u64,
}

impl Choices {
    /// Prices that give the sizes of a candidate's pieces.
    pub(super) fn sizes(&self, candidate: Candidate) -> Prices {
        match candidate.sizes {
            Sizes::Constant => Prices::CONSTANT,
            Sizes::Measured => self.prices,
        }
    }

    /// The same for so many images at a time.
    pub(super) fn at_a_time(self, images: usize) -> Self {
        Self { images, ..self }
    }

    /// Choices for a batch on one thread, by constants; nothing is transformed.
    pub(super) fn plain(images: usize, isa: Isa) -> Self {
        Self {
            images,
            isa,
            threads: 1,
            winograd: false,
            bf16: None,
            each_layer: false,
            resident: RESIDENT,
            short_sums: false,
            scarcity: 1.0,
            known: None,
            by: By::Constants,
            prices: Prices::CONSTANT,
            all_weights: 0,
        }
    }
}
