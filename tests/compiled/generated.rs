//! Small networks of generated settings, on every kind of kernel, against the plain kernels, which `tests/kernels.rs`
//! compares with slow references.

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array4;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use resnet_explore::engine::levels::{Known, Levels};
use resnet_explore::engine::{
    By, Candidate, Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Session, Tensor,
};
use resnet_explore::network::layer::{BatchNorm2d, Conv2d, GroupNorm, Linear};
use resnet_explore::network::{
    Activation, Branch, Combine, Conv, Layer, LayerId, LayerPath, Network, Node, Norm, Pool,
    Reshape, Rounding, Scope, Stage, Window,
};
use resnet_explore::weights::{Synthetic, synthetic_input};

/// A network under construction.
pub(super) struct Chain(pub(super) Network);

impl Chain {
    pub(super) fn new(channels: u64, size: [u64; 2]) -> (Self, LayerId) {
        let mut chain = Self(Network::new());
        let input = chain.add("input", Layer::Input { channels, size }, &[]);
        (chain, input)
    }

    pub(super) fn add(&mut self, name: &str, layer: Layer, inputs: &[LayerId]) -> LayerId {
        let node = Node {
            path: LayerPath::new(name),
            layer,
            scope: Scope {
                stage: Stage::Body(1),
                block: None,
                branch: Some(Branch::Main),
            },
            function: false,
        };
        self.0.add(node, inputs)
    }
}

fn plain(network: &Arc<Network>, weights: &Arc<LoadedWeights>, input: &Input) -> Tensor {
    let mut session = Session::new(
        Arc::clone(network),
        Arc::clone(weights),
        input.clone(),
        Mode::Inference,
        Keep::Needed,
    )
    .expect("a legal network");
    let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
    session.output().expect("it ran").clone()
}

/// Fails if the rms of the difference between any kind of kernel and the plain ones exceeds 4e-6 of the output's rms, or a
/// single number 2e-5.
fn holds(network: Network, images: usize, threads: usize) -> Result<(), TestCaseError> {
    let ways = [(true, false), (false, false), (true, true)];
    let ways = ways.map(|(winograd, each_layer)| Options {
        winograd,
        each_layer,
        ..Options::default()
    });
    holds_in(network, images, threads, &ways)
}

/// As `holds`, with each of these options.
fn holds_in(
    network: Network,
    images: usize,
    threads: usize,
    ways: &[Options],
) -> Result<(), TestCaseError> {
    let network = Arc::new(network);
    let Some(Layer::Input { channels, size }) = network.nodes().next().map(|(_, n)| &n.layer)
    else {
        return Ok(());
    };
    let shape = [images as u64, *channels, size[0], size[1]].map(|n| n as usize);
    let input: Array4<f32> = synthetic_input(3, &shape)
        .into_dimensionality()
        .expect("four dimensions");
    let input = Input::Prepared(input);
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 3 }).expect("any weights");
    let right = plain(&network, &weights, &input);
    let squares: f64 = right.iter().map(|&y| f64::from(y).powi(2)).sum();
    let rms = (squares / right.len() as f64).sqrt().max(1e-3);
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        for &way in ways {
            let options = Options {
                batch: images,
                threads: Some(threads),
                isa,
                apart: Some(64),
                ..way
            };
            let mut compiled =
                Compiled::new(Arc::clone(&network), &*weights, options).expect("a legal network");
            // Twice: the second pass finds the values that the first left in the shared memory.
            for _ in 0..2 {
                let found = compiled.run(&input).expect("an input that fits");
                prop_assert_eq!(found.shape(), right.shape());
                let apart = found.iter().zip(&right).map(|(a, b)| f64::from(a - b));
                let squares: f64 = apart.clone().map(|x| x * x).sum();
                let error = (squares / right.len() as f64).sqrt();
                let worst = apart.map(f64::abs).fold(0.0, f64::max);
                let how: Vec<String> = compiled.steps().map(|(step, _)| step.how).collect();
                prop_assert!(
                    error <= 4e-6 * rms
                        && worst <= 2e-5 * rms
                        && found.iter().all(|y| y.is_finite()),
                    "{isa} {options:?} {how:?}: {error:e} away, a number {worst:e}, rms {rms:e}"
                );
            }
        }
    }
    Ok(())
}

/// Every way to compute a convolution, demanded, and the ways that machines with other caches and rates choose.
fn all_ways() -> Vec<Options> {
    let forced = Candidate::all().map(|own| Options {
        by: By::One(own),
        ..Options::default()
    });
    let machines = [
        ([4 << 10, 16 << 10, 64 << 10], [2e9, 1e9, 5e8, 1e8]),
        ([64 << 10, 16 << 20, 64 << 20], [4e11, 2e11, 1e11, 5e10]),
    ];
    let chosen = machines.map(|(caches, rates)| Options {
        known: Some(Box::leak(Box::new(Known::new(Levels {
            processor: "made up".to_owned(),
            kernel: "any".to_owned(),
            // Small tiles are the fast ones here.
            tiles: vec![("1x4".to_owned(), 2e11), ("1x14".to_owned(), 5e10)],
            caches,
            rates,
        })))),
        by: By::Rates,
        ..Options::default()
    });
    forced.chain(chosen).collect()
}

pub(super) fn conv(inputs: u64, outputs: u64, window: Window, groups: u64, bias: bool) -> Layer {
    Layer::Conv(Conv::Spatial(Conv2d {
        in_channels: inputs,
        out_channels: outputs,
        window,
        groups,
        bias,
        standardize: None,
    }))
}

fn norm(features: u64) -> Layer {
    Layer::Norm(Norm::Batch(BatchNorm2d {
        features,
        eps: 1e-5,
        momentum: 0.1,
        vectors: false,
    }))
}

/// Kernel, stride, padding and dilation, different along the axes, and a size into which they fit.
pub(super) fn windows() -> impl Strategy<Value = (Window, [u64; 2])> {
    let axis = (1..6_u64, 1..4_u64, 1..4_u64, 0..12_u64).prop_flat_map(
        |(kernel, stride, dilation, room)| {
            let extent = dilation * (kernel - 1) + 1;
            (0..=kernel / 2).prop_map(move |padding| {
                let size = (extent + room).saturating_sub(2 * padding).max(1);
                (kernel, stride, dilation, padding, size)
            })
        },
    );
    (axis.clone(), axis).prop_map(|(rows, columns)| {
        let window = Window {
            kernel: [rows.0, columns.0],
            stride: [rows.1, columns.1],
            dilation: [rows.2, columns.2],
            padding: [rows.3, columns.3],
            rounding: Rounding::Floor,
        };
        (window, [rows.4, columns.4])
    })
}

/// Groups with their input and output channels: one to many, depth-wise, narrower than a block and whole blocks.
fn groups() -> impl Strategy<Value = [u64; 3]> {
    prop_oneof![
        (1..70_u64, 1..70_u64).prop_map(|(inputs, outputs)| [1, inputs, outputs]),
        (1..40_u64, 1..3_u64).prop_map(|(groups, outputs)| [groups, 1, outputs]),
        (2..9_u64, 1..20_u64, 1..20_u64).prop_map(|(g, inputs, outputs)| [g, inputs, outputs]),
        (2..4_u64, 1..3_u64, 1..4_u64).prop_map(|(g, i, o)| [g, 16 * i, 16 * o]),
        (1..3_u64).prop_map(|blocks| [8 * blocks, 4, 4]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 100,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2016),
        ..ProptestConfig::default()
    })]

    /// A convolution, with or without what is fused with it.
    #[test]
    fn convolutions(
        (window, size) in windows(),
        [groups, inputs, outputs] in groups(),
        images in 1..4_usize,
        threads in 1..4_usize,
        (bias, with_norm, with_add, with_relu) in any::<(bool, bool, bool, bool)>(),
    ) {
        let (inputs, outputs) = (groups * inputs, groups * outputs);
        let (mut chain, mut at) = Chain::new(inputs, size);
        let first = at;
        at = chain.add("conv", conv(inputs, outputs, window, groups, bias), &[at]);
        if with_norm {
            at = chain.add("norm", norm(outputs), &[at]);
        }
        if with_add {
            let other = chain.add("other", conv(inputs, outputs, window, 1, false), &[first]);
            at = chain.add("add", Layer::Combine(Combine::Add), &[at, other]);
        }
        if with_relu {
            chain.add("relu", Layer::Activation(Activation::Relu), &[at]);
        }
        holds(chain.0, images, threads)?;
    }

    /// Convolutions for transformed tiles: 3×3, and sizes with and without a remainder.
    #[test]
    fn convolutions_of_three_by_three(
        [height, width] in [1..31_u64, 1..31_u64],
        [inputs, outputs] in [16..80_u64, 16..80_u64],
        padding in 0..3_u64,
        images in 1..4_usize,
        threads in 1..4_usize,
        with_add: bool,
    ) {
        let size = [height.max(3), width.max(3)];
        let (mut chain, first) = Chain::new(inputs, size);
        let window = Window::square(3, 1, padding);
        let mut at = chain.add("conv", conv(inputs, outputs, window, 1, true), &[first]);
        if with_add {
            let other = chain.add("other", conv(inputs, outputs, window, 1, false), &[first]);
            at = chain.add("add", Layer::Combine(Combine::Add), &[at, other]);
            at = chain.add("relu", Layer::Activation(Activation::Relu), &[at]);
        }
        chain.add("norm", norm(outputs), &[at]);
        holds(chain.0, images, threads)?;
    }

    /// Each way to compute a convolution, on sizes with and without a remainder, in groups and with an addition.
    #[test]
    fn every_way_of_a_convolution(
        [height, width] in [3..31_u64, 3..31_u64],
        [inputs, outputs] in [1..5_u64, 1..5_u64],
        groups in 1..3_u64,
        images in 1..4_usize,
        threads in 1..4_usize,
        // Each problem meets a sixth of the ways, and each way some problems.
        first_way in 0..6_usize,
        with_add: bool,
    ) {
        let (inputs, outputs) = (16 * groups * inputs, 16 * groups * outputs);
        let (mut chain, first) = Chain::new(inputs, [height, width]);
        let window = Window::square(3, 1, 1);
        let at = chain.add("conv", conv(inputs, outputs, window, groups, true), &[first]);
        let other = conv(inputs, outputs, Window::square(1, 1, 0), 1, false);
        let other = chain.add("other", other, &[first]);
        if with_add {
            let sum = chain.add("add", Layer::Combine(Combine::Add), &[at, other]);
            chain.add("relu", Layer::Activation(Activation::Relu), &[sum]);
        } else {
            chain.add("concat", Layer::Combine(Combine::Concat { inputs: 2 }), &[at, other]);
        }
        let ways: Vec<Options> = all_ways().into_iter().skip(first_way).step_by(6).collect();
        holds_in(chain.0, images, threads, &ways)?;
    }

    /// A map of one pixel that needs a border for one of its readers and none for the other.
    #[test]
    fn maps_of_one_pixel(
        [inputs, outputs] in [1..70_u64, 1..70_u64],
        images in 1..4_usize,
        threads in 1..4_usize,
    ) {
        let (mut chain, first) = Chain::new(inputs, [1, 1]);
        let (one, three) = (Window::square(1, 1, 0), Window::square(3, 1, 1));
        let near = chain.add("near", conv(inputs, outputs, one, 1, false), &[first]);
        let wide = chain.add("wide", conv(outputs, outputs, three, 1, true), &[near]);
        let other = chain.add("other", conv(outputs, outputs, one, 1, false), &[near]);
        let sum = chain.add("add", Layer::Combine(Combine::Add), &[wide, other]);
        let flat = chain.add("flatten", Layer::Reshape(Reshape::Flatten), &[sum]);
        let head = Linear { in_features: outputs, out_features: 11, bias: true };
        chain.add("fc", Layer::Linear(head), &[flat]);
        holds(chain.0, images, threads)?;
    }

    /// Pools, normalisations over an image, gates, and a head.
    #[test]
    fn what_is_between_convolutions(
        [height, width] in [3..20_u64, 3..20_u64],
        group in 1..20_u64,
        members in 1..20_u64,
        images in 1..4_usize,
        threads in 1..4_usize,
        which in 0..5_usize,
        pool in 0..4_usize,
    ) {
        let features = group * members;
        let (mut chain, mut at) = Chain::new(features, [height, width]);
        let settings = GroupNorm { features, groups: group, eps: 1e-5, derived: false };
        let layer = match which {
            0 => Layer::Norm(Norm::Group(settings)),
            1 => Layer::Norm(Norm::EvoS0(settings)),
            2 => Layer::Norm(Norm::FilterResponse { features, eps: 1e-6 }),
            3 => norm(features),
            _ => Layer::Activation(Activation::Relu),
        };
        at = chain.add("norm", layer, &[at]);
        at = chain.add("relu", Layer::Activation(Activation::Relu), &[at]);
        let window = Window::square(3, 2, 1);
        at = match pool {
            0 => chain.add("pool", Layer::Pool(Pool::Max(window)), &[at]),
            1 => chain.add("pool", Layer::Pool(Pool::Average { window, count_include_pad: true }), &[at]),
            2 => chain.add("pool", Layer::Pool(Pool::Blur { kernel: 3, stride: 2 }), &[at]),
            _ => at,
        };
        let mean = chain.add("mean", Layer::Pool(Pool::Global), &[at]);
        let gate = conv(features, features, Window::square(1, 1, 0), 1, true);
        let gate = chain.add("gate", gate, &[mean]);
        let gate = chain.add("sigmoid", Layer::Activation(Activation::Sigmoid), &[gate]);
        let gated = chain.add("multiply", Layer::Combine(Combine::Multiply), &[at, gate]);
        let sum = chain.add("add", Layer::Combine(Combine::Add), &[gated, at]);
        let sum = chain.add("relu2", Layer::Activation(Activation::Relu), &[sum]);
        let mean = chain.add("mean2", Layer::Pool(Pool::Global), &[sum]);
        let flat = chain.add("flatten", Layer::Reshape(Reshape::Flatten), &[mean]);
        chain.add("fc", Layer::Linear(Linear { in_features: features, out_features: 37, bias: true }), &[flat]);
        holds(chain.0, images, threads)?;
    }
}
