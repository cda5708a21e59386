//! Resizing, bit-exact with Pillow: two passes of a filter with integer weights.
//!
//! After `Resample.c` of Pillow 13. The weights are computed in f64 and rounded to 22 fractional bits; each pass rounds to 8
//! bits. The width is resized first, unless the height shrinks by more than twice as many pixels as the width: then the
//! height is first. Up to Pillow 12 the width was always first: such tall images differ by one level of 255 for bilinear, and
//! by up to a dozen at hard edges for bicubic.

use crate::network::Filter;
use crate::network::resample::{Taps, height_first, taps};

/// Fractional bits of a weight: 32 minus 8 for a pixel and 2 for overshoot and sign.
const PRECISION: u32 = 22;

/// Weights as integers with that many fractional bits.
fn fixed(taps: &Taps) -> Vec<i32> {
    let one = f64::from(1_u32 << PRECISION);
    // `as` truncates towards zero, so this rounds half away from it.
    let fixed = |weight: &f64| (weight * one + 0.5_f64.copysign(*weight)) as i32;
    taps.weights.iter().map(fixed).collect()
}

/// Converts a sum of pixels times weights back to a pixel.
fn level(sum: i32) -> u8 {
    ((sum + (1 << (PRECISION - 1))) >> PRECISION).clamp(0, 255) as u8
}

fn weighted(pixels: impl Iterator<Item = u8>, weights: &[i32]) -> u8 {
    let products = pixels
        .zip(weights)
        .map(|(pixel, weight)| i32::from(pixel) * weight);
    level(products.sum())
}

/// Resizes one channel of an image, row by row, from one height and width to another; neither may be 0.
pub fn resample(plane: &[u8], from: [usize; 2], to: [usize; 2], filter: Filter) -> Vec<u8> {
    if height_first(from, to) {
        let between = heightened(plane, from, to[0], filter);
        widened(&between, [to[0], from[1]], to[1], filter)
    } else {
        let between = widened(plane, from, to[1], filter);
        heightened(&between, [from[0], to[1]], to[0], filter)
    }
}

/// The pixel that [`resample`] computes from those that `pixel` returns for each row and column, in the order of its passes.
pub fn resampled(
    rows: &Taps,
    columns: &Taps,
    is_height_first: bool,
    pixel: impl Fn(usize, usize) -> u8,
) -> u8 {
    let (down, across) = (fixed(rows), fixed(columns));
    if is_height_first {
        let column = |x| weighted((0..down.len()).map(|y| pixel(rows.first + y, x)), &down);
        weighted(
            (0..across.len()).map(|x| column(columns.first + x)),
            &across,
        )
    } else {
        let row = |y| {
            weighted(
                (0..across.len()).map(|x| pixel(y, columns.first + x)),
                &across,
            )
        };
        weighted((0..down.len()).map(|y| row(rows.first + y)), &down)
    }
}

fn widened(plane: &[u8], [_, from]: [usize; 2], to: usize, filter: Filter) -> Vec<u8> {
    if from == to {
        return plane.to_vec();
    }
    let all: Vec<(usize, Vec<i32>)> = taps(from, to, filter)
        .iter()
        .map(|taps| (taps.first, fixed(taps)))
        .collect();
    let rows = plane.chunks_exact(from);
    let row = |row: &[u8]| -> Vec<u8> {
        let pixel =
            |(first, weights): &(usize, Vec<i32>)| weighted(row[*first..].iter().copied(), weights);
        all.iter().map(pixel).collect()
    };
    rows.flat_map(row).collect()
}

fn heightened(plane: &[u8], [from, width]: [usize; 2], to: usize, filter: Filter) -> Vec<u8> {
    if from == to {
        return plane.to_vec();
    }
    let mut output = Vec::with_capacity(to * width);
    for taps in taps(from, to, filter) {
        let mut sums = vec![0_i32; width];
        let rows = plane.chunks_exact(width).skip(taps.first);
        for (row, weight) in rows.zip(fixed(&taps)) {
            for (sum, pixel) in sums.iter_mut().zip(row) {
                *sum += i32::from(*pixel) * weight;
            }
        }
        output.extend(sums.into_iter().map(level));
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_by_itself_is_that_of_the_whole() {
        let from = [23, 11];
        let plane: Vec<u8> = (0..23 * 11).map(|i| (i * 97 % 251) as u8).collect();
        for filter in Filter::ALL {
            for to in [[5, 10], [5, 7], [40, 17]] {
                let whole = resample(&plane, from, to, filter);
                let (rows, columns) = (taps(from[0], to[0], filter), taps(from[1], to[1], filter));
                let is_height_first = height_first(from, to);
                for (place, expected) in whole.into_iter().enumerate() {
                    let (y, x) = (place / to[1], place % to[1]);
                    let pixel = |y: usize, x: usize| plane[y * from[1] + x];
                    let found = resampled(&rows[y], &columns[x], is_height_first, pixel);
                    assert_eq!(found, expected, "{filter:?} {to:?} {y} {x}");
                }
            }
        }
    }
}
