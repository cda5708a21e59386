//! Choices of a plan, for all of its steps.

use super::candidate::Candidate;
use super::prices::Prices;
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
    /// Whether rounding must stay small: convolutions then sum in short parts.
    pub(super) short_sums: bool,
    /// Factor of the price of a packed weight: above 1 if memory is short.
    pub(super) scarcity: f64,
    /// Measured rates and timed convolutions of this machine; without them, constants decide.
    pub(super) known: Option<&'static Known>,
    /// Candidate that every convolution takes that can, whatever it costs.
    pub(super) forced: Option<Candidate>,
    pub(super) prices: Prices,
    /// Bytes of all weights of the network: the level that a pass reads them from again.
    pub(super) all_weights: u64,
}

impl Choices {
    /// Choices for a batch on one thread, by constants; nothing is transformed.
    pub(super) fn plain(images: usize, isa: Isa) -> Self {
        Self {
            images,
            isa,
            threads: 1,
            winograd: false,
            bf16: None,
            each_layer: false,
            short_sums: false,
            scarcity: 1.0,
            known: None,
            forced: None,
            prices: Prices::CONSTANT,
            all_weights: 0,
        }
    }
}
