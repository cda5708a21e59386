//! Division of a transformed convolution's tiles into strips.

use super::candidate::Candidate;
use super::choices::Choices;
use super::spans::row_cost;
use crate::kernels::direct::Split;
use crate::kernels::simd::BLOCK;

/// Minimum tiles per strip: each strip reads all the weights again.
const TILES: usize = 28;

/// Division of `all` tiles among threads, and number of strips. Without a demanded split, a map with fewer strips than threads
/// is split by output channels.
pub(super) fn strips(
    side: usize,
    all: usize,
    blocks: usize,
    candidate: Candidate,
    choices: Choices,
) -> (Split, usize) {
    let Choices { isa, threads, .. } = choices;
    let prices = choices.sizes(candidate);
    let places = (side + 2) * (side + 2);
    let numbers = places * (blocks + isa.tile_blocks()) * BLOCK;
    let fitting = (candidate.strip * prices.strip / numbers).max(TILES);
    let fewest = all.div_ceil(fitting);
    let few = fewest < threads && all < threads * TILES * 3 / 4;
    if candidate.split == Some(Split::Channels) || candidate.split.is_none() && few {
        return (Split::Channels, fewest);
    }
    // Equal work per thread.
    let cost = |strips: &usize| {
        let each = row_cost(all.div_ceil(*strips), isa, &prices.tiles);
        strips.div_ceil(threads) as f32 * each
    };
    let fewest = fewest.max(threads.min(all));
    let most = (3 * fewest).min(all);
    let best = (fewest..=most).min_by(|a, b| cost(a).total_cmp(&cost(b)));
    (Split::Pixels, best.unwrap_or(fewest))
}
