//! Numbers brought from PyTorch's order into the kernels' blocks, and back.

use super::Memory;
use super::geometry::Geometry;
use super::simd::BLOCK;

/// Brings images × channels × pixels into blocks without a border.
pub fn to_blocks(from: &[f32], channels: usize, pixels: usize, to: &mut [f32]) {
    let blocks = channels.div_ceil(BLOCK);
    for (image, to) in from
        .chunks_exact(channels * pixels)
        .zip(to.chunks_exact_mut(blocks * BLOCK * pixels))
    {
        for (planes, block) in image
            .chunks(BLOCK * pixels)
            .zip(to.chunks_exact_mut(BLOCK * pixels))
        {
            let own = planes.len() / pixels;
            for (pixel, lanes) in block.chunks_exact_mut(BLOCK).enumerate() {
                let (filled, rest) = lanes.split_at_mut(own);
                for (channel, lane) in filled.iter_mut().enumerate() {
                    *lane = planes[channel * pixels + pixel];
                }
                rest.fill(0.0);
            }
        }
    }
}

/// Brings blocks without a border into images × channels × pixels.
pub fn from_blocks(from: &[f32], channels: usize, pixels: usize) -> Vec<f32> {
    let image = channels.next_multiple_of(BLOCK) * pixels;
    let mut values = vec![0.0; from.len() / image * channels * pixels];
    for (image, from) in values
        .chunks_exact_mut(channels * pixels)
        .zip(from.chunks_exact(image))
    {
        for (planes, block) in image
            .chunks_mut(BLOCK * pixels)
            .zip(from.chunks_exact(BLOCK * pixels))
        {
            for (channel, plane) in planes.chunks_exact_mut(pixels).enumerate() {
                for (value, lanes) in plane.iter_mut().zip(block.chunks_exact(BLOCK)) {
                    *value = lanes[channel];
                }
            }
        }
    }
    values
}

/// Numbers of a map: images × channels × rows × pixels.
///
/// # Safety
/// The map lies at `from`, and no thread writes it.
pub unsafe fn read(from: Memory, at: &Geometry) -> Vec<f32> {
    let mut numbers = Vec::with_capacity(at.images * at.channels * at.pixels());
    for image in 0..at.images {
        for channel in 0..at.channels {
            let start = image * at.image() + channel / at.lanes * at.block() + channel % at.lanes;
            for y in 0..at.height {
                for x in 0..at.width {
                    // SAFETY: within the map's geometry.
                    numbers.push(unsafe { *from.at(start + at.at(y, x)) });
                }
            }
        }
    }
    numbers
}

/// Writes numbers, images × channels × rows × pixels, to a map.
///
/// # Safety
/// The map's place is at `to`, and no other thread reads or writes it.
pub unsafe fn write(numbers: &[f32], to: Memory, at: &Geometry) {
    let mut numbers = numbers.iter();
    for image in 0..at.images {
        for channel in 0..at.blocks() * at.lanes {
            // The channels that fill up the last block are multiplied by weights of zero, and must be finite for that.
            let is_there = channel < at.channels;
            let start = image * at.image() + channel / at.lanes * at.block() + channel % at.lanes;
            for y in 0..at.height {
                for x in 0..at.width {
                    let number = if is_there { numbers.next() } else { None };
                    // SAFETY: within the map's geometry.
                    unsafe { *to.at(start + at.at(y, x)) = number.copied().unwrap_or(0.0) };
                }
            }
        }
    }
}

/// `a = b + scale · c`
pub fn triad(a: &mut [f32], b: &[f32], c: &[f32], scale: f32) {
    for ((a, b), c) in a.iter_mut().zip(b).zip(c) {
        *a = b + scale * c;
    }
}
