//! How quick a single convolution is.

use super::reference::map;
use resnet_explore::engine::kernels;
use resnet_explore::network::Window;

#[test]
#[ignore = "a measurement: cargo test --release --test kernels -- --ignored --nocapture"]
#[allow(clippy::print_stdout, reason = "it prints what it measured")]
fn speed_of_conv2d() {
    let problems = [
        (
            "3×3 64→64@56",
            [64, 56],
            [64, 64, 3],
            Window::square(3, 1, 1),
            1,
        ),
        (
            "1×1 256→64@56",
            [256, 56],
            [64, 256, 1],
            Window::square(1, 1, 0),
            1,
        ),
        (
            "3×3 512→512@7",
            [512, 7],
            [512, 512, 3],
            Window::square(3, 1, 1),
            1,
        ),
        (
            "3×3 256→256@14",
            [256, 14],
            [256, 256, 3],
            Window::square(3, 1, 1),
            1,
        ),
        (
            "3×3 128→128@28",
            [128, 28],
            [128, 128, 3],
            Window::square(3, 1, 1),
            1,
        ),
        (
            "7×7 3→64@224",
            [3, 224],
            [64, 3, 7],
            Window::square(7, 2, 3),
            1,
        ),
        (
            "3×3 128→128@56 32 groups",
            [128, 56],
            [128, 4, 3],
            Window::square(3, 1, 1),
            32,
        ),
        (
            "3×3 64 depth-wise@56",
            [64, 56],
            [64, 1, 3],
            Window::square(3, 1, 1),
            64,
        ),
        (
            "3×3 64 depth-wise/2@56",
            [64, 56],
            [64, 1, 3],
            Window::square(3, 2, 1),
            64,
        ),
    ];
    for (name, [channels, size], [filters, depth, kernel], window, groups) in problems {
        let (input, weight) = (
            map(1, [1, channels, size, size]),
            map(2, [filters, depth, kernel, kernel]),
        );
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
