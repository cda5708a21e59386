//! What a layer put out, in the orders of numbers that it was asked for.

#![allow(unsafe_code, reason = "numbers are read and written through pointers")]

use std::sync::{Arc, OnceLock};

use super::copy;
use super::geometry::Geometry;
use super::kernels::Memory;
use super::memory::Aligned;
use crate::engine::Tensor;
use crate::network::Shape;

/// Numbers as the fast kernels have them: channels in blocks, with a border of zeros where a reader wants one.
#[derive(Debug)]
pub(super) struct Blocked {
    numbers: Aligned,
    at: Geometry,
    shape: Option<Shape>,
}

impl Blocked {
    /// Zeros.
    pub(super) fn new(at: Geometry, shape: Option<Shape>) -> Self {
        Self {
            numbers: Aligned::new(at.len()),
            at,
            shape,
        }
    }

    fn of(tensor: &Tensor, at: Geometry) -> Self {
        let mut blocked = Self::new(at, None);
        // SAFETY: the numbers are this function's own.
        unsafe { copy::write(tensor, blocked.memory_to_write(), &at) };
        blocked
    }

    fn tensor(&self) -> Tensor {
        // SAFETY: the numbers are there, and nobody writes them.
        unsafe { copy::read(self.memory(), &self.at, self.shape) }
    }

    /// For reading alone.
    pub(super) fn memory(&self) -> Memory {
        let numbers = self.numbers.as_slice();
        Memory::new(numbers.as_ptr().cast_mut(), numbers.len())
    }

    pub(super) fn memory_to_write(&mut self) -> Memory {
        let numbers = self.numbers.as_mut_slice();
        Memory::new(numbers.as_mut_ptr(), numbers.len())
    }
}

/// What a layer put out: in PyTorch's order, in the fast kernels', or in both once somebody wanted the other.
#[derive(Debug)]
pub(in super::super) struct Value {
    tensor: OnceLock<Tensor>,
    blocked: OnceLock<Arc<Blocked>>,
}

impl From<Tensor> for Value {
    fn from(tensor: Tensor) -> Self {
        Self {
            tensor: tensor.into(),
            blocked: OnceLock::new(),
        }
    }
}

impl From<Blocked> for Value {
    fn from(blocked: Blocked) -> Self {
        Self {
            tensor: OnceLock::new(),
            blocked: Arc::new(blocked).into(),
        }
    }
}

impl Value {
    /// In PyTorch's order.
    pub(in super::super) fn tensor(&self) -> &Tensor {
        self.tensor.get_or_init(|| {
            self.blocked
                .get()
                .map_or_else(|| Tensor::zeros(ndarray::IxDyn(&[0])), |own| own.tensor())
        })
    }

    /// Taken out in PyTorch's order.
    pub(in super::super) fn into_tensor(self) -> Tensor {
        let _ = self.tensor();
        self.tensor.into_inner().unwrap_or_default()
    }

    /// In blocks that lie as `at` says.
    pub(super) fn lying(&self, at: Geometry) -> Arc<Blocked> {
        let own = self
            .blocked
            .get_or_init(|| Arc::new(Blocked::of(self.tensor(), at)));
        if own.at == at {
            return Arc::clone(own);
        }
        // A network that was changed behind this value may want another border.
        Arc::new(Blocked::of(self.tensor(), at))
    }
}
