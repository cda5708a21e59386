//! Weights in the order in which the kernels read them, with the normalisation behind a convolution folded in.

use super::kernels::direct::Filters;
use super::memory::Aligned;
use super::simd::BLOCK;
use super::team::together;
use crate::engine::LayerWeights;
use crate::engine::kernels::standardized;
use crate::network::Layer;
use crate::network::layer::Conv2d;

/// Weights and bias of a convolution or linear layer, and what its normalisation makes of them: each output channel's
/// factor and what is added.
pub(super) struct Folded<'a> {
    /// Output channels × what each reads, one after the other.
    pub(super) weights: std::borrow::Cow<'a, [f32]>,
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

/// Factor and addend of a batch normalisation in inference, for each channel.
pub(super) fn affine(layer: &Layer, weights: &LayerWeights) -> Option<[Vec<f32>; 2]> {
    let (
        Layer::BatchNorm2d(settings),
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

/// Takes the normalisation into the convolution before it.
pub(super) fn fold<'a>(
    layer: &Layer,
    weights: &'a LayerWeights,
    norm: Option<[Vec<f32>; 2]>,
) -> Option<Folded<'a>> {
    use std::borrow::Cow;
    let (values, bias) = match (layer, weights) {
        (
            Layer::Conv2d(Conv2d {
                standardize: Some(eps),
                ..
            }),
            LayerWeights::Conv { weight, bias },
        ) => {
            let standard = standardized(weight.view(), *eps);
            (Cow::Owned(standard.iter().copied().collect()), bias)
        }
        (_, LayerWeights::Conv { weight, bias }) => (slice(weight), bias),
        (_, LayerWeights::Linear { weight, bias }) => (slice(weight), bias),
        _ => return None,
    };
    let outputs = match layer {
        Layer::Conv2d(conv) => conv.out_channels as usize,
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

/// One for each channel of whole blocks.
pub(super) fn blocks_of(values: &[f32]) -> Vec<f32> {
    let mut values = values.to_vec();
    values.resize(values.len().next_multiple_of(BLOCK), 0.0);
    values
}

/// The groups of a convolution that are done as one, so that each is of whole blocks: where a group is narrower than a
/// block, the weights between its neighbours are zeros.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grouping {
    /// Groups that are done.
    pub(super) groups: usize,
    /// Input channels of each.
    pub(super) inputs: usize,
    /// Output channels of each.
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

/// The filters of a convolution: as many blocks as a tile holds, or one where fewer are left. Each has `per_channel` weights
/// for an output channel.
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

/// A filter's weights, to be written by one thread.
struct Slot<'a> {
    filters: Filters,
    out: &'a mut [f32],
}

/// Calls `write` for each filter with its part of the memory, on all threads.
fn each_filter(
    filters: &[Filters],
    all: &mut [f32],
    threads: usize,
    write: &(dyn Fn(Filters, &mut [f32]) + Sync),
) {
    let mut rest = all;
    let mut slots = Vec::new();
    for (index, own) in filters.iter().enumerate() {
        let end = filters
            .get(index + 1)
            .map_or(own.weights + rest.len(), |next| next.weights);
        let (out, others) = std::mem::take(&mut rest).split_at_mut(end - own.weights);
        slots.push(std::sync::Mutex::new(Slot { filters: *own, out }));
        rest = others;
    }
    together(threads.min(slots.len()).max(1), &|part, _| {
        for slot in &slots[part.of(slots.len())] {
            if let Ok(mut slot) = slot.lock() {
                let filters = slot.filters;
                write(filters, slot.out);
            }
        }
    });
}

/// Filters × taps × channels of a tap × output channels of the filter.
pub(super) fn direct(
    conv: &Conv2d,
    folded: &Folded<'_>,
    filters: &[Filters],
    planar: bool,
    tile_blocks: usize,
    threads: usize,
) -> Aligned {
    let merged = grouping(conv);
    let area = (conv.window.kernel[0] * conv.window.kernel[1]) as usize;
    let depth = if planar { 1 } else { BLOCK };
    let taps = merged.inputs.div_ceil(depth) * area;
    let groups = conv.groups as usize;
    let (inputs, outputs) = (
        conv.in_channels as usize / groups,
        conv.out_channels as usize / groups,
    );
    let blocks: usize = filters
        .iter()
        .map(|own| if own.wide { tile_blocks } else { 1 })
        .sum();
    let mut packed = Aligned::new(blocks * BLOCK * taps * depth);
    each_filter(filters, packed.as_mut_slice(), threads, &|own, out| {
        let width = if own.wide { tile_blocks } else { 1 } * BLOCK;
        for lane in 0..width {
            let output = own.block * BLOCK + lane;
            if output >= outputs * groups {
                break;
            }
            // The first channel of its own group, from the first that the merged group reads.
            let first = output / outputs * inputs % merged.inputs;
            let scale = folded.scale[output];
            let weights = &folded.weights[output * inputs * area..(output + 1) * inputs * area];
            for (channel, weights) in weights.chunks_exact(area).enumerate() {
                let channel = first + channel;
                let start = channel / depth * area * depth + channel % depth;
                for (tap, weight) in weights.iter().enumerate() {
                    out[(start + tap * depth) * width + lane] = weight * scale;
                }
            }
        }
    });
    packed
}

/// G for tiles of 2 and 4 outputs along a side.
const TWO: [[f32; 3]; 4] = [
    [1.0, 0.0, 0.0],
    [0.5, 0.5, 0.5],
    [0.5, -0.5, 0.5],
    [0.0, 0.0, 1.0],
];
const FOUR: [[f32; 3]; 6] = [
    [0.25, 0.0, 0.0],
    [-1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0],
    [-1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0],
    [1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0],
    [1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0],
    [0.0, 0.0, 1.0],
];

/// Filters × places of a tile × input channels × output channels of the filter: G · g · Gᵀ for each kernel g.
pub(super) fn winograd(
    conv: &Conv2d,
    folded: &Folded<'_>,
    filters: &[Filters],
    side: usize,
    tile_blocks: usize,
    threads: usize,
) -> Aligned {
    let transform: &[[f32; 3]] = if side == 4 { &FOUR } else { &TWO };
    let inputs = conv.in_channels as usize;
    let depth = inputs.next_multiple_of(BLOCK);
    let outputs = conv.out_channels as usize;
    let places = transform.len() * transform.len();
    let blocks: usize = filters
        .iter()
        .map(|own| if own.wide { tile_blocks } else { 1 })
        .sum();
    let mut packed = Aligned::new(blocks * BLOCK * places * depth);
    each_filter(filters, packed.as_mut_slice(), threads, &|own, out| {
        let width = if own.wide { tile_blocks } else { 1 } * BLOCK;
        let first = own.block * BLOCK;
        let count = width.min(outputs - first);
        for channel in 0..inputs {
            // All output channels at once, so that the compiler can use vectors.
            let mut kernels = [[0.0_f32; 2 * BLOCK]; 9];
            for (lane, scale) in folded.scale[first..first + count].iter().enumerate() {
                let from = &folded.weights[((first + lane) * inputs + channel) * 9..][..9];
                for (kernel, weight) in kernels.iter_mut().zip(from) {
                    kernel[lane] = weight * scale;
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
    packed
}

fn add_scaled(sums: &mut [f32; 2 * BLOCK], values: &[f32; 2 * BLOCK], factor: f32) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * factor;
    }
}

/// Rows of whole blocks, and rows of zeros up to a whole block of outputs.
pub(super) fn dot(folded: &Folded<'_>, inputs: usize) -> Aligned {
    let outputs = folded.scale.len();
    let row = inputs.next_multiple_of(BLOCK);
    let mut packed = Aligned::new(outputs.next_multiple_of(BLOCK) * row);
    let rows = packed.as_mut_slice().chunks_exact_mut(row);
    for ((to, from), scale) in rows
        .zip(folded.weights.chunks_exact(inputs))
        .zip(&folded.scale)
    {
        for (to, from) in to.iter_mut().zip(from) {
            *to = from * scale;
        }
    }
    packed
}
