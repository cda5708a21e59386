//! The slow, obvious references in f64, and the comparison with them.

use ndarray::{Array1, Array4};
use proptest::prelude::*;
use resnet_explore::network::Window;

/// Values in [−1, 1) that depend on the seed alone.
pub(crate) fn values(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1_u32 << 23) as f32 - 1.0
    })
    .take(count)
    .collect()
}

pub(crate) fn map(seed: u64, shape: [usize; 4]) -> Array4<f32> {
    Array4::from_shape_vec(shape, values(seed, shape.iter().product())).unwrap()
}

pub(crate) fn list(seed: u64, count: usize) -> Array1<f32> {
    Array1::from_vec(values(seed, count))
}

/// Fails with the problem and the worst index if `found` differs by more than 1e-5 of the reference's rms.
pub(crate) fn compare(
    problem: &str,
    found: &Array4<f32>,
    reference: &Array4<f64>,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.shape(), reference.shape(), "{}: shape", problem);
    let rms = (reference.iter().map(|y| y * y).sum::<f64>() / reference.len() as f64).sqrt();
    let mut worst = (0.0, (0, 0, 0, 0));
    for (index, &y) in reference.indexed_iter() {
        let difference = (f64::from(found[index]) - y).abs();
        if difference.is_nan() || difference > worst.0 {
            worst = (difference, index);
        }
    }
    let (difference, index) = worst;
    prop_assert!(
        difference <= 1e-5 * rms.max(1e-3),
        "{}: off by {:e} at {:?}: found {}, reference {}, rms {}",
        problem,
        difference,
        index,
        found[index],
        reference[index],
        rms
    );
    Ok(())
}

/// Position that tap (ky, kx) of output (y, x) reads, if it is inside an input of `size`.
pub(crate) fn reads(
    window: &Window,
    size: [usize; 2],
    output: [usize; 2],
    tap: [usize; 2],
) -> Option<[usize; 2]> {
    let along = |axis: usize| {
        let place = output[axis] as i64 * window.stride[axis] as i64
            + tap[axis] as i64 * window.dilation[axis] as i64
            - window.padding[axis] as i64;
        (0..size[axis] as i64)
            .contains(&place)
            .then_some(place as usize)
    };
    Some([along(0)?, along(1)?])
}

/// All values in the window at (y, x), with the taps that read them.
pub(crate) fn window_values(
    input: &Array4<f32>,
    window: &Window,
    [n, c, y, x]: [usize; 4],
) -> Vec<([usize; 2], f64)> {
    let mut found = Vec::new();
    for ky in 0..window.kernel[0] as usize {
        for kx in 0..window.kernel[1] as usize {
            let size = [input.dim().2, input.dim().3];
            if let Some([iy, ix]) = reads(window, size, [y, x], [ky, kx]) {
                found.push(([ky, kx], f64::from(input[[n, c, iy, ix]])));
            }
        }
    }
    found
}

pub(crate) fn output_size(input: &Array4<f32>, window: &Window) -> [usize; 2] {
    let size = [input.dim().2 as u64, input.dim().3 as u64];
    window.output(size).unwrap().map(|n| n as usize)
}

pub(crate) fn conv2d_reference(
    input: &Array4<f32>,
    weight: &Array4<f32>,
    bias: Option<&Array1<f32>>,
    window: &Window,
    groups: usize,
) -> Array4<f64> {
    let (filters, depth, ..) = weight.dim();
    let [height, width] = output_size(input, window);
    Array4::from_shape_fn((input.dim().0, filters, height, width), |(n, o, y, x)| {
        let group = o / (filters / groups);
        let mut sum = bias.map_or(0.0, |bias| f64::from(bias[o]));
        for c in 0..depth {
            for ([ky, kx], pixel) in window_values(input, window, [n, group * depth + c, y, x]) {
                sum += f64::from(weight[[o, c, ky, kx]]) * pixel;
            }
        }
        sum
    })
}

pub(crate) fn max_pool_reference(input: &Array4<f32>, window: &Window) -> Array4<f64> {
    let [height, width] = output_size(input, window);
    Array4::from_shape_fn(
        (input.dim().0, input.dim().1, height, width),
        |(n, c, y, x)| {
            let pixels = window_values(input, window, [n, c, y, x]);
            pixels
                .iter()
                .fold(f64::NEG_INFINITY, |largest, &(_, pixel)| largest.max(pixel))
        },
    )
}

/// The loop of PyTorch's `avg_pool2d`, line by line.
pub(crate) fn avg_pool_reference(
    input: &Array4<f32>,
    window: &Window,
    include_padding: bool,
) -> Array4<f64> {
    let [height, width] = output_size(input, window);
    let size = [input.dim().2 as i64, input.dim().3 as i64];
    Array4::from_shape_fn(
        (input.dim().0, input.dim().1, height, width),
        |(n, c, y, x)| {
            let output = [y as i64, x as i64];
            let (mut start, mut end, mut pool_size, mut inside) = ([0; 2], [0; 2], 1, 1);
            for axis in 0..2 {
                let padding = window.padding[axis] as i64;
                start[axis] = output[axis] * window.stride[axis] as i64 - padding;
                end[axis] = (start[axis] + window.kernel[axis] as i64).min(size[axis] + padding);
                pool_size *= end[axis] - start[axis];
                start[axis] = start[axis].max(0);
                end[axis] = end[axis].min(size[axis]);
                inside *= (end[axis] - start[axis]).max(0);
            }
            let mut sum = 0.0;
            for iy in start[0]..end[0] {
                for ix in start[1]..end[1] {
                    sum += f64::from(input[[n, c, iy as usize, ix as usize]]);
                }
            }
            match (inside, include_padding) {
                (0, _) => 0.0,
                (_, true) => sum / pool_size as f64,
                (_, false) => sum / inside as f64,
            }
        },
    )
}
