//! How long the plain forward pass takes, whole and for single convolutions. Throughput is in FLOPs, two a multiply-add.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ndarray::Array4;
use resnet_explore::analysis::Rule;
use resnet_explore::engine::{
    InputChoice, Keep, LoadedWeights, Mode, Session, WeightsChoice, kernels,
};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::Window;
use resnet_explore::report::Subject;

fn networks(c: &mut Criterion) {
    let mut group = c.benchmark_group("forward pass");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5));
    for (name, weights, input) in [
        (
            "resnet20_fashion",
            WeightsChoice::Shipped,
            InputChoice::Sample(0),
        ),
        (
            "resnet18",
            WeightsChoice::Synthetic(7),
            InputChoice::Synthetic(7),
        ),
        (
            "resnet50",
            WeightsChoice::Synthetic(7),
            InputChoice::Synthetic(7),
        ),
    ] {
        let model = open(name, &Overrides::default()).expect("a shipped network");
        let source = weights.open(&model).expect("weights for it");
        let loaded = LoadedWeights::load(&model.network, source.as_ref()).expect("they fit");
        let batch = input.open(&model, 1).expect("an input for it");
        let network = Arc::new(model.network.clone());
        let subject = Subject::new(model, Rule::ConvFc, 1);
        group.throughput(Throughput::Elements(subject.flops() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut session = Session::new(
                    network.clone(),
                    loaded.clone(),
                    batch.clone(),
                    Mode::Inference,
                    Keep::Needed,
                )
                .expect("a legal network");
                let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
                black_box(session.output().cloned())
            });
        });
    }
    group.finish();
}

/// Values without a pattern that a kernel could profit from.
fn noise(shape: [usize; 4]) -> Array4<f32> {
    resnet_explore::weights::synthetic_input(7, &shape)
        .into_dimensionality()
        .expect("four dimensions")
}

fn convolutions(c: &mut Criterion) {
    let mut group = c.benchmark_group("convolution");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));
    for (name, channels, size, out, kernel) in [
        ("3x3 64 to 64 at 56", 64, 56, 64, 3),
        ("3x3 512 to 512 at 7", 512, 7, 512, 3),
        ("1x1 256 to 64 at 56", 256, 56, 64, 1),
        ("1x1 512 to 2048 at 7", 512, 7, 2048, 1),
    ] {
        let input = noise([1, channels, size, size]);
        let weight = noise([out, channels, kernel, kernel]);
        let window = Window::square(kernel as u64, 1, (kernel as u64 - 1) / 2);
        let macs = size * size * out * channels * kernel * kernel;
        group.throughput(Throughput::Elements(2 * macs as u64));
        group.bench_function(name, |b| {
            b.iter(|| kernels::conv2d(black_box(input.view()), weight.view(), None, &window, 1));
        });
    }
    group.finish();
}

criterion_group!(benches, networks, convolutions);
criterion_main!(benches);
