//! Batches that a pass goes through, its choices, and who watches it.

use std::ops::ControlFlow;

use ndarray::Array4;

use crate::network::LayerId;

/// A batch with the classes of its images.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a, T> {
    /// Images × channels × height × width.
    pub input: &'a Array4<T>,
    /// Whether the input is what the first layer after preprocessing reads: the preprocessing layers pass it on unchanged.
    pub is_prepared: bool,
    /// The class of each image, from 0.
    pub labels: &'a [usize],
}

/// Choices of a backward pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Share of the target that is spread over all classes.
    pub smoothing: f64,
    /// The seed of what dropout drops; without one it hands everything on.
    pub dropout: Option<u64>,
    /// Whether the gradient of the input is wanted.
    pub wants_input: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            smoothing: 0.0,
            dropout: None,
            wants_input: true,
        }
    }
}

/// The direction of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the input to the loss.
    Forward,
    /// From the loss to the input.
    Backward,
}

/// Watches a pass layer by layer, and may end it.
pub type Observer<'a> = dyn FnMut(Direction, LayerId) -> ControlFlow<()> + 'a;
