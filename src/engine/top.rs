//! The most likely classes.

use crate::sorting::Sorting;

use ndarray::Ix2;

use super::Tensor;
use super::kernels::elementwise;

/// A class and the probability that the network gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// Number of the class, from 0.
    pub class: usize,
    /// Logit of the class.
    pub logit: f32,
    /// Probability after softmax, from 0 to 1.
    pub probability: f32,
}

/// The `count` most likely classes of each image, best first, for logits of shape batch × classes; equal ones in the order of
/// the classes. Other tensors have none.
pub fn top(logits: &Tensor, count: usize) -> Vec<Vec<Guess>> {
    let Ok(logits) = logits.view().into_dimensionality::<Ix2>() else {
        return Vec::new();
    };
    let shares = elementwise::softmax(logits);
    logits
        .rows()
        .into_iter()
        .zip(shares.rows())
        .map(|(logits, shares)| {
            let mut guesses: Vec<Guess> = logits
                .iter()
                .zip(shares)
                .enumerate()
                .map(|(class, (&logit, &probability))| Guess {
                    class,
                    logit,
                    probability,
                })
                .collect();
            guesses.order_by(|a, b| b.logit.total_cmp(&a.logit));
            guesses.truncate(count);
            guesses
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_come_first_and_shares_add_up() {
        let logits = ndarray::arr2(&[[0.0_f32, 2.0, 1.0], [5.0, 5.0, -5.0]]).into_dyn();
        let guesses = top(&logits, 3);
        let classes: Vec<Vec<_>> = guesses
            .iter()
            .map(|image| image.iter().map(|guess| guess.class).collect())
            .collect();
        assert_eq!(classes, [[1, 2, 0], [0, 1, 2]]);
        let sum: f32 = guesses[0].iter().map(|guess| guess.probability).sum();
        assert!((sum - 1.0).abs() < 1e-6);
        assert_eq!(top(&logits, 1)[1].len(), 1);
    }
}
