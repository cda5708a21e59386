//! Each kernel against a slow, obvious reference in f64, over generated problems, and against cases computed by hand.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::cast_possible_wrap, reason = "no size here nears 2^63")]

#[path = "kernels/by_hand.rs"]
mod by_hand;
#[path = "kernels/families.rs"]
mod families;
#[path = "kernels/reference.rs"]
mod reference;

use ndarray::{Array2, Array4, Axis, s};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use reference::{
    avg_pool_reference, compare, conv2d_reference, list, map, max_pool_reference, values,
};
use resnet_explore::engine::kernels;
use resnet_explore::network::{Activation, Rounding, Window};

/// A window with different axes, and sizes of inputs into which it fits.
fn windows(
    dilations: std::ops::Range<u64>,
    any_padding: bool,
) -> impl Strategy<Value = (Window, [usize; 2])> {
    let axis = (1..8_u64, 1..4_u64, dilations, 0..5_u64, 0..12_u64).prop_map(
        move |(kernel, stride, dilation, padding, room)| {
            // A pool's padding is at most half its kernel, in PyTorch as here.
            let padding = if any_padding {
                padding
            } else {
                padding.min(kernel / 2)
            };
            let extent = dilation * (kernel - 1) + 1;
            let size = (extent + room).saturating_sub(2 * padding).max(1);
            (kernel, stride, dilation, padding, size as usize)
        },
    );
    (axis.clone(), axis, any::<bool>()).prop_map(|(rows, columns, ceil)| {
        let window = Window {
            kernel: [rows.0, columns.0],
            stride: [rows.1, columns.1],
            dilation: [rows.2, columns.2],
            padding: [rows.3, columns.3],
            rounding: if ceil {
                Rounding::Ceil
            } else {
                Rounding::Floor
            },
        };
        (window, [rows.4, columns.4])
    })
}

proptest! {
    // The same problems each time: a failing test then means a changed kernel, not a sum that happened to cancel.
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2015),
        ..ProptestConfig::default()
    })]

    #[test]
    fn conv2d(
        (window, [height, width]) in windows(1..4, true),
        batch in 1..4_usize,
        groups in 1..5_usize,
        depth in 1..6_usize,
        filters in 1..6_usize,
        with_bias: bool,
        seed: u64,
    ) {
        let window = Window { rounding: Rounding::Floor, ..window };
        let input = map(seed, [batch, groups * depth, height, width]);
        let kernel = window.kernel.map(|n| n as usize);
        let weight = map(seed ^ 1, [groups * filters, depth, kernel[0], kernel[1]]);
        let bias = with_bias.then(|| list(seed ^ 2, groups * filters));
        let found = kernels::conv2d(
            input.view(), weight.view(), bias.as_ref().map(|values| values.view()), &window, groups,
        );
        let problem = format!("{:?} by {:?}, {groups} groups, bias {with_bias}, {window:?}", input.dim(), weight.dim());
        compare(&problem, &found, &conv2d_reference(&input, &weight, bias.as_ref(), &window, groups))?;
    }

    #[test]
    fn conv2d_of_one_pixel_kernels(
        batch in 1..4_usize,
        groups in 1..4_usize,
        depth in 1..40_usize,
        filters in 1..40_usize,
        size in 1..10_usize,
        stride in 1..3_u64,
        seed: u64,
    ) {
        let window = Window::square(1, stride, 0);
        let input = map(seed, [batch, groups * depth, size, size + 2]);
        let weight = map(seed ^ 1, [groups * filters, depth, 1, 1]);
        let found = kernels::conv2d(input.view(), weight.view(), None, &window, groups);
        let problem = format!("{:?} by {:?}, {groups} groups, stride {stride}", input.dim(), weight.dim());
        compare(&problem, &found, &conv2d_reference(&input, &weight, None, &window, groups))?;
    }

    #[test]
    fn max_pool((window, [height, width]) in windows(1..4, false), batch in 1..3_usize, channels in 1..4_usize, seed: u64) {
        let input = map(seed, [batch, channels, height, width]);
        let found = kernels::max_pool(input.view(), &window);
        let reference = max_pool_reference(&input, &window);
        // A window wholly in the padding has no finite maximum to compare: it must be −∞ in both.
        prop_assume!(reference.iter().all(|y| y.is_finite()));
        compare(&format!("{:?}, {window:?}", input.dim()), &found, &reference)?;
    }

    #[test]
    fn avg_pool(
        (window, [height, width]) in windows(1..2, false),
        batch in 1..3_usize,
        channels in 1..4_usize,
        include_padding: bool,
        seed: u64,
    ) {
        let input = map(seed, [batch, channels, height, width]);
        let found = kernels::avg_pool(input.view(), &window, include_padding);
        let problem = format!("{:?}, count_include_pad {include_padding}, {window:?}", input.dim());
        compare(&problem, &found, &avg_pool_reference(&input, &window, include_padding))?;
    }

    #[test]
    fn global_avg_pool(batch in 1..4_usize, channels in 1..5_usize, height in 1..12_usize, width in 1..12_usize, seed: u64) {
        let input = map(seed, [batch, channels, height, width]);
        let reference = Array4::from_shape_fn((batch, channels, 1, 1), |(n, c, _, _)| {
            input.slice(s![n, c, .., ..]).iter().map(|&x| f64::from(x)).sum::<f64>() / (height * width) as f64
        });
        compare(&format!("{:?}", input.dim()), &kernels::global_avg_pool(input.view()), &reference)?;
    }

    #[test]
    fn batch_norm(
        batch in 1..5_usize, channels in 1..5_usize, height in 1..9_usize, width in 1..9_usize,
        with_gamma: bool, with_beta: bool, seed: u64,
    ) {
        let count = batch * height * width;
        prop_assume!(count > 1);
        let input = map(seed, [batch, channels, height, width]).mapv(|x| 3.0 * x + 0.5);
        let gamma = with_gamma.then(|| list(seed ^ 1, channels));
        let beta = with_beta.then(|| list(seed ^ 2, channels));
        let mut mean = vec![0.0; channels];
        let mut squares = vec![0.0; channels];
        for ((_, c, _, _), &x) in input.indexed_iter() {
            mean[c] += f64::from(x) / count as f64;
        }
        for ((_, c, _, _), &x) in input.indexed_iter() {
            squares[c] += (f64::from(x) - mean[c]).powi(2);
        }
        let reference = Array4::from_shape_fn(input.dim(), |(n, c, y, x)| {
            let normal = (f64::from(input[[n, c, y, x]]) - mean[c]) / (squares[c] / count as f64 + 1e-5).sqrt();
            normal * gamma.as_ref().map_or(1.0, |g| f64::from(g[c])) + beta.as_ref().map_or(0.0, |b| f64::from(b[c]))
        });
        let problem = format!("{:?}, gamma {with_gamma}, beta {with_beta}", input.dim());
        let (gamma, beta) = (gamma.as_ref().map(|values| values.view()), beta.as_ref().map(|values| values.view()));

        let (found, statistics) = kernels::batch_norm_training(input.view(), gamma, beta, 1e-5);
        compare(&format!("training {problem}"), &found, &reference)?;
        for c in 0..channels {
            let near = |found: f32, value: f64| (f64::from(found) - value).abs() <= 1e-6 * value.abs().max(1.0);
            prop_assert!(near(statistics.mean[c], mean[c]), "{problem}: mean of channel {c}");
            prop_assert!(near(statistics.variance_biased[c], squares[c] / count as f64), "{problem}: biased, {c}");
            prop_assert!(near(statistics.variance_unbiased[c], squares[c] / (count - 1) as f64), "{problem}: unbiased, {c}");
        }

        let (mean, variance) = (statistics.mean.view(), statistics.variance_biased.view());
        let found = kernels::batch_norm_inference(input.view(), mean, variance, gamma, beta, 1e-5);
        compare(&format!("inference {problem}"), &found, &reference)?;
    }

    #[test]
    fn linear(batch in 1..6_usize, features in 1..50_usize, classes in 1..30_usize, with_bias: bool, seed: u64) {
        let input = Array2::from_shape_vec((batch, features), values(seed, batch * features)).unwrap();
        let weight = Array2::from_shape_vec((classes, features), values(seed ^ 1, classes * features)).unwrap();
        let bias = with_bias.then(|| list(seed ^ 2, classes));
        let reference = Array4::from_shape_fn((batch, classes, 1, 1), |(n, o, _, _)| {
            let mut sum = bias.as_ref().map_or(0.0, |bias| f64::from(bias[o]));
            for i in 0..features {
                sum += f64::from(input[[n, i]]) * f64::from(weight[[o, i]]);
            }
            sum
        });
        let found = kernels::linear(input.view(), weight.view(), bias.as_ref().map(|values| values.view()));
        let found = found.insert_axis(Axis(2)).insert_axis(Axis(3));
        compare(&format!("{batch}×{features} by {classes}"), &found, &reference)?;
    }

    #[test]
    fn softmax(batch in 1..5_usize, classes in 1..40_usize, spread in 0.0..200.0_f32, seed: u64) {
        let input = Array2::from_shape_vec((batch, classes), values(seed, batch * classes)).unwrap().mapv(|x| x * spread);
        let reference = Array4::from_shape_fn((batch, classes, 1, 1), |(n, o, _, _)| {
            // No maximum subtracted: exp(400) still fits into an f64.
            let sum: f64 = input.row(n).iter().map(|&x| f64::from(x).exp()).sum();
            f64::from(input[[n, o]]).exp() / sum
        });
        let found = kernels::softmax(input.view()).insert_axis(Axis(2)).insert_axis(Axis(3));
        compare(&format!("{batch}×{classes}, ±{spread}"), &found, &reference)?;
    }

    #[test]
    fn pad_shortcut(
        batch in 1..3_usize, channels in 1..5_usize, extra in 0..6_usize, rows in 1..4_usize, columns in 1..4_usize,
        at_end: bool, height in 1..9_usize, width in 1..9_usize, seed: u64,
    ) {
        let input = map(seed, [batch, channels, height, width]);
        let front = if at_end { 0 } else { extra / 2 };
        let shape = (batch, channels + extra, height.div_ceil(rows), width.div_ceil(columns));
        let reference = Array4::from_shape_fn(shape, |(n, c, y, x)| {
            if c < front || c >= front + channels { 0.0 } else { f64::from(input[[n, c - front, y * rows, x * columns]]) }
        });
        let found = kernels::pad_shortcut(input.view(), [rows, columns], channels + extra, front);
        compare(&format!("{:?}, stride {rows}×{columns}, {extra} more channels", input.dim()), &found, &reference)?;
    }

    #[test]
    fn elementwise(batch in 1..3_usize, channels in 1..4_usize, size in 1..9_usize, divisor in 1.0..300.0_f32, seed: u64) {
        let input = map(seed, [batch, channels, size, size]);
        let other = map(seed ^ 1, [batch, channels, size, size]);
        let wide = input.mapv(f64::from);
        compare("relu", &kernels::each(input.view(), |x| Activation::Relu.value(x)), &wide.mapv(|x| x.max(0.0)))?;
        compare("add", &kernels::add(input.view(), other.view()), &(&wide + &other.mapv(f64::from)))?;
        let scaled = kernels::scale(input.mapv(|x| x * divisor).view(), divisor);
        compare("scale", &scaled, &wide)?;
        let mean = values(seed ^ 2, channels);
        let std: Vec<f32> = values(seed ^ 3, channels).iter().map(|x| x + 1.5).collect();
        let reference = Array4::from_shape_fn(input.dim(), |(n, c, y, x)| {
            (wide[[n, c, y, x]] - f64::from(mean[c])) / f64::from(std[c])
        });
        compare("standardize", &kernels::standardize(input.view(), &mean, &std), &reference)?;
    }
}
