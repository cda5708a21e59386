//! Limits of this processor's kernels: multiply-adds per second by the shape of a tile, and bytes read per second.

use std::borrow::Cow;
use std::time::Instant;

use super::checked::Checked;
use super::direct::{Direct, Filters, RESIDENT, Split};
use super::isa::Isa;
use super::simd::{BLOCK, Simd};
use super::team::Part;
use super::tile::{SHAPES, Span, Steps};
use super::{Memory, table};

/// A measurement on one thread.
const ALONE: Part = Part { index: 0, of: 1 };
/// Taps of the measured tile: input, weights and output stay in the first-level cache.
const TAPS: usize = 8;
/// Times that a tile is computed in one measurement: less than a tenth of a millisecond, so that some are undisturbed on a busy
/// machine.
const TURNS: usize = 64;
/// Measurements, the best of which counts.
const ROUNDS: usize = 3;

/// FLOPs per second of a direct convolution whose tiles have the shape with this number, on one thread; `None` if the processor
/// lacks the instructions, or the kernels the shape.
pub fn tile_flops(isa: Isa, shape: usize) -> Option<f64> {
    if !isa.is_available() || !isa.tiles().contains(&shape) {
        return None;
    }
    let [rows, pixels] = SHAPES[shape];
    let blocks = isa.tile_blocks();
    let pixels_in_all = rows * pixels;
    let block = pixels_in_all * BLOCK;
    let mut x = vec![1.0_f32; TAPS * block];
    let mut y = vec![0.0_f32; blocks * block];
    let weights = vec![1e-3_f32; TAPS * BLOCK * blocks * BLOCK];
    let taps: Vec<usize> = (0..TAPS).map(|tap| tap * block).collect();
    let step = pixels * BLOCK;
    let spans = [Span {
        x: 0,
        y: 0,
        r: 0,
        shape: shape as u8,
    }];
    let filters = [Filters {
        block: 0,
        wide: true,
        x: 0,
        weights: 0,
    }];
    let job = Direct {
        x: Memory::new(x.as_mut_ptr(), x.len()),
        y: Memory::new(y.as_mut_ptr(), y.len()),
        residual: Memory::NONE,
        weights: &weights,
        bias: Cow::Owned(vec![0.0; blocks * BLOCK]),
        taps: &taps,
        depth: BLOCK,
        filters: Cow::Borrowed(&filters),
        spans: Cow::Borrowed(&spans),
        steps: Steps {
            x_row: step,
            x_pixel: BLOCK,
            y_row: step,
            y_block: block,
            r_row: 0,
            r_block: 0,
            relu: false,
        },
        images: 1,
        x_image: x.len(),
        y_image: y.len(),
        r_image: 0,
        split: Split::Pixels,
        resident: RESIDENT,
    };
    let job = Checked::new(job, blocks, 1).ok()?;
    let flops = 2 * TURNS * TAPS * BLOCK * blocks * BLOCK * pixels_in_all;
    let seconds = best(|| {
        for _ in 0..TURNS {
            // SAFETY: the job is checked, its memory is this function's, and the processor has the instructions.
            unsafe { (table(isa).direct)(&job, ALONE) };
        }
    });
    std::hint::black_box(&y);
    Some(flops as f64 / seconds)
}

/// Bytes per second that one thread reads from `numbers`, again and again; `None` if the processor lacks the instructions.
pub fn read_rate(isa: Isa, numbers: &[f32]) -> Option<f64> {
    if !isa.is_available() {
        return None;
    }
    let bytes = size_of_val(numbers);
    // At least a megabyte a time, so that the clock's own time does not count.
    let turns = (1_usize << 20).div_ceil(bytes.max(1)).max(1);
    let seconds = best(|| {
        for _ in 0..turns {
            // SAFETY: the processor has the instructions.
            std::hint::black_box(unsafe { (table(isa).read)(std::hint::black_box(numbers)) });
        }
    });
    Some((turns * bytes) as f64 / seconds)
}

/// Least seconds of some rounds.
fn best(mut round: impl FnMut()) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let began = Instant::now();
        round();
        began.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min).max(1e-9)
}

/// Sum of numbers, in vectors that do not wait for each other.
#[inline(always)]
pub(crate) unsafe fn read<S: Simd>(numbers: &[f32]) -> f32 {
    let mut sums = [S::splat(0.0); 8];
    for some in numbers.chunks_exact(8 * S::LANES) {
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum = S::add(*sum, S::load(some.as_ptr().add(at * S::LANES)));
        }
    }
    let mut total = S::splat(0.0);
    for sum in sums {
        total = S::add(total, sum);
    }
    let mut lanes = [0.0_f32; BLOCK];
    S::store(lanes.as_mut_ptr(), total);
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tile_and_every_array_has_a_rate() {
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            for shape in 0..SHAPES.len() {
                let rate = tile_flops(isa, shape);
                assert_eq!(rate.is_some(), isa.tiles().contains(&shape), "{isa}");
                assert!(rate.is_none_or(|rate| rate > 0.0 && rate.is_finite()));
            }
            let rate = read_rate(isa, &vec![1.0; 4096]);
            assert!(rate.is_some_and(|rate| rate > 0.0 && rate.is_finite()));
            // SAFETY: the processor has the instructions.
            let sum = unsafe { (table(isa).read)(&vec![0.5; 1024]) };
            assert!((sum - 512.0).abs() < 1e-3, "{isa}: {sum}");
        }
    }
}
