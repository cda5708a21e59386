//! Precisions in which the kernels compute.

use std::ops::{AddAssign, DivAssign};

use ndarray::LinalgScalar;

/// `f32` or `f64`.
pub trait Real:
    LinalgScalar + AddAssign + DivAssign + PartialOrd + Into<f64> + Send + Sync
{
    /// The nearest number of this precision.
    fn rounded(value: f64) -> Self;
}

impl Real for f32 {
    fn rounded(value: f64) -> Self {
        value as Self
    }
}

impl Real for f64 {
    fn rounded(value: f64) -> Self {
        value
    }
}
