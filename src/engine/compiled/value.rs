//! Outputs of layers, in the memory layouts that their readers need.

#![allow(unsafe_code, reason = "numbers are read and written through pointers")]

use std::sync::{Arc, OnceLock};

use super::copy;
use super::memory::Aligned;
use crate::engine::Tensor;
use crate::kernels::Memory;
use crate::kernels::geometry::Geometry;
use crate::network::Shape;

/// Numbers in the fast kernels' layout: channels in blocks, with a border of zeros if a reader needs one.
#[derive(Debug)]
pub(super) struct Blocked {
    numbers: Aligned,
    at: Geometry,
    shape: Option<Shape>,
}

impl Blocked {
    /// Creates a value of zeros.
    pub(super) fn new(at: Geometry, shape: Option<Shape>) -> Self {
        Self {
            numbers: Aligned::new(at.len()),
            at,
            shape,
        }
    }

    fn of(tensor: &Tensor, at: Geometry) -> Self {
        let mut blocked = Self::new(at, None);
        // SAFETY: the numbers belong to this function alone.
        unsafe { copy::write(tensor, blocked.memory_to_write(), &at) };
        blocked
    }

    fn tensor(&self) -> Tensor {
        // SAFETY: the numbers are there, and no thread writes them.
        unsafe { copy::read(self.memory(), &self.at, self.shape) }
    }

    /// Memory of the numbers, for reading only.
    pub(super) fn memory(&self) -> Memory {
        let numbers = self.numbers.as_slice();
        Memory::new(numbers.as_ptr().cast_mut(), numbers.len())
    }

    pub(super) fn memory_to_write(&mut self) -> Memory {
        let numbers = self.numbers.as_mut_slice();
        Memory::new(numbers.as_mut_ptr(), numbers.len())
    }
}

/// Output of a layer: in PyTorch's order, in the fast kernels' layout, or in both once both were needed.
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
    /// The value in PyTorch's order.
    pub(in super::super) fn tensor(&self) -> &Tensor {
        self.tensor.get_or_init(|| {
            self.blocked
                .get()
                .map_or_else(|| Tensor::zeros(ndarray::IxDyn(&[0])), |own| own.tensor())
        })
    }

    /// Converts the value into a tensor in PyTorch's order.
    pub(in super::super) fn into_tensor(self) -> Tensor {
        let _ = self.tensor();
        self.tensor.into_inner().unwrap_or_default()
    }

    /// The value in blocks, in the layout `at`.
    pub(super) fn in_layout(&self, at: Geometry) -> Arc<Blocked> {
        let own = self
            .blocked
            .get_or_init(|| Arc::new(Blocked::of(self.tensor(), at)));
        if own.at == at {
            return Arc::clone(own);
        }
        // A network that was edited after this value was computed may need another border.
        Arc::new(Blocked::of(self.tensor(), at))
    }
}
