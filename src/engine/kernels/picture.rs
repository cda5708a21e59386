//! Kernels on whole images with integer values from 0 to 255: grey, resize, crop, reversed channels.

use super::{Real, feature_map};
use crate::network::Filter;
use crate::network::resample::{middle, resized};
use crate::weights::grey;
use crate::weights::resample::resample;
use ndarray::{Array4, ArrayView4, Axis, s};

/// Rounds a value to the nearest level of an image, 0 to 255.
fn level<T: Real>(value: T) -> u8 {
    let value: f64 = value.into();
    // `as` truncates, and saturates at the limits of a byte.
    (value + 0.5) as u8
}

/// Converts red, green and blue to PIL's grey: (N, 3, H, W) → (N, 1, H, W).
pub fn grayscale<T: Real>(input: ArrayView4<T>) -> Array4<T> {
    let (batch, _, height, width) = input.dim();
    Array4::from_shape_fn([batch, 1, height, width], |(image, _, y, x)| {
        let [r, g, b] = [0, 1, 2].map(|channel| level(input[[image, channel, y, x]]));
        T::rounded(grey([r, g, b]).into())
    })
}

/// Resizes the shorter side to `shorter` pixels, each channel as Pillow does it.
pub fn resize<T: Real>(input: ArrayView4<T>, shorter: u64, filter: Filter) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let to = resized([height as u64, width as u64], shorter).map(|side| side as usize);
    let mut values = Vec::with_capacity(batch * channels * to[0] * to[1]);
    for image in input.outer_iter() {
        for channel in image.outer_iter() {
            let plane: Vec<u8> = channel.iter().map(|value| level(*value)).collect();
            let plane = resample(&plane, [height, width], to, filter);
            values.extend(plane.into_iter().map(|pixel| T::rounded(pixel.into())));
        }
    }
    feature_map([batch, channels, to[0], to[1]], values)
}

/// Crops `size` (height and width) from the centre, with zeros beyond the image.
pub fn center_crop<T: Real>(input: ArrayView4<T>, size: [u64; 2]) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let mut output = Array4::from_elem(
        [batch, channels, size[0] as usize, size[1] as usize],
        T::rounded(0.0),
    );
    let (down, across) = (
        middle(height, size[0] as usize),
        middle(width, size[1] as usize),
    );
    let part = |first: usize, len: usize| first..first + len;
    let own = s![
        ..,
        ..,
        part(down.from, down.len),
        part(across.from, across.len)
    ];
    let cut = s![.., .., part(down.to, down.len), part(across.to, across.len)];
    output.slice_mut(cut).assign(&input.slice(own));
    output
}

/// Reverses the order of the channels.
pub fn rgb_to_bgr<T: Real>(input: ArrayView4<T>) -> Array4<T> {
    let mut turned = input;
    turned.invert_axis(Axis(1));
    turned.as_standard_layout().into_owned()
}
