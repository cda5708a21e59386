//! The method of a convolution, chosen by its shape within the choices of a plan.

use super::fold::sizes;
use super::spans::row_cost;
use crate::kernels::bf16::Products;
use crate::kernels::isa::Isa;
use crate::kernels::pack;
use crate::kernels::simd::BLOCK;
use crate::network::layer::Conv2d;

/// Choices of a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices {
    pub(super) images: usize,
    pub(super) isa: Isa,
    pub(super) winograd: bool,
    pub(super) bf16: Option<Products>,
    /// Whether each layer is a separate step.
    pub(super) each_layer: bool,
    /// Whether rounding must stay small: convolutions then sum in short parts.
    pub(super) short_sums: bool,
    /// Price of a packed weight, in multiplications: the time to read it from memory, or more if memory is short.
    pub(super) weight_price: f32,
}

/// Time to read a weight from memory, in multiplications.
pub(super) const WEIGHT: f32 = 8.0;

/// Method of a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Direct: every output sums its window.
    Direct {
        /// Zeros that it reads on each side.
        padding: usize,
        /// Whether its input has few enough channels to lie better in planes.
        few: bool,
    },
    /// Transformed tiles, with this number of outputs along a side.
    Winograd(usize),
}

/// Channels up to which planes waste less than a block that is mostly zeros.
const FEW: u64 = 4;

/// The method with the least estimated time for a convolution of an input of `channels × height × width`.
pub(super) fn method(
    conv: &Conv2d,
    [channels, height, width]: [usize; 3],
    choices: Choices,
) -> Method {
    let window = &conv.window;
    let padding = window.padding[0].max(window.padding[1]) as usize;
    let direct = Method::Direct {
        padding,
        few: conv.in_channels <= FEW && conv.groups == 1,
    };
    let fits = window.kernel == [3, 3]
        && window.stride == [1, 1]
        && window.dilation == [1, 1]
        && window.padding[0] == window.padding[1]
        && channels >= BLOCK
        && conv.out_channels as usize >= BLOCK;
    let (rows, columns) = (
        (height + 2 * padding).saturating_sub(2),
        (width + 2 * padding).saturating_sub(2),
    );
    if !fits || !choices.winograd || rows == 0 || columns == 0 {
        return direct;
    }
    let grouping = pack::grouping(sizes(conv));
    let matrix = (grouping.groups * grouping.inputs * grouping.outputs) as f32;
    // Multiplications, plus reads and writes: a number that is transformed takes as long as ten multiplications.
    let price = choices.weight_price;
    let images = choices.images as f32;
    let plain = images * row_cost(columns, choices.isa) * rows as f32 * 9.0 * matrix;
    let transformed = |side: usize| {
        let places = ((side + 2) * (side + 2)) as f32;
        let tiles = rows.div_ceil(side) * columns.div_ceil(side) * choices.images;
        let products = places * row_cost(tiles, choices.isa) * matrix;
        let moved = places * tiles as f32 * (channels as f32 + conv.out_channels as f32);
        let weights = places * matrix;
        products + 10.0 * moved + price * weights
    };
    let (two, four) = (transformed(2), transformed(4));
    if plain + price * 9.0 * matrix <= two.min(four) {
        direct
    } else if four < two {
        Method::Winograd(4)
    } else {
        Method::Winograd(2)
    }
}
