//! Weights in the order in which the kernels read them, with the normalisation after a convolution folded in.

use std::f32::consts::{FRAC_1_SQRT_2, SQRT_2};

use super::kernels::direct::Filters;
use super::simd::BLOCK;
use crate::engine::LayerWeights;
use crate::engine::kernels::standardized;
use crate::network::layer::Conv2d;
use crate::network::{Conv, Layer, Norm};

/// Weights and bias of a convolution or linear layer, and the effect of its normalisation: a factor and an addend per output
/// channel.
pub(super) struct Folded<'a> {
    /// Output channels × inputs of each, one after the other.
    pub(super) weights: std::borrow::Cow<'a, [f32]>,
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

/// Factor and addend of a batch normalisation in inference, for each channel.
pub(super) fn affine(layer: &Layer, weights: &LayerWeights) -> Option<[Vec<f32>; 2]> {
    let (
        Layer::Norm(Norm::Batch(settings)),
        LayerWeights::Norm {
            gamma,
            beta,
            mean,
            var,
        },
    ) = (layer, weights)
    else {
        return None;
    };
    let factor = |c: usize| f64::from(gamma[c]) / (f64::from(var[c]) + settings.eps).sqrt();
    let count = gamma.len();
    Some([
        (0..count).map(|c| factor(c) as f32).collect(),
        (0..count)
            .map(|c| (f64::from(beta[c]) - f64::from(mean[c]) * factor(c)) as f32)
            .collect(),
    ])
}

/// Folds the normalisation into the convolution before it.
pub(super) fn fold<'a>(
    layer: &Layer,
    weights: &'a LayerWeights,
    norm: Option<[Vec<f32>; 2]>,
) -> Option<Folded<'a>> {
    use std::borrow::Cow;
    let (values, bias) = match (layer, weights) {
        (
            Layer::Conv(Conv::Spatial(Conv2d {
                standardize: Some(own),
                ..
            })),
            LayerWeights::Conv { weight, bias, gain },
        ) => {
            let gain = gain.as_ref().map(|gain| gain.view());
            let standard = standardized(weight.view(), *own, gain);
            (Cow::Owned(standard.iter().copied().collect()), bias)
        }
        (_, LayerWeights::Conv { weight, bias, .. }) => (slice(weight), bias),
        (_, LayerWeights::Linear { weight, bias }) => (slice(weight), bias),
        _ => return None,
    };
    let outputs = match layer {
        Layer::Conv(Conv::Spatial(conv)) => conv.out_channels as usize,
        Layer::Linear(linear) => linear.out_features as usize,
        _ => return None,
    };
    let [scale, shift] = norm.unwrap_or_else(|| [vec![1.0; outputs], vec![0.0; outputs]]);
    let shift = match bias {
        Some(bias) => (0..outputs)
            .map(|c| bias[c].mul_add(scale[c], shift[c]))
            .collect(),
        None => shift,
    };
    Some(Folded {
        weights: values,
        scale,
        shift,
    })
}

fn slice<D: ndarray::Dimension>(array: &ndarray::Array<f32, D>) -> std::borrow::Cow<'_, [f32]> {
    match array.as_slice() {
        Some(values) => values.into(),
        None => array.iter().copied().collect::<Vec<_>>().into(),
    }
}

/// Pads the values with zeros to whole blocks of channels.
pub(super) fn blocks_of(values: &[f32]) -> Vec<f32> {
    let mut values = values.to_vec();
    values.resize(values.len().next_multiple_of(BLOCK), 0.0);
    values
}

/// Groups of a convolution, merged into groups of whole blocks: if a group is narrower than a block, the weights between
/// neighbouring groups are zeros.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grouping {
    /// Number of merged groups.
    pub(super) groups: usize,
    /// Input channels per merged group.
    pub(super) inputs: usize,
    /// Output channels per merged group.
    pub(super) outputs: usize,
}

pub(super) fn grouping(conv: &Conv2d) -> Grouping {
    let groups = conv.groups as usize;
    let (inputs, outputs) = (
        conv.in_channels as usize / groups,
        conv.out_channels as usize / groups,
    );
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
pub(super) fn filters(
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
pub(super) fn weights_len(filters: &[Filters], tile_blocks: usize, per_channel: usize) -> usize {
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
    fn of(conv: &Conv2d) -> Self {
        let groups = conv.groups as usize;
        Self {
            inputs: conv.in_channels as usize / groups,
            merged: grouping(conv).inputs,
            outputs_of_group: conv.out_channels as usize / groups,
            outputs: conv.out_channels as usize,
            area: (conv.window.kernel[0] * conv.window.kernel[1]) as usize,
        }
    }

    /// First channel of the group of `output`, counted from the first input of the merged group.
    fn first(&self, output: usize) -> usize {
        output / self.outputs_of_group * self.inputs % self.merged
    }

    /// Weights of `output`, input channel by input channel.
    fn weights<'a>(&self, folded: &'a Folded<'_>, output: usize) -> &'a [f32] {
        let each = self.inputs * self.area;
        &folded.weights[output * each..(output + 1) * each]
    }
}

/// Packs weights as filters × taps × channels of a tap × output channels of the filter.
pub(super) fn direct(
    conv: &Conv2d,
    folded: &Folded<'_>,
    filters: &[Filters],
    planar: bool,
    tile_blocks: usize,
    packed: &mut [f32],
) {
    let reach = Reach::of(conv);
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
/// g.
pub(super) fn winograd(
    conv: &Conv2d,
    folded: &Folded<'_>,
    filters: &[Filters],
    side: usize,
    tile_blocks: usize,
    packed: &mut [f32],
) {
    let transform: &[[f32; 3]] = if side == 4 { &FOUR } else { &TWO };
    let reach = Reach::of(conv);
    let depth = reach.merged.next_multiple_of(BLOCK);
    each_filter(filters, tile_blocks, packed, |own, out, width| {
        let first = own.block * BLOCK;
        let count = width.min(reach.outputs - first);
        for channel in 0..reach.merged {
            // All output channels at once, which lets the compiler use vectors.
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
            for (row, down) in transform.iter().enumerate() {
                let mut columns = [[0.0_f32; 2 * BLOCK]; 3];
                for (column, sums) in columns.iter_mut().enumerate() {
                    for (i, factor) in down.iter().enumerate() {
                        add_scaled(sums, &kernels[i * 3 + column], *factor);
                    }
                }
                for (column, across) in transform.iter().enumerate() {
                    let mut sums = [0.0_f32; 2 * BLOCK];
                    for (values, factor) in columns.iter().zip(across) {
                        add_scaled(&mut sums, values, *factor);
                    }
                    let place = row * transform.len() + column;
                    out[(place * depth + channel) * width..][..width]
                        .copy_from_slice(&sums[..width]);
                }
            }
        }
    });
}

fn add_scaled(sums: &mut [f32; 2 * BLOCK], values: &[f32; 2 * BLOCK], factor: f32) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * factor;
    }
}

/// Length of a matrix's weights as [`dot`] writes them, in numbers.
pub(super) fn dot_len(inputs: usize, outputs: usize) -> usize {
    outputs.next_multiple_of(BLOCK) * inputs.next_multiple_of(BLOCK)
}

/// Packs rows of whole blocks, with rows of zeros up to a whole block of outputs.
pub(super) fn dot(folded: &Folded<'_>, packed: &mut [f32]) {
    let inputs = folded.weights.len() / folded.scale.len();
    let rows = packed.chunks_exact_mut(inputs.next_multiple_of(BLOCK));
    for ((to, from), scale) in rows
        .zip(folded.weights.chunks_exact(inputs))
        .zip(&folded.scale)
    {
        for (to, from) in to.iter_mut().zip(from) {
            *to = from * scale;
        }
    }
}
