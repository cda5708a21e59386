//! Time of a forward pass, compiled and with the plain kernels, and of single plain convolutions. Throughput is in FLOPs, two
//! per multiply-add.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use ndarray::Array4;
use resnet_explore::analysis::Rule;
use resnet_explore::engine::{
    Compiled, Input, InputChoice, Isa, Keep, LoadedWeights, Mode, Options, Session, WeightsChoice,
    kernels,
};
use resnet_explore::kernels::team::cores;
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::{Network, Window};
use resnet_explore::report::Subject;

/// A network with everything that a pass needs.
struct Ready {
    network: Arc<Network>,
    weights: Arc<LoadedWeights>,
    input: Input,
    flops: u64,
}

impl Ready {
    fn new(name: &str, images: usize) -> Self {
        let model = open(name, &Overrides::default()).expect("a shipped network");
        let (weights, input) = if name == "resnet20_fashion" {
            (WeightsChoice::Shipped, InputChoice::Sample(0))
        } else {
            (WeightsChoice::Synthetic(7), InputChoice::Synthetic(7))
        };
        let source = weights.open(&model).expect("weights for it");
        Self {
            weights: LoadedWeights::load(&model.network, source.as_ref()).expect("they fit"),
            input: input.open(&model, images).expect("an input for it"),
            network: Arc::new(model.network.clone()),
            flops: Subject::new(model, Rule::ConvFc, images as u64).flops() as u64,
        }
    }
}

fn settings(group: &mut BenchmarkGroup<'_, WallTime>) {
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5));
}

fn compiled(c: &mut Criterion) {
    let mut group = c.benchmark_group("compiled pass");
    settings(&mut group);
    let all = cores();
    for (name, batch) in [
        ("resnet20_fashion", 1),
        ("resnet18", 1),
        ("resnet50", 1),
        ("resnext50_32x4d", 1),
        ("resnet50", 8),
    ] {
        let ready = Ready::new(name, batch);
        group.throughput(Throughput::Elements(ready.flops));
        for threads in if all == 1 { vec![1] } else { vec![1, all] } {
            let options = Options {
                batch,
                threads: Some(threads),
                ..Options::default()
            };
            let network = Arc::clone(&ready.network);
            let mut compiled =
                Compiled::new(network, &*ready.weights, options).expect("a legal network");
            let id = format!("{name}, batch {batch}, {threads} threads");
            group.bench_function(id, |b| {
                b.iter(|| black_box(compiled.run(&ready.input)));
            });
        }
    }
    group.finish();
}

fn plain(c: &mut Criterion) {
    let mut group = c.benchmark_group("plain pass");
    settings(&mut group);
    for name in ["resnet20_fashion", "resnet18", "resnet50"] {
        let ready = Ready::new(name, 1);
        group.throughput(Throughput::Elements(ready.flops));
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut session = Session::new(
                    Arc::clone(&ready.network),
                    Arc::clone(&ready.weights),
                    ready.input.clone(),
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

/// Layer by layer with every value kept, with the plain kernels and as in the explorer: on all threads.
fn steps(c: &mut Criterion) {
    let mut group = c.benchmark_group("layer by layer");
    settings(&mut group);
    for name in ["resnet18", "resnet50", "resnet152"] {
        let ready = Ready::new(name, 1);
        group.throughput(Throughput::Elements(ready.flops));
        for is_fast in [false, true] {
            let mut session = Session::new(
                Arc::clone(&ready.network),
                Arc::clone(&ready.weights),
                ready.input.clone(),
                Mode::Inference,
                Keep::Everything,
            )
            .expect("a legal network");
            if is_fast {
                session = session.with_kernels(Isa::best(), cores());
            }
            let kernels = if is_fast { "fast" } else { "plain" };
            group.bench_function(format!("{name}, {kernels}"), |b| {
                b.iter(|| {
                    session.rewind();
                    while session.step().is_some() {}
                });
            });
        }
    }
    group.finish();
}

/// Values without a pattern from which a kernel could profit.
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

criterion_group!(benches, compiled, plain, steps, convolutions);
criterion_main!(benches);
