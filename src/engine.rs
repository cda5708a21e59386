//! The forward pass.

pub mod kernels;
