//! Data that each step needs besides its values, prepared once: packed weights, tiles, offsets.

use std::borrow::Cow;
use std::ops::Range;

use super::candidate::Candidate;
use super::choices::Choices;
use super::fold::{self, sizes};
use super::method::Method;
use super::plan::{Kind, Op, Plan};
use super::spans;
use super::strips::strips;
use crate::engine::LayerWeights;
use crate::kernels::bf16;
use crate::kernels::direct::{Filters, Split};
use crate::kernels::geometry::Geometry;
use crate::kernels::isa::Isa;
use crate::kernels::pack;
use crate::kernels::simd::BLOCK;
use crate::kernels::tile::{SHAPES, Span};
use crate::kernels::winograd::Winograd;
use crate::network::layer::Conv2d;
use crate::network::{Conv, Layer, LayerId, Network, Pool};

/// Prepared data of one step.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// Range of its packed weights among those of all steps.
    pub(super) weights: Range<usize>,
    /// One number for each channel of the output's blocks.
    pub(super) bias: Vec<f32>,
    /// For a normalisation: with `bias`, a factor for each channel.
    pub(super) scale: Vec<f32>,
    /// Third parameter of a normalisation besides `scale` and `bias`: the mean of a batch normalisation.
    pub(super) third: Vec<f32>,
    pub(super) filters: Vec<Filters>,
    pub(super) taps: Vec<usize>,
    /// Taps of a direct convolution that are summed together.
    pub(super) taps_at_once: usize,
    /// Whether the taps are of a planar map.
    pub(super) planar: bool,
    /// Form in which the step reads its input and its weights.
    pub(super) form: Form,
    pub(super) spans: Vec<Span>,
    /// Spans of the last strip of a Winograd convolution.
    pub(super) last_spans: Vec<Span>,
    pub(super) split: Option<Split>,
    /// Tiles per strip of a Winograd convolution.
    pub(super) strip: usize,
    /// Bytes of direct weights that stay in the cache.
    pub(super) resident: usize,
    /// Lengths of the scratch memories, in numbers: transformed inputs, and products.
    pub(super) scratch: [usize; 2],
    /// Weights of a plain step.
    pub(super) plain: Option<LayerWeights>,
}

/// Form of the numbers that are multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    /// As they are.
    #[default]
    Whole,
    /// Rounded to bf16, each in the place of a number: for sums that take too little time to have a kernel of their own.
    Rounded,
    /// Pairs of bf16 numbers, two channels in the place of one number.
    Pairs,
}

impl Form {
    /// Numbers of a map that take the place of one.
    pub(super) fn size(self) -> usize {
        match self {
            Self::Whole | Self::Rounded => 1,
            Self::Pairs => 2,
        }
    }

    /// Length of a rounded map.
    fn rounded_len(self, x: &Geometry) -> usize {
        match self {
            Self::Whole => 0,
            Self::Rounded | Self::Pairs => x.len() / self.size(),
        }
    }
}

impl Prepared {
    /// Whether `op` writes each number of its output once, and reads its residual there before it does. The last tile of a
    /// row may cover pixels that another tile has covered.
    pub(super) fn writes_once(&self, op: &Op, y: &Geometry) -> bool {
        let pixels = |span: &Span| SHAPES[usize::from(span.shape)].iter().product::<usize>();
        match op.kind {
            Kind::Conv {
                method: Method::Direct { .. },
                ..
            } => self.spans.iter().map(pixels).sum::<usize>() == y.pixels(),
            Kind::Conv { .. } | Kind::Combine { .. } => true,
            _ => false,
        }
    }
}

/// Taps of a short sum, each of a block of channels: 256 products.
const SHORT: usize = 16;

/// Prepares the data of `op` that depends on shapes alone. Its weights begin at 0: they have a length, and no place yet.
///
/// `None` if the map is too large for the kernels' offsets.
pub(super) fn shaped(
    network: &Network,
    plan: &Plan,
    op: &Op,
    choices: Choices,
) -> Option<Prepared> {
    match (&op.kind, &network[op.layers[0]].layer) {
        (Kind::Conv { method, choice, .. }, Layer::Conv(Conv::Spatial(conv))) => {
            let maps = Maps::of(plan, op);
            let choices = choices.at_a_time(op.images);
            match method {
                Method::Direct { .. } => direct(conv, &maps, choice.taken, choices),
                Method::Winograd(side) => Some(winograd(conv, &maps, *side, choice.taken, choices)),
            }
        }
        (Kind::Dot { .. }, Layer::Linear(linear)) => {
            let sizes = [linear.in_features, linear.out_features];
            Some(dot(sizes, &Maps::of(plan, op), choices))
        }
        (Kind::Dot { .. }, Layer::Conv(Conv::Spatial(conv))) => {
            let sizes = [conv.in_channels, conv.out_channels];
            Some(dot(sizes, &Maps::of(plan, op), choices))
        }
        _ => Some(Prepared::default()),
    }
}

fn dot([inputs, outputs]: [u64; 2], maps: &Maps, choices: Choices) -> Prepared {
    let form = match choices.bf16 {
        Some(_) => Form::Rounded,
        None => Form::Whole,
    };
    Prepared {
        weights: 0..pack::dot_len(inputs as usize, outputs as usize),
        form,
        scratch: [form.rounded_len(&maps.x), 0],
        ..Prepared::default()
    }
}

/// Writes the weights of `op` to `packed`, and computes its other data from `weights`, the weights of its layers in their
/// order.
pub(super) fn fill(
    network: &Network,
    op: &Op,
    isa: Isa,
    weights: &[(LayerId, Cow<'_, LayerWeights>)],
    prepared: &mut Prepared,
    packed: &mut [f32],
) {
    let of = |id: LayerId| {
        weights
            .iter()
            .find(|(own, _)| *own == id)
            .map(|(_, weights)| &**weights)
    };
    let affine =
        |norm: Option<LayerId>| norm.and_then(|id| fold::affine(&network[id].layer, of(id)?));
    let first = op.layers[0];
    let layer = &network[first].layer;
    let Some(own) = of(first) else { return };
    match (&op.kind, layer, own) {
        (Kind::Conv { norm, method, .. }, Layer::Conv(Conv::Spatial(conv)), _) => {
            if let Some(folded) = fold::fold(layer, own, affine(*norm)) {
                let (filters, blocks) = (&prepared.filters, isa.tile_blocks());
                match method {
                    Method::Direct { .. } => {
                        pack_direct(prepared, sizes(conv), folded.scaled(), blocks, packed);
                    }
                    Method::Winograd(side) => {
                        let weights = folded.scaled();
                        pack::winograd(isa, sizes(conv), weights, filters, *side, packed);
                    }
                }
                prepared.bias = pack::blocks_of(&folded.shift);
            }
        }
        (Kind::Dot { norm }, ..) => {
            if let Some(folded) = fold::fold(layer, own, affine(*norm)) {
                pack::dot(folded.scaled(), packed);
                round(prepared.form, packed);
                prepared.bias = pack::blocks_of(&folded.shift);
            }
        }
        (
            Kind::Affine { norm: Some(norm) },
            _,
            LayerWeights::Norm {
                beta: shift, mean, ..
            },
        ) => {
            if let Some([scale, _]) = affine(Some(*norm)) {
                prepared.scale = pack::blocks_of(&scale);
                prepared.bias = pack::blocks_of(&shift.to_vec());
                prepared.third = pack::blocks_of(&mean.to_vec());
            }
        }
        (Kind::Blur, Layer::Pool(Pool::Blur { kernel, .. }), _) => {
            prepared.bias = binomial(*kernel as usize);
        }
        (Kind::ImageNorm, _, LayerWeights::Affine { gamma, beta, third }) => {
            let blocks = |values: &ndarray::Array1<f32>| pack::blocks_of(&values.to_vec());
            prepared.scale = blocks(gamma);
            prepared.bias = blocks(beta);
            prepared.third = third.as_ref().map(blocks).unwrap_or_default();
        }
        (Kind::Each(_), _, LayerWeights::Numbers(numbers)) => prepared.scale = numbers.to_vec(),
        (Kind::Plain, ..) => prepared.plain = Some(own.clone()),
        _ => {}
    }
}

/// Packs the weights of a direct convolution in the form in which it reads them.
fn pack_direct(
    prepared: &Prepared,
    sizes: pack::Sizes,
    folded: pack::Scaled<'_>,
    blocks: usize,
    packed: &mut [f32],
) {
    let (filters, planar) = (&prepared.filters, prepared.planar);
    if prepared.form != Form::Pairs {
        pack::direct(sizes, folded, filters, planar, blocks, packed);
        return round(prepared.form, packed);
    }
    let mut whole = vec![0.0; 2 * packed.len()];
    let places: Vec<Filters> = filters
        .iter()
        .map(|own| Filters {
            weights: 2 * own.weights,
            ..*own
        })
        .collect();
    pack::direct(sizes, folded, &places, planar, blocks, &mut whole);
    bf16::pack(filters, blocks, &whole, packed);
}

/// Rounds weights that are read as numbers.
fn round(form: Form, weights: &mut [f32]) {
    if form == Form::Rounded {
        for weight in weights {
            *weight = bf16::rounded(*weight);
        }
    }
}

/// Binomial weights along one axis: `C(kernel − 1, k) / 2^(kernel − 1)`.
fn binomial(kernel: usize) -> Vec<f32> {
    let mut taps = vec![1.0_f32];
    for _ in 1..kernel {
        let before = taps.clone();
        taps.push(0.0);
        for (tap, left) in taps.iter_mut().skip(1).zip(before) {
            *tap += left;
        }
        for tap in &mut taps {
            *tap /= 2.0;
        }
    }
    taps
}

/// Layouts of a convolution's maps.
struct Maps {
    x: Geometry,
    y: Geometry,
    r: Geometry,
}

impl Maps {
    fn of(plan: &Plan, op: &Op) -> Self {
        let at = |value: usize| Geometry {
            images: op.images,
            ..plan.values[value].at
        };
        let y = at(op.output);
        Self {
            x: at(op.inputs[0]),
            y,
            r: op.residual.map_or(y, at),
        }
    }
}

/// Splits by pixels if the input is larger than the weights, unless the other way shares the work better.
fn split(pieces: usize, filters: usize, x: &Geometry, weights: usize, threads: usize) -> Split {
    let waste = |count: usize| (count.div_ceil(threads) * threads) as f32 / count as f32;
    let (by_pixels, by_filters) = (waste(pieces), waste(filters));
    let larger_input = x.len() > weights;
    if by_filters > by_pixels * 1.1 || (larger_input && by_pixels <= by_filters * 1.1) {
        Split::Pixels
    } else {
        Split::Channels
    }
}

fn direct(conv: &Conv2d, maps: &Maps, candidate: Candidate, choices: Choices) -> Option<Prepared> {
    let prices = choices.sizes(candidate);
    let window = &conv.window;
    let both = |pair: [u64; 2]| pair.map(|n| n as usize);
    let spans = spans::spans(
        [&maps.x, &maps.y, &maps.r],
        both(window.stride),
        both(window.padding),
        (choices.isa, &prices.tiles, choices.short_sums),
    )?;
    let grouping = pack::grouping(sizes(conv));
    let [rows, columns] = both(window.kernel);
    let [down, across] = both(window.dilation);
    let lanes = maps.x.lanes;
    let form = match (choices.bf16, lanes) {
        (None, _) => Form::Whole,
        (Some(_), BLOCK) => Form::Pairs,
        (Some(_), _) => Form::Rounded,
    };
    let size = form.size();
    let spans: Vec<Span> = spans
        .into_iter()
        .map(|span| Span {
            x: span.x / size as u32,
            ..span
        })
        .collect();
    let mut taps = Vec::new();
    for block in 0..grouping.inputs.div_ceil(lanes) {
        for row in 0..rows {
            for column in 0..columns {
                let tap =
                    block * maps.x.block() + row * down * maps.x.row() + column * across * lanes;
                taps.push(tap / size);
            }
        }
    }
    let tile_blocks = choices.isa.tile_blocks();
    let per_channel = taps.len() * lanes / size;
    let filters = pack::filters(grouping, tile_blocks, maps.x.block() / size, per_channel);
    let weights = pack::weights_len(&filters, tile_blocks, per_channel);
    let split = candidate.split.unwrap_or_else(|| {
        let pieces = spans.len() * choices.images;
        split(pieces, filters.len(), &maps.x, weights, choices.threads)
    });
    Some(Prepared {
        weights: 0..weights,
        planar: lanes == 1,
        form,
        scratch: [form.rounded_len(&maps.x), 0],
        taps_at_once: if choices.short_sums {
            SHORT
        } else {
            taps.len()
        },
        taps,
        spans,
        split: Some(split),
        resident: prices.resident,
        filters,
        ..Prepared::default()
    })
}

fn winograd(
    conv: &Conv2d,
    maps: &Maps,
    side: usize,
    candidate: Candidate,
    choices: Choices,
) -> Prepared {
    let prices = choices.sizes(candidate);
    let grouping = pack::grouping(sizes(conv));
    let places = (side + 2) * (side + 2);
    let blocks = maps.x.blocks();
    let tile_blocks = choices.isa.tile_blocks();
    let all = maps.y.height.div_ceil(side) * maps.y.width.div_ceil(side) * choices.images;
    let (split, strips) = strips(side, all, blocks, candidate, choices);
    let threads = choices.threads;
    let strip = all.div_ceil(strips);
    let block = places * strip * BLOCK;
    let own_blocks = grouping.inputs.div_ceil(BLOCK);
    let per_channel = places * own_blocks * BLOCK;
    let filters = pack::filters(grouping, tile_blocks, block, per_channel);
    let last = all - (all - 1) / strip * strip;
    let shared = if split == Split::Pixels { threads } else { 1 };
    Prepared {
        weights: 0..pack::weights_len(&filters, tile_blocks, per_channel),
        filters,
        taps: (0..own_blocks).map(|own| own * block).collect(),
        spans: spans::flat(strip, choices.isa, &prices.tiles),
        last_spans: spans::flat(last, choices.isa, &prices.tiles),
        split: Some(split),
        strip,
        scratch: [
            shared * Winograd::inputs_len(side, blocks, strip),
            threads * Winograd::products_len(side, tile_blocks, strip),
        ],
        ..Prepared::default()
    }
}
