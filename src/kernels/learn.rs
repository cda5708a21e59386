//! Convolutions and normalisations for training: a batch forward, and its gradients.
//!
//! Maps are in blocks of 16 channels without a border. A 3×3 convolution with stride 1 is done with fewer multiplications
//! ([`winograd`](super::winograd), `M` = 4), forward and back: the gradient by the input is the transpose of the forward
//! pass, and that by the weights is a product of the transformed input and the transformed gradient, so both share the
//! latter. Every other convolution is done tap by tap.
//!
//! A kernel does all the work of one piece of a batch, in one order: its numbers do not depend on threads.

pub mod conv;
pub mod each;
mod panels;
pub mod plan;
mod taps;
mod tiles;

use super::simd::Simd;
use plan::{Back, Forward, Method};

/// Runs a convolution forward.
#[inline(always)]
pub(crate) unsafe fn forward<S: Simd, const WIDE: usize, const NARROW: usize>(
    job: &mut Forward<'_>,
) {
    match job.plan.method {
        Method::Tiles { strip, group } => {
            tiles::forward::<S, WIDE, NARROW>(job, [strip, group]);
        }
        Method::Taps => taps::forward::<S, WIDE, NARROW>(job),
    }
}

/// Runs a convolution back.
#[inline(always)]
pub(crate) unsafe fn back<S: Simd, const WIDE: usize, const NARROW: usize>(job: &mut Back<'_>) {
    match job.plan.method {
        Method::Tiles { strip, group } => tiles::back::<S, WIDE, NARROW>(job, [strip, group]),
        Method::Taps => taps::back::<S, WIDE, NARROW>(job),
    }
}
