//! Softmax and cross-entropy, as `torch.nn.functional.cross_entropy`.

use ndarray::{Array2, ArrayView2};

use super::Real;

/// The mean over the batch of `−Σ target · log softmax(logits)`, and its gradient.
///
/// The target is 1 at the label; with `smoothing` it is `1 − smoothing` there, and `smoothing / classes` is added to every class
/// (Szegedy et al. 2015). Each label is below the number of classes (asserted in debug builds only). Logits of shape (N, classes).
pub fn cross_entropy<T: Real>(
    logits: ArrayView2<T>,
    labels: &[usize],
    smoothing: f64,
) -> (f64, Array2<T>) {
    let (batch, classes) = logits.dim();
    debug_assert!(labels.len() == batch && labels.iter().all(|&label| label < classes));
    let mut gradient = logits.to_owned();
    let mut loss = 0.0;
    for (mut row, &label) in gradient.rows_mut().into_iter().zip(labels) {
        let values: Vec<f64> = row.iter().map(|&x| x.into()).collect();
        // The largest is subtracted first: it cancels, and no exponential overflows. NaN stays NaN.
        let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = values.iter().map(|x| (x - largest).exp()).sum();
        let log = |x: f64| x - largest - sum.ln();
        let even = smoothing / classes as f64;
        loss -= (1.0 - smoothing) * log(values[label]);
        if smoothing > 0.0 {
            loss -= even * values.iter().map(|&x| log(x)).sum::<f64>();
        }
        for (class, (own, x)) in row.iter_mut().zip(values).enumerate() {
            let target = even + if class == label { 1.0 - smoothing } else { 0.0 };
            *own = T::rounded((log(x).exp() - target) / batch as f64);
        }
    }
    (loss / batch as f64, gradient)
}
