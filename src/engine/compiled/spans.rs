//! Division of a convolution's outputs into tiles.

use crate::kernels::geometry::Geometry;
use crate::kernels::isa::Isa;
use crate::kernels::simd::BLOCK;
use crate::kernels::tile::{SHAPES, Span};

/// Price of a tile by its shape ([`Prices::tiles`](super::prices::Prices)).
type Tiles = [f32; SHAPES.len()];

/// The tiles that cover `width` pixels of a row at the least cost: first pixel and shape of each. The last may cover pixels
/// that another tile has covered, unless each pixel must be covered `once`.
fn row(width: usize, (isa, prices): (Isa, &Tiles), once: bool) -> Vec<(usize, usize)> {
    let shapes: Vec<(usize, usize)> = isa
        .tiles()
        .iter()
        .filter(|&&shape| SHAPES[shape][0] == 1)
        .map(|&shape| (shape, SHAPES[shape][1]))
        .collect();
    // Least cost of the last `left` pixels, and the shape to begin them with.
    let mut best = vec![(0.0_f32, 0_usize); width + 1];
    for left in 1..=width {
        best[left] = shapes
            .iter()
            .filter(|(_, pixels)| *pixels <= if once { left } else { width })
            .map(|&(shape, pixels)| (prices[shape] + best[left.saturating_sub(pixels)].0, shape))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap_or((f32::INFINITY, SHAPES.len() - 1));
    }
    let mut tiles = Vec::new();
    let mut left = width;
    while left > 0 {
        let shape = best[left].1;
        let pixels = SHAPES[shape][1];
        tiles.push((width - left.max(pixels), shape));
        left = left.saturating_sub(pixels);
    }
    tiles
}

/// Cost of `row`, in pixels.
pub(super) fn row_cost(width: usize, isa: Isa, prices: &Tiles) -> f32 {
    row(width, (isa, prices), false)
        .iter()
        .map(|&(_, shape)| prices[shape])
        .sum()
}

/// Tiles of an output: the places they read (rows and pixels are `stride` apart; the first tap is `lead` pixels before the
/// input's first) and write, and whether each output is written `once`.
///
/// `None` if a map is too large for 32-bit offsets.
pub(super) fn spans(
    [x, y, r]: [&Geometry; 3],
    stride: [usize; 2],
    lead: [usize; 2],
    (isa, prices, once): (Isa, &Tiles, bool),
) -> Option<Vec<Span>> {
    if [x, y, r]
        .iter()
        .any(|at| u32::try_from(at.image()).is_err())
    {
        return None;
    }
    let span = |row: usize, pixel: usize, shape: usize| Span {
        x: ((row * stride[0] + x.border - lead[0]) * x.row()
            + (pixel * stride[1] + x.border - lead[1]) * x.lanes) as u32,
        y: y.at(row, pixel) as u32,
        r: r.at(row, pixel) as u32,
        shape: shape as u8,
    };
    // Rows that follow each other without a gap in all three maps are one long row.
    let flat = stride == [1, 1]
        && lead == [0, 0]
        && x.is_flat()
        && y.is_flat()
        && r.is_flat()
        && x.width == y.width;
    if flat {
        let tiles = row(y.pixels(), (isa, prices), once);
        return Some(
            tiles
                .into_iter()
                .map(|(pixel, shape)| flat_span(pixel, shape, x.lanes))
                .collect(),
        );
    }
    let pair = SHAPES
        .iter()
        .position(|shape| *shape == [2, 7])
        .filter(|shape| isa.tiles().contains(shape));
    let tiles = row(y.width, (isa, prices), once);
    let price: f32 = tiles.iter().map(|&(_, shape)| prices[shape]).sum();
    let mut out = Vec::new();
    let mut at = 0;
    while at < y.height {
        // Two rows of seven fill the registers that one row of fourteen does.
        let fits = y.height >= if once { at + 2 } else { 2 };
        if let (Some(pair), true, true) = (pair, y.width == 7, fits)
            && prices[pair] <= 2.0 * price
        {
            out.push(span(at.min(y.height - 2), 0, pair));
            at += 2;
        } else {
            out.extend(tiles.iter().map(|&(pixel, shape)| span(at, pixel, shape)));
            at += 1;
        }
    }
    Some(out)
}

/// Tiles of `width` pixels that lie one after the other in all maps.
pub(super) fn flat(width: usize, isa: Isa, prices: &Tiles) -> Vec<Span> {
    row(width, (isa, prices), false)
        .into_iter()
        .map(|(pixel, shape)| flat_span(pixel, shape, BLOCK))
        .collect()
}

/// A tile of maps without borders: outputs lie in blocks, and each input pixel is `lanes` numbers after the one before it.
fn flat_span(pixel: usize, shape: usize, lanes: usize) -> Span {
    let at = (pixel * BLOCK) as u32;
    Span {
        x: (pixel * lanes) as u32,
        y: at,
        r: at,
        shape: shape as u8,
    }
}
