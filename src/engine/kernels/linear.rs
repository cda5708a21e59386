//! The fully connected layer.

use ndarray::{Array2, ArrayView1, ArrayView2};

/// `y = x · weightᵀ + bias`, as `torch.nn.functional.linear`.
///
/// Shapes: input (N, in), weight (out, in), bias (out), output (N, out), asserted in debug builds only.
pub fn linear(
    input: ArrayView2<f32>,
    weight: ArrayView2<f32>,
    bias: Option<ArrayView1<f32>>,
) -> Array2<f32> {
    debug_assert_eq!(input.ncols(), weight.ncols());
    debug_assert!(bias.is_none_or(|bias| bias.len() == weight.nrows()));
    let mut output = input.dot(&weight.t());
    if let Some(bias) = bias {
        output += &bias;
    }
    output
}
