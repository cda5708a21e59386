//! The fully connected layer.

use super::Real;
use ndarray::{Array2, ArrayView1, ArrayView2};

/// `y = x · weightᵀ + bias`, as `torch.nn.functional.linear`.
///
/// Shapes: input (N, in), weight (out, in), bias (out), output (N, out), asserted in debug builds only.
pub fn linear<T: Real>(
    input: ArrayView2<T>,
    weight: ArrayView2<T>,
    bias: Option<ArrayView1<T>>,
) -> Array2<T> {
    debug_assert_eq!(input.ncols(), weight.ncols());
    debug_assert!(bias.is_none_or(|bias| bias.len() == weight.nrows()));
    let mut output = input.dot(&weight.t());
    if let Some(bias) = bias {
        for mut row in output.rows_mut() {
            row.zip_mut_with(&bias, |y, &b| *y += b);
        }
    }
    output
}
