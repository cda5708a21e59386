//! The derivatives of the fully connected layer.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::Real;

/// Gradients of a fully connected layer.
pub struct LinearGradients<T> {
    /// Of its input.
    pub input: Array2<T>,
    /// Of its matrix.
    pub weight: Array2<T>,
    /// Of its bias, whether it has one or not.
    pub bias: Array1<T>,
}

/// The gradients of [`linear`](crate::engine::kernels::linear()).
pub fn linear<T: Real>(
    input: ArrayView2<T>,
    weight: ArrayView2<T>,
    gradient: ArrayView2<T>,
) -> LinearGradients<T> {
    let sum =
        |column: ndarray::ArrayView1<T>| T::rounded(column.iter().map(|&g| g.into()).sum::<f64>());
    LinearGradients {
        input: gradient.dot(&weight),
        weight: gradient.t().dot(&input),
        bias: gradient.axis_iter(Axis(1)).map(sum).collect(),
    }
}
