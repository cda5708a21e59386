//! Time from a name to all analyses of a network, and its growth with depth.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use resnet_explore::analysis::{Rule, analyze};
use resnet_explore::lower::{Model, Overrides, open, open_text};
use resnet_explore::network::check;
use resnet_explore::report::Subject;
use resnet_explore::spec::{catalog, load};
use std::hint::black_box;

/// Reads the spec and its parents, builds the network, checks it, and runs all analyses.
fn answer(name: &str) -> Subject {
    let model = open(name, &Overrides::default()).expect("a shipped network");
    Subject::new(model, Rule::ConvFc, 1)
}

/// The CIFAR network of a depth that is 2 more than a multiple of 6, counted as in He et al. 2015.
fn cifar(depth: u64) -> Model {
    let blocks = (depth - 2) / 6;
    let text = format!("inherits = \"resnet20_cifar\"\nblocks = [{blocks}, {blocks}, {blocks}]\n");
    open_text("deep.toml", &text, &Overrides::default())
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

/// Steps of the analysis, each over all networks.
fn all_networks_by_step(c: &mut Criterion) {
    let models: Vec<Model> = catalog::names()
        .iter()
        .map(|name| open(name, &Overrides::default()).expect("a shipped network"))
        .collect();
    let layers: usize = models.iter().map(|model| model.network.len()).sum();
    let mut group = c.benchmark_group("all networks by step");
    group.throughput(Throughput::Elements(layers as u64));
    group.bench_function("read the specs", |b| {
        b.iter(|| {
            for name in catalog::names() {
                black_box(load(black_box(name)));
            }
        });
    });
    group.bench_function("read, lower and judge", |b| {
        b.iter(|| {
            for name in catalog::names() {
                black_box(open(black_box(name), &Overrides::default())).expect("a shipped network");
            }
        });
    });
    group.bench_function("judge", |b| {
        b.iter(|| {
            for model in &models {
                black_box(check::check(black_box(&model.network)));
            }
        });
    });
    group.bench_function("analyse", |b| {
        b.iter(|| {
            for model in &models {
                black_box(analyze(black_box(&model.network), Rule::ConvFc));
            }
        });
    });
    group.finish();
}

/// Every step should cost the same per layer, however many layers there are.
fn against_depth(c: &mut Criterion) {
    let mut group = c.benchmark_group("against depth");
    for depth in [20, 110, 1202, 12_002] {
        let model = cifar(depth);
        group.throughput(Throughput::Elements(model.network.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("from spec to answers", depth),
            &depth,
            |b, &depth| {
                b.iter(|| Subject::new(cifar(black_box(depth)), Rule::ConvFc, 1));
            },
        );
        group.bench_with_input(
            BenchmarkId::new("analyses alone", depth),
            &model,
            |b, model| {
                b.iter(|| analyze(black_box(&model.network), Rule::ConvFc));
            },
        );
    }
    group.finish();
}

criterion_group!(
    benches,
    from_name_to_answers,
    all_networks_by_step,
    against_depth
);
criterion_main!(benches);
