//! Copies of values between the memory layout of the compiled pass and PyTorch's.

#![allow(unsafe_code, reason = "values lie in memory that the steps share")]

use ndarray::{ArrayD, IxDyn};

use crate::engine::Tensor;
use crate::kernels::Memory;
use crate::kernels::geometry::Geometry;
use crate::kernels::order;
use crate::network::Shape;

/// Copies a value into a tensor in PyTorch's order.
///
/// # Safety
/// The value lies at `from`, and no thread writes it.
pub(super) unsafe fn read(from: Memory, at: &Geometry, shape: Option<Shape>) -> Tensor {
    // SAFETY: as the caller promises.
    let numbers = unsafe { order::read(from, at) };
    let dims = match shape {
        Some(Shape::Vector { .. }) => vec![at.images, at.channels],
        _ => vec![at.images, at.channels, at.height, at.width],
    };
    ArrayD::from_shape_vec(IxDyn(&dims), numbers).unwrap_or_default()
}

/// Copies a tensor to the place of a value.
///
/// # Safety
/// The value's place is at `to`, and no other thread reads or writes it.
pub(super) unsafe fn write(tensor: &Tensor, to: Memory, at: &Geometry) {
    let values = tensor.as_standard_layout();
    // SAFETY: as the caller promises.
    unsafe { order::write(values.as_slice().unwrap_or_default(), to, at) }
}
