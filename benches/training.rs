//! Time of a training step on all threads: forward, back, and the update of the weights. Throughput is in images.

use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ndarray::Array4;
use resnet_explore::engine::train::Settings;
use resnet_explore::engine::{LoadedWeights, Trainer};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::Layer;
use resnet_explore::weights::{Initial, Scheme};

/// Images of a batch.
const BATCH: usize = 64;

/// A trainer at the beginning, with a batch for its network.
struct Ready {
    trainer: Trainer,
    pixels: Array4<f32>,
    labels: Vec<usize>,
}

impl Ready {
    fn new(name: &str) -> Self {
        let model = open(name, &Overrides::default()).expect("a shipped network");
        let network = Arc::new(model.network);
        let source = Initial::new(&network, Scheme::He, 1);
        let weights = LoadedWeights::load(&network, &source).expect("they fit");
        let trainer = Trainer::new(&network, &weights, Settings::default(), |_| false);
        let trainer = trainer.expect("every layer has a derivative");
        let first = network.nodes().next().map(|(_, node)| node.layer.clone());
        let Some(Layer::Input { channels, size }) = first else {
            panic!("{name} has no input");
        };
        let [channels, height, width] = [channels, size[0], size[1]].map(|size| size as usize);
        let mut state = 1_u64;
        let pixels = Array4::from_shape_simple_fn([BATCH, channels, height, width], || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as f32
        });
        let labels = (0..BATCH).map(|image| image % trainer.classes()).collect();
        Self {
            trainer,
            pixels,
            labels,
        }
    }
}

fn steps(c: &mut Criterion) {
    // As many threads as there are cores; `taskset -c 0 cargo bench` measures one.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut group = c.benchmark_group(format!("training step, threads: {threads}"));
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5))
        .throughput(Throughput::Elements(BATCH as u64));
    for (name, network) in [
        ("ResNet-20 at 28×28", "resnet20_fashion"),
        ("plain-56 at 8×8", "plain56_digits"),
    ] {
        let mut ready = Ready::new(network);
        group.bench_function(name, |b| {
            b.iter(|| ready.trainer.step(&ready.pixels, &ready.labels, 0.001));
        });
    }
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
