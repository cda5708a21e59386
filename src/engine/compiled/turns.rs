//! Turns of a pass: steps that are done for a part of the batch before the next part.
//!
//! At the beginning of a network, maps are large and weights few: the maps of one image stay in a cache from one step to the
//! next where those of a batch would go to memory and back. Later, weights are many, and read once for all images.

use std::ops::Range;

use crate::network::{Conv, Layer};

/// Numbers of a step's maps that stay in a cache until the next step reads them: twice the second-level cache of Zen 4 and 5.
pub(super) const RESIDENT: usize = 1 << 19;

/// Images of a batch that a step does at a time, a divisor of the batch: as many as stay in the cache, but enough that the maps
/// outweigh the weights. `maps` are the numbers that it reads and writes for an image.
pub(super) fn at_a_time([batch, resident]: [usize; 2], maps: usize, layer: &Layer) -> usize {
    // Each part of the batch reads the weights again.
    let worth = weights(layer).div_ceil(maps.max(1));
    let fits = resident / maps.max(1);
    let wanted = worth.max(fits).max(1);
    let divides = |images: &usize| batch.is_multiple_of(*images);
    (wanted..=batch).find(divides).unwrap_or(batch)
}

fn weights(layer: &Layer) -> usize {
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            let [rows, columns] = conv.window.kernel;
            (conv.in_channels / conv.groups.max(1) * conv.out_channels * rows * columns) as usize
        }
        Layer::Linear(linear) => (linear.in_features * linear.out_features) as usize,
        _ => 0,
    }
}

/// Steps of a pass, and images of the batch that they are done for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) steps: Range<usize>,
    pub(super) images: Range<usize>,
}
