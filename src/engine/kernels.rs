//! Plain kernels on `ndarray`, in either precision, which know nothing of graphs; `backward` has their derivatives.
//!
//! Feature maps are NCHW: (batch, channels, height, width). Callers guarantee the shapes stated by each function, as a legal
//! network does; they are asserted in debug builds only.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides, and `Copy`"
)]

pub mod attention;
mod axis;
pub mod backward;
pub mod conv;
pub mod elementwise;
pub mod group;
pub mod linear;
pub mod norm;
pub mod picture;
pub mod pool;
pub mod shuffle;

pub use attention::{
    channel_conv, concat, multiply, radix_softmax, radix_sum, radix_weighted_sum, sigmoid, slice,
};
pub use conv::{conv2d, standardized};
pub use elementwise::{add, each, pad_shortcut, scale, softmax, standardize};
pub use group::{evo_norm_s0, filter_response_norm, group_norm};
pub use linear::linear;
pub use norm::{BatchStatistics, batch_norm_inference, batch_norm_training, update_running};
pub use picture::{center_crop, grayscale, resize, rgb_to_bgr};
pub use pool::{avg_pool, blur_pool, constant_pad, global_avg_pool, max_pool};

use ndarray::{Array4, ArrayView, Dimension, LinalgScalar};
use std::borrow::Cow;
use std::ops::{AddAssign, DivAssign};

/// Values in row-major order, copied only if the view is stored in another order.
fn row_major<T: Real, D: Dimension + Copy>(view: ArrayView<'_, T, D>) -> Cow<'_, [T]> {
    match view.to_slice() {
        Some(values) => Cow::Borrowed(values),
        None => Cow::Owned(view.iter().copied().collect()),
    }
}

/// Feature map from row-major values.
fn feature_map<T: Real>(shape: [usize; 4], values: Vec<T>) -> Array4<T> {
    Array4::from_shape_vec(shape, values).expect("the kernel made as many values as its output has")
}

/// The larger number, as `torch.maximum`: NaN if either is, where `f64::max` would hide a fault upstream.
pub(in crate::engine) fn larger(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}

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
