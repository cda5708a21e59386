//! How long it takes from a name to every answer about a network, and how that grows with depth.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use resnet_explore::analysis::{Rule, analyze};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::report::Subject;
use resnet_explore::spec::catalog;
use std::hint::black_box;

/// Reads the spec and its parents, builds the network, judges it, and answers everything.
fn answer(name: &str) -> Subject {
    let model = open(name, &Overrides::default()).expect("a shipped network");
    Subject::new(model, Rule::ConvFc, 1)
}

fn from_name_to_answers(c: &mut Criterion) {
    let mut group = c.benchmark_group("from name to answers");
    for name in ["resnet50", "resnet152", "resnet1202_cifar"] {
        group.bench_function(name, |b| b.iter(|| answer(black_box(name))));
    }
    group.bench_function("all networks", |b| {
        b.iter(|| {
            for name in catalog::names() {
                black_box(answer(black_box(name)));
            }
        });
    });
    group.finish();
}

/// A pass over the layers should cost the same for each of them, however many there are.
fn against_depth(c: &mut Criterion) {
    let mut group = c.benchmark_group("analysis against depth");
    for (depth, name) in [
        (20, "resnet20_cifar"),
        (110, "resnet110_cifar"),
        (1202, "resnet1202_cifar"),
    ] {
        let model = open(name, &Overrides::default()).expect("a shipped network");
        group.throughput(Throughput::Elements(model.network.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(depth), &model, |b, model| {
            b.iter(|| analyze(black_box(&model.network), Rule::ConvFc));
        });
    }
    group.finish();
}

criterion_group!(benches, from_name_to_answers, against_depth);
criterion_main!(benches);
