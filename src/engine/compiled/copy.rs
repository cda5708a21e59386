//! Copies of values between the memory layout of the compiled pass and PyTorch's.

#![allow(unsafe_code, reason = "values lie in memory that the steps share")]

use ndarray::{ArrayD, IxDyn};

use super::geometry::Geometry;
use super::kernels::Memory;
use crate::engine::Tensor;
use crate::network::Shape;

/// Copies a value into a tensor in PyTorch's order.
///
/// # Safety
/// The value lies at `from`, and no thread writes it.
pub(super) unsafe fn read(from: Memory, at: &Geometry, shape: Option<Shape>) -> Tensor {
    let mut numbers = Vec::with_capacity(at.images * at.channels * at.pixels());
    for image in 0..at.images {
        for channel in 0..at.channels {
            let start = image * at.image() + channel / at.lanes * at.block() + channel % at.lanes;
            for y in 0..at.height {
                for x in 0..at.width {
                    // SAFETY: within the value's geometry.
                    numbers.push(unsafe { *from.at(start + at.at(y, x)) });
                }
            }
        }
    }
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
    let mut numbers = tensor.iter();
    for image in 0..at.images {
        for channel in 0..at.blocks() * at.lanes {
            // The channels that fill up the last block are multiplied by weights of zero, and must be finite for that.
            let is_there = channel < at.channels;
            let start = image * at.image() + channel / at.lanes * at.block() + channel % at.lanes;
            for y in 0..at.height {
                for x in 0..at.width {
                    let number = if is_there { numbers.next() } else { None };
                    // SAFETY: within the value's geometry.
                    unsafe { *to.at(start + at.at(y, x)) = number.copied().unwrap_or(0.0) };
                }
            }
        }
    }
}
