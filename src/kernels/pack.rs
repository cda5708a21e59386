//! Weights in the order in which the kernels read them.

use std::f32::consts::{FRAC_1_SQRT_2, SQRT_2};

use super::direct::Filters;
use super::isa::Isa;
use super::simd::{BLOCK, Simd};

/// Sizes of a convolution.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Number of groups.
    pub groups: usize,
    /// Input channels.
    pub inputs: usize,
    /// Output channels.
    pub outputs: usize,
    /// Taps of the window.
    pub area: usize,
}

/// Weights with a factor per output channel.
#[derive(Debug, Clone, Copy)]
pub struct Scaled<'a> {
    /// Output channels × inputs of each, one after the other.
    pub weights: &'a [f32],
    /// One number per output channel.
    pub scale: &'a [f32],
}

/// Pads the values with zeros to whole blocks of channels.
pub fn blocks_of(values: &[f32]) -> Vec<f32> {
    let mut values = values.to_vec();
    values.resize(values.len().next_multiple_of(BLOCK), 0.0);
    values
}

/// Groups of a convolution, merged into groups of whole blocks: if a group is narrower than a block, the weights between
/// neighbouring groups are zeros.
#[derive(Debug, Clone, Copy)]
pub struct Grouping {
    /// Number of merged groups.
    pub groups: usize,
    /// Input channels per merged group.
    pub inputs: usize,
    /// Output channels per merged group.
    pub outputs: usize,
}

/// Merged groups of a convolution.
pub fn grouping(sizes: Sizes) -> Grouping {
    let groups = sizes.groups;
    let (inputs, outputs) = (sizes.inputs / groups, sizes.outputs / groups);
    let whole = |merged: &usize| {
        groups.is_multiple_of(*merged)
            && (inputs * merged).is_multiple_of(BLOCK)
            && (outputs * merged).is_multiple_of(BLOCK)
    };
    let merged = (1..=groups).find(whole).unwrap_or(groups);
    Grouping {
        groups: groups / merged,
        inputs: inputs * merged,
        outputs: outputs * merged,
    }
}

/// Filters of a convolution: as many blocks as a tile holds, or one if fewer are left. Each has `per_channel` weights per
/// output channel.
pub fn filters(
    grouping: Grouping,
    tile_blocks: usize,
    x_block: usize,
    per_channel: usize,
) -> Vec<Filters> {
    let mut filters = Vec::new();
    let mut weights = 0;
    let blocks = grouping.outputs.div_ceil(BLOCK);
    for group in 0..grouping.groups {
        let mut block = 0;
        while block < blocks {
            let wide = block + tile_blocks <= blocks;
            let taken = if wide { tile_blocks } else { 1 };
            filters.push(Filters {
                block: group * blocks + block,
                wide,
                x: group * grouping.inputs / BLOCK * x_block,
                weights,
            });
            weights += taken * BLOCK * per_channel;
            block += taken;
        }
    }
    filters
}

/// Length of all filters' weights, in numbers, with `per_channel` per output channel.
pub fn weights_len(filters: &[Filters], tile_blocks: usize, per_channel: usize) -> usize {
    filters.last().map_or(0, |last| {
        let blocks = if last.wide { tile_blocks } else { 1 };
        last.weights + blocks * BLOCK * per_channel
    })
}

/// Calls `write` for each filter with its part of the memory, and its number of output channels.
fn each_filter(
    filters: &[Filters],
    tile_blocks: usize,
    all: &mut [f32],
    mut write: impl FnMut(Filters, &mut [f32], usize),
) {
    for (index, own) in filters.iter().enumerate() {
        let end = filters
            .get(index + 1)
            .map_or(all.len(), |next| next.weights);
        let width = if own.wide { tile_blocks } else { 1 } * BLOCK;
        write(*own, &mut all[own.weights..end], width);
    }
}

/// Inputs of each output channel of a convolution.
struct Reach {
    /// Input channels of its own group.
    inputs: usize,
    /// Input channels of the merged group.
    merged: usize,
    outputs_of_group: usize,
    outputs: usize,
    area: usize,
}

impl Reach {
    fn of(sizes: Sizes) -> Self {
        Self {
            inputs: sizes.inputs / sizes.groups,
            merged: grouping(sizes).inputs,
            outputs_of_group: sizes.outputs / sizes.groups,
            outputs: sizes.outputs,
            area: sizes.area,
        }
    }

    /// First channel of the group of `output`, counted from the first input of the merged group.
    fn first(&self, output: usize) -> usize {
        output / self.outputs_of_group * self.inputs % self.merged
    }

    /// Weights of `output`, input channel by input channel.
    fn weights<'a>(&self, folded: Scaled<'a>, output: usize) -> &'a [f32] {
        let each = self.inputs * self.area;
        &folded.weights[output * each..(output + 1) * each]
    }
}

/// Packs weights as filters × taps × channels of a tap × output channels of the filter.
pub fn direct(
    sizes: Sizes,
    folded: Scaled<'_>,
    filters: &[Filters],
    planar: bool,
    tile_blocks: usize,
    packed: &mut [f32],
) {
    let reach = Reach::of(sizes);
    let area = reach.area;
    let depth = if planar { 1 } else { BLOCK };
    each_filter(filters, tile_blocks, packed, |own, out, width| {
        let first_output = own.block * BLOCK;
        for lane in 0..width.min(reach.outputs.saturating_sub(first_output)) {
            let output = first_output + lane;
            let first = reach.first(output);
            let scale = folded.scale[output];
            let weights = reach.weights(folded, output);
            for (channel, weights) in weights.chunks_exact(area).enumerate() {
                let channel = first + channel;
                let start = channel / depth * area * depth + channel % depth;
                for (tap, weight) in weights.iter().enumerate() {
                    out[(start + tap * depth) * width + lane] = weight * scale;
                }
            }
        }
    });
}

/// G for tiles of 2 and 4 outputs along a side.
const TWO: [[f32; 3]; 4] = [
    [1.0, 0.0, 0.0],
    [0.5, 0.5, 0.5],
    [0.5, -0.5, 0.5],
    [0.0, 0.0, 1.0],
];
/// The rows of the points ±√½ and ±√2 are multiplied by the points' absolute values, as the output's transform assumes.
const FOUR: [[f32; 3]; 6] = {
    let (a, b) = (FRAC_1_SQRT_2 / 1.5, SQRT_2 / 6.0);
    [
        [1.0, 0.0, 0.0],
        [-a, -1.0 / 3.0, -a / 2.0],
        [-a, 1.0 / 3.0, -a / 2.0],
        [b, 1.0 / 3.0, 2.0 * b],
        [b, -1.0 / 3.0, 2.0 * b],
        [0.0, 0.0, 1.0],
    ]
};

/// Packs weights as filters × places of a tile × input channels × output channels of the filter: G · g · Gᵀ for each kernel
/// g, by the instructions of `isa`.
pub fn winograd(
    isa: Isa,
    sizes: Sizes,
    folded: Scaled<'_>,
    filters: &[Filters],
    side: usize,
    packed: &mut [f32],
) {
    let transform: &[[f32; 3]] = if side == 4 { &FOUR } else { &TWO };
    let reach = Reach::of(sizes);
    let depth = reach.merged.next_multiple_of(BLOCK);
    let table = super::table(isa);
    each_filter(filters, isa.tile_blocks(), packed, |own, out, width| {
        let first = own.block * BLOCK;
        let count = width.min(reach.outputs - first);
        for channel in 0..reach.merged {
            let mut kernels = [[0.0_f32; 2 * BLOCK]; 9];
            for (lane, scale) in folded.scale[first..first + count].iter().enumerate() {
                let output = first + lane;
                let own = channel.wrapping_sub(reach.first(output));
                if own < reach.inputs {
                    let from = &reach.weights(folded, output)[own * 9..][..9];
                    for (kernel, weight) in kernels.iter_mut().zip(from) {
                        kernel[lane] = weight * scale;
                    }
                }
            }
            let out = &mut out[channel * width..];
            // SAFETY: the caller's processor has the instructions of `isa`.
            unsafe { (table.transform)(&kernels, transform, out, [depth * width, width]) };
        }
    });
}

/// Writes G · g · Gᵀ for each kernel g: `width` outputs for each place of a tile, `distance` apart.
#[inline(always)]
pub(crate) unsafe fn transform<S: Simd>(
    kernels: &[[f32; 2 * BLOCK]; 9],
    sides: &[[f32; 3]],
    out: &mut [f32],
    [distance, width]: [usize; 2],
) {
    assert!(
        width <= 2 * BLOCK && (sides.len() * sides.len() - 1) * distance + width <= out.len(),
        "places outside the packed weights"
    );
    let mut lane = 0;
    while lane < width {
        for (row, down) in sides.iter().enumerate() {
            let mut columns = [S::splat(0.0); 3];
            for column in 0..3 {
                for i in 0..3 {
                    let own = S::load(kernels[i * 3 + column].as_ptr().add(lane));
                    columns[column] = S::add(columns[column], S::mul(own, S::splat(down[i])));
                }
            }
            for (column, across) in sides.iter().enumerate() {
                let mut sum = S::splat(0.0);
                for i in 0..3 {
                    sum = S::add(sum, S::mul(columns[i], S::splat(across[i])));
                }
                let place = row * sides.len() + column;
                S::store(out.as_mut_ptr().add(place * distance + lane), sum);
            }
        }
        lane += S::LANES;
    }
}

/// Length of a matrix's weights as [`dot`] writes them, in numbers.
pub fn dot_len(inputs: usize, outputs: usize) -> usize {
    outputs.next_multiple_of(BLOCK) * inputs.next_multiple_of(BLOCK)
}

/// Packs rows of whole blocks, with rows of zeros up to a whole block of outputs.
pub fn dot(folded: Scaled<'_>, packed: &mut [f32]) {
    let inputs = folded.weights.len() / folded.scale.len();
    let rows = packed.chunks_exact_mut(inputs.next_multiple_of(BLOCK));
    for ((to, from), scale) in rows
        .zip(folded.weights.chunks_exact(inputs))
        .zip(folded.scale)
    {
        for (to, from) in to.iter_mut().zip(from) {
            *to = from * scale;
        }
    }
}
