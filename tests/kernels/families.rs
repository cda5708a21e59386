//! Kernels of the families after ResNet: normalisation of a single image, attention, blurring, standardised weights.

use ndarray::Array4;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use resnet_explore::engine::kernels;
use resnet_explore::network::layer::Standardize;

use super::reference::{compare, list, map};

/// Mean and biased variance.
fn moments(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let values: Vec<f64> = values.collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, squares / count)
}

/// Mean and variance of the channel group of channel `c` in image `n`.
fn group_moments(input: &Array4<f64>, n: usize, c: usize, members: usize) -> (f64, f64) {
    let own = input
        .indexed_iter()
        .filter(|((image, channel, ..), _)| *image == n && channel / members == c / members);
    moments(own.map(|(_, &x)| x))
}

fn sigmoid(x: f64) -> f64 {
    x.exp() / (1.0 + x.exp())
}

proptest! {
    // The same problems each time, as for the other kernels.
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2016),
        ..ProptestConfig::default()
    })]

    #[test]
    fn group_norm_and_evo_norm_s0(
        batch in 1..3_usize, groups in 1..4_usize, members in 1..4_usize, height in 1..6_usize, width in 1..6_usize, seed: u64,
    ) {
        let channels = groups * members;
        let input = map(seed, [batch, channels, height, width]).mapv(|x| 3.0 * x + 0.5);
        let wide = input.mapv(f64::from);
        let [gamma, beta, v] = [1, 2, 3].map(|salt| list(seed ^ salt, channels));
        let [g, b, slope] = [&gamma, &beta, &v].map(|values| values.mapv(f64::from));
        let problem = format!("{:?}, {groups} groups", input.dim());

        let reference = Array4::from_shape_fn(input.dim(), |(n, c, y, x)| {
            let (mean, variance) = group_moments(&wide, n, c, members);
            (wide[[n, c, y, x]] - mean) / (variance + 1e-5).sqrt() * g[c] + b[c]
        });
        let found = kernels::group_norm(input.view(), gamma.view(), beta.view(), groups, 1e-5);
        compare(&format!("group norm {problem}"), &found, &reference)?;

        let reference = Array4::from_shape_fn(input.dim(), |(n, c, y, x)| {
            let (_, variance) = group_moments(&wide, n, c, members);
            let value = wide[[n, c, y, x]];
            value * sigmoid(slope[c] * value) / (variance + 1e-5).sqrt() * g[c] + b[c]
        });
        let parameters = [gamma.view(), beta.view(), v.view()];
        let found = kernels::evo_norm_s0(input.view(), parameters, groups, 1e-5);
        compare(&format!("EvoNorm-S0 {problem}"), &found, &reference)?;
    }

    #[test]
    fn filter_response_norm(
        batch in 1..3_usize, channels in 1..5_usize, height in 1..6_usize, width in 1..6_usize, seed: u64,
    ) {
        let input = map(seed, [batch, channels, height, width]);
        let wide = input.mapv(f64::from);
        let [gamma, beta, tau] = [1, 2, 3].map(|salt| list(seed ^ salt, channels));
        let reference = Array4::from_shape_fn(input.dim(), |(n, c, y, x)| {
            let mut squares = 0.0;
            for row in 0..height {
                for column in 0..width {
                    squares += wide[[n, c, row, column]].powi(2);
                }
            }
            let normal = wide[[n, c, y, x]] / (squares / (height * width) as f64 + 1e-5).sqrt();
            (normal * f64::from(gamma[c]) + f64::from(beta[c])).max(f64::from(tau[c]))
        });
        let found = kernels::filter_response_norm(input.view(), [gamma.view(), beta.view(), tau.view()], 1e-5);
        compare(&format!("{:?}", input.dim()), &found, &reference)?;
    }

    #[test]
    fn blur_pool(
        batch in 1..3_usize, channels in 1..4_usize, kernel in 3..6_usize, stride in 1..3_usize,
        height in 5..12_usize, width in 5..12_usize, seed: u64,
    ) {
        let input = map(seed, [batch, channels, height, width]);
        let padding = (stride + kernel - 2) / 2;
        let taps: &[f64] = match kernel {
            3 => &[0.25, 0.5, 0.25],
            4 => &[0.125, 0.375, 0.375, 0.125],
            _ => &[0.0625, 0.25, 0.375, 0.25, 0.0625],
        };
        // A mirror without the edge itself: … 2 1 | 0 1 2 …
        let mirror = |place: i64, size: usize| {
            let last = size as i64 - 1;
            (last - (last - place.abs()).abs()) as usize
        };
        let sides = [height, width].map(|side| (side + 2 * padding - kernel) / stride + 1);
        let reference = Array4::from_shape_fn((batch, channels, sides[0], sides[1]), |(n, c, y, x)| {
            let mut sum = 0.0;
            for ky in 0..kernel {
                for kx in 0..kernel {
                    let place = |output: usize, tap: usize| (output * stride + tap) as i64 - padding as i64;
                    let pixel = input[[n, c, mirror(place(y, ky), height), mirror(place(x, kx), width)]];
                    sum += taps[ky] * taps[kx] * f64::from(pixel);
                }
            }
            sum
        });
        let found = kernels::blur_pool(input.view(), kernel, stride);
        compare(&format!("{:?}, kernel {kernel}, stride {stride}", input.dim()), &found, &reference)?;
    }

    #[test]
    fn radix_softmax(
        batch in 1..3_usize, radix in 1..5_usize, groups in 1..4_usize, members in 1..5_usize, spread in 1.0..100.0_f32, seed: u64,
    ) {
        let input = map(seed, [batch, radix * groups * members, 1, 1]).mapv(|x| x * spread);
        // PyTorch's order: view as (groups, radix, members), swap the first two, softmax over radix.
        let logit = |n: usize, r: usize, g: usize, m: usize| f64::from(input[[n, (g * radix + r) * members + m, 0, 0]]);
        let mut reference = Array4::zeros(input.dim());
        for n in 0..batch {
            let mut place = 0;
            for r in 0..radix {
                for g in 0..groups {
                    for m in 0..members {
                        let sum: f64 = (0..radix).map(|other| logit(n, other, g, m).exp()).sum();
                        let own = logit(n, r, g, m);
                        reference[[n, place, 0, 0]] = if radix == 1 { sigmoid(own) } else { own.exp() / sum };
                        place += 1;
                    }
                }
            }
        }
        let found = kernels::radix_softmax(input.view(), radix, groups);
        compare(&format!("radix {radix}, {groups} groups of {members}, ±{spread}"), &found, &reference)?;
    }

    #[test]
    fn channel_conv(batch in 1..3_usize, channels in 1..20_usize, half in 0..4_usize, size in 1..4_usize, seed: u64) {
        let input = map(seed, [batch, channels, size, size]);
        let weight = list(seed ^ 1, 2 * half + 1);
        let reference = Array4::from_shape_fn(input.dim(), |(n, c, y, x)| {
            let mut sum = 0.0;
            for tap in 0..=2 * half {
                let other = (c + tap) as i64 - half as i64;
                if (0..channels as i64).contains(&other) {
                    sum += f64::from(weight[tap]) * f64::from(input[[n, other as usize, y, x]]);
                }
            }
            sum
        });
        let found = kernels::channel_conv(input.view(), weight.view());
        compare(&format!("{:?}, {} taps", input.dim(), weight.len()), &found, &reference)?;
    }

    #[test]
    fn standardized(filters in 1..5_usize, depth in 1..9_usize, kernel in 1..4_usize, seed: u64) {
        // A single weight is its own mean, and only rounding would be left of it.
        prop_assume!(depth * kernel > 1);
        let weight = map(seed, [filters, depth, kernel, kernel]);
        let wide = weight.mapv(f64::from);
        let reference = Array4::from_shape_fn(weight.dim(), |(o, c, y, x)| {
            let (mean, variance) = group_moments(&wide, o, c, depth);
            (wide[[o, c, y, x]] - mean) / (variance + 1e-8).sqrt()
        });
        let plain = Standardize { eps: 1e-8, gamma: None };
        let found = kernels::standardized(weight.view(), plain, None);
        compare(&format!("{:?}", weight.dim()), &found, &reference)?;
    }
}
