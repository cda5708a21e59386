//! Training's convolutions and element-wise operations.

pub(in crate::engine) mod each;

pub(in crate::engine) use crate::kernels::learn::conv::{Conv, Packed};
pub(in crate::engine) use crate::kernels::learn::plan::Sizes;
