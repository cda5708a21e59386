//! Squares of pixels turned into channels, and back: values are moved, none is computed.

use super::Real;
use crate::network::layer::Order;
use ndarray::{Array4, ArrayView4};

/// Turns each square of `block` × `block` pixels into channels, as `torch.nn.PixelUnshuffle` or timm's `SpaceToDepth`.
///
/// Shapes: input (N, C, H, W), output (N, C·block², H / block, W / block); `block` divides both sides (asserted in debug
/// builds only).
pub fn space_to_depth<T: Real>(input: ArrayView4<T>, block: u64, order: Order) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let side = block as usize;
    debug_assert!(height.is_multiple_of(side) && width.is_multiple_of(side));
    let shape = [batch, channels * side * side, height / side, width / side];
    Array4::from_shape_fn(shape, |(image, channel, row, column)| {
        let (own, [y, x]) = order.source(channel as u64, block, channels as u64);
        let (y, x) = (row * side + y as usize, column * side + x as usize);
        input[[image, own as usize, y, x]]
    })
}

/// Turns each run of `block`² channels into squares of pixels, as `torch.nn.PixelShuffle`.
///
/// Shapes: input (N, C·block², H, W), output (N, C, H·block, W·block), asserted in debug builds only.
pub fn pixel_shuffle<T: Real>(input: ArrayView4<T>, block: usize) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let area = block * block;
    debug_assert!(channels.is_multiple_of(area));
    let shape = [batch, channels / area, height * block, width * block];
    Array4::from_shape_fn(shape, |(image, channel, row, column)| {
        let own = channel * area + row % block * block + column % block;
        input[[image, own, row / block, column / block]]
    })
}
