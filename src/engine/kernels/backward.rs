//! Derivatives of the plain kernels: from the gradient of a layer's output to those of its inputs and tensors.
//!
//! Each function names the gradient of the layer's output `gradient`. Sums over the batch are made in fixed pieces that are
//! added in order, so that they do not depend on the number of threads.

pub mod attention;
pub mod conv;
pub mod elementwise;
pub mod group;
pub mod linear;
pub mod loss;
pub mod norm;
pub mod pool;
pub mod reshape;

use super::Real;
use super::{feature_map, row_major};

/// A sum in double precision.
fn total<T: Real>(values: &[T]) -> f64 {
    values.iter().map(|&x| x.into()).sum()
}

/// The sum of products in double precision.
fn product<T: Real>(left: &[T], right: &[T]) -> f64 {
    let products = left.iter().zip(right).map(|(&a, &b)| {
        let (a, b): (f64, f64) = (a.into(), b.into());
        a * b
    });
    products.sum()
}
