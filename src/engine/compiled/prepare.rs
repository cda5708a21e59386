//! What each step needs besides its values, made once: packed weights, tiles, offsets.

use super::geometry::Geometry;
use super::kernels::direct::{Filters, Split};
use super::kernels::tile::Span;
use super::kernels::winograd::Winograd;
use super::memory::Aligned;
use super::method::Method;
use super::pack::{self, Grouping};
use super::plan::{Choices, Kind, Op, Plan};
use super::simd::BLOCK;
use super::spans;
use crate::engine::LayerWeights;
use crate::network::layer::Conv2d;
use crate::network::{Layer, LayerId, Network};

/// Of one step.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub(super) weights: Aligned,
    /// One for each channel of the output's blocks.
    pub(super) bias: Vec<f32>,
    /// Of an affine step: with `bias`, a factor for each channel.
    pub(super) scale: Vec<f32>,
    /// What a normalisation has besides `scale` and `bias`.
    pub(super) third: Vec<f32>,
    pub(super) filters: Vec<Filters>,
    pub(super) taps: Vec<usize>,
    pub(super) spans: Vec<Span>,
    /// Of the last strip of a transformed convolution.
    pub(super) last_spans: Vec<Span>,
    pub(super) split: Option<Split>,
    /// Tiles of a strip of a transformed convolution.
    pub(super) strip: usize,
    /// Numbers of scratch memory: transformed inputs, and products.
    pub(super) scratch: [usize; 2],
    /// Of a plain step.
    pub(super) plain: Option<LayerWeights>,
}

/// Transformed inputs that stay near the processor, in numbers.
const STRIP: usize = 256 << 10;

/// Prepares `op`; `weights` are those of its layers, in their order.
///
/// `None` where the map is too large for the kernels' offsets.
pub(super) fn prepare(
    network: &Network,
    plan: &Plan,
    op: &Op,
    choices: Choices,
    threads: usize,
    weights: &[(LayerId, LayerWeights)],
) -> Option<Prepared> {
    let of = |id: LayerId| {
        weights
            .iter()
            .find(|(own, _)| *own == id)
            .map(|(_, weights)| weights)
    };
    let affine =
        |norm: Option<LayerId>| norm.and_then(|id| pack::affine(&network[id].layer, of(id)?));
    let first = op.layers[0];
    let layer = &network[first].layer;
    match (&op.kind, layer) {
        (Kind::Conv { norm, method }, Layer::Conv2d(conv)) => {
            let folded = pack::fold(layer, of(first)?, affine(*norm))?;
            let maps = Maps::of(plan, op);
            let mut prepared = match method {
                Method::Direct { .. } => direct(conv, &maps, &folded, choices, threads)?,
                Method::Winograd(side) => winograd(conv, &maps, &folded, *side, choices, threads),
            };
            prepared.bias = pack::blocks_of(&folded.shift);
            Some(prepared)
        }
        (Kind::Dot { norm }, _) => {
            let folded = pack::fold(layer, of(first)?, affine(*norm))?;
            let inputs = folded.weights.len() / folded.scale.len();
            Some(Prepared {
                weights: pack::dot(&folded, inputs),
                bias: pack::blocks_of(&folded.shift),
                ..Prepared::default()
            })
        }
        (Kind::Affine { norm: Some(norm) }, _) => {
            let [scale, shift] = affine(Some(*norm))?;
            Some(Prepared {
                scale: pack::blocks_of(&scale),
                bias: pack::blocks_of(&shift),
                ..Prepared::default()
            })
        }
        (Kind::Blur, Layer::BlurPool2d { kernel, .. }) => Some(Prepared {
            bias: binomial(*kernel as usize),
            ..Prepared::default()
        }),
        (Kind::Preprocess(each), _) => {
            let one =
                |which: usize| pack::blocks_of(&each.iter().map(|x| x[which]).collect::<Vec<_>>());
            Some(Prepared {
                scale: one(0),
                bias: one(1),
                ..Prepared::default()
            })
        }
        (Kind::ImageNorm, _) => {
            let LayerWeights::Affine { gamma, beta, third } = of(first)? else {
                return None;
            };
            let blocks = |values: &ndarray::Array1<f32>| pack::blocks_of(&values.to_vec());
            Some(Prepared {
                scale: blocks(gamma),
                bias: blocks(beta),
                third: third.as_ref().map(blocks).unwrap_or_default(),
                ..Prepared::default()
            })
        }
        (Kind::Plain, _) => Some(Prepared {
            plain: Some(of(first)?.clone()),
            ..Prepared::default()
        }),
        _ => Some(Prepared::default()),
    }
}

/// The binomial weights along an axis: `C(kernel − 1, k) / 2^(kernel − 1)`.
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

/// Where a convolution's maps lie.
struct Maps {
    x: Geometry,
    y: Geometry,
    r: Geometry,
}

impl Maps {
    fn of(plan: &Plan, op: &Op) -> Self {
        let y = plan.values[op.output].at;
        Self {
            x: plan.values[op.inputs[0]].at,
            y,
            r: op.residual.map_or(y, |residual| plan.values[residual].at),
        }
    }
}

/// By pixels where the input is larger than the weights, unless the other way shares the work better.
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

fn direct(
    conv: &Conv2d,
    maps: &Maps,
    folded: &pack::Folded<'_>,
    choices: Choices,
    threads: usize,
) -> Option<Prepared> {
    let window = &conv.window;
    let both = |pair: [u64; 2]| pair.map(|n| n as usize);
    let spans = spans::spans(
        [&maps.x, &maps.y, &maps.r],
        both(window.stride),
        both(window.padding),
        choices.isa,
    )?;
    let grouping = pack::grouping(conv);
    let [rows, columns] = both(window.kernel);
    let [down, across] = both(window.dilation);
    let lanes = maps.x.lanes;
    let mut taps = Vec::new();
    for block in 0..grouping.inputs.div_ceil(lanes) {
        for row in 0..rows {
            for column in 0..columns {
                taps.push(
                    block * maps.x.block() + row * down * maps.x.row() + column * across * lanes,
                );
            }
        }
    }
    let filters = pack::filters(
        grouping,
        choices.isa.tile_blocks(),
        maps.x.block(),
        taps.len() * lanes,
    );
    let weights = pack::direct(
        conv,
        folded,
        &filters,
        lanes == 1,
        choices.isa.tile_blocks(),
        threads,
    );
    let split = split(
        spans.len() * choices.images,
        filters.len(),
        &maps.x,
        weights.as_slice().len(),
        threads,
    );
    Some(Prepared {
        weights,
        taps,
        spans,
        split: Some(split),
        filters,
        ..Prepared::default()
    })
}

fn winograd(
    conv: &Conv2d,
    maps: &Maps,
    folded: &pack::Folded<'_>,
    side: usize,
    choices: Choices,
    threads: usize,
) -> Prepared {
    let grouping = Grouping {
        groups: 1,
        inputs: conv.in_channels as usize,
        outputs: conv.out_channels as usize,
    };
    let places = (side + 2) * (side + 2);
    let blocks = maps.x.blocks();
    let tile_blocks = choices.isa.tile_blocks();
    let filters = pack::filters(grouping, tile_blocks, 0, places * blocks * BLOCK);
    let weights = pack::winograd(conv, folded, &filters, side, tile_blocks, threads);
    let all = maps.y.height.div_ceil(side) * maps.y.width.div_ceil(side) * choices.images;
    // Strips of like length, of which the transformed inputs stay near; and enough of them for the threads.
    let fitting = (STRIP / (places * blocks * BLOCK)).max(14);
    let strips = all.div_ceil(fitting);
    let split = if strips >= 2 * threads || (strips >= threads && strips.is_multiple_of(threads)) {
        Split::Pixels
    } else {
        Split::Channels
    };
    let strip = all.div_ceil(strips);
    let last = all - (all - 1) / strip * strip;
    let shared = if split == Split::Pixels { threads } else { 1 };
    Prepared {
        weights,
        filters,
        taps: (0..blocks)
            .map(|block| block * places * strip * BLOCK)
            .collect(),
        spans: spans::flat(strip, choices.isa),
        last_spans: spans::flat(last, choices.isa),
        split: Some(split),
        strip,
        scratch: [
            shared * Winograd::inputs_len(side, blocks, strip),
            threads * Winograd::products_len(side, tile_blocks, strip),
        ],
        ..Prepared::default()
    }
}
