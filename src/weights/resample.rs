//! Resizing as Pillow does it, to the bit: two passes of a filter whose weights are integers.
//!
//! After `Resample.c` of Pillow 13. The weights are computed in f64 and rounded to 22 bits behind the point; each pass rounds to
//! 8 bits. When a picture is made smaller, the filter is as much wider (torchvision calls that antialiasing). The width is resized
//! first, unless the height shrinks by more than twice as many pixels as the width: then the height is. Until Pillow 12 the width
//! always was first: such tall pictures differ by one level of 255 when bilinear, and by up to a dozen at hard edges when bicubic.

use image::{ImageBuffer, Pixel};

pub use crate::spec::interpolation::Interpolation;

/// The filters of Pillow that widen as a picture is made smaller.
#[derive(Debug, Clone, Copy)]
enum Filter {
    Bilinear,
    Bicubic,
}

impl Filter {
    /// How far the filter reaches to each side, in pixels.
    fn support(self) -> f64 {
        match self {
            Self::Bilinear => 1.0,
            Self::Bicubic => 2.0,
        }
    }

    fn weight(self, x: f64) -> f64 {
        const A: f64 = -0.5;
        let x = x.abs();
        match self {
            Self::Bilinear if x < 1.0 => 1.0 - x,
            Self::Bicubic if x < 1.0 => ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0,
            Self::Bicubic if x < 2.0 => (((x - 5.0) * x + 8.0) * x - 4.0) * A,
            _ => 0.0,
        }
    }
}

/// Bits behind the point of a weight: 32 less 8 of a pixel and 2 for overshoot and sign.
const PRECISION: u32 = 22;

/// The weights that make one pixel, and the first pixel that they stand for.
struct Taps {
    first: usize,
    weights: Vec<i32>,
}

fn taps(from: u32, to: u32, filter: Filter) -> Vec<Taps> {
    let scale = f64::from(from) / f64::from(to);
    let widened = scale.max(1.0);
    let support = filter.support() * widened;
    (0..to)
        .map(|place| {
            let centre = (f64::from(place) + 0.5) * scale;
            let first = (centre - support + 0.5).max(0.0) as usize;
            let last = ((centre + support + 0.5) as usize).min(from as usize);
            let exact: Vec<f64> = (first..last)
                .map(|pixel| filter.weight((pixel as f64 - centre + 0.5) / widened))
                .collect();
            let sum: f64 = exact.iter().sum();
            let one = f64::from(1_u32 << PRECISION);
            // `as` cuts towards zero, so this rounds half away from it.
            let fixed = |weight: &f64| (weight / sum * one + 0.5_f64.copysign(*weight)) as i32;
            Taps {
                first,
                weights: exact.iter().map(fixed).collect(),
            }
        })
        .collect()
}

/// A picture resized to `(width, height)`, neither of which may be 0.
pub(super) fn resample<P: Pixel<Subpixel = u8>>(
    picture: &ImageBuffer<P, Vec<u8>>,
    (width, height): (u32, u32),
    interpolation: Interpolation,
) -> ImageBuffer<P, Vec<u8>> {
    let filter = match interpolation {
        Interpolation::Nearest => return nearest(picture, (width, height)),
        Interpolation::Bilinear => Filter::Bilinear,
        Interpolation::Bicubic => Filter::Bicubic,
    };
    let shrinks = |from: u32, to: u32| i64::from(from) - i64::from(to);
    let [across, down] = [
        shrinks(picture.width(), width),
        shrinks(picture.height(), height),
    ];
    if down > 0 && down > 2 * across {
        widened(&heightened(picture, height, filter), width, filter)
    } else {
        heightened(&widened(picture, width, filter), height, filter)
    }
}

fn widened<P: Pixel<Subpixel = u8>>(
    picture: &ImageBuffer<P, Vec<u8>>,
    width: u32,
    filter: Filter,
) -> ImageBuffer<P, Vec<u8>> {
    if width == picture.width() {
        return picture.clone();
    }
    let taps = taps(picture.width(), width, filter);
    ImageBuffer::from_fn(width, picture.height(), |x, y| {
        weighted(&taps[x as usize], |pixel| picture.get_pixel(pixel, y))
    })
}

fn heightened<P: Pixel<Subpixel = u8>>(
    picture: &ImageBuffer<P, Vec<u8>>,
    height: u32,
    filter: Filter,
) -> ImageBuffer<P, Vec<u8>> {
    if height == picture.height() {
        return picture.clone();
    }
    let taps = taps(picture.height(), height, filter);
    ImageBuffer::from_fn(picture.width(), height, |x, y| {
        weighted(&taps[y as usize], |pixel| picture.get_pixel(x, pixel))
    })
}

/// Pillow's `NEAREST`: the pixel in which the middle of the new one lies.
fn nearest<P: Pixel<Subpixel = u8>>(
    picture: &ImageBuffer<P, Vec<u8>>,
    (width, height): (u32, u32),
) -> ImageBuffer<P, Vec<u8>> {
    let places = |from: u32, to: u32| -> Vec<u32> {
        let step = f64::from(from) / f64::from(to);
        // Summed up as Pillow does it, so that a place that is nearly between two pixels falls into the same one.
        std::iter::successors(Some(step * 0.5), |place| Some(place + step))
            .take(to as usize)
            .map(|place| (place as u32).min(from - 1))
            .collect()
    };
    let (columns, rows) = (
        places(picture.width(), width),
        places(picture.height(), height),
    );
    ImageBuffer::from_fn(width, height, |x, y| {
        *picture.get_pixel(columns[x as usize], rows[y as usize])
    })
}

fn weighted<'a, P: Pixel<Subpixel = u8> + 'a>(taps: &Taps, pixel: impl Fn(u32) -> &'a P) -> P {
    let mut sums = [1_i32 << (PRECISION - 1); 4];
    for (step, weight) in taps.weights.iter().enumerate() {
        let channels = pixel((taps.first + step) as u32).channels();
        for (sum, channel) in sums.iter_mut().zip(channels) {
            *sum += i32::from(*channel) * weight;
        }
    }
    let channels = sums.map(|sum| (sum >> PRECISION).clamp(0, 255) as u8);
    *P::from_slice(&channels[..usize::from(P::CHANNEL_COUNT)])
}
