//! Weights in the order of Keras, TensorFlow and JAX: kernels as height × width × in × out, matrices as in × out.

use super::{Misfit, Named};

/// Words that name tensors there and not in PyTorch.
const WORDS: [&str; 6] = [
    "kernel",
    "depthwise_kernel",
    "gamma",
    "moving_mean",
    "moving_variance",
    "batch_stats",
];

/// The same shape in PyTorch's order.
fn turned(shape: &[usize]) -> Vec<usize> {
    match *shape {
        [height, width, input, output] => vec![output, input, height, width],
        [input, output] => vec![output, input],
        _ => shape.to_vec(),
    }
}

/// Whether the tensors are named as there.
pub(super) fn is_foreign(found: &[Named]) -> bool {
    let foreign = |(name, _): &&Named| {
        name.split([':', '/', '.', '_'])
            .any(|word| WORDS.contains(&word))
            || WORDS
                .iter()
                .any(|word| name.contains(word) && word.contains('_'))
    };
    2 * found.iter().filter(foreign).count() > found.len()
}

/// How many tensors have the shape that is wanted in that order, and how many have another wrong one.
pub(super) fn transposed(misfits: &[Misfit]) -> [usize; 2] {
    let mut counts = [0; 2];
    for misfit in misfits {
        if let Misfit::Shape { wanted, found, .. } = misfit {
            counts[usize::from(turned(found) != *wanted)] += 1;
        }
    }
    counts
}

/// The shapes in PyTorch's order.
pub(super) fn shapes(found: &[Named]) -> Vec<Vec<usize>> {
    let foreign = is_foreign(found);
    found
        .iter()
        .map(|(_, shape)| {
            if foreign {
                turned(shape)
            } else {
                shape.clone()
            }
        })
        .collect()
}
