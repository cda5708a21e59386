//! Time from the analyses of a network to a file for another tool, at layer level with every block.

use criterion::{Criterion, criterion_group, criterion_main};
use resnet_explore::analysis::Rule;
use resnet_explore::export::style::{Options, Theme};
use resnet_explore::export::{document, dot, html, mermaid, svg};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::report::{Level, Subject};
use resnet_explore::text::Language;
use std::hint::black_box;

fn exports(c: &mut Criterion) {
    let options = Options {
        level: Level::Layer,
        fold: false,
        ..Options::default()
    };
    for name in ["resnet152", "resnet1202_cifar"] {
        let model = open(name, &Overrides::default()).expect("a shipped network");
        let subject = Subject::new(model, Rule::ConvFc, 1);
        let mut group = c.benchmark_group(format!("export {name}"));
        group.sample_size(10);
        group.bench_function("dot", |b| {
            b.iter(|| dot::dot(black_box(&subject), &options));
        });
        group.bench_function("svg", |b| {
            b.iter(|| svg::svg(black_box(&subject), &options));
        });
        group.bench_function("mermaid", |b| {
            b.iter(|| mermaid::mermaid(black_box(&subject), &options));
        });
        group.bench_function("json", |b| b.iter(|| document::json(black_box(&subject))));
        group.bench_function("html", |b| {
            b.iter(|| {
                html::html(black_box(&subject), None, Theme::Auto, Language::ENGLISH).is_ok()
            });
        });
        group.finish();
    }
}

criterion_group!(benches, exports);
criterion_main!(benches);
