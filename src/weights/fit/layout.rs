//! Weights in the layout of Keras, TensorFlow and JAX: kernels as height × width × in × out, matrices as in × out.

use super::{Misfit, Named};

/// Words in the names of their tensors that PyTorch does not use.
const WORDS: [&str; 6] = [
    "kernel",
    "depthwise_kernel",
    "gamma",
    "moving_mean",
    "moving_variance",
    "batch_stats",
];

/// Shape in PyTorch's layout.
fn to_pytorch(shape: &[usize]) -> Vec<usize> {
    match *shape {
        [height, width, input, output] => vec![output, input, height, width],
        [input, output] => vec![output, input],
        _ => shape.to_vec(),
    }
}

/// Whether the tensors have such names.
pub(super) fn has_foreign_names(found: &[Named]) -> bool {
    let foreign = |(name, _): &&Named| {
        name.split([':', '/', '.', '_'])
            .any(|word| WORDS.contains(&word))
            || WORDS
                .iter()
                .any(|word| name.contains(word) && word.contains('_'))
    };
    2 * found.iter().filter(foreign).count() > found.len()
}

/// Number of tensors with the right shape in that layout, and number of tensors with another wrong shape.
pub(super) fn transposed(misfits: &[Misfit]) -> [usize; 2] {
    let mut counts = [0; 2];
    for misfit in misfits {
        if let Misfit::Shape { wanted, found, .. } = misfit {
            counts[usize::from(to_pytorch(found) != *wanted)] += 1;
        }
    }
    counts
}

/// Shapes in PyTorch's layout.
pub(super) fn shapes(found: &[Named]) -> Vec<Vec<usize>> {
    let foreign = has_foreign_names(found);
    found
        .iter()
        .map(|(_, shape)| {
            if foreign {
                to_pytorch(shape)
            } else {
                shape.clone()
            }
        })
        .collect()
}
