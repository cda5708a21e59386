//! The derivatives of layers that move, drop or add values: each value's gradient goes back to where it came from.

use ndarray::{Array4, ArrayView4, s};

use super::Real;
use crate::network::layer::Order;

/// Zeros but for the channels from `start` on, which have `gradient`: of a [`slice`](crate::engine::kernels::slice) of
/// `channels` channels.
pub fn slice<T: Real>(gradient: ArrayView4<T>, start: usize, channels: usize) -> Array4<T> {
    let (batch, own, height, width) = gradient.dim();
    let mut output = Array4::from_elem([batch, channels, height, width], T::rounded(0.0));
    output
        .slice_mut(s![.., start..start + own, .., ..])
        .assign(&gradient);
    output
}

/// The gradient of [`pad_shortcut`](crate::engine::kernels::pad_shortcut) for an input of `channels` and `size`; `front`
/// channels of zeros precede the map's own.
pub fn pad_shortcut<T: Real>(
    gradient: ArrayView4<T>,
    [rows, columns]: [usize; 2],
    (channels, [height, width]): (usize, [usize; 2]),
    front: usize,
) -> Array4<T> {
    let batch = gradient.dim().0;
    let mut output = Array4::from_elem([batch, channels, height, width], T::rounded(0.0));
    output
        .slice_mut(s![.., .., ..;rows, ..;columns])
        .assign(&gradient.slice(s![.., front..front + channels, .., ..]));
    output
}

/// The gradient of [`constant_pad`](crate::engine::kernels::constant_pad) for an input of `size`.
pub fn constant_pad<T: Real>(
    gradient: ArrayView4<T>,
    [height, width]: [usize; 2],
    before: [u64; 2],
) -> Array4<T> {
    let [top, left] = before.map(|pad| pad as usize);
    gradient
        .slice(s![.., .., top..top + height, left..left + width])
        .to_owned()
}

/// The gradient of [`space_to_depth`](crate::engine::kernels::shuffle::space_to_depth).
pub fn space_to_depth<T: Real>(gradient: ArrayView4<T>, block: u64, order: Order) -> Array4<T> {
    let (batch, channels, height, width) = gradient.dim();
    let side = block as usize;
    let own_channels = channels / (side * side);
    let shape = [batch, own_channels, height * side, width * side];
    let mut output = Array4::from_elem(shape, T::rounded(0.0));
    for ((image, channel, row, column), &g) in gradient.indexed_iter() {
        let (own, [y, x]) = order.source(channel as u64, block, own_channels as u64);
        let (y, x) = (row * side + y as usize, column * side + x as usize);
        output[[image, own as usize, y, x]] = g;
    }
    output
}

/// The gradient of [`pixel_shuffle`](crate::engine::kernels::shuffle::pixel_shuffle), whose reverse is `PixelUnshuffle`.
pub fn pixel_shuffle<T: Real>(gradient: ArrayView4<T>, block: usize) -> Array4<T> {
    crate::engine::kernels::shuffle::space_to_depth(gradient, block as u64, Order::ByChannel)
}
