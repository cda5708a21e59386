//! How quick a single convolution is.

use super::reference::map;
use resnet_explore::engine::kernels;
use resnet_explore::network::Window;

#[test]
#[ignore = "a measurement: cargo test --release --test kernels -- --ignored --nocapture"]
#[allow(clippy::print_stdout, reason = "it prints what it measured")]
fn speed_of_conv2d() {
    // Input channels and size; output channels, kernel, stride, padding and groups.
    #[rustfmt::skip]
    let problems = [
        ([64, 56], [64, 3, 1, 1, 1]),
        ([256, 56], [64, 1, 1, 0, 1]),
        ([128, 28], [128, 3, 1, 1, 1]),
        ([256, 14], [256, 3, 1, 1, 1]),
        ([512, 7], [512, 3, 1, 1, 1]),
        ([3, 224], [64, 7, 2, 3, 1]),
        ([128, 56], [128, 3, 1, 1, 32]),
        ([64, 56], [64, 3, 1, 1, 64]),
        ([64, 56], [64, 3, 2, 1, 64]),
    ];
    for ([channels, size], [filters, kernel, stride, padding, groups]) in problems {
        let name =
            format!("{kernel}×{kernel}/{stride} {channels}→{filters}@{size}, {groups} groups");
        let window = Window::square(kernel as u64, stride as u64, padding as u64);
        let depth = channels / groups;
        let input = map(1, [1, channels, size, size]);
        let weight = map(2, [filters, depth, kernel, kernel]);
        let mut best = f64::INFINITY;
        let mut positions = 0;
        for _ in 0..20 {
            let start = std::time::Instant::now();
            let output = kernels::conv2d(input.view(), weight.view(), None, &window, groups);
            best = best.min(start.elapsed().as_secs_f64());
            positions = output.len();
        }
        let flops = 2.0 * (positions * depth * kernel * kernel) as f64;
        println!(
            "{name}: {:.2} ms, {:.1} GFLOP/s",
            best * 1e3,
            flops / best / 1e9
        );
    }
    let input = map(1, [1, 256, 56, 56]);
    let mean = ndarray::Array1::zeros(256);
    let start = std::time::Instant::now();
    for _ in 0..20 {
        std::hint::black_box(kernels::batch_norm_inference(
            input.view(),
            mean.view(),
            mean.view(),
            None,
            None,
            1e-5,
        ));
    }
    println!(
        "batch norm of 256@56: {:.2} ms",
        start.elapsed().as_secs_f64() * 50.0
    );
}
